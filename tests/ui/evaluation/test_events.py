"""The report that is shown, as it is now."""

import json

from qa import EvaluationRun
from tests.ui.two_documents import TwoDocuments
from ui.evaluation.events import NOTHING, Events
from ui.frame import SKIP

RUN = EvaluationRun("20260101T120000-1a2b3c4d", "湖.jsonl", "done", 1, "2026-01-01T12:00:00+00:00")
FAILURE = {"question": "哪里", "fault": "refused", "expected": "东岭水厂", "returned": ""}


def test_a_report_that_was_changed_or_removed_is_not_shown_as_it_was() -> None:
    library = TwoDocuments()
    kept, events = library.evaluations, Events(lambda _: library)

    def write(failures: list[dict[str, str]]) -> None:
        text = json.dumps({"failures": failures})
        kept.write(RUN.run_id, "report.json", text)
        kept.write(RUN.run_id, "report.html", text)

    kept.keep(RUN)
    write([FAILURE])
    shown = (RUN.run_id, "")
    assert events.look(NOTHING, "", "zh", "") == (SKIP, SKIP)
    same, before = events.look(shown, "", "zh", "")
    assert same == SKIP
    assert "东岭水厂" in before
    assert "report#zh" in before
    assert events.look(shown, before, "zh", "") == (SKIP, SKIP)
    write([])
    after = events.look(shown, "", "en", "")[1]
    assert "东岭水厂" not in after
    assert "report#en" in after
    versions = [html.split('data-version="')[1][:8] for html in (before, after)]
    assert versions[0] != versions[1]
    kept.remove(RUN.run_id)
    assert events.look(shown, "", "zh", "") == (NOTHING, "")
