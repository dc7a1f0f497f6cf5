"""Documents are described, changed and cancelled, and the index follows."""

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from qa.config import Settings
from qa.corpus import Arrivals
from qa.errors import IndexCorruptError, InvalidInputError, NotFoundError
from qa.feedback import Opinion
from qa.protocols import Vectors
from qa.segment import Encoders
from qa.service import Service
from qa.types import Answer, Job
from tests.hashing import HashingEncoder

WATER = "东岭水厂通报\n\n东岭水厂日供水能力为20万吨。厂长林晓舟介绍,水厂明年扩建。\n"
SCHOOL = "镜湖小学通知\n\n镜湖小学九月一日开学,新生凭户口簿报到。\n"


PATIENCE = 30


class Counting(HashingEncoder):
    """Counts the texts that it encodes; when told to, it waits before the next."""

    def __init__(self) -> None:
        super().__init__()
        self.encoded = 0
        self.begun, self.free = threading.Event(), threading.Event()
        self.free.set()

    def encode_passages(self, passages: Sequence[str]) -> Vectors:
        self.begun.set()
        assert self.free.wait(PATIENCE)
        self.encoded += len(passages)
        return super().encode_passages(passages)

    def hold(self) -> None:
        """Wait before the next text."""
        self.begun.clear()
        self.free.clear()


def ended(service: Service, job: Job) -> Job:
    for _ in range(100):
        job = service.job(job.job_id)
        if job.ended:
            return job
        service.changed_job(job, PATIENCE)
    raise AssertionError(job)


@pytest.fixture
def encoder() -> Counting:
    return Counting()


@pytest.fixture
def service(tmp_path: Path, encoder: Counting) -> Service:
    folder = tmp_path / "文件"
    folder.mkdir()
    (folder / "水厂.txt").write_text(WATER, encoding="utf-8")
    (folder / "小学.txt").write_text(SCHOOL, encoding="utf-8")
    settings = Settings(folder=folder, vectors=tmp_path / "索引", refuse_below=0)
    opened = Service(settings, load=lambda _: Encoders(encoder, HashingEncoder("compact")))
    opened.prepare()
    return opened


def test_a_document_is_called_what_a_person_says(service: Service, encoder: Counting) -> None:
    before, encoded = service.entries(), encoder.encoded
    version = service.describe("水厂.txt", title="扩建通报", date="2024-05", source="市水务局")
    assert version == service.index_version
    entry = service.entry("水厂.txt")
    assert (entry.title, entry.date, entry.source) == ("扩建通报", "2024-05", "市水务局")
    assert service.document("水厂.txt").title == "扩建通报"
    assert {hit.title for hit in service.search("林晓舟", k=1).hits} == {"扩建通报"}
    assert service.entry("小学.txt") in before
    assert encoder.encoded == encoded
    again = Service(service.settings, load=lambda _: service.encoders())
    again.open()
    assert again.entry("水厂.txt") == entry
    service.describe("水厂.txt", title="", date="", source="")
    assert service.entries() == before


def test_documents_are_found_by_title_or_name(service: Service) -> None:
    service.describe("水厂.txt", title="《供水 辦法》")
    for named in ("供水办法", "水厂.TXT", " 水厂 "):
        assert [entry.doc_id for entry in service.entries(named=named)] == ["水厂.txt"]
    assert [entry.doc_id for entry in service.entries(named="txt")] == ["小学.txt", "水厂.txt"]
    assert list(service.entries(named="林晓舟")) == []
    assert service.entries(named="水厂")[0] == service.entry("水厂.txt")


def test_what_is_not_said_stays(service: Service) -> None:
    service.describe("水厂.txt", title="甲", date="2024")
    service.describe("水厂.txt", date="2025")
    assert service.entry("水厂.txt")[1:4] == ("甲", "2025", "")
    version = service.index_version
    assert service.describe("水厂.txt") == service.describe("水厂.txt", title="甲") == version


def test_what_cannot_be_described(service: Service) -> None:
    version = service.index_version
    with pytest.raises(NotFoundError, match="没有收录"):
        service.describe("没有.txt", title="甲")
    with pytest.raises(InvalidInputError, match="no day"):
        service.describe("水厂.txt", title="甲", date="2024-13")
    assert service.index_version == version
    assert not (service.settings.folder / "documents.toml").exists()


def texts(service: Service) -> dict[str, str]:
    return {document.doc_id: document.text for document in service.documents()}


def in_folder(service: Service) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in service.settings.folder.iterdir()}


