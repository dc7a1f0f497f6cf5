"""Records come back as they were saved, one at a time, and no more of them is read than was asked for."""

import io
import shutil
import sys
import tracemalloc
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa.corpus import make_document
from qa.errors import IndexCorruptError, InvalidInputError
from qa.passages import split
from qa.records import Documents, Passages, documents, load_records, save_records
from qa.records.stored import Strings, writing
from qa.types import Annotation, Document, Entry, Official, Passage, Section
from tests.lake_city import FILES

SEEN = (
    Annotation("table", 0, 9, (2, 3, 1)),
    Annotation("cell", 2, 4, (0, 1)),
    Annotation("paragraph", 9, 10),
)
STATED = Official(number="镜政发〔2024〕3号", attachments=("附件1", "附件2"), status="current")
DOCUMENTS = tuple(
    replace(
        make_document(doc_id, text, {}), format="docx", encoding="big5", official=STATED, annotations=SEEN
    )
    for doc_id, text in FILES.items()
)
PASSAGES = tuple(passage for document in DOCUMENTS for passage in split(document))

T = TypeVar("T")
ODD = ["\ud83d\ude00", "\0", "𠮷野家\r\n", "\ufeff水", "\u2028"]
ANY_TEXT = st.text(st.characters(exclude_categories=[])) | st.sampled_from(ODD)  # lone surrogates too


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_records(tmp_path, DOCUMENTS, PASSAGES)
    return tmp_path


def passage_of(document: Document, start: int, end: int) -> Passage:
    text, spans = document.text[start:end], ((start, end), (end, start)) * (end % 3)
    return Passage(document.doc_id, start, end, text, document.title, spans)


def big(letter: str) -> Document:
    """A document of a million characters, and bytes in memory."""
    return Document(f"{letter}.txt", "", "", "", letter * 1_000_000)


def everything(folder: Path) -> tuple[object, ...]:
    return load_records(folder)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_saved_is_loaded(data: st.DataObject, tmp_path: Path) -> None:
    made, held = [], []
    for doc_id in data.draw(st.lists(ANY_TEXT, unique=True, max_size=4)):
        title, date, source, text, speaker = (data.draw(ANY_TEXT) for _ in range(5))
        parts = [Section(title, speaker, source, 0, len(text))] * data.draw(st.integers(0, 2))
        made.append(Document(doc_id, title, date, source, text, tuple(parts)))
        for _ in range(data.draw(st.integers(0, 3))):
            places = st.integers(0, len(text))
            held.append(passage_of(made[-1], *sorted([data.draw(places), data.draw(places)])))
    held = data.draw(st.permutations(held))
    save_records(tmp_path, made, held)
    assert everything(tmp_path) == (tuple(made), tuple(held))


@pytest.mark.parametrize("which", [0, 1], ids=["documents", "passages"])
def test_they_are_sequences(which: int, folder: Path) -> None:
    stored: Sequence[object] = load_records(folder)[which]
    saved: Sequence[object] = (DOCUMENTS, PASSAGES)[which]
    assert len(stored) == len(saved) > 2
    assert list(stored) == [stored[number] for number in range(len(saved))] == list(saved)
    assert (stored[-1], stored[-len(saved)]) == (saved[-1], saved[0])
    for part in (slice(1, 3), slice(None, None, -2), slice(-2, None), slice(5, 5), slice(0, 10**9)):
        assert stored[part] == saved[part]
    for beyond in (len(saved), -len(saved) - 1):
        with pytest.raises(IndexError):
            stored[beyond]
    assert isinstance(stored, Sequence)
    assert stored == saved
    assert stored != saved[:-1]
    assert stored != (*saved[:-1], saved[0])
    assert stored != "".join(map(str, saved))


def test_documents_are_found_by_name(tmp_path: Path) -> None:
    made = [Document(f"{number}/文件.txt", f"第{number}件", "", "", "水" * number) for number in range(500)]
    save_records(tmp_path, made, [])
    loaded, _ = load_records(tmp_path)
    assert loaded.by_id == {document.doc_id: document for document in made}
    assert loaded.entries.by_id["7/文件.txt"] == Entry("7/文件.txt", "第7件", "", "", 7)
    assert list(loaded.entries.by_id) == [document.doc_id for document in made]
    assert loaded.by_id.get("没有.txt") is None
    assert "" not in loaded.entries.by_id


def test_an_entry_holds_what_lists_show(folder: Path) -> None:
    entry = load_records(folder)[0].entries[0]
    assert (entry.format, entry.number, entry.status) == ("docx", "镜政发〔2024〕3号", "current")


