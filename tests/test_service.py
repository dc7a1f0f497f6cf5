"""The whole path on the real seeds with the bundled encoder, and how preparation goes wrong."""

import os
import shutil
import threading
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from qa.config import Settings
from qa.errors import CorpusError, IndexMissingError, InvalidInputError, NotFoundError, NotReadyError
from qa.service import Service
from qa.types import Document, Filter, Progress, Turn

WATER = Document(
    "water.txt",
    "水厂年报",
    "2024-03-01",
    "",
    "云湖市第三水厂今年建成投产,日供水能力达到12万吨。\n厂长周启文介绍,水厂采用了膜处理工艺。",
)
SCHOOL = Document(
    "school.txt", "学校通知", "2023-09-01", "", "云湖市实验小学九月一日开学。新生凭户口簿报到。"
)


def files_of(folder: Path, *documents: Document) -> Path:
    folder.mkdir(exist_ok=True)
    for document in documents:
        (folder / document.doc_id).write_text(document.text, encoding="utf-8")
    return folder


def service_over(tmp_path: Path, *documents: Document) -> Service:
    return Service(Settings(folder=files_of(tmp_path / "files", *documents), vectors=tmp_path / "vectors"))


def test_the_example_question_is_answered_with_exact_citations(seeds: Service) -> None:
    answer = seeds.ask("体育局的品牌赛事是什么")
    assert answer.status == "answered"
    assert "马拉松、足球、冰雪、赛马、自行车" in answer.text
    assert {citation.doc_id[:3] for citation in answer.citations} == {"000", "001"}
    for citation in answer.citations:
        assert seeds.document(citation.doc_id).text[citation.start : citation.end] == citation.quote
    assert answer.index_version == seeds.index_version
    assert set(answer.timings_ms) == {"rewrite", "search", "answer"}


@pytest.mark.parametrize("question", ["？？？", "🙂", "\x00", "!。"])
def test_a_question_without_words_is_not_found(seeds: Service, question: str) -> None:
    assert seeds.ask(question).status == "not_found"


def test_off_topic_is_not_found_and_shows_the_nearest_passages(seeds: Service) -> None:
    answer = seeds.ask("周末去迪士尼乐园的门票要多少钱")
    assert (answer.status, answer.citations) == ("not_found", ())
    assert len(answer.nearest) == 5


def test_a_follow_up_is_searched_as_a_question_that_stands_alone(seeds: Service) -> None:
    answer = seeds.ask("他提出每年要办多少场?", history=[Turn("呼和浩特市体育局局长是谁?")])
    assert answer.query == "呼和浩特市体育局局长提出每年要办多少场?"


def test_who_it_is_now_is_told_by_the_newest_document(tmp_path: Path) -> None:
    old = replace(WATER, doc_id="old.txt", text="日期:2023-02-01\n云湖市第三水厂厂长林远山介绍,水厂开工。")
    new = replace(WATER, doc_id="new.txt", text="日期:2025-03-01\n云湖市第三水厂厂长周启文介绍,水厂投产。")
    service = service_over(tmp_path, old, new)
    service.prepare()
    answer = service.ask("那现在换成谁了?", history=[Turn("2023年云湖市第三水厂厂长是谁?")])
    assert "周启文" in answer.text
    assert "林远山" not in answer.text
    both = service.ask("云湖市第三水厂厂长是谁?")
    assert both.status == "conflict"
    assert both.text.index("周启文") < both.text.index("林远山")


def test_hits_do_not_overlap_and_know_what_agrees(seeds: Service) -> None:
    hits = seeds.search("打造品牌赛事矩阵", k=10).hits
    assert [hit.rank for hit in hits] == list(range(1, 11))
    spans = sorted((hit.passage.doc_id, hit.passage.start, hit.passage.end) for hit in hits)
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(spans))
    assert {hits[rank - 1].passage.doc_id for rank in hits[0].agrees_with} - {hits[0].passage.doc_id}


def test_a_citation_that_does_not_quote_its_document_is_refused(seeds: Service) -> None:
    citation = replace(seeds.ask("体育局的品牌赛事是什么").citations[0], start=0)
    from qa.answerer import verify
    from qa.errors import CitationError

    with pytest.raises(CitationError, match="defect"):
        verify([citation], {document.doc_id: document for document in seeds.documents()})


@pytest.mark.parametrize(
    ("question", "k", "found"),
    [("  ", 5, "empty"), ("问" * 2001, 5, "2001"), ("问", 0, "k is 0"), ("问", 101, "101")],
)
def test_what_cannot_be_asked(seeds: Service, question: str, k: int, found: str) -> None:
    with pytest.raises(InvalidInputError, match=found):
        seeds.search(question, k=k)


def test_an_unknown_document(seeds: Service) -> None:
    with pytest.raises(NotFoundError, match="none"):
        seeds.document("none.txt")


