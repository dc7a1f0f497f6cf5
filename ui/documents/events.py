"""What happens among the documents: each method takes what an event sends and returns what is shown.

What changes documents goes through the HTTP interface, which knows pages of other sites from ours.
"""

from collections.abc import Mapping
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


def place(data: Mapping[str, Any], _: object) -> Place:
    """The document of the list that was clicked."""
    return Place(str(data.get("doc", "")))


class Events:
    """The events of one page over one service."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def browse(self, language: Language, event: gradio.EventData) -> tuple[Browse, str]:
        """What is looked for, and the page of the list."""
        wanted = browsed(event._data)
        return wanted, self.sheet(wanted, language)

    def look(self, browse: Browse, seen: Seen, language: Language) -> tuple[Any, Any, Any]:
        """Jobs, list, and what they tell of; nothing when it is still what was seen."""
        if self.tells() == seen:
            return SKIP, SKIP, SKIP
        return self.all(browse, language)

    def all(self, browse: Browse, language: Language) -> tuple[str, str, Seen]:
        """Jobs, list, and what they tell of."""
        tells = self.tells()
        return jobs.jobs(self.service.jobs(), language), self.sheet(browse, language), tells

    def tools(self, browse: Browse, language: Language) -> str:
        """The form that says what is looked for."""
        return render.tools(browse, language)

    def sheet(self, browse: Browse, language: Language) -> str:
        """A page of the list; empty before there is an index, or why it cannot be read."""
        if not self.service.ready:
            return ""
        try:
            order = (browse.words, browse.state, browse.order, str(browse.descending).lower(), browse.page)
            return render.echo(*order) + render.sheet(self.service.sheet(browse), language)
        except QAError as error:
            return notice(text("papers.unread", language, reason=error))

    def tells(self) -> Seen:
        """Changes when the list or the jobs do, but not with the progress of one."""
        states = ((job.job_id, job.state) for job in self.service.jobs())
        return (self.service.index_version, *states)
