"""The list of documents: what there is, what was skipped, what a job is about; filtered, sorted, cut."""

from pathlib import Path

import pytest

from qa.config import Settings
from qa.generation import Index
from qa.inventory import PER_PAGE, Browse, Listed, inventory, sheet
from qa.segment import Encoders
from qa.service import Service
from qa.types import Job
from tests.lake_city import write_files

ROWS = (
    Listed("甲.txt", "东岭水厂简报", date="2025-02-03", source="镜湖水务网", format="txt", passages=3),
    Listed("乙.pdf", "供水办法", date="2019", format="pdf", passages=40, standing="repealed"),
    Listed("丙.docx", "供水办法", format="docx", passages=7, standing="current", number="镜政发〔2023〕12号"),
    Listed("丁.exe", "丁.exe", "skipped", reason="不支持这种格式的文件"),
)


def names(browse: Browse, *jobs: Job) -> list[str]:
    return [row.doc_id for row in sheet(ROWS, jobs, browse).rows]


def test_every_document_with_its_passages(lake_city_index: Index) -> None:
    rows = {row.doc_id: row for row in inventory(lake_city_index)}
    assert list(rows) == [entry.doc_id for entry in lake_city_index.documents.entries]
    for doc_id, row in rows.items():
        assert row.passages == len(lake_city_index.positions_of(doc_id)) > 0
    assert rows["水务/年报.txt"].source == "镜湖水务网"
    assert rows["水务/年报.txt"].state == "indexed"


@pytest.mark.parametrize(
    ("browse", "found"),
    [
        (Browse(), ["丁.exe", "丙.docx", "乙.pdf", "甲.txt"]),
        (Browse(order="title"), ["丁.exe", "甲.txt", "丙.docx", "乙.pdf"]),
        (Browse(order="passages", descending=True), ["乙.pdf", "丙.docx", "甲.txt", "丁.exe"]),
        (Browse(order="date", descending=True), ["甲.txt", "乙.pdf", "丙.docx", "丁.exe"]),
        (Browse(words="供水 ＰＤＦ"), ["乙.pdf"]),
        (Browse(words="2023〕12"), ["丙.docx"]),
        (Browse(words="镜湖水务"), ["甲.txt"]),
        (Browse(words="没有的"), []),
        (Browse(state="skipped"), ["丁.exe"]),
        (Browse(state="ended"), ["乙.pdf"]),
        (Browse(state="current"), ["丙.docx"]),
        (Browse(order="<script>", state="what", page=-3), ["丁.exe", "丙.docx", "乙.pdf", "甲.txt"]),
    ],
)
def test_words_states_and_orders(browse: Browse, found: list[str]) -> None:
    assert names(browse) == found


def test_files_of_an_active_job_say_so() -> None:
    running = Job("1", "upload", "running", ("甲.txt", "新.txt"))
    waiting = Job("2", "upload", "waiting", ("戊.txt",))
    done = Job("3", "upload", "done", ("乙.pdf",))
    found = sheet(ROWS, [running, waiting, done], Browse(state="working"))
    assert [(row.doc_id, row.state) for row in found.rows] == [
        ("戊.txt", "waiting"),
        ("新.txt", "running"),
        ("甲.txt", "running"),
    ]
    assert found.counts == {"indexed": 2, "skipped": 1, "running": 2, "waiting": 1}


def test_thousands_are_cut_into_pages() -> None:
    rows = [Listed(f"{number:05}.txt", "文件") for number in range(3001)]
    first, last = (sheet(rows, (), Browse(page=page)) for page in (1, 999))
    assert (len(first.rows), first.total, first.pages) == (PER_PAGE, 3001, 61)
    assert ([row.doc_id for row in last.rows], last.page) == (["03000.txt"], 61)
    assert sheet((), (), Browse()).pages == 1


def test_the_service_lists_what_it_holds_and_what_it_skipped(
    tmp_path: Path, hashing_encoders: Encoders
) -> None:
    folder = write_files(tmp_path / "files")
    (folder / "空.TXT").write_bytes(b"")
    rows = '{"text": "镜湖一号井水质合格。"}\n{"text": "镜湖二号井水质合格。"}\n'
    (folder / "水井.jsonl").write_text(rows, encoding="utf-8")
    service = Service(Settings(folder=folder, vectors=tmp_path / "v"), load=lambda _: hashing_encoders)
    service.prepare()
    found = {row.doc_id: row for row in service.sheet(Browse()).rows}
    assert set(found) == {entry.doc_id for entry in service.entries()} | {"空.TXT"}
    assert (found["空.TXT"].state, found["空.TXT"].format) == ("skipped", "txt")
    assert "empty" in found["空.TXT"].reason
    kept = {doc_id for doc_id, row in found.items() if not row.removable}
    assert kept == {doc_id for doc_id in found if doc_id.startswith("水井.jsonl#")}
    assert service.sheet(Browse()).version == service.index_version
    before = service.sheet(Browse())
    service.remove("水务/简报.txt")
    after = service.sheet(Browse())
    assert (after.total, after.version != before.version) == (before.total - 1, True)