def test_a_cancelled_upload_leaves_everything_as_it_was(service: Service, encoder: Counting) -> None:
    before = texts(service)
    encoder.hold()
    files = [("水厂.txt", WATER.replace("20", "35").encode()), ("新.txt", "云门码头扩建。".encode())]
    job = service.upload(files, replace=True)
    assert encoder.begun.wait(PATIENCE)
    assert set(in_folder(service)) == {"水厂.txt", "小学.txt", "新.txt"}
    service.cancel(job.job_id)
    encoder.free.set()
    assert ended(service, job).state == "cancelled"
    assert in_folder(service) == before == texts(service)
    service.prepare()
    assert texts(service) == before
    assert not list((service.settings.vectors / "jobs" / "kept").iterdir())


def damaged(service: Service, segment: str, *, hidden: bool = False) -> None:
    """Change a byte of the texts of a segment, behind its date if it is to be hidden."""
    path = service.settings.vectors / "segments" / segment / "texts.utf8"
    data = path.read_bytes()
    if hidden:
        os.utime(path, ns=(1, 1))
        reopened(service).open()  # from now on the date is trusted
    path.write_bytes(data.replace(b"3", b"4") if hidden else data[:-1])
    if hidden:
        os.utime(path, ns=(1, 1))


def reopened(service: Service) -> Service:
    return Service(service.settings, load=lambda _: service.encoders())


@pytest.fixture
def segments(service: Service) -> list[str]:
    """Names of the segments: of water works and school, of a list of two, of one of these changed."""
    folder, rows = service.settings.folder, ['{"text": "云门码头扩建3米。"}', '{"text": "石堤车站扩建3米。"}']
    (folder / "清单.jsonl").write_text("\n".join(rows), encoding="utf-8")
    service.prepare()
    service.describe("清单.jsonl#1", title="码头")
    (folder / "桥.txt").write_text("柳浪大桥明年3月通车。", encoding="utf-8")
    service.prepare()
    index = service._keeper.newest().index
    return [one.segment.name for one in index.held]


@pytest.mark.parametrize("hidden", [False, True])
def test_only_what_is_damaged_is_made_anew(
    service: Service, encoder: Counting, segments: list[str], *, hidden: bool
) -> None:
    before = texts(service)
    damaged(service, segments[-1], hidden=hidden)
    again, encoded = reopened(service), encoder.encoded
    if hidden:
        again.open()
        name, passed, _ = again.self_test()[0]
        assert (name, passed) == ("files", False)
        again = reopened(service)
    else:
        with pytest.raises(IndexCorruptError):
            again.open()
    again.prepare()
    assert encoder.encoded - encoded == 2  # the passage and the sentence about the bridge
    assert texts(again) == before
    assert set(segments[:-1]) < {one.segment.name for one in again._keeper.newest().index.held}
    assert all(passed for _, passed, _ in again.self_test())


def test_what_is_gone_meanwhile_is_not_left_over(service: Service, segments: list[str]) -> None:
    for name in segments[1:]:
        damaged(service, name)
    (service.settings.folder / "清单.jsonl").unlink()
    again = reopened(service)
    again.prepare()
    assert set(texts(again)) == {"水厂.txt", "小学.txt", "桥.txt"}
    assert again.entry("水厂.txt") == service.entry("水厂.txt")


def test_what_was_indexed_by_another_change_is_taken_out_again(service: Service) -> None:
    before = texts(service)
    brought = [("水厂.txt", WATER.replace("20", "35").encode()), ("新.txt", "云门码头扩建。".encode())]
    Arrivals(service.settings.folder, service.settings.vectors / "jobs" / "kept").put(
        "untold", brought, replace=True
    )
    again = Service(service.settings, load=lambda _: service.encoders())
    again.prepare()  # as a server does that starts after a crash
    assert texts(again)["水厂.txt"] != before["水厂.txt"]
    again.resume()
    (job,) = again.jobs()
    assert ended(again, job).state == "done"
    assert texts(again) == in_folder(again) == before


@pytest.mark.parametrize(
    "harm",
    [
        Path.unlink,
        lambda path: path.write_bytes(b"\xff" * 9000),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
    ],
    ids=["deleted", "garbage", "cut"],
)
@pytest.mark.parametrize("restarted", [False, True])
def test_a_damaged_catalogue_is_made_anew_of_whole_segments(
    service: Service, encoder: Counting, harm: Callable[[Path], None], *, restarted: bool
) -> None:
    service.remove("小学.txt")
    before, encoded = texts(service), encoder.encoded
    harm(service.settings.vectors / "catalog.sqlite")
    again = reopened(service) if restarted else service
    again.prepare()
    assert texts(again) == before
    assert encoder.encoded == encoded
    assert again._keeper.newest().index.file_of("水厂.txt") is not None
    assert all(passed for _, passed, _ in again.self_test())
    again.prepare(rebuild=True)
    assert encoder.encoded > encoded


