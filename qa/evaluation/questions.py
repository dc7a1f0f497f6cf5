"""Questions with gold answers and gold spans, as a file of JSON objects states them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qa.errors import EvaluationError
from qa.evaluation.jsonl import Row, lines_of, read_rows, rows_of


@dataclass(frozen=True, slots=True)
class Gold:
    """A span that answers: raw offsets, ``end`` exclusive. Golds of one ``piece`` are alternatives."""

    doc_id: str
    start: int
    end: int
    piece: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """One judged question; ``history`` holds earlier questions of the person, oldest first.

    Any one of ``answers`` is enough unless ``all_needed``. ``evidence`` has pieces 0..n-1 and is
    empty for a question that the documents do not answer.
    """

    query_id: str
    text: str
    type: str
    answerable: bool
    answers: tuple[str, ...] = ()
    evidence: tuple[Gold, ...] = ()
    all_needed: bool = False
    history: tuple[str, ...] = ()

    @property
    def pieces(self) -> int:
        """How many different things must be found."""
        return len({gold.piece for gold in self.evidence})


def read_questions(path: Path) -> list[Question]:
    """Read a JSON Lines file of questions.

    Fields: ``id``, ``question``, ``type``, ``answerable``, ``answers``, ``evidence`` (objects with
    ``file``, ``start``, ``end``, ``piece``), ``all_needed``, ``history``; others are ignored. With
    ``all_needed``, spans of one ``piece`` are alternatives and a span without is its own piece;
    else all spans are alternatives.

    Raises EvaluationError that names the line, what was found and what is wanted.
    """
    return _read(read_rows(path), str(path))


def parse_questions(text: str, name: str) -> list[Question]:
    """Read the text of such a file, which messages call ``name``. Raises EvaluationError."""
    return _read(rows_of(lines_of(text, name)), name)


def _read(rows: Iterable[Row], name: str) -> list[Question]:
    questions: dict[str, Question] = {}
    for row in rows:
        question = _question(row)
        if question.query_id in questions:
            raise EvaluationError(
                f"{row.where}: `id` {question.query_id!r} was used before; ids must differ / 编号重复"
            )
        questions[question.query_id] = question
    if not questions:
        raise EvaluationError(f"{name} holds no question; one JSON object a line is wanted / 没有问题")
    return list(questions.values())


def _question(row: Row) -> Question:
    answerable, all_needed = row.flag("answerable"), row.flag("all_needed", False)
    evidence = tuple(_golds(row.rows("evidence"), all_needed=all_needed))
    question = Question(
        query_id=row.text("id"),
        text=row.text("question"),
        type=row.text("type"),
        answerable=answerable,
        answers=row.texts("answers"),
        evidence=evidence,
        all_needed=all_needed,
        history=row.texts("history"),
    )
    if answerable and not (question.answers and evidence):
        missing = "evidence" if question.answers else "answers"
        raise EvaluationError(
            f"{row.where}: `{missing}` is empty, an answerable question needs at least one / 不能为空"
        )
    if evidence and not answerable:
        raise EvaluationError(
            f"{row.where}: `evidence` is given, but `answerable` is false; drop one / 两者不能同时有"
        )
    return question


def _golds(rows: Iterable[Row], *, all_needed: bool) -> Iterable[Gold]:
    numbers: dict[tuple[str, int], int] = {}
    for position, row in enumerate(rows):
        start, end = row.whole("start"), row.whole("end")
        if not 0 <= start < end:
            raise EvaluationError(
                f"{row.where}: the span is {start}..{end}, 0 <= start < end is wanted / 起止不对"
            )
        own = ("given", row.whole("piece")) if "piece" in row.values else ("own", position)
        key = own if all_needed else ("alternatives", 0)
        yield Gold(row.text("file"), start, end, numbers.setdefault(key, len(numbers)))
