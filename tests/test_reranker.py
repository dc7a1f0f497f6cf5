import json
from dataclasses import replace
from pathlib import Path

import pytest

from qa.errors import RankerError
from qa.question import Question
from qa.reranker import QuestionReranker, features, read_weights, shipped_weights
from qa.types import Hit, Passage


def hits(*dates: str) -> list[Hit]:
    return [hit(f"{rank}.txt", "供水", rank, date) for rank, date in enumerate(dates, start=1)]


def hit(name: str, text: str, rank: int, date: str = "", *, found: float | None = None) -> Hit:
    """A hit that keyword search found with the score ``found``, or a little less than the one before it."""
    passage = Passage(name, 0, len(text), text, "", ((0, len(text)),))
    return Hit(passage, 0.0, rank, {"characters": -rank / 100 if found is None else found}, date=date)


def order(query: str, found: list[Hit], **weights: float) -> list[int]:
    """The old ranks in the new order."""
    reranker = QuestionReranker(weight=lambda _: 1.0, weights={**shipped_weights(), **weights})
    best = reranker.rerank(query, found)
    assert [hit.rank for hit in best] == list(range(1, len(found) + 1))
    assert sorted(hit.passage.doc_id for hit in best) == sorted(hit.passage.doc_id for hit in found)
    return [int(hit.passage.doc_id.removesuffix(".txt")) for hit in best]


def test_a_year_that_is_named_comes_first() -> None:
    assert order("2019年的馆长", hits("2025-01", "2019-06-01", "")) == [2, 1, 3]
    assert order("２０２５年的馆长", hits("2019", "2025-01", "")) == [2, 1, 3]


def test_a_year_in_the_text_counts_as_well() -> None:
    found = [*hits("2025"), hit("2.txt", "2019年日供水二十万吨。", 2, "2025")]
    assert order("2019年日供水多少", found) == [2, 1]


@pytest.mark.parametrize("word", ["现在", "目前", "如今", "最新"])
def test_the_present_prefers_the_newest(word: str) -> None:
    assert order(f"{word}的馆长是谁", hits("2019-06-01", "", "2025-03-08", "2021")) == [3, 4, 1, 2]


def test_without_a_time_nothing_moves() -> None:
    assert order("馆长是谁", hits("2019", "2025", "")) == [1, 2, 3]
    assert order("现在的馆长是谁", hits("2025", "2025")) == [1, 2]


def test_a_much_better_passage_stays_before_a_newer_one() -> None:
    found = [hit("1.txt", "供水", 1, "2019", found=9.0), *hits("", "2025")[1:]]
    assert order("现在的馆长是谁", found) == [1, 2]


def test_no_hits() -> None:
    assert order("2019年的馆长", []) == []


def test_who_is_asked_for_comes_first() -> None:
    found = [
        hit("1.txt", "图书馆藏书很多。", 1),
        hit("2.txt", "博物馆馆长沈静秋表示欢迎。", 2),
        hit("3.txt", "图书馆馆长林晓舟表示欢迎。", 3),
    ]
    assert order("图书馆馆长是谁", found) == [3, 2, 1]
    assert order("图书馆有哪些藏书", found) == [1, 3, 2]
    assert order("Who is the head of the library?", found) == [1, 2, 3]


def test_of_what_is_about_as_good_a_law_comes_first() -> None:
    found = [
        replace(hit("1.txt", "供水要交费。", 1), title="镜湖市供水办法"),
        replace(hit("2.txt", "供水要交费。", 2), title="关于《供水法》的报道"),
        replace(hit("3.txt", "供水要交费。", 3), title="中华人民共和国供水法(修正)"),
    ]
    assert order("供水要交费吗", found) == [3, 1, 2]
    assert order("供水要交费吗", [replace(found[0], scores={"characters": 9.0}), *found[1:]]) == [1, 3, 2]


def covers(query: str, text: str) -> float:
    weight = {"水": 0.0, "厂": 0.0}
    found = features(Question(query), [hit("1.txt", text, 1)], lambda token: weight.get(token, 1.0))
    return found["covers"][0]


@pytest.mark.parametrize(
    ("query", "text", "share"),
    [
        ("水厂", "东岭水\n厂供水", 1.0),
        ("水厂", "东岭水库", 0.0),
        ("水厂", "东岭供水总厂", 0.5),  # 水总厂: the name written out
        ("水厂", "供水的事我们下次再说,厂", 0.0),
        ("東嶺水廠", "东岭水厂", 1.0),
        ("waterworks", "东岭水厂 waterworks", 0.0),  # between languages words cannot be compared
        ("?!", "东岭水厂", 0.0),
    ],
)
def test_how_much_of_the_question_a_passage_says(query: str, text: str, share: float) -> None:
    assert covers(query, text) == pytest.approx(share)


def test_what_covers_the_question_comes_first() -> None:
    found = [hit("1.txt", "图书馆藏书很多。", 1), hit("2.txt", "东岭水厂通水了。", 2)]
    assert order("东岭水厂通水", found) == [2, 1]
    assert order("东岭水厂通水", found, covers=0.0) == [1, 2]


def test_features_stand_among_the_scores() -> None:
    best = QuestionReranker(weight=lambda _: 1.0, weights=shipped_weights()).rerank(
        "2019年水厂", hits("2019", "2020")
    )
    assert [set(shipped_weights()) >= set(hit.scores) for hit in best] == [True, True]
    assert best[0].scores["year"] == 1.0
    assert best[0].score == pytest.approx(
        sum(weight * best[0].scores.get(name, 0.0) for name, weight in shipped_weights().items())
    )


def test_weights_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "ranker.json"
    path.write_text(json.dumps({"weights": dict.fromkeys(shipped_weights(), 1)}), encoding="utf-8")
    assert read_weights(None) == shipped_weights()
    assert read_weights(path) == dict.fromkeys(shipped_weights(), 1.0)


NOT_FINITE = json.dumps({"weights": dict.fromkeys(shipped_weights(), float("nan"))})


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"weights": {"covers": 1}}', '{"weights": 3}', NOT_FINITE, "\xff"]
)
def test_weights_that_are_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ranker.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(RankerError, match="qa train-ranker"):
        read_weights(path)
    with pytest.raises(RankerError, match="nowhere"):
        read_weights(tmp_path / "nowhere.json")
