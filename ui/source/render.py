"""The source pane: a document with marked spans, or the list of documents. Pure functions to HTML."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from urllib.parse import quote

from qa import Document, Entry
from ui.texts import Language, text

Span = tuple[int, int]


def source_head(document: Document | None, count: int, language: Language, focus: Span | None = None) -> str:
    """What the pane shows: a document's title, facts and links, or how many documents there are."""
    if document is None:
        title, note = text("documents", language, count=count), text("documents.note", language)
        return f'<div class="source-head"><h2>{escape(title)}</h2><p>{escape(note)}</p></div>'
    official = document.official
    standing = text(official.status, language) if official.status in ("repealed", "superseded") else ""
    dated = document.date or text("undated", language)
    facts = [dated, document.source, official.number, standing, document.doc_id]
    line = "".join(f"<span>{escape(fact)}</span>" for fact in facts if fact)
    label = escape(text("close", language))
    named = f'aria-label="{label}" title="{label}"'
    close = f'<button type="button" class="close" data-event="leave" {named}>✕</button>'
    return (
        f'<div class="source-head"><h2>{escape(document.title)}</h2>{close}<p class="facts">{line}</p>'
        f"{links(document.doc_id, focus, language)}</div>"
    )


def links(doc_id: str, focus: Span | None, language: Language) -> str:
    """Links to the marked text as a page of its own, which can be sent on, and to the file itself."""
    address = f"v1/documents/{quote(doc_id, safe='/')}"
    place = f"?start={focus[0]}&end={focus[1]}#hit" if focus else ""
    page = f'<a href="{escape(f"{address}/view{place}")}" target="_blank" rel="noopener">'
    file = f'<a href="{escape(f"{address}/original")}" download>'
    return (
        f'<p class="links">{page}{escape(text("view", language))}</a> '
        f"{file}{escape(text('original', language))}</a></p>"
    )


def document_list(documents: Sequence[Entry], language: Language) -> str:
    """Every document as a button that opens it."""
    items = "".join(
        f'<li><button type="button" data-event="browse" data-doc="{escape(one.doc_id)}">'
        f'<span class="title">{escape(one.title)}</span> '
        f'<span class="date">{escape(one.date or text("undated", language))}</span></button></li>'
        for one in documents
    )
    return f'<ul class="documents">{items}</ul>'


def document_text(document: Document, focus: Span | None = None, others: Sequence[Span] = ()) -> str:
    """The whole text, one ``<p>`` a line, with ``focus`` and ``others`` marked by their offsets.

    The text content of the result is ``document.text`` to the character.
    """
    spans = [*([focus] if focus else []), *others]
    headings = {section.start: section.heading for section in document.sections}
    heading = ""
    lines = []
    for start, end in line_spans(document.text):
        bare = document.text[start:end].strip()
        heading = headings.get(start, heading)
        heading = heading if bare in heading else ""
        kind = line_kind(bare, heading)
        body = "".join(pieces(document.text, (start, end), focus, spans))
        lines.append(f"<p{kind}>{body}</p>")
    return f'<div class="original" lang="zh-CN">{"".join(lines)}</div>'


def line_spans(content: str) -> Iterator[Span]:
    """The lines, each with its line end: two characters a line in "a↵b↵" give (0, 2), (2, 4)."""
    start = 0
    while start < len(content):
        end = content.find("\n", start) + 1 or len(content)
        yield start, end
        start = end


def line_kind(bare: str, heading: str) -> str:
    """The class attribute of a line: blank, a line of the heading that opens a section, or none."""
    if not bare:
        return ' class="blank"'
    return ' class="head"' if heading else ""


def pieces(content: str, line: Span, focus: Span | None, spans: Sequence[Span]) -> Iterator[str]:
    """A line cut where marks begin or end; the focus wins where spans overlap."""
    start, end = line
    cuts = sorted({start, end, *(cut for span in spans for cut in span if start < cut < end)})
    for low, high in pairwise(cuts):
        piece = escape(content[low:high])
        if focus and focus[0] <= low < focus[1]:
            yield f'<mark class="focus" tabindex="-1">{piece}</mark>'
        elif any(span[0] <= low < span[1] for span in spans):
            yield f"<mark>{piece}</mark>"
        else:
            yield piece
