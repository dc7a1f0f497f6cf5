"""Whether an index finds its own passages: what `qa doctor` asks."""

from qa.generation import Index
from qa.retriever import MAIN, Retriever
from qa.tokens import grams
from qa.types import Passage

_SAMPLE = 20
_ENOUGH = 0.9


def self_test(index: Index, retriever: Retriever) -> list[tuple[str, bool, str]]:
    """Search for a sample of passages by their own words: leg, passed, detail."""
    every = max(1, len(index.passages) // _SAMPLE)
    sample = [passage for passage in index.passages[::every] if passage.sentences]
    found = {
        leg: sum(retriever.finds(passage, query_for(index, passage, leg), leg=leg) for passage in sample)
        for leg in ("dense", "sparse", MAIN)
    }
    return [
        (leg, count >= _ENOUGH * len(sample), f"{count} of {len(sample)} passages found by their own words")
        for leg, count in found.items()
    ]


def query_for(index: Index, passage: Passage, leg: str) -> str:
    """Three rare words of ``passage`` for the sparse leg, a sentence of it for the others.

    Keyword search with a tokeniser that takes a whole clause for one word finds nothing by words.
    """
    if leg == "sparse":
        words = sorted(set(grams(passage.text)), key=lambda word: (index.token_weight(word), word))
        return "，".join(words[-3:])
    start, end = passage.sentences[len(passage.sentences) // 2]
    return passage.text[start - passage.start : end - passage.start]
