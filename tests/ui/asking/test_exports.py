"""A conversation read back from Markdown and Word by other programs than those that wrote it."""

import base64
import io
from dataclasses import replace

import docx
import pytest
from markdown_it import MarkdownIt

from qa import Answer
from tests.ui.reading import Reading
from tests.ui.two_documents import ACROSS_LINES, ANSWERS, NOTES, PARK
from ui.asking import keeping
from ui.asking.markdown import markdown, plain
from ui.asking.render import Exchange
from ui.asking.word import word

LOTUS = ANSWERS["那荷花呢"]
HISTORY = (
    Exchange("樱花什么时候开", ANSWERS["樱花什么时候开"]),
    Exchange("那荷花呢", LOTUS),
    Exchange("火星上有什么", Answer("not_found", "")),
)
DAY = "2025-03-08"
ODD = [
    "# 标题",
    "1. 第一",
    "12) 第二",
    "- 项",
    "+ 项",
    "> 引",
    "===",
    "---",
    "***",
    "`code` ``x``",
    "*a* _b_ **c** ~~d~~",
    "[a](javascript:alert(1)) ![b](c)",
    "<script>alert(1)</script> <!-- x -->",
    "&lt; &amp; &#60;",
    "a | b | c",
    "$x$ \\ \\* \\",
    "http://example.org/ ~~~",
    "[1]: /url",
    "甲\x0b乙\u2028丙\x00丁",
]


def rendered(text: str) -> Reading:
    return Reading(
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text), inside="blockquote"
    )


def test_markdown_holds_questions_answers_citations_and_references() -> None:
    page = rendered(markdown(HISTORY, DAY, "zh"))
    for words in (
        "导出于 2025-03-08,共 3 个问题",
        "2. 那荷花呢",
        "实际查找的问题:荷花什么时候开",
        "说法不一",
        "七月开放[1]\n八月开放[2]",
        f"[2] {NOTES.title} · 日期不详 · sub/notes.txt 第 0–7 字",
        "文件中没有",
        f"{PARK.title} · 2024-03-01 · park.txt · 问题 1 [1]; 问题 2 [1]",
    ):
        assert words in page.words
    assert [words.strip() for words in page.marked] == [
        "𠮷野樱在三月下旬开放",
        ACROSS_LINES,
        "荷花在八月开放",
    ]


@pytest.mark.parametrize("odd", ODD)
def test_words_are_words_whatever_markdown_would_make_of_them(odd: str) -> None:
    assert rendered(plain(odd)).words.strip() == " ".join(odd.split()).replace("\x00", "\ufffd")
    assert {tag for tag, _ in rendered(plain(odd)).tags} <= {"p"}
    cited = replace(LOTUS.citations[0], title=odd, quote=f"{odd}\n    {odd}\n\n{odd}", heading=odd)
    answer = Answer("answered", f"{odd}[1]\n{odd}[1]", (cited,), cited, query=odd + "?")
    page = rendered(markdown([Exchange(odd, answer)], DAY, "en"))
    assert {tag for tag, _ in page.tags} <= {"h1", "h2", "p", "strong", "br", "blockquote", "ul", "li"}
    assert [tag for tag, _ in page.tags].count("h2") == 2


def test_word_holds_questions_answers_citations_and_references() -> None:
    document = docx.Document(io.BytesIO(word(HISTORY, DAY, "zh")))
    said = [(one.style.name, one.text) for one in document.paragraphs if one.style]
    assert said[0] == ("Title", "青问对话")
    assert ("Heading 1", "2. 那荷花呢") in said
    assert ("Normal", "实际查找的问题:荷花什么时候开") in said
    assert ("Heading 2", "说法不一") in said
    assert ("Normal", "七月开放[1]") in said
    assert ("Quote", ACROSS_LINES) in said
    assert said[-1] == ("List Bullet", f"{NOTES.title} · 日期不详 · sub/notes.txt · 问题 2 [2]")
    assert document.core_properties.author == ""


@pytest.mark.parametrize("odd", ["\x00\x0b\x1f\ufffe", "\ud800", "甲\u2028乙\r\n丙", *ODD])
def test_word_takes_any_characters(odd: str) -> None:
    citation = replace(LOTUS.citations[0], quote=odd, title=odd)
    value = word([Exchange(odd, Answer("answered", f"{odd}[1]", (citation,)))], DAY, "zh")
    quotes = [
        one.text
        for one in docx.Document(io.BytesIO(value)).paragraphs
        if one.style and one.style.name == "Quote"
    ]
    assert len(quotes) == 1
    assert len(quotes[0].split("\n")) == len(odd.splitlines())


def test_a_conversation_without_citations_has_no_list_of_documents() -> None:
    assert "Documents cited" not in markdown(HISTORY[2:], DAY, "en")
    assert "Documents cited" in markdown(HISTORY, DAY, "en")
    paragraphs = docx.Document(io.BytesIO(word(HISTORY[2:], DAY, "en"))).paragraphs
    assert "Documents cited" not in [one.text for one in paragraphs]


def test_files_are_given_to_the_browser_with_name_and_kind() -> None:
    plain_file, office = keeping.as_markdown(HISTORY, "zh"), keeping.as_word(HISTORY, "en")
    assert plain_file["name"].startswith("青问对话 ")
    assert plain_file["name"].endswith(".md")
    assert base64.b64decode(plain_file["content"]).decode().startswith("# 青问对话\n")
    assert office["name"].startswith("Qingwen conversation ")
    assert base64.b64decode(office["content"])[:2] == b"PK"
