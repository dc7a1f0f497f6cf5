from collections.abc import Mapping, Sequence
from dataclasses import replace

import gradio
import pytest

from qa import Answer, Document, Filter, Turn
from qa.errors import NotFoundError
from tests.ui.reading import Reading
from tests.ui.two_documents import ACROSS_LINES, ANSWERS, NEAREST, PARK, TwoDocuments
from ui.asking.events import REMEMBERED, Events, Pending
from ui.asking.places import place
from ui.asking.render import Exchange
from ui.asking.shown import MORE
from ui.frame import SKIP, whole
from ui.source.place import Place, Stop

SAKURA, LOTUS = ANSWERS["樱花什么时候开"], ANSWERS["那荷花呢"]
HISTORY = (Exchange("樱花什么时候开", SAKURA), Exchange("那荷花呢", LOTUS))

KEY = "0123456789abcdef" * 2
SAKURA_ASKED = Pending("樱花什么时候开", 0, KEY)


def placed(data: Mapping[str, str], history: Sequence[Exchange] = HISTORY) -> Place | None:
    return Events(TwoDocuments()).place(data, tuple(history))


def event(**data: str) -> gradio.EventData:
    return gradio.EventData(None, data)


def test_asking_shows_the_question_then_the_citations_then_the_answer() -> None:
    events = Events(TwoDocuments())
    box, notice, pending, history, shown = events.submit("樱花什么时候开", None, (), KEY, "zh")
    assert (box, notice, pending, history) == ("", "", SAKURA_ASKED, ())
    assert "正在文件里查找" in shown
    _, notice, found, shown = events.answer(pending, (), "zh")
    assert (notice, found) == ("", (SAKURA_ASKED, HISTORY[0]))
    assert "出处" in shown
    assert "三月下旬开放。" not in shown
    found, pending, history, shown, _ = events.settle(found, pending, (), "zh")
    assert (found, pending) == (None, None)
    assert [(one.question, one.answer) for one in history] == [("樱花什么时候开", SAKURA)]
    assert "三月下旬开放。" in shown


def test_only_the_new_turn_is_sent_to_the_page() -> None:
    long = HISTORY * 1000
    events = Events(TwoDocuments())
    _, _, pending, _, shown = events.submit("园内有什么", None, long, KEY, "zh")
    assert Reading(shown).attributes("article")[0]["data-turn"] == "2000"
    _, _, found, _ = events.answer(pending, long, "zh")
    _, _, history, shown, _ = events.settle(found, pending, long, "zh")
    assert len(history) == 2001
    assert len(Reading(shown).attributes("article")) == 1


def test_a_follow_up_is_asked_with_its_history() -> None:
    library = TwoDocuments()
    Events(library).answer(Pending("那荷花呢", 1), HISTORY[:1], "zh")
    assert library.heard == [(Turn("樱花什么时候开", SAKURA.text),)]
    Events(library).answer(Pending("那荷花呢", 2000), HISTORY[:1] * 2000, "zh")
    assert len(library.heard[1]) == REMEMBERED


def test_a_second_question_waits_in_the_box_while_one_is_pending() -> None:
    events = Events(TwoDocuments())
    assert events.submit("那荷花呢", SAKURA_ASKED, (), KEY, "zh") == (SKIP,) * 5


def test_an_answer_to_a_question_that_was_cleared_is_dropped() -> None:
    events = Events(TwoDocuments())
    found = (SAKURA_ASKED, HISTORY[0])
    assert events.settle(found, None, (), "zh")[1:3] == (None, ())
    other = Pending("那荷花呢", 0)
    _, pending, history, shown, _ = events.settle(found, other, (), "zh")
    assert (pending, history) == (other, ())
    assert "那荷花呢" in shown


class Broken(TwoDocuments):
    def ask(
        self, question: str, *, history: Sequence[Turn] = (), k: int = 5, wanted: object = None
    ) -> Answer:
        raise RuntimeError("disk on fire")


