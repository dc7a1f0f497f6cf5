from collections.abc import Sequence

import gradio
import pytest

from qa import Answer, Filter, Turn
from tests.ui.reading import Reading
from tests.ui.two_documents import ACROSS_LINES, ANSWERS, NEAREST, PARK, TwoDocuments
from ui.asking.events import Events, place, whole
from ui.asking.render import Exchange
from ui.frame import SKIP
from ui.source.place import Place, Stop

SAKURA, LOTUS = ANSWERS["樱花什么时候开"], ANSWERS["那荷花呢"]
HISTORY = (Exchange("樱花什么时候开", SAKURA), Exchange("那荷花呢", LOTUS))


def event(**data: str) -> gradio.EventData:
    return gradio.EventData(None, data)


def test_asking_shows_the_question_and_then_the_answer() -> None:
    events = Events(TwoDocuments())
    box, notice, pending, shown = events.submit("樱花什么时候开", "", (), "zh")
    assert (box, notice, pending) == ("", "", "樱花什么时候开")
    assert "正在文件里查找" in shown
    _, notice, found = events.answer(pending, (), "zh")
    assert (notice, found) == ("", HISTORY[0])
    found, pending, history, shown = events.settle(found, pending, (), "zh")
    assert (found, pending, history) == (None, "", HISTORY[:1])
    assert "三月下旬" in shown


def test_a_follow_up_is_asked_with_its_history() -> None:
    library = TwoDocuments()
    Events(library).answer("那荷花呢", HISTORY[:1], "zh")
    assert library.heard == [(Turn("樱花什么时候开", SAKURA.text),)]


def test_a_second_question_waits_in_the_box_while_one_is_pending() -> None:
    assert Events(TwoDocuments()).submit("那荷花呢", "樱花什么时候开", (), "zh") == (SKIP, SKIP, SKIP, SKIP)


def test_an_answer_to_a_question_that_was_cleared_is_dropped() -> None:
    events = Events(TwoDocuments())
    assert events.settle(HISTORY[0], "", (), "zh")[1:3] == ("", ())
    assert events.settle(HISTORY[0], "那荷花呢", (), "zh")[1:3] == ("那荷花呢", ())


def test_a_search_that_broke_leaves_nothing_pending() -> None:
    class Broken(TwoDocuments):
        def ask(
            self, question: str, *, history: Sequence[Turn] = (), k: int = 5, wanted: object = None
        ) -> Answer:
            raise RuntimeError("disk on fire")

    events = Events(Broken())
    box, notice, found = events.answer("樱花什么时候开", (), "zh")
    assert box == "樱花什么时候开"
    assert "再试一次" in notice
    assert "fire" not in notice
    assert events.settle(found, "樱花什么时候开", HISTORY[:1], "zh")[1:3] == ("", HISTORY[:1])


def test_an_empty_submission_does_not_take_away_the_question_after_it() -> None:
    events = Events(TwoDocuments())
    assert events.answer("", (), "zh") == (SKIP, SKIP, SKIP)
    assert events.settle(None, "樱花什么时候开", HISTORY[:1], "zh") == (SKIP, SKIP, SKIP, SKIP)


@pytest.mark.parametrize("question", ["", "  \n", "\u3000"])
def test_an_empty_question_is_answered_with_a_sentence(question: str) -> None:
    _, notice, pending, _ = Events(TwoDocuments()).submit(question, "", (), "zh")
    assert Reading(notice).words == "请先输入一个问题。"
    assert pending == SKIP


def test_a_refused_question_goes_back_into_the_box_with_the_reason() -> None:
    events = Events(TwoDocuments())
    box, notice, found = events.answer("长" * 2001, HISTORY, "zh")
    assert box == "长" * 2001
    assert Reading(notice).words == "没能回答:the question has 2001 characters; at most 2000 are read"
    _, pending, history, shown = events.settle(found, "长" * 2001, HISTORY, "zh")
    assert (pending, history) == ("", HISTORY)
    assert "长长" not in shown


def test_asking_too_early_says_so() -> None:
    library = TwoDocuments()
    library.is_ready = False
    assert "still being prepared" in Events(library).answer("樱花什么时候开", (), "zh")[1]


def test_an_example_is_asked() -> None:
    assert (
        Events(TwoDocuments()).example("", (), "zh", event(question="樱花什么时候开"))[2] == "樱花什么时候开"
    )


def test_a_citation_names_its_place_and_the_other_cited_words_of_its_document() -> None:
    start = PARK.text.index(ACROSS_LINES)
    span = (start, start + len(ACROSS_LINES))
    stops = (Stop("park.txt", *span), Stop("sub/notes.txt", 0, 7))
    found = place({"turn": "1", "number": "1"}, HISTORY)
    assert found == Place("park.txt", span, (span,), stops=stops)


def test_place_of_a_nearest_passage_and_of_nothing() -> None:
    history = (Exchange("问", type(SAKURA)("not_found", "", nearest=NEAREST)), Exchange("等"))
    assert place({"turn": "0", "rank": "1"}, history) == Place("sub/notes.txt", (9, 17))
    for wrong in (
        {},
        {"turn": "9"},
        {"turn": "0", "rank": "9"},
        {"turn": "1", "number": "1"},
        {"turn": "-1"},
    ):
        assert place(wrong, history) is None


@pytest.mark.parametrize(
    ("value", "number"), [("12", 12), ("-1", None), ("²", None), (None, None), ("1.0", None)]
)
def test_whole_numbers_only(value: object, number: int | None) -> None:
    assert whole(value) == number


def test_examples_come_from_the_documents() -> None:
    assert "花卉展览安排" in Events(TwoDocuments()).examples("zh")


def test_a_question_goes_to_the_collection_and_scope_that_were_chosen() -> None:
    first, other = TwoDocuments(), TwoDocuments()
    chosen = Filter(sources=("公园管理处",))
    events = Events(first, service_of=lambda name: other if name == "公报" else first)
    _, _, found = events.answer("樱花什么时候开", (), "zh", chosen, "公报")
    assert (first.asked, other.asked) == ([], [chosen])
    assert found.collection == "公报"
    opened = place({"turn": "0", "number": "1"}, (found,))
    assert opened is not None
    assert (opened.doc_id, opened.collection) == ("park.txt", "公报")


def test_examples_follow_the_scope() -> None:
    events = Events(TwoDocuments())
    assert "花卉展览安排" in events.examples("zh", Filter(sources=("公园管理处",)))
    assert events.examples("zh", Filter(date_from="2030")) == ""


def test_clearing_shows_the_welcome() -> None:
    events = Events(TwoDocuments())
    assert events.clear("zh")[:4] == ("", "", "", ())
    assert "想从文件里知道什么" in events.clear("zh")[4]
