"""``qa describe``, over a real document."""

from pathlib import Path

import pytest

from qa.cli.parts import Desk, Parts, Services
from qa.config import Settings
from qa.segment import Encoders
from qa.service import Service
from tests.cli.desks import Qa
from tests.hashing import HashingEncoder

TEXT = (
    "镜湖市水务局文件\n\n镜水发〔2024〕7号\n\n关于东岭水厂停水的通知\n\n各有关单位:\n\n东岭水厂停水一天。\n"
)


class Real(Services):
    """Services whose encoders need no model."""

    def __call__(self, settings: Settings) -> Desk:
        return Service(settings, load=lambda _: Encoders(HashingEncoder(), HashingEncoder(" ")))


REAL = Parts(desks=Real())


@pytest.fixture
def folder(run: Qa, tmp_path: Path) -> Path:
    made = tmp_path / "seeds"
    made.mkdir()
    (made / "通知.txt").write_text(TEXT, encoding="utf-8")
    assert run("index", parts=REAL).exit_code == 0
    return made


def test_what_is_known_of_a_document_is_shown_said_and_taken_back(run: Qa, folder: Path) -> None:
    shown = run("describe", "通知.txt", parts=REAL)
    assert shown.exit_code == 0
    assert "title: 关于东岭水厂停水的通知" in shown.stdout
    assert "number: 镜水发〔2024〕7号" in shown.stdout
    assert "recipients: 各有关单位" in shown.stdout
    assert f"characters: {len(TEXT)}" in shown.stdout
    said = run(
        "describe", "通知.txt", "--title", "停水", "--date", "2024-05", "--source", "水务局", parts=REAL
    )
    assert [one in said.stdout for one in ("title: 停水\n", "date: 2024-05\n", "source: 水务局\n")] == [
        True
    ] * 3
    assert "停水" in (folder / "documents.toml").read_text(encoding="utf-8")
    again = run("describe", "通知.txt", "--title", "", "--date", "", "--source", "", parts=REAL)
    assert again.stdout == shown.stdout


def test_what_cannot_be_described_is_told(run: Qa, folder: Path) -> None:
    for arguments, told in (
        (("没有.txt",), "没有.txt"),
        (("没有.txt", "--title", "甲"), "没有.txt"),
        (("通知.txt", "--date", "昨天"), "昨天"),
        (("通知.txt", "--vectors", str(folder / "无")), "run: qa index"),
    ):
        result = run("describe", *arguments, parts=REAL)
        assert (result.exit_code, result.stdout) == (1, "")
        assert told in result.stderr
        assert "Traceback" not in result.stderr
    assert not (folder / "documents.toml").exists()
