"""From a folder to documents: what is read, what is skipped and why."""

from qa.corpus.arriving import checked_folder_name, checked_name, file_of
from qa.corpus.changes import Comparison, Corpus, read_folder
from qa.corpus.describing import describe, undescribe
from qa.corpus.folder import document_of, make_document, summarised
from qa.corpus.originals import read_original
from qa.corpus.replaced import Arrivals, Arrived
from qa.corpus.standing import resolve

__all__ = [
    "Arrivals",
    "Arrived",
    "Comparison",
    "Corpus",
    "checked_folder_name",
    "checked_name",
    "describe",
    "document_of",
    "file_of",
    "make_document",
    "read_folder",
    "read_original",
    "resolve",
    "summarised",
    "undescribe",
]
