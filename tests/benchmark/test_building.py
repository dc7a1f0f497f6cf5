import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from qa.benchmark.beside import KEYWORDS, PASSAGES, write_keywords, write_vectors
from qa.benchmark.building import build, corpus_of, recalls, stand_ins
from qa.benchmark.plan import Place, Plan
from qa.benchmark.source import passage_texts
from qa.benchmark.stages import FIRST
from qa.catalog import Catalog
from qa.config import Settings
from qa.corpus import Comparison, read_folder
from qa.generation import open_index
from qa.segment import Encoders
from qa.types import Progress
from tests.hashing import HashingEncoder
from tests.lake_city import write_files


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    source = write_files(tmp_path / "documents")
    return Plan(Settings(folder=source), tmp_path / "work", sizes=(60, 30), encode_up_to=40)


@pytest.fixture
def encoders() -> Encoders:
    return Encoders(HashingEncoder(), HashingEncoder("compact"))


def test_a_plan_has_a_place_for_each_size_smallest_first(plan: Plan) -> None:
    encoded, recombined = plan.places()
    assert (encoded.passages, encoded.recombined, recombined.passages, recombined.recombined) == (
        30,
        False,
        60,
        True,
    )
    assert encoded.folder.parent == recombined.folder.parent == plan.work.resolve()
    assert encoded.documents == encoded.folder / "documents"
    (whole,) = replace(plan, sizes=()).places()
    assert whole.documents == plan.settings.folder.resolve()
    assert replace(plan, sizes=(), beir=plan.work).places()[0].documents != plan.settings.folder.resolve()


def test_a_place_survives_as_json(plan: Plan) -> None:
    for place in (*plan.places(), *replace(plan, beir=plan.work).places()):
        assert Place.of_json(json.loads(json.dumps(place.to_json()))) == place


def test_the_settings_of_a_place_are_those_of_its_index(plan: Plan) -> None:
    place = plan.places()[0]
    settings = place.settings(plan.settings)
    assert (settings.folder, settings.vectors) == (place.documents, place.vectors)
    assert settings.threads == plan.settings.threads


def test_the_folder_is_indexed_as_a_server_wants_to_find_it(
    plan: Plan, encoders: Encoders, jieba_cache: Path
) -> None:
    (place,) = replace(plan, sizes=()).places()
    steps: list[Progress] = []
    figures = build(place, encoders, again=False, on_progress=steps.append)
    index = open_index(Catalog(place.vectors), lambda: encoders, cache=jieba_cache)
    assert [one.doc_id for one in index.documents] == [
        one.doc_id for one in read_folder(plan.settings.folder).documents
    ]
    assert not Comparison(place.documents, index.files.all()).differs
    assert figures["passages"] == len(index.passages)
    assert next(iter(figures["stages"])) == FIRST
    assert set(figures["stages"]) == {FIRST, *(step.stage for step in steps)}
    assert figures["seconds"] == pytest.approx(sum(figures["stages"].values()))
    written = sum(path.stat().st_size for path in place.vectors.rglob("*") if path.is_file())
    assert figures["disk_mib"] == pytest.approx(written / 2**20)


def test_an_index_is_built_again_only_when_asked_or_when_the_documents_changed(
    plan: Plan, encoders: Encoders, jieba_cache: Path
) -> None:
    def version(*, again: bool = False) -> str:
        build(place, encoders, again=again)
        return Catalog(place.vectors).version()

    (place,) = replace(plan, sizes=()).places()
    first = version()
    (place.folder / PASSAGES).write_bytes(b"made for these documents")
    assert version() == first
    second = version(again=True)
    assert second != first
    assert not (place.folder / PASSAGES).exists()
    (plan.settings.folder / "新.txt").write_text("东岭水厂新增两条生产线。", encoding="utf-8")
    third = version()
    assert third not in (first, second)
    (place.vectors / "catalog.sqlite").unlink()
    assert version() != third


def test_recombined_vectors_make_an_index_that_the_encoders_open(
    plan: Plan, encoders: Encoders, jieba_cache: Path
) -> None:
    place = plan.places()[1]
    figures = build(place, encoders, again=False)
    index = open_index(Catalog(place.vectors), lambda: encoders, cache=jieba_cache)
    assert figures["passages"] == len(index.passages) >= 60
    passage = index.passages[7]
    assert index.searchers["characters"].search(passage.text, 1)[0].position == 7
    texts = passage_texts(corpus_of(place).documents)
    made = stand_ins(place, encoders).main.encode_passages(texts)
    really = encoders.main.encode_passages(texts)
    assert 0.5 < float((made * really).sum(axis=1).mean()) < 0.999
    assert len(list(plan.work.glob("clauses-*.npy"))) == 2


def test_what_the_plain_systems_search_is_of_the_same_passages(tmp_path: Path) -> None:
    import bm25s

    texts = ["东岭水厂建成投产", "图书馆每天九点开门", "管道全部换新"]
    write_vectors(texts, HashingEncoder(), tmp_path / PASSAGES)
    vectors = np.load(tmp_path / PASSAGES, allow_pickle=False)
    np.testing.assert_array_equal(vectors, HashingEncoder().encode_passages(texts))
    write_keywords(texts, tmp_path / KEYWORDS)
    index = bm25s.BM25.load(tmp_path / KEYWORDS, allow_pickle=False)
    found, _ = index.retrieve([["图书馆"]], k=1, show_progress=False)
    assert found.tolist() == [[1]]
    write_vectors(["别的"], HashingEncoder(), tmp_path / PASSAGES)
    assert np.load(tmp_path / PASSAGES, allow_pickle=False).shape == vectors.shape


def test_recall_is_what_the_dense_indexes_say_of_themselves() -> None:
    gist = {"kind": "ivf", "vectors": 9, "recall": 0.99}
    manifest = {"passages": 9, "gist_index": gist, "words_index": {"recall": None}, "recall": 0.5}
    assert recalls(manifest) == {"gist": 0.99}
