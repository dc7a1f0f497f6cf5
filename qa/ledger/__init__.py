"""The catalogue's tables: generations, their segments, what was removed, and files as they were read.

Sections, passages, vectors and postings are not in it: they stay in the mapped files of segments, which are
written once, checked by their hashes and read at the speed of memory. What changes, and decides which of
them are read, is here, so that one transaction is one change.
"""

from qa.ledger.database import Database
from qa.ledger.ledger import Change, Generation, Ledger

__all__ = ["Change", "Database", "Generation", "Ledger"]
