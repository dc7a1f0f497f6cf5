import json
from dataclasses import replace

import pytest

from qa import Document, Entry
from qa.types import Official
from tests.ui.reading import Reading
from tests.ui.two_documents import NOTES, PARK
from ui.source.place import MOST_SPANS, Place, Stop
from ui.source.render import LISTED, document_list, finder, gone_head, list_head, source_head
from ui.texts import Language

TOUR = (Stop("park.txt", 30, 40), Stop("sub/notes.txt", 0, 7), Stop("park.txt", 3, 9))


def listed(document: Document) -> Entry:
    return Entry(document.doc_id, document.title, document.date, document.source, len(document.text))


def test_a_place_marks_all_that_the_answer_cites_of_its_document() -> None:
    place = Place("park.txt", (30, 40), stops=TOUR)
    assert place.spans == [(3, 9), (30, 40)]
    assert place.tour == TOUR
    assert place.at(1) == Place("sub/notes.txt", (0, 7), stops=TOUR)
    assert place.at(2).spans == [(3, 9), (30, 40)]


def test_a_place_without_stops_goes_round_its_own_spans() -> None:
    place = Place("park.txt", (30, 40), ((30, 40), (3, 9)))
    assert place.tour == (Stop("park.txt", 3, 9), Stop("park.txt", 30, 40))
    assert Place("park.txt").tour == ()


def test_a_place_marks_no_more_than_a_view_takes_and_always_its_focus() -> None:
    many = tuple(Stop("park.txt", at, at + 1) for at in range(0, 400, 2))
    place = Place("park.txt", (398, 399), stops=many)
    assert len(place.spans) == len(place.tour) == MOST_SPANS
    assert (398, 399) in place.spans


