"""What happens to opinions: each method takes what an event sends and returns what is shown.

Only answers of this session can be judged here: which they are is known to the session, not to the browser.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol, cast

import gradio

from qa import Answer, Mark, Opinion, QAError, Service, Turn
from ui.documents.render import echo
from ui.feedback import render
from ui.frame import whole
from ui.source.view import Place
from ui.texts import Language, text


class Asked(Protocol):
    """A question of the conversation and its answer, which is ``None`` while it is looked for."""

    @property
    def question(self) -> str:
        """What was asked."""
        ...

    @property
    def answer(self) -> Answer | None:
        """What was answered."""
        ...

    @property
    def collection(self) -> str:
        """The collection that was asked."""
        ...


def opinion(data: Mapping[str, Any], history: Sequence[Asked]) -> Opinion | None:
    """What the script sends of a turn as an opinion; ``None`` when there is no such turn."""
    turn = whole(str(data.get("turn", "")))
    if turn is None or turn >= len(history):
        return None
    one = history[turn]
    if one.answer is None:
        return None
    before = [Turn(past.question, past.answer.text) for past in history[:turn] if past.answer]
    return replace(
        Opinion.of(cast(Any, data.get("verdict")), one.question, one.answer, before),
        reason=cast(Any, data.get("reason", "")),
        remark=str(data.get("remark", "")),
        marks=tuple(marked(str(data.get("marks", "[]")))),
        feedback_id=str(data.get("id", "")),
    )


def marked(values: str) -> list[Mark]:
    """The places that were marked, from JSON; what is no place is left out."""
    try:
        rows = json.loads(values)
        return [Mark(str(row["doc_id"]), int(row["start"]), int(row["end"])) for row in rows]
    except (ValueError, TypeError, LookupError, RecursionError):
        return []


def place(data: Mapping[str, Any], collection: str) -> Place | None:
    """The words of the list that were clicked."""
    start, end = (whole(data.get(name)) for name in ("start", "end"))
    if start is None or end is None:
        return None
    return Place(str(data.get("doc", "")), (start, end), collection=collection)


def asked_of(data: Mapping[str, Any], history: Sequence[Asked]) -> str:
    """The collection whose answer the script tells of."""
    turn = whole(str(data.get("turn", "")))
    return history[turn].collection if turn is not None and turn < len(history) else ""


class Events:
    """The events of one page; ``service_of`` gives the service of a collection or raises QAError."""

    def __init__(self, service_of: Callable[[str], Service]) -> None:
        self.service_of = service_of

    def rate(self, history: Sequence[Asked], language: Language, event: gradio.EventData) -> str:
        """What the script is to remember of an answer, or why nothing was kept."""
        data: Mapping[str, Any] = event._data
        key = str(data.get("key", ""))
        try:
            kept = self.service_of(asked_of(data, history)).feedback
            if data.get("verdict") == "":
                kept.remove(str(data.get("id", "")))
                return render.given(key, "", "")
            said = opinion(data, history)
            if said is None:
                return render.refused(text("feedback.gone", language))
            noted = kept.add(said)
        except QAError as error:
            return render.refused(text("feedback.unkept", language, reason=error))
        return render.given(key, noted.feedback_id, noted.verdict)

    def listed(self, verdict: str, page: int, language: Language, collection: str) -> str:
        """A page of the list."""
        asked = echo(collection, verdict, page)
        try:
            service = self.service_of(collection)
            kept = service.feedback
            total = kept.count(verdict)
            page = max(1, min(page, -(-total // render.PER_PAGE)))
            shown = kept.all(verdict, limit=render.PER_PAGE, offset=(page - 1) * render.PER_PAGE)
            export = render.export(service.judged(), language, collection) if shown else ""
            return asked + export + render.listing(shown, language, page=page, total=total)
        except QAError as error:
            return render.refused(text("feedback.unkept", language, reason=error))

    def browse(self, language: Language, collection: str, event: gradio.EventData) -> tuple[str, int, str]:
        """Verdict, page, and that page of the list."""
        verdict = str(event._data.get("verdict", ""))
        verdict = verdict if verdict in render.VERDICTS else ""
        page = whole(str(event._data.get("page", "1"))) or 1
        return verdict, page, self.listed(verdict, page, language, collection)

    def turned(self, language: Language, collection: str) -> tuple[str, int, str, str]:
        """Verdict, page, the form that says which, and the list of another collection."""
        return "", 1, render.tools("", language), self.listed("", 1, language, collection)

    def forget(
        self, verdict: str, page: int, language: Language, collection: str, event: gradio.EventData
    ) -> str:
        """The list without one opinion."""
        try:
            self.service_of(collection).feedback.remove(str(event._data.get("id", "")))
        except QAError as error:
            return render.refused(text("feedback.unkept", language, reason=error))
        return self.listed(verdict, page, language, collection)
