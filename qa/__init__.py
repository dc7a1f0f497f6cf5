"""青问 Qingwen: ask a folder of Chinese documents and get an answer cited to the character."""

from qa.config import Settings
from qa.errors import QAError
from qa.listing import Choice, Listing, day
from qa.service import Service
from qa.shelf import Shelf
from qa.types import Answer, Citation, Document, Entry, Filter, Hit, SearchResult, Section, Turn

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Choice",
    "Citation",
    "Document",
    "Entry",
    "Filter",
    "Hit",
    "Listing",
    "QAError",
    "SearchResult",
    "Section",
    "Service",
    "Settings",
    "Shelf",
    "Turn",
    "__version__",
    "day",
]
