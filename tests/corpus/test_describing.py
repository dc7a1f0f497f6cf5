"""What is said of documents is written into documents.toml, and nothing else of it is touched."""

from pathlib import Path

import pytest

from qa.corpus import describe
from qa.corpus.metadata import read_catalogue
from qa.errors import CorpusError, InvalidInputError

WRITTEN = """# 由林晓舟整理
["水务/年报.txt"]
title = '年报'   # 旧题
date = 2025-01-15

"旧闻.txt" = {date = "2019-06", source = "日报"}
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_a_person_wrote_stays(newline: str, tmp_path: Path) -> None:
    path = tmp_path / "documents.toml"
    path.write_bytes(WRITTEN.replace('"旧闻.txt" =', '["旧闻.txt"]\n#').replace("\n", newline).encode())
    before = path.read_text(encoding="utf-8")
    assert describe(tmp_path, "水务/年报.txt", {"title": "东岭“水厂”年报"})
    after = path.read_text(encoding="utf-8")
    assert [line for line in before.splitlines() if line not in after.splitlines()] == [
        "title = '年报'   # 旧题"
    ]
    assert "# 旧题" in after
    assert read_catalogue(tmp_path)["水务/年报.txt"] == {"title": "东岭“水厂”年报", "date": "2025-01-15"}


def test_fields_come_and_go(tmp_path: Path) -> None:
    assert describe(tmp_path, '引"号\\.txt', {"title": " 通知 ", "date": "2024-05"})
    assert describe(tmp_path, "清单.jsonl#3", {"source": "水务局"})
    assert read_catalogue(tmp_path) == {
        '引"号\\.txt': {"title": "通知", "date": "2024-05"},
        "清单.jsonl#3": {"source": "水务局"},
    }
    assert describe(tmp_path, '引"号\\.txt', {"title": "", "date": "2024"})
    assert read_catalogue(tmp_path)['引"号\\.txt'] == {"date": "2024"}
    assert describe(tmp_path, '引"号\\.txt', {"date": ""})
    assert list(read_catalogue(tmp_path)) == ["清单.jsonl#3"]
    assert [path.name for path in tmp_path.iterdir()] == ["documents.toml"]


def test_what_is_said_already_is_not_written_again(tmp_path: Path) -> None:
    assert not describe(tmp_path, "a.txt", {"title": "", "date": ""})
    assert not describe(tmp_path, "a.txt", {})
    assert not (tmp_path / "documents.toml").exists()
    assert describe(tmp_path, "a.txt", {"title": "水"})
    assert not describe(tmp_path, "a.txt", {"title": "水", "source": ""})


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"date": "2024-02-30"}, "'2024-02-30' is no day"),
        ({"date": "去年"}, "YYYY-MM-DD"),
        ({"title": "a\nb"}, "title holds a line break"),
        ({"source": "a\0"}, "source holds"),
        ({"title": "水" * 501}, "501 characters, 500 at most"),
    ],
)
def test_what_cannot_be_said(fields: dict[str, str], told: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=told):
        describe(tmp_path, "a.txt", {"title": "水", **fields})
    assert not (tmp_path / "documents.toml").exists()


def test_a_wrong_catalogue_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "documents.toml").write_text("[", encoding="utf-8")
    with pytest.raises(CorpusError, match="not TOML"):
        describe(tmp_path, "a.txt", {"title": "水"})
    assert (tmp_path / "documents.toml").read_text(encoding="utf-8") == "["
