"""What was published is what is read; anything else is told, with what to run."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa import catalog
from qa.corpus import make_document
from qa.errors import (
    IndexCorruptError,
    IndexMismatchError,
    IndexMissingError,
    QAIndexError,
)
from qa.passages import split
from qa.types import Skipped
from tests.lake_city import FILES

DOCUMENTS = tuple(make_document(doc_id, text, {}) for doc_id, text in FILES.items())
PASSAGES = tuple(passage for document in DOCUMENTS for passage in split(document))
SKIPPED = (Skipped("扫描件.txt", "the file is empty"),)


def generation(vectors: Path, **facts: str) -> Path:
    folder = catalog.new_generation(vectors)
    catalog.save_records(folder, DOCUMENTS, PASSAGES, SKIPPED)
    (folder / "sentences").mkdir()
    (folder / "sentences" / "index.faiss").write_bytes(bytes(range(64)))
    catalog.publish(folder, facts)
    return folder


@pytest.fixture
def vectors(tmp_path: Path) -> Path:
    generation(tmp_path / "索引", encoder="hashing")
    return tmp_path / "索引"


def in_use(vectors: Path) -> Path:
    return vectors / (vectors / "CURRENT").read_text(encoding="utf-8")


def test_what_is_saved_is_loaded(vectors: Path) -> None:
    folder, manifest = catalog.current(vectors)
    assert folder == in_use(vectors)
    assert manifest["encoder"] == "hashing"
    assert catalog.load_records(folder) == (DOCUMENTS, PASSAGES, SKIPPED)


@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_survives_saving(texts: list[str], tmp_path: Path) -> None:
    documents = tuple(make_document(f"{n}.txt", text, {}) for n, text in enumerate(texts))
    passages = tuple(passage for document in documents for passage in split(document))
    catalog.save_records(tmp_path, documents, passages, ())
    assert catalog.load_records(tmp_path) == (documents, passages, ())


def test_nothing_has_been_built(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "没有"):
        with pytest.raises(IndexMissingError, match="run: qa index"):
            catalog.current(folder)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_any_single_flipped_bit_is_told(vectors: Path, data: st.DataObject) -> None:
    folder = in_use(vectors)
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "manifest.json")
    path = data.draw(st.sampled_from(files))
    written = path.read_bytes()
    at, bit = data.draw(st.integers(0, len(written) - 1)), data.draw(st.integers(0, 7))
    path.write_bytes(written[:at] + bytes([written[at] ^ 1 << bit]) + written[at + 1 :])
    try:
        with pytest.raises(IndexCorruptError, match="run: qa index"):
            catalog.current(vectors)
    finally:
        path.write_bytes(written)
    assert catalog.current(vectors)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
def test_a_flipped_bit_of_the_manifest_is_an_index_error_or_harmless(
    vectors: Path, data: st.DataObject
) -> None:
    path = in_use(vectors) / "manifest.json"
    written = path.read_bytes()
    at, bit = data.draw(st.integers(0, len(written) - 1)), data.draw(st.integers(0, 7))
    path.write_bytes(written[:at] + bytes([written[at] ^ 1 << bit]) + written[at + 1 :])
    read = None
    try:
        read = catalog.load_records(catalog.current(vectors)[0])
    except QAIndexError as exc:
        told = str(exc)
    finally:
        path.write_bytes(written)
    assert read == (DOCUMENTS, PASSAGES, SKIPPED) or "run: qa index" in told


@pytest.mark.parametrize(
    "name", ["documents.jsonl", "passages.jsonl", "sentences/index.faiss", "manifest.json"]
)
@pytest.mark.parametrize("harm", ["missing", "cut", "empty"])
def test_a_file_that_is_missing_or_cut_short_is_told(name: str, harm: str, vectors: Path) -> None:
    path = in_use(vectors) / name
    written = path.read_bytes()
    path.unlink()
    if harm != "missing":
        path.write_bytes(written[: len(written) // 2] if harm == "cut" else b"")
    with pytest.raises(IndexCorruptError, match="run: qa index"):
        catalog.current(vectors)


@pytest.mark.parametrize(
    "pointer",
    ["", "没有", "..", ".", "../索引", "/", "x" * 300, "a\0b", "\n"],
    ids=lambda name: repr(name)[:12],
)
def test_a_pointer_to_what_is_no_generation_is_told(pointer: str, vectors: Path) -> None:
    shutil.copy(in_use(vectors) / "manifest.json", vectors.parent)  # so that `..` would look like one
    (vectors / "CURRENT").write_text(pointer, encoding="utf-8")
    with pytest.raises(IndexCorruptError, match="run: qa index"):
        catalog.current(vectors)


def test_a_pointer_that_is_not_text(vectors: Path) -> None:
    (vectors / "CURRENT").write_bytes(b"\xff\xff")
    with pytest.raises(QAIndexError, match="run: qa index"):
        catalog.current(vectors)


@pytest.mark.parametrize(
    ("manifest", "error"),
    [
        ({"format": catalog.FORMAT + 1, "files": {}}, IndexMismatchError),
        ({"files": {}}, IndexMismatchError),
        ({"format": catalog.FORMAT}, IndexCorruptError),
        ([], IndexCorruptError),
        ("foreign", IndexCorruptError),
    ],
)
def test_a_foreign_manifest_is_told(manifest: object, error: type[QAIndexError], vectors: Path) -> None:
    (in_use(vectors) / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(error, match="run: qa index"):
        catalog.current(vectors)


def test_a_generation_without_a_manifest_is_not_in_use(vectors: Path) -> None:
    half = catalog.new_generation(vectors)
    catalog.save_records(half, DOCUMENTS, PASSAGES, ())
    assert catalog.current(vectors)[0] != half
    (vectors / "CURRENT").write_text(half.name, encoding="utf-8")
    with pytest.raises(IndexCorruptError, match="was not finished"):
        catalog.current(vectors)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "documents.jsonl").unlink(),
        lambda folder: (folder / "documents.jsonl").write_text("", encoding="utf-8"),
        lambda folder: (folder / "passages.jsonl").write_text("{", encoding="utf-8"),
        lambda folder: (folder / "passages.jsonl").write_text("{}", encoding="utf-8"),
        lambda folder: (folder / "skipped.jsonl").write_text('{"unknown": 1}', encoding="utf-8"),
    ],
)
def test_records_that_cannot_be_read_are_told(spoil: Callable[[Path], object], vectors: Path) -> None:
    spoil(in_use(vectors))
    with pytest.raises(IndexCorruptError, match="run: qa index"):
        catalog.load_records(in_use(vectors))


def test_the_newest_is_in_use_and_old_ones_go(vectors: Path) -> None:
    folders = [in_use(vectors)] + [generation(vectors, encoder=str(n)) for n in range(3)]
    assert catalog.current(vectors)[0] == folders[-1]
    left = {path for path in vectors.iterdir() if path.is_dir()}
    assert folders[-1] in left
    assert len(left) == 2
    assert {path.name for path in vectors.iterdir() if path.is_file()} == {"CURRENT"}


def test_a_discarded_generation_is_gone(vectors: Path) -> None:
    folder = catalog.new_generation(vectors)
    catalog.discard(folder)
    catalog.discard(folder)
    assert not folder.exists()
    assert catalog.current(vectors)


def test_what_was_abandoned_long_ago_goes_at_the_next_publication(vectors: Path) -> None:
    abandoned, half, other = (
        catalog.new_generation(vectors),
        catalog.new_generation(vectors),
        vectors / "图片",
    )
    complete = in_use(vectors)
    other.mkdir()
    for folder in (abandoned, other, complete):
        os.utime(folder, (0, 0))
    generation(vectors)
    assert complete.exists()
    assert not abandoned.exists()
    assert half.exists()
    assert other.exists()


def test_generations_never_share_a_folder(tmp_path: Path) -> None:
    assert len({catalog.new_generation(tmp_path) for _ in range(20)}) == 20


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(QAIndexError, match="cannot be written"):
        catalog.new_generation(tmp_path / "file")


def test_passages_take_their_text_from_the_documents(vectors: Path) -> None:
    stored = (in_use(vectors) / "passages.jsonl").read_text(encoding="utf-8")
    assert PASSAGES[0].text[:10] not in stored
    assert replace(PASSAGES[0], text="") != PASSAGES[0]


def test_only_generations_are_removed(vectors: Path) -> None:
    mine = [
        vectors / "AThesis-draft" / "a.doc",
        vectors / "ZPwa" / "manifest.json",
        vectors / "20200101T000000-x",
    ]
    for path in mine:
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}", encoding="utf-8")
        os.utime(path.parent, (0, 0))
    abandoned = vectors / "20200101T000000-0123abcd"
    abandoned.mkdir()
    os.utime(abandoned, (0, 0))
    first = in_use(vectors)
    second, third = generation(vectors), generation(vectors)
    assert all(path.exists() for path in mine)
    assert not abandoned.exists()
    assert third.exists()
    assert sum(path.exists() for path in (first, second)) == 1
