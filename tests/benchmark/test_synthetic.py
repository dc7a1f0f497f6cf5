import itertools
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from qa.benchmark.clauses import Clause, bodies, read_clauses
from qa.benchmark.recombined import keys_of
from qa.benchmark.source import passage_texts, sentence_texts
from qa.benchmark.synthetic import Material, corpus, make_document, sentence
from qa.corpus import Corpus, read_folder
from qa.errors import EvaluationError
from qa.passages import LONGEST, split
from qa.text import clauses, sentences
from qa.types import Document

ROOT = Path(__file__).parents[2]


def document(text: str) -> Document:
    return Document("a.txt", "", "", "", text)


@pytest.fixture(scope="module")
def real() -> tuple[Document, ...]:
    return read_folder(ROOT / "seeds").documents


@pytest.fixture(scope="module")
def material(real: tuple[Document, ...]) -> Material:
    return Material.of(real)


def test_a_clause_is_used_without_its_mark_and_once(lake_city: Corpus) -> None:
    found = {clause.body: clause for clause in read_clauses(lake_city.documents)}
    assert found["集团新建输水管道86公里"].mark == ","
    assert found["东岭水厂日供水能力达到20万吨"].mark == "。"
    assert len(found) == len(read_clauses([*lake_city.documents, *lake_city.documents]))


def test_what_would_not_keep_its_ends_is_not_used() -> None:
    good = "".join(f"第{n}个水厂建成投产,供水能力提高{n}成。" for n in "一二三四五六七八九十")
    bad = "2024年,newly built pipes,行内有 空格的分句,好,首页联系我们,"
    used = {clause.body for clause in read_clauses([document(good + bad + "末尾的分句。")])}
    assert "末尾的分句" in used
    assert used == {c.body for c in read_clauses([document(good)])} | {"末尾的分句"}


def test_too_few_clauses_are_told() -> None:
    with pytest.raises(EvaluationError, match="only 1 clauses"):
        read_clauses([document("东岭水厂建成投产。")])


def test_many_clauses_are_thinned_evenly(real: tuple[Document, ...]) -> None:
    every = read_clauses(real)
    assert read_clauses(real, most=2) == [every[0], every[len(every) // 2]]


def test_a_sentence_keeps_the_end_mark_of_its_last_clause() -> None:
    assert sentence([Clause("甲", "。", 0), Clause("乙", "！”", 1)]) == "甲，乙！”"
    assert sentence([Clause("甲", "，", 0)]) == "甲。"
    assert sentence([Clause("甲", "", 0)]) == "甲。"


def test_the_same_seed_gives_the_same_corpus_and_another_another(material: Material) -> None:
    first = list(corpus(material, 100))
    assert first == list(corpus(material, 100))
    assert first != list(corpus(material, 100, seed=1))


def test_a_corpus_has_the_passages_asked_for_and_begins_like_a_larger_one(material: Material) -> None:
    smaller, larger = list(corpus(material, 100)), list(corpus(material, 300))
    counts = [len(split(one)) for one in larger]
    assert 300 <= sum(counts) < 300 + counts[-1]
    assert larger[: len(smaller)] == smaller
    assert len({one.doc_id for one in larger}) == len(larger)
    assert 15 <= mean(counts) <= 25


def test_documents_are_made_one_at_a_time(material: Material) -> None:
    first = list(itertools.islice(corpus(material, 1_000_000), 2))
    assert first == [make_document(material, 0), make_document(material, 1)]


def test_passages_are_as_long_as_real_ones(material: Material, real: tuple[Document, ...]) -> None:
    made = [len(passage.text) for one in corpus(material, 300) for passage in split(one)]
    natural = [len(passage.text) for one in real for passage in split(one)]
    assert mean(made) == pytest.approx(mean(natural), rel=0.15)
    assert sum(length <= LONGEST for length in made) / len(made) > 0.98


def test_sentences_have_as_many_clauses_as_real_ones_up_to_four(material: Material) -> None:
    texts = [one.text for one in corpus(material, 1000)]
    made = Counter(len(clauses(text, span)) for text in texts for span in sentences(text, (0, len(text))))
    assert set(made) == {1, 2, 3, 4}
    natural = Counter(material.counts)
    for count in made:
        assert made[count] / made.total() == pytest.approx(natural[count] / natural.total(), abs=0.03)


def test_clauses_of_a_sentence_come_from_different_real_sentences(material: Material) -> None:
    origin = {key: c.sentence for key, c in zip(keys_of(material.clauses), material.clauses, strict=True)}
    for text in sentence_texts(list(corpus(material, 200))):
        parts = [origin[part] for part in bodies(text)]
        assert len(set(parts)) == len(parts)


def test_every_text_can_be_taken_apart_into_known_clauses(material: Material) -> None:
    made, known = list(corpus(material, 500)), set(keys_of(material.clauses))
    texts = [*passage_texts(made), *sentence_texts(made)]
    assert len(texts) > 1500
    assert [text for text in texts if not set(bodies(text)) <= known] == []