def test_a_search_that_broke_leaves_nothing_pending() -> None:
    events = Events(Broken())
    asked = Pending("樱花什么时候开", 1)
    box, notice, found, _ = events.answer(asked, HISTORY[:1], "zh")
    assert box == "樱花什么时候开"
    assert "再试一次" in notice
    assert "fire" not in notice
    assert events.settle(found, asked, HISTORY[:1], "zh")[1:3] == (None, HISTORY[:1])


def test_an_empty_submission_does_not_take_away_the_question_after_it() -> None:
    events = Events(TwoDocuments())
    assert events.answer(None, (), "zh") == (SKIP,) * 4
    assert events.settle(None, SAKURA_ASKED, HISTORY[:1], "zh") == (SKIP,) * 5


@pytest.mark.parametrize("question", ["", "  \n", "\u3000"])
def test_an_empty_question_is_answered_with_a_sentence(question: str) -> None:
    _, notice, pending, _, _ = Events(TwoDocuments()).submit(question, None, (), KEY, "zh")
    assert Reading(notice).words == "请先输入一个问题。"
    assert pending == SKIP


def test_a_refused_question_goes_back_into_the_box_with_the_reason() -> None:
    events = Events(TwoDocuments())
    asked = Pending("长" * 2001, 2)
    box, notice, found, _ = events.answer(asked, HISTORY, "zh")
    assert box == "长" * 2001
    assert Reading(notice).words == "没能回答:the question has 2001 characters; at most 2000 are read"
    _, pending, history, shown, _ = events.settle(found, asked, HISTORY, "zh")
    assert (pending, history) == (None, HISTORY)
    assert "长长" not in shown


def test_asking_too_early_says_so() -> None:
    library = TwoDocuments()
    library.is_ready = False
    assert "still being prepared" in Events(library).answer(SAKURA_ASKED, (), "zh")[1]


def test_an_example_is_asked() -> None:
    asked = Events(TwoDocuments()).example(None, (), KEY, "zh", event(question="樱花什么时候开"))
    assert asked[2] == SAKURA_ASKED


def test_an_edited_question_stands_alone_and_takes_the_place_of_its_turn() -> None:
    library = TwoDocuments()
    events = Events(library)
    edited = event(turn="0", question="园内有什么")
    _, _, pending, _, shown = events.rewrite(None, HISTORY, KEY, "zh", edited)
    assert pending == Pending("园内有什么", 0, KEY, edited=True)
    assert Reading(shown).attributes("article")[0]["data-turn"] == "0"
    _, _, found, _ = events.answer(pending, HISTORY, "zh")
    assert library.heard == [()]
    _, _, history, _, _ = events.settle(found, pending, HISTORY, "zh")
    assert [one.question for one in history] == ["园内有什么", "那荷花呢"]


@pytest.mark.parametrize(
    "data",
    [{"turn": "2", "question": "问"}, {"turn": "0", "question": " "}, {"question": "问"}, {"turn": "-1"}],
)
def test_an_edit_of_nothing_changes_nothing(data: dict[str, str]) -> None:
    events = Events(TwoDocuments())
    assert events.rewrite(None, HISTORY, KEY, "zh", event(**data)) == (SKIP,) * 5
    assert events.rewrite(SAKURA_ASKED, HISTORY, KEY, "zh", event(turn="0", question="问"))[2] == SKIP


def talk(events: Events, *questions: str) -> tuple[Exchange, ...]:
    """Ask one question after the other."""
    history: tuple[Exchange, ...] = ()
    for question in questions:
        _, _, pending, history, _ = events.submit(question, None, history, KEY, "zh")
        _, _, found, _ = events.answer(pending, history, "zh")
        _, _, history, _, _ = events.settle(found, pending, history, "zh")
    return history


def test_a_conversation_is_kept_and_opened_again() -> None:
    library = TwoDocuments()
    history = talk(Events(library), "樱花什么时候开", "那荷花呢")
    key, _, opened, shown = Events(library).open((), "zh", event(key=KEY))
    assert (key, opened) == (KEY, history)
    assert [one.answer for one in opened] == [SAKURA, LOTUS]
    assert "三月下旬开放。" in shown
    assert Events(library).open(history, "zh", event(key=KEY)) == (KEY, SKIP, SKIP, SKIP)
    assert Events(library).open((), "zh", event(key="f" * 32)) == ("f" * 32, SKIP, (), SKIP)


