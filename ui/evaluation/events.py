"""What happens in the view: each method takes what an event sends and returns what is shown."""

import logging
from collections.abc import Callable
from typing import Any

import gradio

from qa import QAError, Service
from ui.evaluation import render
from ui.frame import SKIP, notice
from ui.source.place import version_of
from ui.texts import Language, text

log = logging.getLogger(__name__)

Shown = tuple[str, str]
"""The run whose report is shown and the one it is compared with; empty where there is none."""
NOTHING: Shown = ("", "")
Seen = tuple[Any, Any, Any, Any, Any]
"""Timer, overview, progress, the button that stops, and the run that is being followed."""


class Events:
    """The events of one page; ``service_of`` gives the service of a collection or raises QAError."""

    def __init__(self, service_of: Callable[[str], Service]) -> None:
        self.service_of = service_of

    def seen(self, followed: str, language: Language, collection: str) -> Seen:
        """Everything as it is now; ``followed`` is the run that was running when it was last looked at."""
        try:
            kept = self.service_of(collection).evaluations
        except QAError as error:
            why = notice(text("evaluate.refused", language, reason=error))
            return gradio.Timer(active=False), why, "", gradio.Button(visible=False), ""
        running = kept.running
        last = running or next((run for run in kept.runs() if run.run_id == followed), None)
        return (
            gradio.Timer(active=running is not None),
            render.overview(kept.files(), kept.runs(), language),
            render.progress(last, language),
            gradio.Button(visible=running is not None),
            running.run_id if running else "",
        )

    def refresh(self, followed: str, language: Language, collection: str) -> tuple[Any, ...]:
        """What ``seen`` gives, shown runs and report: a run that has ended is shown.

        While one is running, only its progress changes: a button that has the focus keeps it.
        """
        try:
            kept = self.service_of(collection).evaluations
        except QAError:
            return *self.seen("", language, collection), NOTHING, ""
        running = kept.running
        if running and running.run_id == followed:
            return SKIP, SKIP, render.progress(running, language), SKIP, SKIP, SKIP, SKIP
        seen = self.seen(followed, language, collection)
        if not any(run.run_id == followed and run.state == "done" for run in kept.runs()):
            return *seen, SKIP, SKIP
        return *seen, (followed, ""), self.report((followed, ""), language, collection)

    def turned(self, language: Language, collection: str) -> tuple[Any, ...]:
        """Everything of another collection, and no report."""
        return *self.seen("", language, collection), NOTHING, ""

    def upload(self, language: Language, collection: str, event: gradio.EventData) -> tuple[Any, ...]:
        """Take in a question file that the page's script has read."""
        data = event._data

        def act() -> str:
            if data.get("error"):
                return text("evaluate.most", language)
            kept = self.service_of(collection).evaluations
            name = kept.put(str(data.get("name", "")), str(data.get("text", "")))
            return text("evaluate.kept", language, name=name)

        return self.done(act, language, collection)

    def start(self, language: Language, collection: str, event: gradio.EventData) -> tuple[Any, ...]:
        """Evaluate the file that was clicked."""

        def act() -> str:
            self.service_of(collection).evaluations.start(str(event._data.get("file", "")))
            return ""

        return self.done(act, language, collection)

    def cancel(self, language: Language, collection: str) -> tuple[Any, ...]:
        """Stop the run that is running."""

        def act() -> str:
            self.service_of(collection).evaluations.cancel()
            return text("evaluate.cancelled", language)

        return self.done(act, language, collection)

    def discard(self, language: Language, collection: str, event: gradio.EventData) -> tuple[Any, ...]:
        """Delete the question file that was clicked."""

        def act() -> str:
            self.service_of(collection).evaluations.discard(str(event._data.get("file", "")))
            return ""

        return self.done(act, language, collection)

    def delete(
        self, shown: Shown, language: Language, collection: str, event: gradio.EventData
    ) -> tuple[Any, ...]:
        """Delete the run that was clicked, and close its report."""
        run_id = str(event._data.get("run", ""))

        def act() -> str:
            self.service_of(collection).evaluations.remove(run_id)
            return ""

        kept = NOTHING if run_id == shown[0] else (shown[0], "" if run_id == shown[1] else shown[1])
        replied = self.done(act, language, collection)
        return *replied, kept, self.left(kept, language, collection)

    def show(self, language: Language, collection: str, event: gradio.EventData) -> tuple[Any, Any, Any]:
        """Notice, shown runs, report: of the run that was clicked, against another where one is named."""
        shown = str(event._data.get("run", "")), str(event._data.get("other", ""))
        try:
            return "", shown, self.report(shown, language, collection)
        except QAError as error:
            return notice(text("evaluate.refused", language, reason=error)), SKIP, SKIP

    def report(self, shown: Shown, language: Language, collection: str) -> str:
        """The report of a run; empty when none is shown. Raises QAError."""
        run_id, other_id = shown
        if not run_id:
            return ""
        kept = self.service_of(collection).evaluations
        run = kept.run(run_id)
        others = [one for one in kept.runs() if one.state == "done" and one.run_id != run_id]
        rows = kept.compare(run_id, other_id) if other_id else []
        other = kept.run(other_id) if other_id else None
        version = version_of(kept.report(run_id))
        return render.shown((run, kept.failures(run_id), others), other, rows, language, version)

    def look(self, shown: Shown, there: str | None, language: Language, collection: str) -> tuple[Any, Any]:
        """Shown runs and report as they are now, unless it is ``there``; none when the run is gone."""
        try:
            report = self.report(shown, language, collection)
        except QAError:
            return NOTHING, ""
        return SKIP, SKIP if report == (there or "") else report

    def left(self, shown: Shown, language: Language, collection: str) -> str:
        """The report of a run; empty when it is gone."""
        try:
            return self.report(shown, language, collection)
        except QAError:
            return ""

    def again(self, shown: Shown, language: Language, collection: str) -> tuple[str, str, str]:
        """Overview, progress and report in another language; a report that is gone is not shown any more."""
        _, overview, progress, _, _ = self.seen("", language, collection)
        return overview, progress, self.left(shown, language, collection)

    def done(self, act: Callable[[], str], language: Language, collection: str) -> tuple[Any, ...]:
        """Do something: a notice of how it went, and what ``seen`` gives."""
        try:
            said = act()
        except QAError as error:
            said = text("evaluate.refused", language, reason=error)
        except Exception:  # the person must be told
            log.exception("an event of the evaluation view failed")
            said = text("evaluate.broken", language)
        return notice(said), *self.seen("", language, collection)
