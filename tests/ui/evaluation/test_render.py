"""Question files, runs and failures as HTML: everything is there, and what people wrote stays text."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from qa import EvaluationRun, RunDifference
from tests.ui.reading import Reading
from ui.evaluation import render

EVIL = "<img src=x onerror=alert(1)>'\"&"
RUN = EvaluationRun(
    run_id="20260101T120000-1a2b3c4d",
    name=EVIL,
    state="done",
    questions=4,
    created="2026-01-01T12:00:00+00:00",
    done=4,
    wrong=1,
    figures={"R@5": 0.75, "F1": 0.5},
)
OTHER = replace(RUN, run_id="20260102T120000-1a2b3c4d", created="2026-01-02T12:00:00+00:00")
FAILURE = {"fault": "refused", "question": EVIL, "expected": EVIL, "returned": EVIL, "type": EVIL}
ROW = RunDifference(
    "R@5", 4, (("q1", EVIL),), tuple((f"w{n}", "问") for n in range(9)), -0.5, -1.0, 0.25, 0.125
)


def test_files_and_runs_are_listed_with_their_buttons() -> None:
    page = Reading(render.overview([EVIL], [replace(OTHER, state="running"), RUN], "zh"), inside="td")
    assert "img" not in {tag for tag, _ in page.tags}
    buttons = [
        (one["data-event"], one.get("data-file") or one.get("data-run")) for one in page.attributes("button")
    ]
    assert buttons == [("start", EVIL), ("discard", EVIL), ("show", RUN.run_id), ("delete", RUN.run_id)]
    assert page.marked[:7] == [EVIL, "4", "1", "0.750", "–", "–", "0.500"]


def test_a_run_that_failed_says_why_and_has_no_report() -> None:
    page = Reading(render.line(replace(RUN, state="failed", reason=EVIL), "en"))
    assert f"failed: {EVIL}" in page.words
    assert [one["data-event"] for one in page.attributes("button")] == ["delete"]


@pytest.mark.parametrize("state", ["running", "done", "failed"])
def test_progress_is_told_in_words_and_as_a_bar(state: str) -> None:
    run = replace(
        RUN, state="running" if state == "running" else "done" if state == "done" else "failed", done=3
    )
    page = Reading(render.progress(replace(run, reason=EVIL), "zh"))
    assert EVIL in page.words
    bars = [(one["value"], one["max"]) for one in page.attributes("progress")]
    assert bars == ([("3", "4")] if state == "running" else [])
    assert render.progress(None, "zh") == ""


def test_a_report_has_a_frame_without_scripts_and_failures_that_are_inspected() -> None:
    page = Reading(render.shown((RUN, [FAILURE], [OTHER]), OTHER, [ROW], "zh"), inside="dd")
    assert "img" not in {tag for tag, _ in page.tags}
    (frame,) = page.attributes("iframe")
    assert (frame["src"], frame["sandbox"]) == (f"v1/evaluations/{RUN.run_id}/report#zh", "")
    assert page.marked == [EVIL, EVIL]
    assert "不该拒答" in page.words
    asked = [one["data-question"] for one in page.attributes("button") if one["data-event"] == "inspect"]
    assert asked == [EVIL, *["问"] * render.NAMED, EVIL]
    (compare,) = [one for one in page.attributes("button") if one["data-event"] == "compare"]
    assert (compare["data-run"], compare["data-other"]) == (RUN.run_id, OTHER.run_id)
    assert "-0.500 (-1.000 … +0.250)" in page.words


def test_many_failures_are_cut_and_that_is_said() -> None:
    page = Reading(render.wrong([FAILURE] * (render.SHOWN + 1), "en"))
    assert len(page.attributes("li")) == render.SHOWN
    assert f"The first {render.SHOWN}; the report has the rest." in page.words


def test_a_report_of_a_collection_is_named_with_it_and_fetched_from_it() -> None:
    page = Reading(render.shown((replace(RUN, collection="公报"), [], []), None, [], "zh"), inside="h2")
    assert page.marked == [f"公报 · {EVIL} · 2026-01-01 12:00:00"]
    query = "collection=%E5%85%AC%E6%8A%A5"
    assert page.attributes("iframe")[0]["src"] == f"v1/evaluations/{RUN.run_id}/report?{query}#zh"
    links = [urlsplit(one["href"] or "").query for one in page.attributes("a")]
    assert links == [query, query]
    assert page.attributes("a")[1]["download"] == "report-公报.json"
