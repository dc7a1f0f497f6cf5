"""青问 Qingwen: ask a folder of Chinese documents and get an answer cited to the character."""

from qa.config import Settings
from qa.errors import QAError
from qa.inspection import InspectedHit, Inspection
from qa.runs import EvaluationRun, RunDifference
from qa.service import Service
from qa.types import Answer, Citation, Document, Entry, Hit, SearchResult, Section, Turn

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Citation",
    "Document",
    "Entry",
    "EvaluationRun",
    "Hit",
    "InspectedHit",
    "Inspection",
    "QAError",
    "RunDifference",
    "SearchResult",
    "Section",
    "Service",
    "Settings",
    "Turn",
    "__version__",
]
