"""From a folder to documents: what is read, what is skipped and why."""

from qa.corpus.changes import Comparison, Corpus, FileState, read_folder
from qa.corpus.folder import make_document

__all__ = ["Comparison", "Corpus", "FileState", "make_document", "read_folder"]