@pytest.mark.parametrize("language", ["zh", "en"])
def test_head_names_the_document_its_facts_and_every_tool(language: str) -> None:
    head = Reading(source_head(PARK, Place("park.txt", (3, 9)), "zh" if language == "zh" else "en"), "h2")
    assert head.marked == [PARK.title]
    for fact in (PARK.date, PARK.source, PARK.doc_id):
        assert fact in head.words
    acts = [button.get("data-act") or button.get("data-event") for button in head.attributes("button")]
    assert acts == ["leave", "previous", "next", "contents", "find", "copy", "step"]
    assert all(
        button.get("aria-label")
        or "hidden" in button
        or button.get("data-act") in {"contents", "find", "copy"}
        for button in head.attributes("button")
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_box_that_finds_words_is_labelled_anew_from_the_head(language: str) -> None:
    chosen: Language = "zh" if language == "zh" else "en"
    box = Reading(finder(chosen))
    data = Reading(source_head(PARK, Place("park.txt"), chosen)).attributes("div")[0]
    labels = [one["aria-label"] for tag, one in box.tags if tag in ("input", "button")]
    assert labels == [data["data-words"], data["data-find.previous"], data["data-find.next"]]


def test_a_place_is_found_anew_in_a_changed_text() -> None:
    text = "甲乙丙丁戊己"
    stops = (Stop("a.txt", 0, 2), Stop("a.txt", 4, 6), Stop("b.txt", 0, 2))
    opened = Place("a.txt", (0, 2), ((2, 4),), stops=stops).standing(text)
    assert (opened.note, opened.spans) == ("", [(0, 2), (2, 4), (4, 6)])
    moved = opened.standing("前" + text[:4])
    assert (moved.note, moved.focus, moved.others) == ("moved", (1, 3), ((3, 5),))
    assert moved.stops == (Stop("a.txt", 1, 3), Stop("b.txt", 0, 2))
    lost = opened.standing(text[2:])
    assert (lost.note, lost.focus, lost.spans) == ("lost", None, [(0, 2), (2, 4)])
    assert lost.at(0).note == ""
    assert len({opened.version, moved.version, lost.version}) == 3


def test_head_says_that_the_document_was_changed_and_offers_the_text_of_now() -> None:
    place = Place("park.txt", (3, 9), version="1")
    head = Reading(source_head(PARK, place, "zh", changed=True))
    assert "这份文件在打开以后改过" in head.words
    events = [button.get("data-event") for button in head.attributes("button")]
    assert "reopen" in events
    assert "places" not in [tag.get("class") for tag in head.attributes("span")]
    assert head.attributes("a")[0]["href"] == "v1/documents/park.txt/view"
    assert head.attributes("div")[0]["data-state"] == "changed"


def test_head_says_what_became_of_cited_words() -> None:
    moved = source_head(PARK, Place("park.txt", (3, 9), note="moved"), "zh")
    assert "所引的话现在在这里" in moved
    lost = source_head(PARK, Place("park.txt", note="lost"), "en")
    assert "no longer says the cited words" in lost
    assert "alert" not in source_head(PARK, Place("park.txt", (3, 9)), "en")


def test_a_document_that_cannot_be_opened_is_named_as_text() -> None:
    head = Reading(gone_head(Place("<b>甲</b>.txt"), "zh"))
    assert "b" not in {tag for tag, _ in head.tags}
    assert "<b>甲</b>.txt 现在打不开" in head.words
    assert [button["data-event"] for button in head.attributes("button")] == ["leave", "reopen"]


def test_only_a_pdf_has_pictures_and_only_a_cited_one_places_to_go_to() -> None:
    pdf = replace(PARK, format="pdf")
    acts = [
        button.get("data-act") for button in Reading(source_head(pdf, Place("p"), "zh")).attributes("button")
    ]
    assert "picture" in acts
    assert "next" not in acts


def test_head_tells_the_script_what_to_show() -> None:
    odd = replace(PARK, doc_id='新/"<b>#?.txt', official=Official(number="镜政发〔2020〕3号"))
    place = Place(odd.doc_id, (3, 9), ((12, 15),), "公报")
    data = Reading(source_head(odd, place, "zh")).attributes("div")[0]
    assert data["data-view"] == "v1/documents/%E6%96%B0/%22%3Cb%3E%23%3F.txt/view"
    assert data["data-doc"] == odd.doc_id
    assert data["data-collection"] == "公报"
    assert json.loads(data["data-spans"] or "") == ["3-9", "12-15"]
    assert json.loads(data["data-stops"] or "") == [[True, 3, 9], [True, 12, 15]]
    assert (data["data-stop"], json.loads(data["data-focus"] or "")) == ("0", [3, 9])
    assert data["data-reference"] == "《公园管理处年度报告》(2024-03-01,镜政发〔2020〕3号)"
    assert data["data-at"] == "引用 {at} / {count}"


def test_head_links_to_the_marked_text_and_to_the_file() -> None:
    view, file = Reading(source_head(PARK, Place("park.txt", (3, 9), collection="a&b"), "zh")).attributes("a")
    assert view["href"] == "v1/documents/park.txt/view?start=3&end=9&collection=a%26b#hit"
    assert (view["target"], view["rel"]) == ("_blank", "noopener")
    assert file["href"] == "v1/documents/park.txt/original?collection=a%26b"
    view, file = Reading(source_head(PARK, Place("park.txt"), "zh")).attributes("a")
    assert (view["href"], file["href"]) == ("v1/documents/park.txt/view", "v1/documents/park.txt/original")


def test_head_says_whether_a_document_still_stands() -> None:
    official = Official(number="镜政发〔2020〕3号", status="repealed")
    head = source_head(replace(PARK, official=official), Place("park.txt"), "zh")
    assert "镜政发〔2020〕3号已废止" in Reading(head).words


def test_nothing_of_a_document_is_markup_in_its_head() -> None:
    head = Reading(source_head(NOTES, Place("sub/notes.txt"), "en"))
    assert "script" not in {tag for tag, _ in head.tags}
    assert NOTES.title in head.words


def test_list_has_a_button_for_each_document_and_counts_them() -> None:
    page = Reading(document_list([listed(PARK), listed(NOTES)], "zh"))
    assert [button["data-doc"] for button in page.attributes("button")] == ["park.txt", "sub/notes.txt"]
    assert "script" not in {tag for tag, _ in page.tags}
    assert "文件(2)" in Reading(list_head(2, "zh")).words


def test_of_many_documents_the_first_are_listed() -> None:
    page = Reading(document_list([listed(PARK)] * (LISTED + 5000), "zh"))
    assert len(page.attributes("button")) == LISTED
    assert "5000" in page.words
    assert "没有这样的文件" in Reading(document_list([], "zh")).words
