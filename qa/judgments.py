"""Opinions as questions that ``qa evaluate`` reads: good answers have to stay so, bad ones to become so."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from qa.errors import NotFoundError, NotReadyError
from qa.feedback import Mark, Opinion
from qa.types import Document

TYPE = "feedback"


@dataclass(frozen=True, slots=True)
class Judged:
    """``lines`` of a question file, and how many opinions are not in it.

    ``unmarked`` say that an answer is bad and not what would be right, the words that ``changed`` ones point
    at are no longer in their document, ``repeated`` ones are older than another of the same question.
    """

    lines: tuple[str, ...]
    unmarked: int = 0
    changed: int = 0
    repeated: int = 0

    @property
    def text(self) -> str:
        """The file."""
        return "".join(f"{line}\n" for line in self.lines)


def judged(opinions: Iterable[Opinion], document: Callable[[str], Document]) -> Judged:
    """Turn opinions, the newest first, into questions, the oldest first.

    A good answer gives its citations as gold spans, a bad one the words that were marked; a good refusal is
    a question without an answer. ``document`` raises NotFoundError.
    """
    rows: dict[tuple[str, ...], str] = {}
    left = {"unmarked": 0, "changed": 0, "repeated": 0}
    for opinion in opinions:
        key = (*(turn.question for turn in opinion.history), opinion.question)
        refusal = opinion.verdict == "good" and opinion.status == "not_found"
        spans = opinion.citations if opinion.verdict == "good" else opinion.marks
        placed = [where for span in spans if (where := _placed(span, document))]
        if key in rows:
            left["repeated"] += 1
        elif not spans and not refusal:
            left["unmarked"] += 1
        elif len(placed) < len(spans):
            left["changed"] += 1
        else:
            line = json.dumps(_row(opinion, placed), ensure_ascii=False)
            rows[key] = line.encode("utf-8", "replace").decode()  # a lone surrogate would spoil the file
    return Judged(tuple(rows.values())[::-1], **left)


def _placed(span: Mark, document: Callable[[str], Document]) -> Mark | None:
    """Where the words are now: where they were, or at the one other place that has them."""
    try:
        text = document(span.doc_id).text
    except (NotFoundError, NotReadyError):
        return None
    if text[span.start : span.end] == span.quote:
        return span
    if not span.quote or text.count(span.quote) != 1:
        return None
    start = text.index(span.quote)
    return Mark(span.doc_id, start, start + len(span.quote), span.quote)


def _row(opinion: Opinion, spans: Sequence[Mark]) -> dict[str, Any]:
    """One question; sides of a conflict are all needed, other spans are alternatives."""
    return {
        "id": f"{TYPE}-{opinion.feedback_id}",
        "question": opinion.question,
        "type": TYPE,
        "answerable": bool(spans),
        "answers": list(dict.fromkeys(span.quote for span in spans)),
        "evidence": [
            {"file": span.doc_id, "quote": span.quote, "start": span.start, "end": span.end} for span in spans
        ],
        "all_needed": opinion.verdict == "good" and opinion.status == "conflict",
        "history": [turn.question for turn in opinion.history],
        "note": opinion.remark,
    }
