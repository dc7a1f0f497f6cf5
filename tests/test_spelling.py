"""Questions typed by sound, over a corpus of a few words."""

import pytest

from qa.service import Service
from qa.spelling import GAIN, Spelling, best_spelled
from qa.tokens import Segmenter, grams
from qa.types import Hit, Passage

CORPUS = "镜湖市体育局的品牌赛事有哪些。图书馆馆长介绍,水厂供水管道很长。是,大学校园建成达标。"


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    segmenter, known = Segmenter(), set(grams(CORPUS))
    return Spelling(
        weight=lambda token: 1.0 if token in known else 9.0, cut=segmenter.cut, is_word=segmenter.is_word
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("体玉局的赛事", "体育局的赛事"),
        ("平牌赛事有哪些", "品牌赛事有哪些"),
        ("校圆达彪了吗", "校园达标了吗"),
        ("tiyuju de pinpai saishi", "体育局的品牌赛事"),
        ("tushuguan guanzhang", "图书馆馆长"),
        ("ti yu ju", "体育局"),
        ("TIYUJU有哪些", "体育局有哪些"),
        ("gongsui", "供水"),  # shui, as it is often typed
    ],
)
def test_what_was_meant(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.corrected(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "体育局的品牌赛事",
        "图书馆馆长是谁",
        "火星上有什么",  # what no document has, but is a word
        "how long is the pipe",
        "sewage",
        "xzqk",
        "de",
        "",
        "?!",
        "ab" * 900,
        "shi" * 600,
        "体玉局" * 600,
        "1234",
        "體育局的品牌賽事",
    ],
)
def test_what_stays_as_it_is(spelling: Spelling, question: str) -> None:
    assert spelling.corrected(question) == question


def finds(**covers: float):  # type: ignore[no-untyped-def]  # noqa: ANN201
    def search(query: str) -> list[Hit]:
        found = covers.get(query)
        return [] if found is None else [Hit(Passage("a", 0, 1, "a", ""), 1.0, 1, {"covers": found})]

    return search


@pytest.mark.parametrize(
    ("before", "after", "chosen"),
    [
        (0.2, 0.2 + GAIN, "体育局"),
        (0.2, 0.2 + GAIN / 2, "体玉局"),
        (0.9, 0.2, "体玉局"),
        (None, GAIN, "体育局"),
        (0.2, None, "体玉局"),
    ],
)
def test_a_correction_must_find_more(
    spelling: Spelling, before: float | None, after: float | None, chosen: str
) -> None:
    covers = {"体玉局": before, "体育局": after}
    search = finds(**{query: found for query, found in covers.items() if found is not None})
    query, hits = best_spelled("体玉局", spelling, search)
    assert query == chosen
    assert list(hits) == search(chosen)


def test_search_and_ask_say_how_the_question_was_understood(seeds: Service) -> None:
    assert seeds.search("ti yu ju ju zhang").query == "体育局局长"
    assert seeds.ask("体玉局局长是谁").query == "体育局局长是谁"
    assert seeds.ask("体玉局局长是谁").text == seeds.ask("体育局局长是谁").text
