"""What happens to the scope: each method takes what an event sends and returns what is shown."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import gradio

from qa import Filter, Listing, QAError, day
from ui.frame import SKIP, notice
from ui.scope import render
from ui.texts import Language, text

Shown = tuple[Any, Any, Any, Any, Any, Any, Any]
UNCHANGED: Shown = (SKIP, SKIP, SKIP, SKIP, SKIP, SKIP, SKIP)
MOST = 50
"""Values of one kind that can be chosen."""


class Choosing:
    """Adds to a filter and takes away; gives scope, collection, chips, choices, from, to and a notice."""

    def __init__(self, listing_of: Callable[[str], Listing]) -> None:
        self.listing_of = listing_of

    def shown(self, wanted: Filter, collection: str, typed: str, language: Language) -> Shown:
        """Everything as it stands."""
        try:
            listing = self.listing_of(collection)
            found = render.choices(listing.choices(typed), wanted, language)
            chips = render.chips(wanted, collection, listing.title, language)
        except QAError as error:
            return *UNCHANGED[:-1], notice(str(error))
        return wanted, collection, chips, found, wanted.date_from, wanted.date_to, ""

    def add(
        self, wanted: Filter, collection: str, typed: str, language: Language, event: gradio.EventData
    ) -> Shown:
        """Add what was clicked; the browser is not trusted."""
        kind, value = (str(event._data.get(key, "")) for key in ("kind", "value"))
        if kind not in render.KINDS or not value or len(getattr(wanted, kind)) >= MOST:
            return UNCHANGED
        values = dict.fromkeys([*getattr(wanted, kind), value])
        return self.shown(changed(wanted, kind, tuple(values)), collection, typed, language)

    def drop(
        self, wanted: Filter, collection: str, typed: str, language: Language, event: gradio.EventData
    ) -> Shown:
        """Take away the chip that was clicked, or all of them."""
        kind, value = (str(event._data.get(key, "")) for key in ("kind", "value"))
        if kind in ("all", "collection"):
            return self.shown(Filter(), "", typed, language)
        if kind in render.KINDS:
            left = tuple(one for one in getattr(wanted, kind) if one != value)
            return self.shown(changed(wanted, kind, left), collection, typed, language)
        if kind in ("date_from", "date_to"):
            return self.shown(changed(wanted, kind, ""), collection, typed, language)
        return UNCHANGED

    def between(self, first: str, last: str, wanted: Filter, collection: str, language: Language) -> Shown:
        """Only documents between two days; a notice for what is no day."""
        try:
            dated = replace(wanted, date_from=day(first), date_to=day(last))
        except QAError as error:
            return *UNCHANGED[:-1], notice(str(error))
        if dated == wanted:
            return UNCHANGED
        *shown, since, until, said = self.shown(dated, collection, "", language)
        # the other day may be being typed: a box that already says so is left alone
        return *shown, SKIP if since == first else since, SKIP if until == last else until, said

    def collect(self, collection: str, language: Language) -> Shown:
        """Another collection, all of it."""
        return self.shown(Filter(), collection or "", "", language)

    def choose(self, language: Language, event: gradio.EventData) -> Shown:
        """Another collection, by the line of a view."""
        return self.collect(str(event._data.get("name", "")), language)

    def fall(self, collection: str, language: Language) -> Shown:
        """The folder that is served, in place of a collection that is no longer there."""
        _, _, chips, found, first, last, _ = self.collect("", language)
        return Filter(), "", chips, found, first, last, notice(text("shelf.gone", language, name=collection))

    def typed(self, typed: str, wanted: Filter, collection: str, language: Language) -> Any:  # noqa: ANN401
        """What can be added that holds what is typed."""
        try:
            return render.choices(self.listing_of(collection).choices(typed), wanted, language)
        except QAError:
            return SKIP


def changed(wanted: Filter, field: str, value: Any) -> Filter:  # noqa: ANN401 - of the field
    """The same filter with another value of one field."""
    return replace(wanted, **{field: value})
