from math import log2

import pytest

from qa.evaluation import judge
from qa.types import Answer

from .parts import ABSENT, BOTH, REFUSAL, WHO, answered, citation, hit, text_of


@pytest.mark.parametrize(
    ("start", "end", "relevant"), [(0, 1, True), (3, 9, True), (4, 9, False), (0, 20, True)]
)
def test_a_hit_is_relevant_when_spans_overlap(start: int, end: int, relevant: bool) -> None:
    # the gold span of a.txt is 0..4: a passage from 4 on only touches it
    assert bool(judge.covered_pieces(WHO, hit("a.txt", start, end))) == relevant


def test_the_document_must_be_the_same() -> None:
    assert not judge.covered_pieces(WHO, hit("c.txt", 0, 4))


def test_any_one_alternative_is_a_full_hit_and_the_second_is_not_paid() -> None:
    figures = judge.judge_ranking(WHO, [hit("c.txt", 0, 4), hit("b.txt", 0, 5), hit("a.txt", 0, 5)])
    assert (figures["R@1"], figures["R@5"], figures["MRR@10"]) == (0, 1, 0.5)
    assert figures["nDCG@10"] == pytest.approx(1 / log2(3))


def test_with_all_needed_recall_is_the_share_of_pieces() -> None:
    figures = judge.judge_ranking(BOTH, [hit("b.txt", 0, 5), hit("a.txt", 0, 4), hit("a.txt", 6, 9)])
    assert (figures["R@1"], figures["R@5"]) == (0.5, 1)
    assert figures["nDCG@10"] == pytest.approx((1 + 1 / 2) / (1 + 1 / log2(3)))


def test_fold() -> None:
    assert judge.fold("１０ Km²\u3000Ａ\n") == "10km2a"


def test_any_answer_is_enough_unless_all_are_needed() -> None:
    assert judge.containment(WHO, "局长是甲") == 1
    assert judge.containment(WHO, "局长是丁") == 0
    assert judge.containment(BOTH, "局长是甲") == 0.5
    assert judge.containment(BOTH, "甲 和 乙") == 1


def test_marks_are_removed_but_brackets_of_the_document_stay() -> None:
    answer = answered(
        "甲[1]任局长〔见[2023]3号〕[2]。", citation(1, "a.txt", 0, 5), citation(2, "b.txt", 0, 5)
    )
    assert judge.without_marks(answer) == "甲任局长〔见[2023]3号〕。"


def test_a_mark_does_not_count_as_an_answer() -> None:
    verdict = judge.judge_answer(ABSENT, answered("[1]", citation(1, "a.txt", 0, 5)), text_of)
    assert verdict.length == 0


def test_citations_are_counted_relevant_and_exact() -> None:
    answer = answered(
        "甲[1][2][3][4]",
        citation(1, "a.txt", 0, 5),
        citation(2, "a.txt", 12, 18),
        citation(3, "b.txt", 0, 5, quote="局长是乙。"),
        citation(4, "gone.txt", 0, 5, quote="局长是甲。"),
    )
    verdict = judge.judge_answer(WHO, answer, text_of)
    assert (verdict.citations, verdict.relevant, verdict.exact) == (4, 2, 2)
    assert (verdict.contained, verdict.length, verdict.refused) == (1, 1, False)


def test_a_quote_of_nothing_is_not_exact() -> None:
    assert not judge.is_exact(citation(1, "a.txt", 3, 3), text_of)


def test_a_citation_on_an_unanswerable_question_is_wrong() -> None:
    verdict = judge.judge_answer(ABSENT, answered("丙[1]", citation(1, "a.txt", 12, 18)), text_of)
    assert (verdict.citations, verdict.relevant, verdict.contained) == (1, 0, 0)


def test_a_refusal_that_repeats_the_name_contains_nothing() -> None:
    verdict = judge.judge_answer(WHO, Answer("not_found", "文件中没有说到甲。"), text_of)
    assert (verdict.refused, verdict.contained) == (True, 0)
    assert judge.judge_answer(ABSENT, REFUSAL, text_of).refused


@pytest.mark.parametrize("status", ["partial", "conflict"])
def test_partial_and_conflict_are_answers(status: str) -> None:
    answer = Answer(status, "甲[1]", (citation(1, "a.txt", 0, 5),))  # type: ignore[arg-type]
    assert not judge.judge_answer(WHO, answer, text_of).refused
