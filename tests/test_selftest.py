"""The self-test passes on an index of words and fails on one whose tokens are whole clauses."""

import re
from copy import copy
from pathlib import Path

from qa.generation import Index
from qa.live import Part
from qa.selftest import query_for, self_test
from qa.sparse import SparseIndex, SparseSearcher
from qa.tokens import grams
from tests.calibrate.searching import retriever_over


def clauses(text: str) -> list[str]:
    return [clause for clause in re.split(r"[，。,.\s]+", text) if clause]


def test_an_index_of_words_passes(lake_city_index: Index) -> None:
    assert [passed for _, passed, _ in self_test(lake_city_index, retriever_over(lake_city_index))] == [
        True
    ] * 3


def test_an_index_of_clauses_fails_for_keywords(lake_city_index: Index, tmp_path: Path) -> None:
    passages = (clauses(passage.text) for passage in lake_city_index.passages)
    built = SparseIndex.build(passages, tmp_path)
    broken = SparseSearcher(clauses, [Part(built, len(lake_city_index.passages))], built.statistics)
    index = copy(lake_city_index)
    index.searchers = {**lake_city_index.searchers, "characters": broken}
    results = {leg: passed for leg, passed, _ in self_test(index, retriever_over(index))}
    assert results["sparse"] is False
    assert results["dense"] is True


def test_the_sparse_query_is_made_of_words(lake_city_index: Index) -> None:
    passage = lake_city_index.passages[0]
    words = query_for(lake_city_index, passage, "sparse").split("，")
    assert 1 <= len(words) <= 3
    assert all(word in grams(passage.text) for word in words)