def test_the_file_of_a_document_until_it_is_changed(tmp_path: Path) -> None:
    service = service_over(tmp_path, WATER)
    service.prepare()
    path = tmp_path / "files" / WATER.doc_id
    assert service.original(WATER.doc_id) == path.read_bytes()
    with pytest.raises(NotFoundError, match="no document"):
        service.original("none.txt")
    path.write_bytes(path.read_bytes().replace(b"12", b"13"))
    os.utime(path, ns=(1, 1))
    with pytest.raises(NotFoundError, match="changed after it was indexed"):
        service.original(WATER.doc_id)


def test_the_index_finds_its_own_passages(seeds: Service) -> None:
    assert [name for name, passed, _ in seeds.self_test() if passed] == ["files", "dense", "sparse", "hybrid"]


def test_a_file_that_was_changed_behind_its_date_is_told(tmp_path: Path) -> None:
    document = Document("a.txt", "供水", "", "", "东岭水厂日供水20万吨。西湖公园九点开门。")
    with Service.over([document], Settings(vectors=tmp_path)) as service:
        (path,) = service.settings.vectors.glob("segments/*/texts.utf8")
        was, found = path.stat(), path.read_bytes()
        path.write_bytes(found.replace(b"20", b"30"))
        os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
        name, passed, detail = service.self_test()[0]
    assert (name, passed) == ("files", False)
    assert "texts.utf8" in detail


def test_before_it_is_prepared(tmp_path: Path) -> None:
    service = service_over(tmp_path, WATER)
    assert (service.ready, service.failure, service.index_version) == (False, "", "")
    with pytest.raises(NotReadyError):
        service.ask("水厂在哪")
    with pytest.raises(IndexMissingError, match="qa index"):
        service.open()
    assert "qa index" in service.failure


def test_nothing_to_index(tmp_path: Path) -> None:
    service = service_over(tmp_path)
    with pytest.raises(CorpusError, match="no text"):
        service.prepare()
    assert not any(path.is_dir() for path in (tmp_path / "vectors").glob("*"))


def test_a_changed_folder_is_indexed_again_and_an_unchanged_one_is_not(tmp_path: Path) -> None:
    service = service_over(tmp_path, WATER)
    steps: list[Progress] = []
    service.prepare(on_progress=steps.append)
    assert {step.stage for step in steps} == {"read", "characters", "sentences", "passages", "gist", "write"}
    assert all(0 < step.done <= step.total for step in steps)
    first = service.index_version
    service.prepare()
    assert service.index_version == first
    files_of(tmp_path / "files", SCHOOL)
    (tmp_path / "files" / "empty.txt").touch()
    service.prepare()
    assert [document.doc_id for document in service.documents()] == ["school.txt", "water.txt"]
    assert [file.doc_id for file in service.skipped()] == ["empty.txt"]
    (tmp_path / "files" / "school.txt").unlink()
    service.prepare()
    assert [document.doc_id for document in service.documents()] == ["water.txt"]


def test_a_damaged_index_is_built_again(tmp_path: Path) -> None:
    service = service_over(tmp_path, WATER)
    service.prepare()
    (segment,) = (tmp_path / "vectors" / "segments").iterdir()
    shutil.rmtree(segment / "characters")
    again = Service(service.settings)
    again.prepare()
    assert again.ask("水厂采用了什么工艺").status == "answered"


def test_a_temporary_index_is_gone_afterwards() -> None:
    with Service.over([WATER, SCHOOL], Settings()) as service:
        vectors = service.settings.vectors
        assert service.search("谁是水厂的厂长", k=1).hits[0].passage.doc_id == "water.txt"
        assert vectors.is_dir()
    assert not vectors.exists()


def test_many_threads_get_the_answers_that_one_gets(seeds: Service) -> None:
    questions = ["体育局的品牌赛事是什么", "森林覆盖率是多少", "教育局局长是谁", "今年天气怎么样"]
    alone = [seeds.ask(question).text for question in questions]
    together: dict[int, str] = {}

    def ask(number: int) -> None:
        together[number] = seeds.ask(questions[number % len(questions)]).text

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[number] for number in range(16)] == alone * 4


def test_an_index_below_its_own_folder_does_not_index_itself(tmp_path: Path) -> None:
    folder = files_of(tmp_path / "files", WATER)
    service = Service(Settings(folder=folder, vectors=folder / "index"))
    service.prepare()
    first = service.index_version
    service.prepare()
    assert [document.doc_id for document in service.documents()] == ["water.txt"]
    assert service.index_version == first


def test_only_the_documents_that_are_wanted_answer(tmp_path: Path) -> None:
    service = service_over(tmp_path, WATER, SCHOOL)
    service.prepare()
    question = "云湖市第三水厂日供水能力是多少"
    assert service.ask(question).status == "answered"
    only = service.ask(question, wanted=Filter(doc_ids=("school.txt",)))
    assert only.status == "not_found"
    assert {hit.passage.doc_id for hit in only.nearest} <= {"school.txt"}
    assert service.search(question, wanted=Filter(formats=("pdf",))).hits == ()
    assert service.ask(question, wanted=Filter(formats=("pdf",))).status == "not_found"
