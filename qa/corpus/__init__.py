"""From a folder to documents: what is read, what is skipped and why."""

from qa.corpus.arriving import checked_folder_name, checked_name, file_of, put
from qa.corpus.changes import Comparison, Corpus, FileState, read_folder
from qa.corpus.describing import describe
from qa.corpus.folder import document_of, make_document
from qa.corpus.originals import read_original
from qa.corpus.standing import resolve

__all__ = [
    "Comparison",
    "Corpus",
    "FileState",
    "checked_folder_name",
    "checked_name",
    "describe",
    "document_of",
    "file_of",
    "make_document",
    "put",
    "read_folder",
    "read_original",
    "resolve",
]
