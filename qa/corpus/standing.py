"""Which documents still stand, by what the others say of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.numbers import DOCUMENT_NUMBER, ORDER_NUMBER, number_key
from qa.text import squeeze
from qa.types import Document

_NUMBER = re.compile(rf"{DOCUMENT_NUMBER}|{ORDER_NUMBER}")
_TITLE = re.compile(r"《(.*)》", re.DOTALL)
_VERSION = re.compile(r"[(（][^()（）]*[)）]$")


def resolve(documents: Sequence[Document]) -> list[Document]:
    """The documents in their order, ``official.status`` and ``superseded_by`` filled by what others repeal.

    A document is meant by its number, or by its exact title where one of the two has no number; never one
    that is younger. One of the same title (but for 「(试行)」 and the like) supersedes it, others repeal it.
    """
    by_number: dict[str, list[Document]] = {}
    by_title: dict[str, list[Document]] = {}
    for document in documents:
        by_number.setdefault(number_key(document.official.number), []).append(document)
        by_title.setdefault(_title_key(document.title), []).append(document)
    ended: dict[str, Document] = {}
    for document in documents:
        for words in document.official.repeals:
            for target in _meant(words, by_number, by_title):
                if target.doc_id != document.doc_id and not _younger(target, document):
                    ended.setdefault(target.doc_id, document)
    return [_marked(document, ended.get(document.doc_id)) for document in documents]


def _meant(
    words: str, by_number: dict[str, list[Document]], by_title: dict[str, list[Document]]
) -> Iterator[Document]:
    """The documents that 《title》(number) means."""
    title = _TITLE.search(words)
    behind = words[title.end() :] if title else words
    number = _NUMBER.search(behind)
    key = number_key(number.group()) if number else ""
    if key and key in by_number:
        yield from by_number[key]
        return
    for document in by_title.get(_title_key(title[1]), ()) if title else ():
        if not key or not document.official.number:
            yield document


def _title_key(title: str) -> str:
    return squeeze(title).strip("《》").replace("〈", "《").replace("〉", "》")


def _younger(target: Document, than: Document) -> bool:
    return bool(target.date and than.date) and target.date > than.date


def _marked(document: Document, by: Document | None) -> Document:
    official = document.official
    if by is None:
        status = "current" if official.number or official.effective else ""
        return replace(document, official=replace(official, status=status, superseded_by=""))
    same = _without_version(document.title) == _without_version(by.title)
    status = "superseded" if same else "repealed"
    named = by.official.number or by.title
    return replace(document, official=replace(official, status=status, superseded_by=named))


def _without_version(title: str) -> str:
    return _VERSION.sub("", _title_key(title))
