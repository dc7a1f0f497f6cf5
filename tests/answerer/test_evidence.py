import pytest

from qa.answerer.evidence import sentences_of, standing_first, text_at, understand
from qa.answerer.shortening import best_clauses
from qa.types import Hit, Passage
from tests.answerer.parts import asked, hit


def test_coverage_is_the_share_by_weight() -> None:
    weights = {"水": 1.0, "厂": 2.0, "水厂": 5.0}
    question = understand("水厂", weights.__getitem__)
    assert question.weights == weights
    assert question.coverage("自来水") == 1 / 8
    assert question.coverage("厂里的水") == 3 / 8
    assert question.coverage("東嶺水廠") == 1
    assert question.coverage("图书馆") == 0


def test_words_that_only_ask_do_not_count() -> None:
    assert asked("馆长是谁").weights.keys() == {"馆", "长", "馆长"}


def test_a_question_of_nothing_else_is_taken_as_it_is() -> None:
    assert asked("什么").weights.keys() == {"什", "么", "什么"}
    assert asked("?!").weights == {}
    assert asked("?!").coverage("水厂") == 0


def test_what_is_negated_is_not_held() -> None:
    question = asked("居民用水价格")
    assert question.coverage("居民生活用水价格") > question.coverage("非居民用水价格")
    assert asked("非居民用水价格").coverage("非居民用水价格") == 1
    assert asked("非").coverage("非") == 1


def test_what_title_and_heading_say_is_not_fresh() -> None:
    passage = Passage("a.txt", 0, 13, "水厂在东岭。日供水很多。", "", ((0, 6), (6, 12)))
    first, second = sorted(
        sentences_of(asked("水厂日供水"), [Hit(passage, 1.0, 1, title="水厂", sentence_scores=(0.9, 0.9))]),
        key=lambda evidence: evidence.span,
    )
    assert (first.fresh, second.fresh) == (0.0, 1.0)
    assert first.held == first.coverage > 0
    assert second.held > second.coverage > 0


def test_every_sentence_is_evidence_once() -> None:
    hits = [hit("水很干净。水厂在东岭。"), hit("图书馆开门。", "简报.txt", start=30)]
    found = sentences_of(asked("水厂"), hits)
    assert sorted((e.hit.passage.doc_id, e.text) for e in found) == [
        ("年报.txt", "水厂在东岭。"),
        ("年报.txt", "水很干净。"),
        ("简报.txt", "图书馆开门。"),
    ]
    assert [e.score for e in found] == sorted((e.score for e in found), reverse=True)
    assert all(e.text == text_at(e.hit, e.span) for e in found)
    assert sentences_of(asked("水厂"), []) == []


@pytest.mark.parametrize(
    ("question", "hits", "best"),
    [
        ("水厂的情况", [hit("图书馆开门。水厂开工。")], "水厂开工。"),
        ("情况", [hit("甲甲甲。乙乙乙。", cosines=[0.2, 0.8])], "乙乙乙。"),
        ("情况", [hit("甲甲甲。", score=0.1), hit("乙乙乙。", "简报.txt", score=2)], "乙乙乙。"),
        ("管道修了多少公里", [hit("管道修了很长。管道修了86公里。")], "管道修了86公里。"),
        (
            "图书馆馆长是谁",
            [hit("图书馆馆长有一张又大又旧的书桌。图书馆馆长林晓舟说,书很多。")],
            "图书馆馆长林晓舟说,书很多。",
        ),
    ],
    ids=["words", "cosine", "passage", "number", "person"],
)
def test_what_makes_a_sentence_the_best(question: str, hits: list[Hit], best: str) -> None:
    assert sentences_of(asked(question), hits)[0].text == best


@pytest.mark.parametrize(
    ("question", "kept"),
    [("停水范围是哪里", ["东岭区停水。"]), ("馆长是谁", ["一、停水范围", "东岭区停水。"])],
)
def test_a_heading_tells_only_who(question: str, kept: list[str]) -> None:
    passage = Passage("a.txt", 0, 13, "一、停水范围\n东岭区停水。", "通知 › 一、停水范围", ((0, 6), (7, 13)))
    found = sentences_of(asked(question), [Hit(passage, 1.0, 1, sentence_scores=(0.9, 0.8))])
    assert sorted(e.text for e in found) == sorted(kept)


def test_a_sentence_that_is_short_enough_stays_whole() -> None:
    (evidence,) = sentences_of(asked("水厂"), [hit("天气很好,水厂开工。", start=7)])
    assert best_clauses(asked("水厂"), evidence, longest=20) == (7, 17)


@pytest.mark.parametrize("start", [0, 40])
def test_shortening_keeps_the_clause_that_answers(start: int) -> None:
    text = "今年以来天气一直很好,东岭水厂日供水能力达到20万吨,职工们的精神面貌焕然一新。"
    question = asked("水厂日供水能力是多少吨")
    (evidence,) = sentences_of(question, [hit(text, start=start)])
    span = best_clauses(question, evidence, longest=20)
    assert text_at(evidence.hit, span) == "东岭水厂日供水能力达到20万吨,"
    assert text[span[0] - start : span[1] - start] == "东岭水厂日供水能力达到20万吨,"


def test_clauses_that_are_all_too_long_still_give_one() -> None:
    text = "今年以来天气一直很好,东岭水厂日供水能力达到20万吨。"
    question = asked("水厂日供水能力")
    (evidence,) = sentences_of(question, [hit(text)])
    assert (
        text_at(evidence.hit, best_clauses(question, evidence, longest=5)) == "东岭水厂日供水能力达到20万吨。"
    )


def test_a_sentence_without_clauses_stays_whole() -> None:
    (evidence,) = sentences_of(asked("水"), [hit("水" * 30)])
    assert best_clauses(asked("水"), evidence, longest=5) == (0, 30)


def test_what_was_repealed_counts_for_less() -> None:
    found = sentences_of(asked("水价"), [hit("水价3元。", "a.txt"), hit("水价4元。", "b.txt")])
    for ended in ("a.txt", "b.txt"):
        first, second = standing_first(found, ended.__eq__)
        assert second.hit.passage.doc_id == ended
        assert first.score > second.score
