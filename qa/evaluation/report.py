"""What an evaluation found, as a value; how it is shown is another module's matter."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from math import isnan, nan
from typing import Any

from qa.evaluation.bootstrap import Estimate
from qa.evaluation.calibration import Bin

Figures = Mapping[str, Estimate]

REMOVED = (
    "(所引文件已删除或已更换,内容不再保留 / the document was removed or replaced; its words are not kept)"
)


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that went wrong: ``fault`` in words, and what was expected and returned.

    ``places`` are the documents that these are words of.
    """

    query_id: str
    type: str
    status: str
    fault: str
    question: str
    expected: str
    returned: str
    places: tuple[Mapping[str, str], ...] = ()

    def without_words(self) -> "Failure":
        """The same when what it quotes was removed."""
        return replace(self, expected=REMOVED, returned=REMOVED, places=())


@dataclass(frozen=True, slots=True)
class Place:
    """A hit as it is shown: where, how well it was ranked and why, and whether it covers a gold span."""

    doc_id: str
    start: int
    end: int
    text: str
    score: float
    scores: Mapping[str, float]
    right: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question: the measures of the main leg and of its answer.

    ``seconds`` is what ``ask`` (or, for a collection, the main leg) took. ``places`` are the first hits of a
    question that went wrong.
    """

    query_id: str
    measures: Mapping[str, float]
    seconds: float
    type: str = ""
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Measure to estimate, per leg and per question type.

    ``legs`` is in the order they were given, the last one being the main leg: ``differences`` are
    main leg minus each other leg, query by query, and ``types`` describes the main leg and the
    answers. ``answers``, ``refusals``, ``types``, ``failures``, ``reliability`` and ``risk`` are empty for a
    collection. ``risk`` has the share wrong at each share answered, the surest first.
    """

    queries: int
    legs: Mapping[str, Figures]
    differences: Mapping[str, Figures] = field(default_factory=dict)
    answers: Figures = field(default_factory=dict)
    refusals: Figures = field(default_factory=dict)
    types: Mapping[str, Figures] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    reliability: tuple[Bin, ...] = ()
    risk: tuple[tuple[float, float], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values for ``json.dumps``, numbers to 6 digits; what could not be measured is None."""
        groups = {"legs": self.legs, "differences": self.differences, "types": self.types}
        return {
            "queries": self.queries,
            **{name: {key: _plain(row) for key, row in group.items()} for name, group in groups.items()},
            "answers": _plain(self.answers),
            "refusals": _plain(self.refusals),
            "failures": [asdict(failure) for failure in self.failures],
            "reliability": [asdict(one) for one in self.reliability],
            "risk_coverage": [list(point) for point in self.risk],
            "outcomes": [_rounded(asdict(outcome)) for outcome in self.outcomes],
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Report":
        """Read what ``to_json`` gave. Raises LookupError or TypeError for what is none."""
        outcomes = [
            Outcome(
                **{
                    **one,
                    "measures": _measured(one["measures"]),
                    "places": tuple(Place(**place) for place in one["places"]),
                }
            )
            for one in values["outcomes"]
        ]
        return cls(
            values["queries"],
            _figured(values["legs"]),
            _figured(values["differences"]),
            _figured({"": values["answers"]})[""],
            _figured({"": values["refusals"]})[""],
            _figured(values["types"]),
            failures=tuple(Failure(**{"places": (), **one}) for one in values["failures"]),
            outcomes=tuple(outcomes),
            reliability=tuple(Bin(**one) for one in values["reliability"]),
            risk=tuple((share, wrong) for share, wrong in values["risk_coverage"]),
        )


def _measured(row: Mapping[str, float | None]) -> dict[str, float]:
    return {name: nan if value is None else value for name, value in row.items()}


def _figured(group: Mapping[str, Mapping[str, Mapping[str, float | None]]]) -> dict[str, Figures]:
    """The figures of a group that ``_plain`` wrote."""
    return {
        name: {
            measure: Estimate(**{**_measured(one), "n": int(one["n"] or 0)})  # type: ignore[arg-type]
            for measure, one in figures.items()
        }
        for name, figures in group.items()
    }


def _rounded(value: Any) -> Any:  # noqa: ANN401 - plain values of any kind
    if isinstance(value, float):
        return None if isnan(value) else round(value, 6)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list | tuple) else value


def _plain(figures: Figures) -> dict[str, dict[str, float | None]]:
    return {
        name: {key: None if isnan(value) else round(value, 6) for key, value in asdict(estimate).items()}
        for name, estimate in figures.items()
    }
