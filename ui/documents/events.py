"""What happens among the documents: each method takes what an event sends and returns what is shown.

What changes documents goes through the HTTP interface, which knows pages of other sites from ours.
"""

from collections.abc import Callable, Mapping
from typing import Any

import gradio

from qa import Browse, QAError, Service
from ui.documents import jobs, render
from ui.frame import SKIP, notice, whole
from ui.source.view import Place
from ui.texts import Language, text

Seen = tuple[object, ...]


def browsed(data: Mapping[str, Any]) -> Browse:
    """What the script sends as what to look for; ``sheet`` bears what is no such thing."""
    return Browse(
        words=str(data.get("words", ""))[:200],
        state=str(data.get("state", "")),
        order=str(data.get("order", "")),
        descending=data.get("descending") == "true",
        page=whole(data.get("page")) or 1,
    )


def place(data: Mapping[str, Any], collection: str) -> Place:
    """The document of the list that was clicked."""
    return Place(str(data.get("doc", "")), collection=collection)


class Events:
    """The events of one page; ``service_of`` gives the service of a collection or raises QAError."""

    def __init__(self, service_of: Callable[[str], Service]) -> None:
        self.service_of = service_of

    def browse(self, language: Language, collection: str, event: gradio.EventData) -> tuple[Browse, str]:
        """What is looked for, and the page of the list."""
        wanted = browsed(event._data)
        return wanted, self.sheet(wanted, language, collection)

    def look(
        self, browse: Browse, seen: Seen, language: Language, collection: str
    ) -> tuple[Any, Any, Any, Any]:
        """Jobs, list, what they tell of, and a notice; nothing when it is still what was seen."""
        try:
            if self.tells(collection) == seen:
                return SKIP, SKIP, SKIP, SKIP
        except QAError as error:
            return SKIP, SKIP, SKIP, notice(text("papers.unread", language, reason=error))
        return *self.all(browse, language, collection), SKIP

    def all(self, browse: Browse, language: Language, collection: str) -> tuple[str, str, Seen]:
        """Jobs, list, and what they tell of."""
        try:
            tells, known = self.tells(collection), self.service_of(collection).jobs()
        except QAError as error:
            return "", notice(text("papers.unread", language, reason=error)), ()
        return jobs.jobs(known, language, collection), self.sheet(browse, language, collection), tells

    def turned(self, language: Language, collection: str) -> tuple[Any, ...]:
        """What is looked for, its form, uploads, jobs, list, and what they tell of, of another collection."""
        wanted = Browse()
        parts = render.tools(wanted, language), render.upload(language, collection)
        return wanted, *parts, *self.all(wanted, language, collection)

    def sheet(self, browse: Browse, language: Language, collection: str) -> str:
        """A page of the list; empty before there is an index, or why it cannot be read."""
        try:
            service = self.service_of(collection)
            if not service.ready:
                return ""
            order = (browse.words, browse.state, browse.order, str(browse.descending).lower(), browse.page)
            return render.echo(*order) + render.sheet(service.sheet(browse), language, collection)
        except QAError as error:
            return notice(text("papers.unread", language, reason=error))

    def tells(self, collection: str) -> Seen:
        """Changes when the list or the jobs do, but not with the progress of one. Raises QAError."""
        service = self.service_of(collection)
        states = ((job.job_id, job.state) for job in service.jobs())
        return (collection, service.index_version, *states)
