"""From a folder to documents: what is read, what is skipped and why."""

from qa.corpus.folder import Corpus, document_of, folder_state, make_document, read_folder

__all__ = ["Corpus", "document_of", "folder_state", "make_document", "read_folder"]
