"""Every format: what was put in comes out once and in order, and every span is the text that it names."""

import re
from itertools import pairwise

import pytest

from qa.corpus import document_of
from qa.corpus.readers import read_parts
from qa.corpus.reading import Read
from qa.passages import split
from qa.types import Annotation, Document
from tests.corpus import generated
from tests.corpus.generated import COUNT, MAKERS, units

ANNOTATED = [suffix for suffix in MAKERS if suffix not in {".txt", ".jsonl"}]
_LABEL = re.compile(r"^(?:\d+\. |#+ )")


def documents(suffix: str, number: int) -> list[Document]:
    made = []
    for end, part in read_parts(suffix, MAKERS[suffix](number)):
        assert isinstance(part, Read), part
        made.append(document_of(f"文{suffix}{end}", part, {}, suffix))
    return made


@pytest.mark.parametrize("number", range(COUNT))
@pytest.mark.parametrize("suffix", MAKERS)
def test_every_span_is_the_text_that_it_names(suffix: str, number: int) -> None:
    for document in documents(suffix, number):
        text, passages = document.text, split(document)
        assert "".join(text[part.start : part.end] for part in document.sections) == text
        assert all(text[one.start : one.end] == one.text for one in passages)
        spans = [span for passage in passages for span in passage.sentences]
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
        covered = "".join("".join(passage.text.split()) for passage in passages)
        assert covered == "".join(text.replace("\ufeff", "").split())


@pytest.mark.parametrize("number", range(COUNT))
@pytest.mark.parametrize("suffix", MAKERS)
def test_annotations_lie_in_the_text_and_nest(suffix: str, number: int) -> None:
    for document in documents(suffix, number):
        around: list[Annotation] = []
        for one in document.annotations:
            assert 0 <= one.start < one.end <= len(document.text)
            while around and around[-1].end <= one.start:
                around.pop()
            assert not around or one.end <= around[-1].end
            assert one.kind != "cell" or any(outer.kind == "table" for outer in around)
            around.append(one)


@pytest.mark.parametrize("number", range(COUNT))
@pytest.mark.parametrize("suffix", ANNOTATED)
def test_what_was_put_in_comes_out_once_and_in_order(suffix: str, number: int) -> None:
    (document,) = documents(suffix, number)
    blocks = [one for one in document.annotations if one.kind not in {"page", "table"}]
    found = [(one.kind, _LABEL.sub("", document.text[one.start : one.end])) for one in blocks]
    assert found == units(number, suffix)
    tables = [(one.start, one.end) for one in document.annotations if one.kind == "table"]
    rest = list(document.text)
    for start, end in [*tables, *((one.start, one.end) for one in blocks)]:
        rest[start:end] = [""] * (end - start)
    assert not "".join(rest).strip("\ufeff \n")


@pytest.mark.parametrize("number", range(COUNT))
@pytest.mark.parametrize("suffix", ANNOTATED)
def test_a_sentence_stays_in_its_block_and_a_row_in_its_passage(suffix: str, number: int) -> None:
    (document,) = documents(suffix, number)
    blocks = [one for one in document.annotations if one.kind in {"heading", "paragraph", "item"}]
    rows = [
        (table.start + match.start(), table.start + match.end())
        for table in document.annotations
        if table.kind == "table"
        for match in re.finditer(".+", document.text[table.start : table.end])
    ]
    bounds = [*((one.start, one.end) for one in blocks), *rows]
    for passage in split(document):
        for start, end in passage.sentences:
            assert any(first <= start and end <= last for first, last in bounds)
        for start, end in rows:
            assert end <= passage.start or passage.end <= start or passage.start <= start < end <= passage.end


@pytest.mark.parametrize("number", range(COUNT))
@pytest.mark.parametrize("suffix", sorted({*ANNOTATED} - {".md"}))
def test_a_row_is_told_with_its_headers(suffix: str, number: int) -> None:
    (document,) = documents(suffix, number)
    table = next(part for part in generated.plan(number) if part.kind == "table")
    head, first = table.rows[0], table.rows[1]
    row = "，".join(f"{label}：{cell}" for label, cell in zip(head, first, strict=True))
    said = [document.text[start:end] for one in split(document) for start, end in one.sentences]
    assert said.count(row) == 1
    assert "，".join(head) not in said


@pytest.mark.parametrize("number", range(COUNT))
@pytest.mark.parametrize("suffix", [".txt", ".md", ".csv", ".html"])
def test_the_encoding_is_told(suffix: str, number: int) -> None:
    (document,) = documents(suffix, number)
    wanted = generated.encoding(number)
    assert document.encoding == ("utf-16-le" if wanted == "utf-16" else wanted)


@pytest.mark.parametrize("suffix", [".docx", ".html", ".mht", ".md", ".pptx"])
def test_headings_are_the_sections(suffix: str) -> None:
    (document,) = documents(suffix, 0)
    headings = [part for part in generated.plan(0) if part.kind == "heading"]
    if suffix == ".pptx":  # slides stand beside each other
        assert [part.heading for part in document.sections] == [part.text for part in headings[1:]]
    else:
        trails = [headings[0].text + " › " + part.text for part in headings[1:]]
        assert [part.heading for part in document.sections] == trails


@pytest.mark.parametrize("suffix", MAKERS)
def test_files_are_the_same_every_time(suffix: str) -> None:
    assert documents(suffix, 3) == documents(suffix, 3)
