import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.tokens import Segmenter, affirmed, grams, named, numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("藏书一百二十万册", ["1200000"]),
        ("三十六项和十二条", ["36", "12"]),
        ("二〇二四年", ["2024"]),
        ("一座水厂", []),
        ("千十百亿六", []),
    ],
)
def test_numerals_in_arabic(text: str, found: list[str]) -> None:
    assert numbers(text) == found


@given(st.text(st.sampled_from("零〇一二三四五六七八九十百千万亿两"), max_size=12))
def test_whatever_looks_like_a_numeral_is_one_or_none(text: str) -> None:
    assert all(number.isdecimal() for number in numbers(text))


def test_names_in_quotes_and_book_marks() -> None:
    text = "“镜湖水管家”热线和《湖光》月刊,他说:“今天的水很好喝,大家可以放心了。”"
    assert named(text) == ["镜湖水管家", "湖光"]


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E0F), min_size=1, max_size=20))
def test_grams_are_characters_and_pairs(text: str) -> None:
    from qa.text import fold

    folded = fold(text)
    pairs = [a + b for a, b in itertools.pairwise(folded)]
    found = [gram for gram in grams(text) if not gram.isascii()]
    assert sorted(found) == sorted([*folded, *pairs])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("水厂 5G", ["水", "厂", "水厂", "5g"]),
        ("ＰＭ2.5降7.5%", ["降", "pm2.5", "7.5%"]),
        ("?!。", []),
        ("圖,書", ["图", "书"]),
        ("十二", ["十", "二", "十二", "12"]),
    ],
)
def test_grams(text: str, found: list[str]) -> None:
    assert sorted(grams(text)) == sorted(found)


@pytest.fixture(scope="module")
def segmenter(jieba_cache: Path) -> Segmenter:
    return Segmenter(["镜湖水管家", "水管家", "镜湖水管家"], cache=jieba_cache)


def test_the_vocabulary_is_found_as_words(segmenter: Segmenter, jieba_cache: Path) -> None:
    text = "镜湖水管家热线"
    assert "镜湖水管家" in segmenter.cut(text)
    assert "镜湖水管家" not in Segmenter(cache=jieba_cache).cut(text)
    assert segmenter.vocabulary == {"水管家", "镜湖水管家"}


def test_the_compiled_dictionary_is_kept_in_the_cache(segmenter: Segmenter, jieba_cache: Path) -> None:
    segmenter.cut("图书馆")
    assert list(jieba_cache.iterdir())


@pytest.mark.parametrize("content", [b"", b"damaged", b"N", b"\xa9\x01N"])
def test_a_damaged_dictionary_is_compiled_again(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "jieba.cache").write_bytes(content)
    assert "图书馆" in Segmenter(cache=tmp_path).cut("图书馆周末开放")
    assert (tmp_path / "jieba.cache").stat().st_size > 10**6


def test_what_is_no_longer_in_the_vocabulary_is_forgotten(jieba_cache: Path) -> None:
    segmenter, text = Segmenter(cache=jieba_cache), "镜湖水管家在图书馆"
    before = segmenter.cut(text)
    segmenter.learn(["镜湖水管家", "图书馆"])
    assert segmenter.cut(text) == ["镜湖水管家", "在", "图书馆"]
    segmenter.learn([])
    assert segmenter.cut(text) == before
    assert segmenter.is_word("图书馆")
    assert not segmenter.is_word("镜湖水管家")


@pytest.mark.parametrize("text", ["\ud800", "\x00", "😀", "图" * 3000])
def test_odd_texts_have_words(segmenter: Segmenter, text: str) -> None:
    assert all(isinstance(word, str) for word in segmenter.cut(text))


def test_cutting_loses_nothing(segmenter: Segmenter) -> None:
    assert "".join(segmenter.cut("圖書館, 每天９點開門!")) == "图书馆, 每天9点开门!"


def test_what_is_denied_is_not_said() -> None:
    wanted = set(grams("居民用水价格"))
    assert affirmed("非居民用水的价格", wanted) == "的价格"
    assert affirmed("居民用水价格,非节水价格", wanted) == "居民用水价格,非节水价格"
    assert affirmed("非居民用水", {*wanted, "非"}) == "非居民用水"
    assert affirmed("非water", {"water"}) == "非water"
