"""Collections come, are filled and asked apart from each other, and go with all they hold."""

import time
from pathlib import Path

import pytest

from qa.config import Settings
from qa.errors import InvalidInputError, NotFoundError
from qa.segment import Encoders
from qa.service import Service
from qa.shelf import Shelf, placed
from tests.hashing import HashingEncoder

WATER = ("水厂.txt", "东岭水厂日供水能力为20万吨。".encode())
SCHOOL = ("小学.txt", "镜湖小学九月一日开学。".encode())


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    (tmp_path / "文件").mkdir()
    (tmp_path / "文件" / SCHOOL[0]).write_bytes(SCHOOL[1])
    settings = Settings(folder=tmp_path / "文件", vectors=tmp_path / "索引", refuse_below=0)
    first = Service(settings, load=lambda _: Encoders(HashingEncoder(), HashingEncoder("compact")))
    first.prepare()
    return Shelf(first)


def named(service: Service) -> list[str]:
    return [document.doc_id for document in service.documents()]


def filled(service: Service, *files: tuple[str, bytes]) -> Service:
    job = service.upload(files)
    while not job.ended:
        job = service.changed_job(job, 5)
    assert job.state == "done", job
    return service


def test_collections_are_apart(shelf: Shelf) -> None:
    empty = shelf.create("公报")
    assert (named(empty), empty.search("水厂").hits, empty.ask("水厂在哪").status) == ([], (), "not_found")
    filled(empty, WATER)
    assert named(shelf.service("公报")) == ["水厂.txt"]
    assert named(shelf.create("通知")) == []
    assert named(shelf.service("")) == ["小学.txt"]
    assert shelf.names() == ["公报", "通知"]
    assert {hit.passage.doc_id for hit in shelf.service("公报").search("小学", k=9).hits} <= {"水厂.txt"}


def test_a_collection_is_there_after_a_restart_and_gone_after_its_removal(shelf: Shelf) -> None:
    filled(shelf.create("公报"), WATER)
    again = Shelf(shelf.first)
    assert named(again.service("公报")) == ["水厂.txt"]
    again.service("公报").remove("水厂.txt")
    assert named(again.service("公报")) == []
    assert named(Shelf(shelf.first).service("公报")) == []
    again.remove("公报")
    assert again.names() == []
    for gone in (again.service, again.remove):
        with pytest.raises(NotFoundError, match="no collection"):
            gone("公报")
    assert not [path for path in shelf.first.settings.vectors.rglob("*") if "公报" in path.as_posix()]
    assert named(again.create("公报")) == []


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "a/b", "con", "a\0", "年" * 80, ".a", " a", "a\u202eb"]
)
def test_a_name_that_cannot_be(name: str, shelf: Shelf) -> None:
    with pytest.raises(InvalidInputError):
        shelf.create(name)
    with pytest.raises(InvalidInputError):
        placed(shelf.first.settings, name)
    assert shelf.names() == []


def test_a_name_is_had_once(shelf: Shelf) -> None:
    shelf.create("公报")
    with pytest.raises(InvalidInputError, match="already"):
        shelf.create("公报")


def test_one_that_another_process_removed_is_gone(shelf: Shelf) -> None:
    filled(shelf.create("公报"), WATER)
    other = Shelf(shelf.first)
    other.remove("公报")
    with pytest.raises(NotFoundError, match="no collection"):
        shelf.service("公报")
    other.create("公报")
    assert named(shelf.service("公报")) == []


def test_what_a_broken_removal_left_is_no_collection(shelf: Shelf) -> None:
    shelf.create("公报")
    left = shelf.first.settings.vectors / "collections" / ".公报.removed"
    (left / "files").mkdir(parents=True)
    assert shelf.names() == ["公报"]
    for name in (left.name, "", ".", "../collections/公报", "公报/files", "a\0", "年" * 300):
        with pytest.raises(NotFoundError):
            Shelf(shelf.first).remove(name)
    shelf.remove("公报")
    assert not left.exists()


def test_evaluations_are_named_with_their_collection_and_go_with_it(shelf: Shelf) -> None:
    made = filled(shelf.create("公报"), WATER)
    question = '{"id": "%d", "question": "日供水多少", "type": "fact", "answerable": false}'
    made.evaluations.put("题.jsonl", question % 1)
    run = made.evaluations.start("题.jsonl")
    while made.evaluations.running:
        time.sleep(0.02)
    ended = made.evaluations.run(run.run_id)
    assert (ended.state, ended.collection) == ("done", "公报")
    assert "公报 · 题.jsonl" in made.evaluations.report(run.run_id)
    made.evaluations.put("题.jsonl", "\n".join(question % number for number in range(3000)))
    made.evaluations.start("题.jsonl")
    shelf.remove("公报")
    while made.evaluations.running:
        time.sleep(0.02)
    assert shelf.create("公报").evaluations.runs() == []


def test_what_is_left_where_a_collection_was_is_not_of_the_next(shelf: Shelf) -> None:
    left = filled(shelf.create("公报"), WATER)
    Shelf(shelf.first).remove("公报")
    left.evaluations.put("题.jsonl", '{"id": "1", "question": "问", "type": "fact", "answerable": false}')
    again = shelf.create("公报")
    assert (again.evaluations.files(), named(again)) == ([], [])


def test_conversations_do_not_quote_what_is_gone_from_a_collection(shelf: Shelf) -> None:
    service, key, question = filled(shelf.create("公报"), WATER), "b" * 32, "东岭水厂日供水能力是多少"
    turns = shelf.first.transcripts
    for collection in ("公报", "通知"):
        turns.keep(key, question, service.ask(question), collection=collection)
    (service.settings.folder / WATER[0]).unlink()
    Service(placed(shelf.first.settings, "公报"), load=lambda _: shelf.first.encoders()).prepare()
    assert [one.collection for one in turns.load(key)] == ["通知"]
    shelf.create("通知")
    shelf.remove("通知")
    assert turns.load(key) == []