def test_an_upload_looks_at_no_other_file(service: Service) -> None:
    folder = service.settings.folder
    (folder / "旁边.txt").write_text("石堤码头停航。", encoding="utf-8")
    (folder / "水厂.txt").unlink()
    assert ended(service, service.upload([("桥.txt", "柳浪大桥通车。".encode())])).state == "done"
    assert {entry.doc_id for entry in service.entries()} == {"水厂.txt", "小学.txt", "桥.txt"}
    service.remove("桥.txt")
    assert {entry.doc_id for entry in service.entries()} == {"水厂.txt", "小学.txt"}
    assert ended(service, service.reindex()).state == "done"
    assert {entry.doc_id for entry in service.entries()} == {"旁边.txt", "小学.txt"}


def test_what_stands_for_another_is_followed_by_name(service: Service) -> None:
    copied = ended(service, service.upload([("副本.txt", WATER.encode())]))
    assert [file.doc_id for file in copied.skipped] == ["副本.txt"]
    assert [file.doc_id for file in service.skipped()] == ["副本.txt"]
    service.remove("水厂.txt")
    assert {entry.doc_id for entry in service.entries()} == {"副本.txt", "小学.txt"}
    assert service.skipped() == []
    (service.settings.folder / "documents.toml").write_text('["无.txt"]\ndate = "2024"\n', encoding="utf-8")
    service.remove("小学.txt")
    service.prepare()
    assert [entry.doc_id for entry in service.entries()] == ["副本.txt"]


def test_what_failed_is_looked_at_with_the_next_change(service: Service, encoder: Counting) -> None:
    (service.settings.folder / "documents.toml").write_text("[", encoding="utf-8")
    failed = ended(service, service.upload([("桥.txt", "柳浪大桥通车。".encode())]))
    assert failed.state == "failed"
    (service.settings.folder / "documents.toml").unlink()
    assert ended(service, service.upload([("路.txt", "柳浪大道通车。".encode())])).state == "done"
    assert {entry.doc_id for entry in service.entries()} >= {"桥.txt", "路.txt"}


KEY = "a" * 32


def asked(service: Service, question: str) -> Answer:
    """An answer that was kept as a turn and as an opinion."""
    answer = service.ask(question)
    service.transcripts.keep(KEY, question, answer)
    service.feedback.add(Opinion.of("good", question, answer))
    return answer


def kept(service: Service) -> list[str]:
    """The questions of turns that are kept, and then of opinions."""
    turns = [one.question for one in service.transcripts.load(KEY)]
    return turns + [one.question for one in service.feedback.all()]


@pytest.mark.parametrize("text", ["", "东岭水厂已经关闭。\n"], ids=["deleted", "replaced"])
def test_who_ever_removes_words_nothing_quotes_them_any_more(service: Service, text: str) -> None:
    water, school = "东岭水厂日供水能力是多少", "镜湖小学什么时候开学"
    assert asked(service, water).citations
    assert asked(service, school).citations
    said = service.ask(school)
    only = {one.doc_id for one in said.citations} | {hit.passage.doc_id for hit in said.nearest}
    path = service.settings.folder / "水厂.txt"
    path.unlink()
    if text:
        path.write_text(text, encoding="utf-8")
    other = Service(service.settings, load=lambda _: service.encoders())
    other.prepare()
    assert water not in kept(service)
    assert (school in kept(service)) == (only == {"小学.txt"})


def test_an_upload_that_replaces_a_document_leaves_no_quote_of_its_words(service: Service) -> None:
    water = "东岭水厂日供水能力是多少"
    assert asked(service, water).citations
    ended(service, service.upload([("水厂.txt", "东岭水厂已经关闭。\n".encode())], replace=True))
    assert water not in kept(service)


def test_a_turn_that_is_kept_after_a_removal_is_forgotten(service: Service) -> None:
    question = "东岭水厂日供水能力是多少"
    answer = service.ask(question)
    service.remove("水厂.txt")
    service.transcripts.keep(KEY, question, answer)
    service.forget_gone(since=service.index_version)
    assert kept(service) == [question]
    service.forget_gone(since=answer.index_version)
    assert kept(service) == []
    with pytest.raises(NotFoundError):
        service.feedback.add(Opinion.of("good", question, answer))
    assert kept(service) == []
