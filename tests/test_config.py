from pathlib import Path

import pytest
from pydantic import ValidationError

from qa.config import Settings


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"QA_{name.upper()}", raising=False)


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("folder", "文件", Path("文件")),
        ("vectors", "索引", Path("索引")),
        ("cache", "缓存", Path("缓存")),
        ("encoder", "模型", "模型"),
        ("host", "0.0.0.0", "0.0.0.0"),  # noqa: S104 - only read, nothing is bound
        ("port", "80", 80),
        ("threads", "4", 4),
        ("depth", "50", 50),
        ("refuse_below", "0.25", 0.25),
    ],
)
def test_every_setting_is_read_from_the_environment(
    name: str, value: str, read: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert getattr(Settings(), name) != read
    monkeypatch.setenv(f"QA_{name.upper()}", value)
    assert getattr(Settings(), name) == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "65536"),
        ("port", "-1"),
        ("port", "http"),
        ("threads", "0"),
        ("depth", "9"),
        ("depth", "10001"),
        ("refuse_below", "1.01"),
        ("refuse_below", "-0.1"),
        ("refuse_below", "nan"),
        ("encoder", ""),
    ],
)
def test_a_value_out_of_bounds_is_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"QA_{name.upper()}", value)
    with pytest.raises(ValidationError, match=name):
        Settings()


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError, match="prot"):
        Settings.model_validate({"prot": 8000})


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().__setattr__("port", 1)


def test_only_this_machine_is_served_unless_told() -> None:
    assert Settings().host == "127.0.0.1"


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())
