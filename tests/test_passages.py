"""Put together again, the passages are the document."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.corpus import make_document, read_folder
from qa.passages import LONGEST, SHORTEST, split
from qa.text import is_furniture, sentences
from qa.types import Annotation, Document, Passage, Section
from tests.lake_city import FILES

SEEDS = read_folder(Path(__file__).parents[1] / "seeds").documents
WRITTEN = st.lists(
    st.sampled_from(
        [
            "镜湖市水务集团工作报告\n",
            "一、供水能力\n",
            "全市新建输水管道86公里。",
            "要办好三件事:",
            "一是修管道。",
            "二是建水厂;",
            "三是看水表!\n",
            "日供水二十万吨," * 30,
            "首页 新闻 服务 公开 互动\n",
            "\n\n",
            "\u3000\u3000",
            "没有标点的一行\n",
        ]
    ),
    max_size=25,
).map("".join)


def bare(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c != "\ufeff")


def check(document: Document) -> list[Passage]:
    """Every promise about the passages of a document."""
    passages = split(document)
    assert bare("".join(passage.text for passage in passages)) == bare(document.text)
    for passage in passages:
        assert document.text[passage.start : passage.end] == passage.text
        assert all(passage.start <= a < b <= passage.end for a, b in passage.sentences)
        section = next(s for s in document.sections if s.start <= passage.start < s.end)
        assert passage.end <= section.end
        assert passage.heading == section.heading
    for before, after in itertools.pairwise(passages):
        assert before.end <= after.start
    wanted = [
        span
        for section in document.sections
        for span in sentences(document.text, (section.start, section.end))
        if not is_furniture(document.text[slice(*span)])
    ]
    assert [span for passage in passages for span in passage.sentences] == wanted
    return passages


@given(WRITTEN)
def test_any_document_can_be_put_together_again(text: str) -> None:
    check(make_document("a.txt", text, {}))


@pytest.mark.parametrize("document", SEEDS, ids=[document.doc_id for document in SEEDS])
def test_messy_documents_can_be_put_together_again(document: Document) -> None:
    passages = check(document)
    assert "".join(document.text[s.start : s.end] for s in document.sections) == document.text
    lengths = sorted(len(passage.text) for passage in passages)
    assert lengths[len(lengths) // 2] >= SHORTEST / 2
    longest = max(end - start for passage in passages for start, end in passage.sentences)
    assert lengths[-1] <= max(LONGEST, longest + LONGEST)


@pytest.mark.parametrize("doc_id", FILES)
def test_small_documents_can_be_put_together_again(doc_id: str) -> None:
    assert check(make_document(doc_id, FILES[doc_id], {}))


def document(text: str) -> Document:
    return Document("a.txt", "", "", "", text, (Section("供水", "", "", 0, len(text)),))


def test_a_short_section_is_one_passage() -> None:
    (passage,) = split(document("水很干净。大家放心。"))
    assert (passage.text, passage.heading, passage.sentences) == (
        "水很干净。大家放心。",
        "供水",
        ((0, 5), (5, 10)),
    )


@pytest.mark.parametrize("text", ["", " \n\u3000"])
def test_nothing_has_no_passages(text: str) -> None:
    assert split(document(text)) == []


def test_passages_keep_to_their_length() -> None:
    sentence = "镜湖市东岭水厂日夜供水,水质优良。"
    lengths = [len(passage.text) for passage in split(document(sentence * 100))]
    assert len(lengths) > 1
    assert all(SHORTEST <= length <= LONGEST for length in lengths)


def test_a_long_sentence_is_left_whole() -> None:
    sentence = "水厂日夜供水," * 60 + "水质优良。"
    assert sentence in [passage.text for passage in split(document(f"水很干净。{sentence}大家放心。"))]


@pytest.mark.parametrize("before", range(2, 16))
def test_a_list_stays_with_its_introduction(before: int) -> None:
    filler = "镜湖市东岭水厂日夜供水,水质优良。" * before
    listed = "今年要办好三件事:一是修管道。二是建水厂。三是换水表。"
    assert any(listed in passage.text for passage in split(document(filler + listed + filler)))


def test_passages_end_at_paragraphs_where_lengths_allow() -> None:
    paragraph = "镜湖市东岭水厂日夜供水,水质优良。" * 10 + "\n"
    assert [passage.text for passage in split(document(paragraph * 3))] == [paragraph.strip()] * 3


def test_page_furniture_is_in_no_sentence() -> None:
    text = "水很干净。\n首页 新闻 服务 公开 互动\n"
    (passage,) = split(document(text))
    assert passage.text == text.strip()
    assert [text[start:end] for start, end in passage.sentences] == ["水很干净。"]


def test_a_document_without_sections_is_one() -> None:
    (passage,) = split(Document("a.txt", "", "", "", "水很干净。"))
    assert (passage.text, passage.heading) == ("水很干净。", "")


def test_rows_and_blocks_that_a_reader_saw() -> None:
    text = "全市新建管道,\n长86公里。\n指标\n2023年\n人口\n12万\n面积\n3万\n"
    cells = [("指标", 0, 0), ("2023年", 0, 1), ("人口", 1, 0), ("12万", 1, 1), ("面积", 2, 0), ("3万", 2, 1)]
    seen = [Annotation("paragraph", 0, 7), Annotation("paragraph", 8, 14)]
    seen.append(Annotation("table", 15, len(text) - 1, (3, 2, 1)))
    for words, row, column in cells:
        start = text.index(words, 15)
        seen.append(Annotation("cell", start, start + len(words), (row, column)))
    document = replace(make_document("a.pdf", text, {}), annotations=tuple(seen), sections=())
    (passage,) = split(document)
    assert [text[start:end] for start, end in passage.sentences] == [
        "全市新建管道,",
        "长86公里。",
        "人口",
        "12万",
        "面积",
        "3万",
    ]


def test_a_row_stays_in_one_passage_unless_it_is_endless() -> None:
    rows = ["水很干净。" * 50, "书很多。" * 60, "路很长。" * 400]
    text = "\n".join(rows)
    table = Annotation("table", 0, len(text), (3, 1, 0))
    document = replace(make_document("a.csv", text, {}), annotations=(table,), sections=())
    made = split(document)
    assert [passage.text for passage in made[:2]] == rows[:2]
    assert len(made) > 5
