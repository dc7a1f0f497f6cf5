"""A sentence that only points back to a time is quoted behind the one that tells it."""

import pytest

from tests.answerer.parts import answer, hit

BUILT = "2019年6月东岭水厂动工。"
CASES = [
    ("哪一年并入镜湖水务集团", "同年9月并入镜湖水务集团。", "2019年6月"),
    ("镜湖水务集团何时接管", "此后镜湖水务集团接管。", "2019年6月"),
    ("哪一年任命林晓舟为厂长", "4月20日,集团任命林晓舟为厂长。", "2019年6月"),
]


@pytest.mark.parametrize(("question", "told", "when"), CASES)
def test_the_time_is_quoted_before_what_points_back_to_it(question: str, told: str, when: str) -> None:
    found = answer(question, hit(f"水很清。{BUILT}{told}", start=5))
    assert found.status == "answered"
    assert [citation.quote for citation in found.citations] == [BUILT, told]
    assert found.text == f"{BUILT}[1]\n{told}[2]"
    assert found.short_answer is not None
    assert (found.short_answer.quote, found.short_answer.number) == (when, 1)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("哪一年并入镜湖水务集团", f"{BUILT}2021年并入镜湖水务集团。"),
        ("谁接管了水厂", f"{BUILT}此后镜湖水务集团接管了水厂。"),
        ("镜湖水务集团何时接管水厂", f"{BUILT}镜湖水务集团接管了水厂。"),
        ("镜湖水务集团何时接管水厂", "水很清。此后镜湖水务集团接管了水厂。"),
        ("镜湖水务集团何时接管水厂", f"{BUILT}镜湖水务集团在竣工之后接管水厂。"),
        ("镜湖水务集团几点接管水厂", f"{BUILT[:-1]},上午9点开工。4月20日镜湖水务集团接管水厂。"),
    ],
    ids=[
        "it tells the year",
        "not asked when",
        "it does not point",
        "nothing tells",
        "after what",
        "an hour",
    ],
)
def test_otherwise_one_sentence_answers(question: str, text: str) -> None:
    assert len(answer(question, hit(text)).citations) == 1


def test_documents_that_tell_other_times_before_the_same_sentence_contradict_each_other() -> None:
    told = "同年9月并入镜湖水务集团。"
    found = answer(
        "哪一年并入镜湖水务集团",
        hit(f"{BUILT}{told}"),
        hit(f"{BUILT.replace('2019', '2020')}{told}", "简报.txt", rank=2),
    )
    assert found.status == "conflict"
    said = {(citation.doc_id, citation.quote) for citation in found.citations}
    assert said == {
        ("年报.txt", BUILT),
        ("年报.txt", told),
        ("简报.txt", BUILT.replace("2019", "2020")),
        ("简报.txt", told),
    }
    assert found.short_answer is None
