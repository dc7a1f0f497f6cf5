"""From a folder to documents: what is read, what is skipped and why."""

from qa.corpus.folder import Corpus, folder_state, make_document, read_folder
from qa.corpus.originals import read_original

__all__ = ["Corpus", "folder_state", "make_document", "read_folder", "read_original"]
