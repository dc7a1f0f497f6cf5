import pytest

from qa.reranker import QuestionReranker
from qa.types import Hit, Passage


def hits(*dates: str) -> list[Hit]:
    return [
        Hit(Passage(f"{rank}.txt", 0, 2, "供水", ""), score=1 - rank / 100, rank=rank, date=date)
        for rank, date in enumerate(dates, start=1)
    ]


def order(query: str, found: list[Hit]) -> list[int]:
    """The old ranks in the new order."""
    best = QuestionReranker().rerank(query, found)
    assert [hit.rank for hit in best] == list(range(1, len(found) + 1))
    assert sorted(hit.passage.doc_id for hit in best) == sorted(hit.passage.doc_id for hit in found)
    return [int(hit.passage.doc_id.removesuffix(".txt")) for hit in best]


def test_a_year_that_is_named_comes_first() -> None:
    assert order("2019年的馆长", hits("2025-01", "2019-06-01", "")) == [2, 1, 3]
    assert order("２０２５年的馆长", hits("2019", "2025-01", "")) == [2, 1, 3]


def test_a_year_in_the_text_counts_as_well() -> None:
    found = [*hits("2025"), Hit(Passage("2.txt", 0, 12, "2019年日供水二十万吨。", ""), 0.5, 2, date="2025")]
    assert order("2019年日供水多少", found) == [2, 1]


@pytest.mark.parametrize("word", ["现在", "目前", "如今", "最新"])
def test_the_present_prefers_the_newest(word: str) -> None:
    assert order(f"{word}的馆长是谁", hits("2019-06-01", "", "2025-03-08", "2021")) == [3, 4, 1, 2]


def test_without_a_time_nothing_moves() -> None:
    assert order("馆长是谁", hits("2019", "2025", "")) == [1, 2, 3]
    assert order("现在的馆长是谁", hits("2025", "2025")) == [1, 2]


def test_a_much_better_passage_stays_first() -> None:
    found = [Hit(Passage("1.txt", 0, 2, "馆长", ""), 9.0, 1, date="2019"), *hits("", "2025")[1:]]
    assert order("现在的馆长是谁", found) == [1, 2]


def test_no_hits() -> None:
    assert QuestionReranker().rerank("2019年的馆长", []) == []


def person(text: str, rank: int) -> Hit:
    return Hit(
        Passage(f"{rank}.txt", 7, 7 + len(text), text, "", ((7, 7 + len(text)),)), 1 - rank / 100, rank
    )


def test_who_is_asked_for_comes_first() -> None:
    found = [
        person("图书馆藏书很多。", 1),
        person("博物馆馆长沈静秋表示欢迎。", 2),
        person("图书馆馆长林晓舟表示欢迎。", 3),
    ]
    assert order("图书馆馆长是谁", found) == [3, 2, 1]
    assert order("图书馆有哪些藏书", found) == [1, 2, 3]
    assert order("Who is the head of the library?", found) == [1, 2, 3]
