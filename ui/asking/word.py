"""A conversation as a Word document."""

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ui.asking.references import asked_of, place_of, references
from ui.asking.render import Exchange, told
from ui.texts import Language, text

if TYPE_CHECKING:
    from docx.document import Document

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FONTS = {"ascii": "Times New Roman", "hAnsi": "Times New Roman", "eastAsia": "SimSun"}
STYLES = ("Normal", "Title", "Heading 1", "Heading 2", "Quote")


def word(history: Sequence[Exchange], day: str, language: Language) -> bytes:
    """The whole conversation: each question with its answer and citations, then the documents cited."""
    import docx

    document = docx.Document()
    dress(document, text("transcript", language))
    write = Writer(document)
    write.paragraph(text("transcript", language), "Title")
    write.paragraph(text("exported", language, day=day, count=len(history)))
    for number, one in enumerate(history, 1):
        turn(write, number, one, language)
    listed = references(history, language)
    if listed:
        write.paragraph(text("references", language), "Heading 1")
    for line in listed:
        write.paragraph(line, "List Bullet")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def turn(write: "Writer", number: int, one: Exchange, language: Language) -> None:
    """One question, its answer, and each citation with its place and its words."""
    write.paragraph(f"{number}. {one.question}", "Heading 1")
    value = one.answer
    if value is None:
        return
    if asked_of(one):
        write.paragraph(text("searched", language, query=value.query))
    write.paragraph(text(value.status, language), "Heading 2")
    if value.short_answer:
        write.paragraph(value.short_answer.quote, bold=True)
    for line in told(value, language).splitlines():
        write.paragraph(line)
    for citation in value.citations:
        write.paragraph(f"[{citation.number}] {place_of(citation, language)}")
        write.paragraph(citation.quote, "Quote")


class Writer:
    """Adds paragraphs, its styles looked up once."""

    def __init__(self, document: "Document") -> None:
        self.body = document._body  # the document itself looks every style up anew
        self.styles = {style.name: style.style_id for style in document.styles}

    def paragraph(self, words: str, style: str = "Normal", *, bold: bool = False) -> None:
        """One paragraph; what XML cannot hold becomes U+FFFD, and breaks within it stay breaks."""
        clean = NOT_XML.sub("\ufffd", "\n".join(words.splitlines()))
        added = self.body.add_paragraph()
        added._p.style = self.styles[style]
        added.add_run(clean).bold = bold or None


def dress(document: "Document", title: str) -> None:
    """Fonts for Chinese beside those for Latin letters, and what the file says of itself."""
    from docx.oxml.ns import qn

    for name in STYLES:
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for script, font in FONTS.items():
            fonts.set(qn(f"w:{script}"), font)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    facts = document.core_properties
    facts.title, facts.author, facts.comments = title, "", ""
    facts.created = facts.modified = datetime.now(UTC)
