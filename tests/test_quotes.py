"""Words of documents are found wherever they stand in what is kept, and held against the documents."""

import pytest

from qa.errors import NotFoundError
from qa.quotes import Quote, quotes, quotes_in, standing
from qa.types import Document

KEPT = {
    "citations": [{"doc_id": "甲.txt", "quote": "东岭水厂", "start": 0}],
    "nearest": [{"passage": {"doc_id": "乙.txt", "text": "镜湖"}, "score": 1.0}, None, 3],
    "gold": {"doc_id": "丙.txt"},
}
TEXTS = {"甲.txt": "东岭水厂扩建", "乙.txt": "小学开学", "丙.txt": ""}


def document(doc_id: str) -> Document:
    if doc_id not in TEXTS:
        raise NotFoundError(doc_id)
    return Document(doc_id, "", "", "", TEXTS[doc_id])


def test_quotes_are_found_at_any_depth() -> None:
    found = [Quote("甲.txt", "东岭水厂"), Quote("乙.txt", "镜湖"), Quote("丙.txt", "")]
    assert list(quotes(KEPT)) == found
    assert list(quotes_in(b'[{"doc_id": "a", "text": "b"}]')) == [Quote("a", "b")]
    assert list(quotes_in("no JSON")) == []


@pytest.mark.parametrize(
    ("doc_id", "words", "stands"),
    [("甲.txt", "水厂扩建", True), ("乙.txt", "镜湖", False), ("丙.txt", "", True), ("丁.txt", "", False)],
)
def test_what_stands_is_what_a_document_says(doc_id: str, words: str, stands: bool) -> None:
    assert standing(document)(Quote(doc_id, words)) is stands