def test_a_session_that_ended_while_its_page_was_open_goes_on() -> None:
    library = TwoDocuments()
    history = talk(Events(library), "樱花什么时候开")
    _, _, pending, recalled, _ = Events(library).submit("那荷花呢", None, (), KEY, "zh")
    assert (recalled, pending.turn) == (history, 1)


def test_an_edited_turn_is_kept_in_place() -> None:
    library = TwoDocuments()
    events = Events(library)
    history = talk(events, "樱花什么时候开", "那荷花呢")
    pending = Pending("园内有什么", 1, KEY, edited=True)
    events.settle(events.answer(pending, history, "zh")[2], pending, history, "zh")
    assert [one.question for one in library.transcripts.load(KEY)] == ["樱花什么时候开", "园内有什么"]


def test_clearing_shows_the_welcome_and_deletes_what_was_kept() -> None:
    library = TwoDocuments()
    events = Events(library)
    talk(events, "樱花什么时候开")
    *emptied, shown, cleared = events.clear(KEY, "zh")
    assert (emptied, cleared) == ([SKIP, "", None, ()], True)
    assert "想从文件里知道什么" in shown
    assert library.transcripts.load(KEY) == []
    assert "撤销" in shown
    assert "Undo" in events.everything(None, (), "en", cleared)
    assert "撤销" not in events.clear(KEY, "zh")[4]


def test_what_was_cleared_is_brought_back_until_something_else_is_asked() -> None:
    library = TwoDocuments()
    events = Events(library)
    history = talk(events, "樱花什么时候开", "那荷花呢")
    events.clear(KEY, "zh")
    assert events.restore(Pending("园内有什么", 0, KEY), (), KEY, "zh") == (SKIP, SKIP, SKIP, False)
    said, brought, shown, cleared = events.restore(None, (), KEY, "zh")
    assert (said, brought, cleared) == ("", history, False)
    assert "三月下旬开放。" in shown
    events.clear(KEY, "zh")
    events.open((), "zh", event(key=KEY, again="true"))
    assert events.restore(None, (), KEY, "zh")[1] == history
    events.clear(KEY, "zh")
    events.open((), "zh", event(key=KEY))  # the page was opened anew
    said, brought, _, _ = events.restore(None, (), KEY, "en")
    assert brought == ()
    assert "cannot be brought back" in said


def test_turns_that_were_forgotten_leave_the_page() -> None:
    library = TwoDocuments()
    events = Events(library)
    history = talk(events, "樱花什么时候开", "火星上有什么")
    assert events.sync(None, history, KEY, "zh") == (SKIP, SKIP)
    library.transcripts.sift(lambda quote: quote.doc_id != "park.txt")
    unkept = Exchange("园内有什么", ANSWERS["园内有什么"])
    assert events.sync(SAKURA_ASKED, history, KEY, "zh") == (SKIP, SKIP)
    assert events.sync(None, history, "", "zh") == (SKIP, SKIP)  # the browser has not told its key yet
    left, shown = events.sync(None, (*history, unkept), KEY, "zh")
    assert left == (unkept,)  # the nearest passages of the second are of the document, too
    assert "三月下旬" not in shown


def test_what_cannot_be_kept_is_answered_all_the_same_and_told() -> None:
    library = TwoDocuments()
    library.transcripts.path.parent.write_text("no folder")
    events = Events(library)
    found = events.answer(SAKURA_ASKED, (), "zh")[2]
    _, _, history, shown, notice = events.settle(found, SAKURA_ASKED, (), "zh")
    assert history == HISTORY[:1]
    assert "三月下旬开放。" in shown
    assert "不能保存" in Reading(notice).words
    assert "不能保存" in events.open((), "zh", event(key=KEY))[1]
    assert events.submit("樱花什么时候开", None, (), KEY, "zh")[2] == SAKURA_ASKED
    assert "不能保存" in events.clear(KEY, "zh")[1]


