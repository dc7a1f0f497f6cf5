"""青问 Qingwen: ask a folder of Chinese documents and get an answer cited to the character."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.config import Settings
    from qa.errors import QAError
    from qa.feedback import Mark, Opinion
    from qa.inspection import InspectedHit, Inspection
    from qa.inventory import Browse, Listed, Sheet
    from qa.judgments import Judged
    from qa.listing import Choice, Listing, day
    from qa.runs import EvaluationRun, RunDifference
    from qa.service import Service
    from qa.shelf import Shelf
    from qa.types import Answer, Citation, Document, Entry, Filter, Hit, Job, SearchResult, Section, Turn

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Browse",
    "Choice",
    "Citation",
    "Document",
    "Entry",
    "EvaluationRun",
    "Filter",
    "Hit",
    "InspectedHit",
    "Inspection",
    "Job",
    "Judged",
    "Listed",
    "Listing",
    "Mark",
    "Opinion",
    "QAError",
    "RunDifference",
    "SearchResult",
    "Section",
    "Service",
    "Settings",
    "Sheet",
    "Shelf",
    "Turn",
    "__version__",
    "day",
]
_ROOMS = {
    "Browse": "qa.inventory",
    "Choice": "qa.listing",
    "EvaluationRun": "qa.runs",
    "InspectedHit": "qa.inspection",
    "Inspection": "qa.inspection",
    "Judged": "qa.judgments",
    "Listed": "qa.inventory",
    "Listing": "qa.listing",
    "Mark": "qa.feedback",
    "Opinion": "qa.feedback",
    "QAError": "qa.errors",
    "RunDifference": "qa.runs",
    "Service": "qa.service",
    "Settings": "qa.config",
    "Sheet": "qa.inventory",
    "Shelf": "qa.shelf",
    "day": "qa.listing",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Load a name when it is first asked for: commands that need no service start without one."""
    if name not in __all__:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_ROOMS.get(name, "qa.types")), name)
    return value


def __dir__() -> list[str]:
    return __all__
