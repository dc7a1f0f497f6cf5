"""青问 Qingwen: ask a folder of Chinese documents and get an answer cited to the character."""

from qa.config import Settings
from qa.errors import QAError
from qa.feedback import Mark, Opinion
from qa.inventory import Browse, Listed, Sheet
from qa.judgments import Judged
from qa.service import Service
from qa.types import Answer, Citation, Document, Entry, Hit, Job, SearchResult, Section, Turn

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Browse",
    "Citation",
    "Document",
    "Entry",
    "Hit",
    "Job",
    "Judged",
    "Listed",
    "Mark",
    "Opinion",
    "QAError",
    "SearchResult",
    "Section",
    "Service",
    "Settings",
    "Sheet",
    "Turn",
    "__version__",
]
