"""Corpora of any size out of the clauses of a small one, the same on every machine."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from qa.benchmark.clauses import Clause, clause_counts, read_clauses
from qa.passages import split
from qa.text import TERMINAL
from qa.types import Document

MOST_CLAUSES = 4
"""Clauses of a sentence."""
SENTENCES = (3, 6)
"""Sentences of a paragraph, fewest and most."""
PARAGRAPHS = 20
"""Paragraphs of a document; most become one passage."""
SEED = 20_250_101


@dataclass(frozen=True, slots=True)
class Material:
    """What corpora are made of: clauses, and how many of them real sentences have."""

    clauses: Sequence[Clause]
    counts: Sequence[int]

    @classmethod
    def of(cls, documents: Sequence[Document]) -> "Material":
        """Raises EvaluationError when the documents have too few clauses."""
        return cls(read_clauses(documents), clause_counts(documents, most=MOST_CLAUSES))


def corpus(material: Material, passages: int, *, seed: int = SEED) -> Iterator[Document]:
    """The fewest whole documents that ``split`` cuts into at least so many passages, one at a time.

    A document depends on its number and the seed alone, so a smaller corpus is the beginning of a larger.
    """
    made = 0
    for number in count():
        if made >= passages:
            return
        document = make_document(material, number, seed=seed)
        made += len(split(document))
        yield document


def make_document(material: Material, number: int, *, seed: int = SEED) -> Document:
    """Paragraphs of 3 to 6 sentences; title and month are made up like the rest."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - no secret
    title = chance.choice(material.clauses).body
    text = "\n".join(_paragraph(material, chance) for _ in range(PARAGRAPHS))
    date = f"{chance.randint(2015, 2025)}-{chance.randint(1, 12):02d}"
    return Document(f"synthetic/{number // 1000:03d}/{number:06d}.txt", title, date, "", text)


def sentence(chosen: Sequence[Clause]) -> str:
    """The clauses with commas between them; the last keeps its mark if a sentence can end with it.

    sentence([Clause("甲", "。", 0), Clause("乙", "！", 1)]) == "甲，乙！"
    """
    mark = chosen[-1].mark
    ending = mark if mark and mark[0] in f"{TERMINAL}；" else "。"
    return "，".join(clause.body for clause in chosen) + ending


def _paragraph(material: Material, chance: random.Random) -> str:
    return "".join(sentence(_draw(material, chance)) for _ in range(chance.randint(*SENTENCES)))


def _draw(material: Material, chance: random.Random) -> list[Clause]:
    """As many clauses as some real sentence has, no two from the same one."""
    chosen: dict[int, Clause] = {}
    wanted = chance.choice(material.counts)
    while len(chosen) < wanted:
        clause = chance.choice(material.clauses)
        chosen.setdefault(clause.sentence, clause)
    return list(chosen.values())
