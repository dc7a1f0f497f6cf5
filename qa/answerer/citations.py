"""The promise that a citation points at what it quotes."""

from collections.abc import Iterable, Mapping

from qa.errors import CitationError
from qa.types import Citation, Document


def verify(citations: Iterable[Citation], documents: Mapping[str, Document]) -> None:
    """Refuse citations whose quote is not the text they point at. Raises CitationError."""
    for citation in citations:
        document = documents.get(citation.doc_id)
        if document is None or document.text[citation.start : citation.end] != citation.quote:
            raise CitationError(
                f"citation {citation.number} does not quote {citation.doc_id!r} "
                f"at {citation.start}-{citation.end}; this is a defect, please report it with the question"
            )
