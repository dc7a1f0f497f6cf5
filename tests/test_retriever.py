"""Searchers made by hand, whose rankings can be added on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from qa.fusion import standardise
from qa.generation import Index
from qa.retriever import AGREES, LEGS, POOL, WEIGHTS, Retriever, agreeing
from qa.text import shared
from qa.types import Document, Hit, Passage, Scored
from tests.calibrate.searching import retriever_over

TEXTS = {
    "年报.txt": "集团新建输水管道86公里,东岭水厂日供水二十万吨。",
    "简报.txt": "据悉,集团新建输水管道86公里,东岭水厂日供水二十万吨。",
    "旧闻.txt": "老图书馆每天十点开门,座位不多。",
}
DOCUMENTS = [Document(doc_id, f"{doc_id}的标题", "2024", "", text) for doc_id, text in TEXTS.items()]
PASSAGES = [Passage(doc_id, 0, len(text), text, "", ((0, len(text)),)) for doc_id, text in TEXTS.items()]


class Fixed:
    """Always the same ranking; remembers what it was asked."""

    def __init__(self, *scores: float) -> None:
        self.ranking = [Scored(position, score) for position, score in enumerate(scores)]
        self.ranking.sort(key=lambda scored: -scored.score)
        self.asked: list[tuple[str, int]] = []

    def search(self, query: str, k: int) -> list[Scored]:
        self.asked.append((query, k))
        return self.ranking[:k]


class Positions:
    """Scores a sentence by the position of its passage."""

    def sentence_scores(self, query: str, positions: Sequence[int]) -> list[list[float]]:
        return [[position / 10] for position in positions]


class Reversed:
    """Best becomes worst."""

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        return [replace(hit, rank=rank) for rank, hit in enumerate(hits[::-1], start=1)]


class Unchanged:
    """Every hit stays where it is."""

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        return list(hits)


SEARCHERS = {
    "sentences": Fixed(0.9, 0.5, 0.1),
    "passages": Fixed(0.1, 0.9, 0.5),
    "gist": Fixed(0.2, 0.3, 0.4),
    "characters": Fixed(1, 2, 9),
}


def retriever(
    *,
    reranker: Reversed | Unchanged | None = None,
    depth: int = 50,
    searchers: Mapping[str, Fixed] = SEARCHERS,
) -> Retriever:
    return Retriever(
        searchers,
        PASSAGES,
        {document.doc_id: document for document in DOCUMENTS},
        sentences=Positions(),
        reranker=reranker or Unchanged(),
        depth=depth,
    )


@pytest.mark.parametrize("leg", LEGS)
def test_scores_are_the_weighted_sum_of_the_leg(leg: str) -> None:
    expected = dict.fromkeys(TEXTS, 0.0)
    for name in LEGS[leg]:
        ranking = SEARCHERS[name].ranking
        for scored, score in zip(ranking, standardise([s.score for s in ranking]), strict=True):
            expected[PASSAGES[scored.position].doc_id] += WEIGHTS[name] * score
    hits = retriever().search("供水", 3, leg=leg)
    assert {hit.passage.doc_id: hit.score for hit in hits} == pytest.approx(expected)
    assert [hit.score for hit in hits] == sorted(expected.values(), reverse=True)
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert all(set(hit.scores) == set(LEGS[leg]) for hit in hits)


def test_the_hybrid_leg_asks_every_searcher() -> None:
    assert set(LEGS["hybrid"]) == set(LEGS["dense"]) | set(LEGS["sparse"]) == set(WEIGHTS)
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def test_hits_know_their_document_and_sentences() -> None:
    for hit in retriever().search("供水", 3):
        assert hit.title == f"{hit.passage.doc_id}的标题"
        assert hit.date == "2024"
        assert hit.sentence_scores == (PASSAGES.index(hit.passage) / 10,)


def test_only_the_leg_that_answers_is_reranked() -> None:
    plain, turned = retriever(), retriever(reranker=Reversed())
    ids = [hit.passage.doc_id for hit in plain.search("供水", 3)]
    assert [hit.passage.doc_id for hit in turned.search("供水", 3)] == ids[::-1]
    assert [hit.passage.doc_id for hit in turned.search("供水", 1)] == ids[:1:-1]
    for leg in ("dense", "sparse"):
        assert turned.search("供水", 3, leg=leg) == plain.search("供水", 3, leg=leg)


@pytest.mark.parametrize(("depth", "k", "asked"), [(50, 3, 50), (10, 30, 30)])
def test_searchers_are_asked_as_deep_as_needed(depth: int, k: int, asked: int) -> None:
    searchers = {name: Fixed(1, 2, 3) for name in WEIGHTS}
    retriever(depth=depth, searchers=searchers).search("供 水", k)
    assert all(searcher.asked == [("供水", asked)] for searcher in searchers.values())


def test_a_passage_is_found_or_not(lake: Retriever, lake_city_index: Index) -> None:
    foreign = Passage("年报.txt", 0, 6, "火星没有水。", "")
    for leg in LEGS:
        for passage in lake_city_index.passages:
            assert lake.finds(passage, passage.text, leg=leg)
        assert not lake.finds(foreign, foreign.text, leg=leg)


def test_nothing_found() -> None:
    assert retriever(searchers={name: Fixed() for name in WEIGHTS}).search("供水", 3) == []


def test_reports_of_the_same_thing_agree() -> None:
    hits = [Hit(passage, 1.0, rank) for rank, passage in enumerate(PASSAGES, start=1)]
    assert [hit.agrees_with for hit in agreeing(hits)] == [(2,), (1,), ()]
    assert (
        shared(TEXTS["年报.txt"], TEXTS["简报.txt"]) >= AGREES > shared(TEXTS["年报.txt"], TEXTS["旧闻.txt"])
    )


def test_a_document_does_not_agree_with_itself() -> None:
    hits = [Hit(PASSAGES[0], 1.0, 1), Hit(PASSAGES[0], 0.5, 2)]
    assert [hit.agrees_with for hit in agreeing(hits)] == [(), ()]


@pytest.fixture(scope="module")
def lake(lake_city_index: Index) -> Retriever:
    return retriever_over(lake_city_index)


@pytest.mark.parametrize("leg", ["dense", "sparse", "fused", "hybrid"])
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("镜湖水管家热线全年接听来电", "热线全年接听来电十二万次"),
        ("阅读护照集满三十枚换一本新书", "集满三十枚"),
        ("閱讀護照集滿三十枚換一本新書", "集满三十枚"),
        ("水表远程抄读 缴费一次办结", "水表远程抄读"),
    ],
)
def test_every_leg_finds_a_passage_by_its_words(leg: str, query: str, found: str, lake: Retriever) -> None:
    assert found in lake.search(query, 1, leg=leg)[0].passage.text


@pytest.mark.parametrize("k", [1, 3, POOL + 5])
def test_ranks_count_from_1_and_nothing_overlaps(k: int, lake: Retriever, lake_city_index: Index) -> None:
    hits = lake.search("2024年图书馆和水厂", k)
    assert len(hits) == min(k, len(lake_city_index.passages))
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    for hit in hits:
        assert len(hit.sentence_scores) == len(hit.passage.sentences)
        for other in hits:
            if other is not hit and other.passage.doc_id == hit.passage.doc_id:
                one, two = hit.passage, other.passage
                assert not set(range(one.start, one.end)) & set(range(two.start, two.end))


def test_the_same_report_in_two_documents_is_noted(lake: Retriever) -> None:
    hits = lake.search("集团新建输水管道86公里", 2)
    assert {hit.passage.doc_id for hit in hits} == {"水务/年报.txt", "水务/简报.txt"}
    assert [hit.agrees_with for hit in hits] == [(2,), (1,)]