def test_older_turns_are_sent_on_demand() -> None:
    events = Events(TwoDocuments())
    shown = events.older(HISTORY * 200, "zh", event(first="370"))
    assert len(Reading(shown).attributes("article")) == MORE
    assert events.older(HISTORY, "zh", event(first="x")) == SKIP


def test_a_citation_names_its_place_and_the_other_cited_words_of_its_document() -> None:
    start = PARK.text.index(ACROSS_LINES)
    span = (start, start + len(ACROSS_LINES))
    stops = (Stop("park.txt", *span), Stop("sub/notes.txt", 0, 7))
    assert placed({"turn": "1", "number": "1"}) == Place("park.txt", span, (span,), stops=stops)


def test_the_mark_of_a_short_answer_opens_its_own_words() -> None:
    citation = SAKURA.citations[0]
    short = replace(citation, start=citation.start + 4, end=citation.end - 2, quote=citation.quote[4:-2])
    history = (Exchange("问", replace(SAKURA, short_answer=short)),)
    data = {"turn": "0", "number": "1"}
    whole_span = (citation.start, citation.end)
    stops = (Stop("park.txt", *whole_span),)
    assert placed(data, history) == Place("park.txt", whole_span, (whole_span,), stops=stops)
    assert placed({**data, "part": "short"}, history) == Place(
        "park.txt",
        (short.start, short.end),
        (whole_span,),
        stops=(Stop("park.txt", short.start, short.end),),
    )


def test_cited_words_are_found_where_they_are_now() -> None:
    changed = replace(PARK, text="新的前言\n" + PARK.text)
    at = changed.text.index(SAKURA.citations[0].quote)
    span = (at, at + len(SAKURA.citations[0].quote))
    click = {"turn": "0", "number": "1"}
    stops = (Stop("park.txt", *span),)
    assert place(click, HISTORY, lambda *_: changed) == Place(
        "park.txt", span, (span,), stops=stops, note="moved"
    )
    assert place(click, HISTORY, lambda *_: replace(PARK, text="别的话")) == Place("park.txt", note="lost")

    def gone(_: str, doc_id: str) -> Document:
        raise NotFoundError(doc_id)

    assert place(click, HISTORY, gone) == Place("park.txt", note="lost")


def test_place_of_a_nearest_passage_and_of_nothing() -> None:
    history = (Exchange("问", type(SAKURA)("not_found", "", nearest=NEAREST)), Exchange("等"))
    assert placed({"turn": "0", "rank": "1"}, history) == Place("sub/notes.txt", (9, 17))
    for wrong in (
        {},
        {"turn": "9"},
        {"turn": "0", "rank": "9"},
        {"turn": "1", "number": "1"},
        {"turn": "-1"},
    ):
        assert placed(wrong, history) is None


@pytest.mark.parametrize(
    ("value", "number"),
    [("12", 12), ("-1", None), ("²", None), (None, None), ("1.0", None), ("9" * 5000, None)],
)
def test_whole_numbers_only(value: object, number: int | None) -> None:
    assert whole(value) == number


def test_examples_come_from_the_documents() -> None:
    assert "花卉展览安排" in Events(TwoDocuments()).examples("zh")


def test_a_question_goes_to_the_collection_and_scope_that_were_chosen() -> None:
    first, other = TwoDocuments(), TwoDocuments()
    chosen = Filter(sources=("公园管理处",))
    events = Events(first, service_of=lambda name: other if name == "公报" else first)
    _, _, (_, found), _ = events.answer(Pending("樱花什么时候开", 0), (), "zh", chosen, "公报")
    assert (first.asked, other.asked) == ([], [chosen])
    assert found.collection == "公报"
    opened = events.place({"turn": "0", "number": "1"}, (found,))
    assert opened is not None
    assert (opened.doc_id, opened.collection) == ("park.txt", "公报")


def test_examples_follow_the_scope() -> None:
    events = Events(TwoDocuments())
    assert "花卉展览安排" in events.examples("zh", Filter(sources=("公园管理处",)))
    assert events.examples("zh", Filter(date_from="2030")) == ""
