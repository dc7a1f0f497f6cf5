import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio
import pytest

from qa import Turn
from qa.feedback import Feedback
from tests.ui.reading import Reading
from tests.ui.two_documents import ANSWERS, NEAREST, NOTES, TwoDocuments
from ui.asking.render import Exchange
from ui.feedback.events import Events, marked, place
from ui.source.view import Place

REFUSED = type(ANSWERS["樱花什么时候开"])("not_found", "", nearest=NEAREST)
HISTORY = (
    Exchange("樱花什么时候开", ANSWERS["樱花什么时候开"]),
    Exchange("那荷花呢", ANSWERS["那荷花呢"]),
    Exchange("有几个入口", REFUSED),
    Exchange("还在找"),
)


@pytest.fixture
def library(tmp_path: Path) -> TwoDocuments:
    opened = TwoDocuments()
    opened.feedback = Feedback(tmp_path, opened.document)
    return opened


def event(**data: str) -> gradio.EventData:
    return gradio.EventData(None, data)


def kept(markup: str) -> dict[str, Any]:
    (values,) = Reading(markup).attributes("i")
    return dict(values)


def test_a_good_answer_is_kept_with_all_that_belongs_to_it(library: TwoDocuments) -> None:
    reply = kept(
        Events(lambda _: library).rate(HISTORY, "zh", event(turn="1", key="k", verdict="good", id=""))
    )
    (opinion,) = library.feedback.all()
    assert reply == {"data-key": "k", "data-id": opinion.feedback_id, "data-verdict": "good"}
    assert (opinion.question, opinion.status) == ("那荷花呢", "conflict")
    assert opinion.history == (Turn("樱花什么时候开", ANSWERS["樱花什么时候开"].text),)
    assert [mark.quote for mark in opinion.citations] == [one.quote for one in ANSWERS["那荷花呢"].citations]


def test_a_complaint_with_marked_words_replaces_praise_and_is_taken_back(library: TwoDocuments) -> None:
    events = Events(lambda _: library)
    first = kept(events.rate(HISTORY, "zh", event(turn="2", key="k", verdict="good")))
    start = NOTES.text.index("五个入口")
    spans = json.dumps([{"doc_id": NOTES.doc_id, "start": start, "end": start + 4}])
    said = {"verdict": "bad", "reason": "answerable", "remark": "笔记里有", "marks": spans}
    again = kept(events.rate(HISTORY, "zh", event(turn="2", key="k", id=first["data-id"], **said)))
    assert again["data-id"] == first["data-id"]
    (opinion,) = library.feedback.all()
    assert [mark.quote for mark in opinion.marks] == ["五个入口"]
    assert (opinion.reason, opinion.remark) == ("answerable", "笔记里有")
    assert "五个入口" in library.judged().text
    taken = kept(events.rate(HISTORY, "zh", event(turn="2", key="k", verdict="", id=first["data-id"])))
    assert taken["data-verdict"] == ""
    assert library.feedback.all() == []


def test_what_is_said_is_kept_with_the_collection_that_answered(
    library: TwoDocuments, tmp_path: Path
) -> None:
    other = TwoDocuments()
    other.feedback = Feedback(tmp_path / "公报", other.document)
    events = Events({"": library, "公报": other}.__getitem__)
    history = (HISTORY[0], replace(HISTORY[1], collection="公报"))
    told = kept(events.rate(history, "zh", event(turn="1", key="k", verdict="good")))
    assert (library.feedback.count(), other.feedback.count()) == (0, 1)
    assert "那荷花呢" in events.listed("", 1, "zh", "公报")
    assert "那荷花呢" not in events.turned("zh", "")[-1]
    events.rate(history, "zh", event(turn="1", key="k", verdict="", id=told["data-id"]))
    assert other.feedback.count() == 0


@pytest.mark.parametrize(
    "data",
    [
        {"turn": "9", "verdict": "good"},
        {"turn": "-1", "verdict": "good"},
        {"turn": "3", "verdict": "good"},
        {"verdict": "good"},
        {"turn": "0", "verdict": "perhaps"},
        {"turn": "0", "verdict": "bad", "reason": "because"},
        {"turn": "0", "verdict": "bad", "remark": "水" * 2001},
        {"turn": "0", "verdict": "bad", "marks": '[{"doc_id": "none", "start": 0, "end": 1}]'},
        {"turn": "0", "verdict": "", "id": "none"},
    ],
)
def test_what_is_not_kept_is_told(data: dict[str, str], library: TwoDocuments) -> None:
    assert "没有记下" in Events(lambda _: library).rate(HISTORY, "zh", event(**data))
    assert library.feedback.all() == []


@pytest.mark.parametrize("values", ["", "{", "3", "[3]", '[{"start": 1}]', "[" * 100_000])
def test_marks_that_are_none(values: str) -> None:
    assert marked(values) == []


def test_the_list_is_filtered_paged_and_shortened(library: TwoDocuments, tmp_path: Path) -> None:
    events = Events(lambda _: library)
    for number in range(23):
        events.rate(HISTORY, "zh", event(turn="0", verdict="good" if number else "bad", reason=""))
    verdict, page, shown = events.browse("zh", "", event(verdict="good", page="2"))
    assert (verdict, page, shown.count('class="opinion"')) == ("good", 2, 2)
    assert events.browse("zh", "", event(verdict="<b>", page="x"))[:2] == ("", 1)
    (one,) = library.feedback.all("bad")
    assert "还没有反馈" in events.forget("bad", 1, "zh", "", event(id=one.feedback_id))
    assert "没有这条反馈" in events.forget("bad", 1, "zh", "", event(id=one.feedback_id))
    for path in tmp_path.iterdir():
        path.write_bytes(b"spoilt" * 999)
    assert "请把它移走" in events.listed("", 1, "zh", "")


def test_words_of_the_list_are_opened() -> None:
    assert place({"doc": "甲.txt", "start": "3", "end": "9"}, "公报") == Place(
        "甲.txt", (3, 9), collection="公报"
    )
    assert place({"doc": "甲.txt", "start": "-3", "end": "9"}, "") is None
