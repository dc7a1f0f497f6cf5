"""What an evaluation found, as a value; how it is shown is another module's matter."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from math import isnan
from typing import Any

from qa.evaluation.bootstrap import Estimate

Figures = Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that went wrong: ``fault`` in words, and what was expected and returned."""

    query_id: str
    type: str
    status: str
    fault: str
    question: str
    expected: str
    returned: str


@dataclass(frozen=True, slots=True)
class Report:
    """Measure to estimate, per leg and per question type.

    ``legs`` is in the order they were given, the last one being the main leg: ``differences`` are
    main leg minus each other leg, query by query, and ``types`` describes the main leg and the
    answers. ``answers``, ``refusals``, ``types`` and ``failures`` are empty for a collection.
    """

    queries: int
    legs: Mapping[str, Figures]
    differences: Mapping[str, Figures] = field(default_factory=dict)
    answers: Figures = field(default_factory=dict)
    refusals: Figures = field(default_factory=dict)
    types: Mapping[str, Figures] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values for ``json.dumps``, numbers to 6 digits; what could not be measured is None."""
        groups = {"legs": self.legs, "differences": self.differences, "types": self.types}
        return {
            "queries": self.queries,
            **{name: {key: _plain(row) for key, row in group.items()} for name, group in groups.items()},
            "answers": _plain(self.answers),
            "refusals": _plain(self.refusals),
            "failures": [asdict(failure) for failure in self.failures],
        }


def _plain(figures: Figures) -> dict[str, dict[str, float | None]]:
    return {
        name: {key: None if isnan(value) else round(value, 6) for key, value in asdict(estimate).items()}
        for name, estimate in figures.items()
    }
