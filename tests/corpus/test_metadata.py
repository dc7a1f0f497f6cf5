from pathlib import Path

import pytest

from qa.corpus import metadata
from qa.corpus.headings import sections
from qa.errors import CorpusError


@pytest.mark.parametrize(
    ("text", "date", "source"),
    [
        ("来源:镜湖水务网 发布时间:2025-01-15 浏览次数:3", "2025-01-15", "镜湖水务网"),
        ("发布日期：2025年1月5日\n", "2025-01-05", ""),
        ("时间: 2025/1/15 来源: 《镜湖日报》 作者:某人", "2025-01-15", "《镜湖日报》"),
        ("年报\n(2024年12月31日)\n供水良好。", "2024-12-31", ""),
        ("2024年3月8日\n发布时间:2025-01-15", "2025-01-15", ""),
        ("2024年3月8日,新馆开门。", "", ""),
        ("发布时间:2025-13-41", "", ""),
        ("水的来源很多。", "", ""),
        ("供" * 201 + "发布时间:2025-01-15", "", ""),
    ],
)
def test_what_a_text_states(text: str, date: str, source: str) -> None:
    assert metadata.stated(text) == (date, source)


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
