"""Answers and hits for a terminal. Document text is data: it is never read as markup."""

from collections.abc import Iterable, Sequence

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from qa.types import Answer, Citation, Hit, Skipped

STATUSES = {
    "answered": ("已回答 Answered", "green"),
    "partial": ("部分回答 Partly answered", "yellow"),
    "conflict": ("文件说法不一 The documents disagree", "yellow"),
    "not_found": ("文件中没有 Not in the documents", "red"),
}
SEARCHED = "实际查找的问题 · Searched for:"
NEAREST = "最接近的段落(不是答案) The nearest passages (not an answer):"
HIDDEN = dict.fromkeys(
    [
        *range(0x20),
        *range(0x7F, 0xA0),
        0x061C,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ],
    "\N{REPLACEMENT CHARACTER}",
)
"""Control and direction characters would steer the terminal; line breaks and tabs are kept below."""
for _kept in "\n\t":
    del HIDDEN[ord(_kept)]


def safe(text: str) -> str:
    """The text with everything replaced that would steer a terminal."""
    return text.translate(HIDDEN)


def place(marker: str, *facts: str) -> Text:
    """One line that says where something stands: safe facts, the empty ones left out."""
    line = Text(safe(marker), style="bold cyan")
    return line.append(" " + " · ".join(safe(fact) for fact in facts if fact), style="cyan not bold")


def citation_lines(citation: Citation) -> Group:
    """Document, title, date, heading and offsets, then the quote."""
    where = f"{citation.doc_id}[{citation.start}:{citation.end}]"
    first = place(f"[{citation.number}]", where, citation.title, citation.date, citation.heading)
    return Group(first, Padding(Text(f"「{safe(citation.quote)}」"), (0, 0, 0, 4)))


def hit_lines(hit: Hit) -> Group:
    """Rank, score and place, then the text."""
    passage = hit.passage
    where = f"{passage.doc_id}[{passage.start}:{passage.end}]"
    agreeing = ", ".join(map(str, hit.agrees_with))
    facts = (where, hit.title, hit.date, passage.heading, f"{hit.score:.3f}", agreeing and f"= {agreeing}")
    return Group(place(f"{hit.rank}.", *facts), Padding(Text(safe(passage.text)), (0, 0, 0, 4)))


def answer_lines(answer: Answer, question: str) -> Group:
    """How the question was understood, the answer, its status and its citations.

    For ``not_found`` the nearest passages, named as such.
    """
    words, colour = STATUSES[answer.status]
    parts: list[Text | Group] = []
    if answer.query not in ("", question.strip()):
        parts += [Text(f"{SEARCHED} {safe(answer.query)}", style="dim"), Text()]
    if (short := answer.short_answer) and len(short.quote) < len(answer.text):
        parts += [
            Text(f"▶ {safe(' '.join(short.quote.split()))} [{short.number}]", style="bold green"),
            Text(),
        ]
    if answer.text:
        parts += [Text(safe(answer.text), style="bold"), Text()]
    parts.append(Text(f"{words} ({answer.confidence:.2f})", style=colour))
    parts += [citation_lines(citation) for citation in answer.citations]
    if answer.nearest:
        parts += [Text(), Text(NEAREST, style="dim"), *map(hit_lines, answer.nearest)]
    return Group(*parts)


def hits_lines(hits: Sequence[Hit]) -> Group:
    """Every hit, or that there is none."""
    if not hits:
        return Group(Text("没有找到 Nothing found", style="red"))
    return Group(*map(hit_lines, hits))


def skipped_lines(skipped: Iterable[Skipped]) -> Group:
    """Files that were not indexed, and why."""
    return Group(*(Text(f"未收录 skipped: {safe(file.doc_id)}: {safe(file.reason)}") for file in skipped))
