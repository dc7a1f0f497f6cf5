"""Has the index of a place built, by processes that end before anything is measured."""

from collections.abc import Mapping
from typing import Any

from qa.benchmark.plan import Place
from qa.benchmark.process import Child
from qa.config import Settings
from qa.protocols import OnProgress


def prepare(
    place: Place,
    settings: Settings,
    *,
    again: bool = False,
    beside: bool = False,
    on_progress: OnProgress | None = None,
) -> Mapping[str, Any]:
    """Build the index of ``place`` unless it is there; what it took (see ``building.build``).

    ``again`` builds in any case, ``beside`` also makes what the plain systems search. Clauses are
    encoded in another process than the index is built in, so that its peak memory is of building alone.
    Raises BenchmarkError.
    """

    def run(verb: str, **facts: bool) -> Mapping[str, Any]:
        with Child("builder", settings, place=place.to_json()) as child:
            return child.loaded().call(verb, on_progress=on_progress, **facts)

    if place.recombined:
        run("clauses")
    figures = run("index", again=again)
    if beside:
        run("beside")
    return figures