def test_names_of_equal_hash_are_told_apart(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_key", lambda doc_id: -7)
    save_records(folder, DOCUMENTS, PASSAGES)
    assert load_records(folder)[0].by_id == {document.doc_id: document for document in DOCUMENTS}
    assert "没有.txt" not in load_records(folder)[0].by_id


def test_they_may_be_made_while_they_are_saved(tmp_path: Path) -> None:
    taken = []

    def told(values: Iterable[T]) -> Iterator[T]:
        for value in values:
            taken.append(type(value))
            yield value

    save_records(tmp_path, told(DOCUMENTS), told(PASSAGES))
    assert everything(tmp_path) == (DOCUMENTS, PASSAGES)
    assert taken == [type(value) for value in (*DOCUMENTS, *PASSAGES)]


def test_names_that_are_not_unique_or_not_known(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"two documents are named '年报\.txt'"):
        save_records(tmp_path, [Document("年报.txt", "", "", "", text) for text in "ab"], [])
    with pytest.raises(KeyError, match=r"没有\.txt"):
        save_records(tmp_path, DOCUMENTS, [replace(PASSAGES[0], doc_id="没有.txt")])


def test_headings_and_texts_are_written_once(folder: Path) -> None:
    save_records(folder, DOCUMENTS, PASSAGES * 2)
    headings = dict.fromkeys(passage.heading for passage in PASSAGES)
    assert (folder / "headings.utf8").read_bytes().decode() == "".join(headings)
    assert (folder / "texts.utf8").read_bytes().decode() == "".join(one.text for one in DOCUMENTS)


def memory(work: Callable[[], object]) -> tuple[int, int]:
    """Bytes that are allocated after ``work``, and the most at any time."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()


def test_a_passage_is_read_without_its_document(tmp_path: Path) -> None:
    document = replace(big("a"), sections=(Section("", "", "", 0, 1),) * 10_000)
    save_records(tmp_path, [document], [passage_of(document, 500_000, 500_300)])
    _, most = memory(lambda: load_records(tmp_path)[1][0])
    assert most < 100_000


def test_only_the_documents_read_last_are_kept(tmp_path: Path) -> None:
    save_records(tmp_path, map(big, "abcdefghijklmnop"), [])
    loaded = load_records(tmp_path)[0]
    kept, _ = memory(lambda: [len(document.text) for document in loaded])
    assert 7_000_000 < kept < 9_000_000
    assert loaded[15] is loaded[15]


def test_what_was_loaded_goes_when_nobody_needs_it(folder: Path) -> None:
    loaded, passages = load_records(folder)
    assert loaded[0].text[: passages[0].end].endswith(passages[0].text)
    gone: list[weakref.ref[Documents | Passages]] = [weakref.ref(loaded), weakref.ref(passages)]
    del loaded, passages
    assert [reference() for reference in gone] == [None, None]


def test_many_threads_read_what_one_reads(folder: Path) -> None:
    loaded, passages = load_records(folder)

    def read(seed: int) -> bool:
        order = np.random.default_rng(seed).integers(len(PASSAGES), size=300).tolist()
        texts = (loaded.by_id[passages[n].doc_id].text[passages[n].start : passages[n].end] for n in order)
        return list(texts) == [PASSAGES[n].text for n in order]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, range(16)))


def npy(array: NDArray[Any]) -> bytes:
    np.save(file := io.BytesIO(), array, allow_pickle=True)
    return file.getvalue()


HARMS: dict[str, Callable[[bytes], bytes | None]] = {
    "missing": lambda written: None,
    "empty": lambda written: b"",
    "cut": lambda written: written[:-1],
    "longer": lambda written: written + b"0",
    "foreign": lambda written: b'{"unknown": 1}',
    "objects": lambda written: npy(np.array([{}, {}], dtype=object)),
    "floats": lambda written: npy(np.zeros((2, 8))),
    "other shape": lambda written: npy(np.zeros((3, 3), dtype=np.int64)),
}


@pytest.mark.parametrize("harm", HARMS)
def test_files_that_are_not_what_was_written_are_told(harm: str, folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        written = path.read_bytes()
        path.unlink()
        if (harmed := HARMS[harm](written)) is not None:
            path.write_bytes(harmed)
        if harm == "longer" and path.suffix == ".npy":
            continue  # what stands behind an array is not looked at
        with pytest.raises(IndexCorruptError, match="run: qa index"):
            load_records(folder)
        path.write_bytes(written)
    assert everything(folder) == (DOCUMENTS, PASSAGES)


@pytest.mark.parametrize(
    "pattern",
    ["documents.*", "texts.*", "sections.*", "officials.*", "annotations.*", "keys.npy", "sentences.npy"],
)
def test_files_of_another_generation_are_told(pattern: str, folder: Path) -> None:
    other = folder / "other"
    other.mkdir()
    save_records(other, DOCUMENTS[:1], PASSAGES[:1])
    for path in other.glob(pattern):
        shutil.copy(path, folder)
    with pytest.raises(IndexCorruptError, match="run: qa index"):
        load_records(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="there an open file cannot be removed")
def test_what_is_open_can_be_read_after_its_generation_was_removed(folder: Path) -> None:
    opened = everything(folder)
    shutil.rmtree(folder)
    assert opened == (DOCUMENTS, PASSAGES)


@pytest.mark.parametrize(
    "name", ["documents.jsonl", "sections.jsonl", "officials.jsonl", "texts.utf8", "passages.npy"]
)
def test_a_damaged_record_is_told_when_it_is_asked_for(name: str, folder: Path) -> None:
    written = (folder / name).read_bytes()
    (folder / name).write_bytes(
        written[:128] + (b"\x7f\xff" * len(written))[128 : len(written) - 8] + written[-8:]
    )
    loaded, passages = load_records(folder)
    with pytest.raises(IndexCorruptError, match=r"record \d+ .* run: qa index"):
        assert [*passages, *loaded]


def test_annotations_are_read_when_they_are_looked_at(folder: Path) -> None:
    written = (folder / "annotations.jsonl").read_bytes()
    (folder / "annotations.jsonl").write_bytes(b"\x7f\xff" * (len(written) // 2) + b"\n" * (len(written) % 2))
    document = load_records(folder)[0][0]
    assert document.text == DOCUMENTS[0].text
    with pytest.raises(IndexCorruptError, match=r"run: qa index"):
        list(document.annotations)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_texts_that_were_read_do_not_stay_in_memory(tmp_path: Path) -> None:
    with writing(tmp_path / "texts.utf8") as write:
        for number in range(12_000):
            write(f"{number:05}" + "供" * 4096)
    texts, before = Strings(tmp_path / "texts.utf8"), _mapped_kib()
    assert all(texts[number].startswith(f"{number:05}") for number in range(len(texts)))
    assert _mapped_kib() - before < 60 << 10


def _mapped_kib() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("RssFile")).split()[1])
