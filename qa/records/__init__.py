"""Documents and passages of a segment on disk: written once, each read from its files when asked for.

::

    documents.jsonl      an ``Entry`` a line: what is known of a document without its text
    sections.jsonl       the sections of a document a line
    officials.jsonl      a line each: the encoding, and what the document states as an official one
    annotations.jsonl    what the reader saw of a document a line, read when it is asked for
    texts.utf8           the texts of all documents, end to end
    headings.utf8        the headings of the passages, each once, end to end
    (each of these).npy  shape (strings + 1,): where its strings begin, and the last one ends
    keys.npy             shape (2, documents): a hash of each ``doc_id``, ascending, and whose it is
    passages.npy         shape (passages, 8): numbers of a passage, see ``Passages``
    sentences.npy        shape (sentences, 2): spans of a document, in the order of the passages

Every number is an int64; text is UTF-8 that lets lone surrogates through, for names of files hold them.
"""

from collections.abc import Iterable
from pathlib import Path

from qa.errors import IndexCorruptError
from qa.records.documents import Documents, Entries, save_documents
from qa.records.joined import JoinedDocuments, JoinedEntries, JoinedPassages
from qa.records.passages import Passages, save_passages
from qa.records.stored import AGAIN, UNREADABLE, Stored
from qa.types import Document, Passage

__all__ = [
    "Documents",
    "Entries",
    "JoinedDocuments",
    "JoinedEntries",
    "JoinedPassages",
    "Passages",
    "Stored",
    "load_records",
    "save_records",
]


def save_records(folder: Path, documents: Iterable[Document], passages: Iterable[Passage]) -> None:
    """Write documents, and passages without their text, which the documents hold.

    Each is taken once, all documents before the first passage. Raises InvalidInputError when two
    documents have the same name, KeyError for a passage of none of them.
    """
    save_documents(folder, documents)
    save_passages(folder, passages, Documents(folder))


def load_records(folder: Path) -> tuple[Documents, Passages]:
    """Open what ``save_records`` wrote; hardly anything is read before it is asked for.

    Raises IndexCorruptError, and so does asking for a record that turns out to be damaged.
    """
    try:
        documents = Documents(folder)
        passages = Passages(folder, documents)
    except UNREADABLE as exc:
        raise IndexCorruptError(f"{folder} holds records that cannot be read; {AGAIN}") from exc
    return documents, passages
