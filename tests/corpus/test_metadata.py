from pathlib import Path

import pytest

from qa.corpus import metadata
from qa.corpus.headings import sections
from qa.errors import CorpusError


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("首页 新闻 服务 公开 互动\n镜湖市图书馆年报\n正文。", "镜湖市图书馆年报"),
        ("\ufeff镜湖市图书馆年报\n正文。", "镜湖市图书馆年报"),
        ("一、供水\n水很干净。", "一、供水"),
        ("水很干净。", "文件名"),
        ("水" * 90 + "。\n镜湖市图书馆年报", "镜湖市图书馆年报"),
    ],
)
def test_title(text: str, title: str) -> None:
    assert metadata.title_of(text, sections(text), "文件名") == title


def test_a_catalogue_is_read(tmp_path: Path) -> None:
    (tmp_path / "documents.toml").write_text(
        '["水务/年报.txt"]\ntitle = "年报"\ndate = 2025-01-15\n'
        '["旧闻.txt"]\ndate = "2019-06"\nsource = "日报"\n',
        encoding="utf-8",
    )
    assert metadata.read_catalogue(tmp_path) == {
        "水务/年报.txt": {"title": "年报", "date": "2025-01-15"},
        "旧闻.txt": {"date": "2019-06", "source": "日报"},
    }


def test_no_catalogue_is_an_empty_one(tmp_path: Path) -> None:
    assert metadata.read_catalogue(tmp_path) == {}


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ("[", "not TOML"),
        ('["年报.txt"]\nauthor = "某人"', "unknown field 'author'.*title, date, source"),
        ('["年报.txt"]\ndate = "去年"', "date '去年'; write YYYY"),
        ('["年报.txt"]\ndate = "2025-13"', "date '2025-13'"),
        ('title = "年报"', "'title' is not a table"),
    ],
)
def test_a_wrong_catalogue_says_what_is_wrong(toml: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "documents.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(CorpusError, match=reason):
        metadata.read_catalogue(tmp_path)


def test_a_catalogue_in_another_encoding_is_not_toml(tmp_path: Path) -> None:
    (tmp_path / "documents.toml").write_bytes('["年报.txt"]'.encode("gb18030"))
    with pytest.raises(CorpusError, match="not TOML"):
        metadata.read_catalogue(tmp_path)
