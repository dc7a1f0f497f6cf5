"""How many conflicts are told, and how many agreements are called one; not a test, and slow.

    python -m tests.calibrate.conflicts FOLDER_OF_BEIR_SETS [PAIRS [SET [SEED]]]

Every pair is a paragraph with a question whose answer is a number, a date, a name or a place, and a copy
of it. In a conflict the answer is another one in the copy; in an agreement another number or nothing
of the copy is changed. All pairs are in one index, each document under its own title and date.
Left out are questions that say a number or a name of their answer, so that the copy would be about something
else, and those that ask for the present, which the dates of the two documents settle.
"""

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qa.config import Settings
from qa.question import Question
from qa.service import Service
from qa.types import Document
from tests.calibrate.searching import rows

PAIRS, SET, SEED = 120, "cmrc2018-train", 7
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"[\u3400-\u9fff·]{2,8}")
_SINGLE = 40


@dataclass(frozen=True)
class Pair:
    """Two documents, what is asked of them, and whether they answer differently."""

    question: str
    kind: str
    documents: tuple[Document, Document]
    differ: bool


def pairs(folder: Path, count: int, seed: int) -> list[Pair]:
    """Return ``count`` conflicts and as many agreements, of different paragraphs of a set."""
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    texts = {row["_id"]: row for row in rows(folder / "corpus.jsonl.gz")}
    usable = [row for row in rows(folder / "queries.jsonl.gz") if _usable(row, texts)]
    chance.shuffle(usable)
    names = {
        kind: sorted({row["answers"][0] for row in usable if Question(row["text"]).kind == kind})
        for kind in ("who", "place")
    }
    made: list[Pair] = []
    seen: set[str] = set()
    for row in usable:
        if row["context_id"] not in seen and len(made) < 2 * count:
            differ = len(made) < count
            pair = _pair(row, texts[row["context_id"]], names, differ=differ, chance=chance)
            if pair:
                seen.add(row["context_id"])
                made.append(pair)
    return made


def _usable(row: dict[str, Any], texts: dict[str, dict[str, Any]]) -> bool:
    answer, start = row["answers"][0], row["answer_starts"][0]
    question = Question(row["text"])
    kind = question.kind
    if row.get("flags") or start < 0 or len(answer) > _SINGLE:
        return False
    said = any(number in question.text for number in _NUMBER.findall(answer)) or answer in question.text
    if question.now or said:
        return False
    if texts[row["context_id"]]["text"].count(answer) > 1:
        return False  # the copy would contradict itself
    wanted = _NAME.fullmatch(answer) if kind in ("who", "place") else _NUMBER.search(answer)
    return kind in ("who", "place", "quantity", "time") and bool(wanted)


def _pair(
    row: dict[str, Any],
    paragraph: dict[str, Any],
    names: dict[str, list[str]],
    *,
    differ: bool,
    chance: random.Random,
) -> Pair | None:
    text, start, answer = paragraph["text"], row["answer_starts"][0], row["answers"][0]
    end = start + len(answer)
    kind = Question(row["text"]).kind
    if differ and kind in names:
        copy = text[:start] + chance.choice([name for name in names[kind] if name not in text]) + text[end:]
    elif differ:
        copy = text[:start] + _NUMBER.sub(lambda found: _other(found[0], chance), answer) + text[end:]
    else:
        elsewhere = [m.span() for m in _NUMBER.finditer(text) if m.end() <= start or m.start() >= end]
        at = chance.choice(elsewhere) if elsewhere and chance.random() < 0.5 else (0, 0)
        copy = text[: at[0]] + (_other(text[slice(*at)], chance) if at[1] else "") + text[at[1] :]
    original = Document(f"{row['context_id']}-a", paragraph["title"], "2022-03-01", "", text)
    other = replace(original, doc_id=f"{row['context_id']}-b", date="2023-03-01", text=copy)
    return Pair(row["text"], kind, (original, other), differ)


def _other(number: str, chance: random.Random) -> str:
    """Another number of as many digits."""
    while (found := str(chance.randrange(10 ** (len(number) - 1), 10 ** len(number)))) == number:
        pass
    return found


def judged(service: Service, made: list[Pair]) -> Iterator[tuple[Pair, str]]:
    """Every pair with what came of its question: a conflict, the status otherwise, or something else found.

    A question whose best evidence is of another paragraph says nothing of the pair.
    """
    for pair in made:
        answer = service.ask(pair.question)
        own = {document.doc_id for document in pair.documents}
        cited = {citation.doc_id for citation in answer.citations}
        yield pair, answer.status if cited & own or answer.status == "not_found" else "another paragraph"


def main(folder: Path, count: int, seed: int) -> None:
    """Print the figures as JSON."""
    made = pairs(folder, count, seed)
    documents = [document for pair in made for document in pair.documents]
    with Service.over(documents, Settings()) as service:
        outcomes = list(judged(service, made))
    tables = {
        f"{'conflict' if differ else 'agreement'}, {kind}": dict(
            Counter(status for pair, status in outcomes if (pair.differ, pair.kind) == (differ, kind))
        )
        for differ in (True, False)
        for kind in sorted({pair.kind for pair in made})
    }
    shares = {}
    for differ, name in ((True, "conflicts told"), (False, "false alarms")):
        answered = [
            s for pair, s in outcomes if pair.differ == differ and s in ("answered", "partial", "conflict")
        ]
        shares[name] = [answered.count("conflict"), len(answered)]
    print(json.dumps({"outcomes": tables, **shares}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    given = dict(enumerate(sys.argv))
    main(Path(sys.argv[1]) / given.get(3, SET), int(given.get(2, PAIRS)), int(given.get(4, SEED)))
