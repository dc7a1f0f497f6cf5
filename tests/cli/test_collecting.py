"""``qa collections``: made, listed and removed at the command line."""

from dataclasses import replace

import pytest

from qa.config import Settings
from tests.api.two_documents import Shelf
from tests.cli.desks import TWO, Qa


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(Settings())


def test_a_collection_is_made_listed_and_removed(run: Qa, shelf: Shelf) -> None:
    parts = replace(TWO, collections=lambda _: shelf)
    assert run("collections", parts=parts).stdout == ""
    made = run("collections", "create", "公报", "--vectors", "索引", parts=parts)
    assert made.exit_code == 0
    assert "索引/collections/公报/files" in made.stdout
    for arguments in (["collections"], ["collections", "list"]):
        assert run(*arguments, parts=parts).stdout == "公报\n"
    asked = run("collections", "remove", "公报", parts=parts)
    assert (asked.exit_code, shelf.names()) == (1, ["公报"])
    assert run("collections", "remove", "公报", "--yes", parts=parts).exit_code == 0
    assert shelf.names() == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["create", "../外"], "take another name"),
        (["create", "公报"], "已有 公报"),
        (["remove", "--yes", "没有"], "没有文件集 没有"),
    ],
)
def test_what_cannot_be_done_is_told(arguments: list[str], told: str, run: Qa, shelf: Shelf) -> None:
    shelf.create("公报")
    result = run("collections", *arguments, parts=replace(TWO, collections=lambda _: shelf))
    assert result.exit_code == 1
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert shelf.names() == ["公报"]


def test_collections_have_none_of_their_own(run: Qa, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_COLLECTION", "公报")
    result = run("collections", "create", "通知", parts=replace(TWO, collections=lambda _: Shelf(Settings())))
    assert "vectors/collections/通知/files" in result.stdout
