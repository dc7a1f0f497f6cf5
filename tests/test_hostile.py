"""Text and questions that were made to be slow: each is done long before the limit, or the test is ended."""

import pytest

from qa.answerer.evidence import sentences_of, understand
from qa.answerer.shortening import best_clauses
from qa.conversation import standalone
from qa.corpus import make_document
from qa.entities import dates, enumerations, persons, places, quantities
from qa.passages import split
from qa.question import Question
from qa.text import sentences
from qa.tokens import grams, numbers
from qa.types import Hit, Passage, Turn

pytestmark = pytest.mark.timeout(20)

LONG = {
    "blanks": "1" + " " * 20_000,
    "numerals": "万" * 20_000,
    "digits": "1," * 20_000,
    "one letter": "水" * 200_000,
    "list marks": "水、" * 20_000,
    "quotes": "“" * 20_000,
    "posts": "局长" * 10_000,
    "dashes": "——" * 10_000,
    "days of coming into force": "日自发布之日起施行" * 20_000,
}
LINES = {
    "names of companies": "镜湖某某实业公司\n" * 5_000,
    "outline marks": "一、\n" * 10_000,
    "unfinished lines": "甲，乙\n" * 10_000,
    "single characters": "水\n" * 20_000,
    "subtitles": "——访镜湖市图书馆馆长\n" * 5_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_entities_and_tokens(text: str) -> None:
    for find in (persons, quantities, dates, places, enumerations, grams, numbers):
        find(text[:5_000])
    assert set("".join(grams(text[:100]))) <= set(text.lower()) | set("0123456789")


@pytest.mark.parametrize("text", [*LONG.values(), *LINES.values()], ids=[*LONG, *LINES])
def test_a_document_is_split_and_nothing_is_lost(text: str) -> None:
    document = make_document("a.txt", text, {})
    assert (document.sections[0].start, document.sections[-1].end) == (0, len(text))
    assert all(len(section.heading) < 2_000 for section in document.sections)
    covered = sum(len("".join(passage.text.split())) for passage in split(document))
    assert covered == len("".join(text.split()))
    assert all(end - start <= 500 for start, end in sentences(text, (0, len(text))))


@pytest.mark.parametrize("question", ["局长谁" + "问" * 1_900, "多少" + "1 " * 990, "它" + "的" * 1_990])
def test_questions(question: str) -> None:
    text = "镜湖市图书馆馆长林晓舟说，" * 30
    passage = Passage("a.txt", 0, len(text), text, "", tuple(sentences(text, (0, len(text)))))
    hit = Hit(passage, 1.0, 1, sentence_scores=(0.9,) * len(passage.sentences))
    asked = understand(question, lambda _: 1.0)
    best = sentences_of(asked, [hit])[0]
    start, end = best_clauses(asked, best, longest=100)
    assert 0 < end - start <= 100
    assert 0.0 <= Question(question).fit(text) <= 1.0


def test_a_conversation_does_not_grow_without_end() -> None:
    turns = [Turn("它" + "问" * 1_999) for _ in range(50)]
    assert len(standalone("它的馆长是谁?", turns)) <= 2_300
