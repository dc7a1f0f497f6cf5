import gradio
import pytest

from qa import Browse, Job, Listed, Sheet
from qa.errors import IndexCorruptError, NotFoundError
from tests.ui.two_documents import TwoDocuments
from ui.documents.events import Events, browsed, place
from ui.frame import SKIP
from ui.source.view import Place


class Shelf(TwoDocuments):
    """Lists one file, knows one job, and remembers what was looked for."""

    def __init__(self) -> None:
        super().__init__()
        self.browsed: list[Browse] = []
        self.known = [Job("1", "upload", "running", ("甲.txt",))]

    def sheet(self, browse: Browse) -> Sheet:
        self.browsed.append(browse)
        return Sheet((Listed("甲.txt", "甲"),), 1)

    def jobs(self) -> list[Job]:
        return self.known


def test_looking_again_changes_nothing_until_something_has_changed() -> None:
    shelf = Shelf()
    events = Events(lambda _: shelf)
    jobs, sheet, seen, _ = events.look(Browse(), (), "zh", "")
    assert "进行中" in jobs
    assert "甲.txt" in sheet
    shelf.known = [Job("1", "upload", "running", ("甲.txt",), "read", 1, 2)]
    assert events.look(Browse(), seen, "zh", "") == (SKIP, SKIP, SKIP, SKIP), "its progress is told otherwise"
    shelf.known = [Job("1", "upload", "done", ("甲.txt",))]
    assert "完成" in events.look(Browse(), seen, "zh", "")[0]


def test_looking_through_the_list() -> None:
    shelf = Shelf()
    data = {"words": "供水", "state": "skipped", "order": "date", "descending": "true", "page": "3"}
    wanted, sheet = Events(lambda _: shelf).browse("zh", "", gradio.EventData(None, data))
    assert wanted == Browse("供水", "skipped", "date", descending=True, page=3)
    assert shelf.browsed == [wanted]
    assert "1 份" in sheet


@pytest.mark.parametrize("page", ["-1", "", "x", "²", None, "9" * 30])
def test_a_page_that_is_none_is_the_first(page: object) -> None:
    assert browsed({"page": page, "words": "水" * 900}).page == 1
    assert len(browsed({"words": "水" * 900}).words) == 200


def test_another_collection_is_listed_anew_and_named_where_the_script_looks() -> None:
    shelf, asked = Shelf(), list[str]()

    def service_of(name: str) -> Shelf:
        asked.append(name)
        return shelf

    wanted, tools, upload, jobs, sheet, seen = Events(service_of).turned("zh", "公报")
    assert (wanted, seen[0], set(asked)) == (Browse(), "公报", {"公报"})
    assert "按文件名" in tools
    assert all('data-collection="公报"' in part for part in (upload, jobs, sheet))


def test_a_collection_that_is_gone_is_told_of() -> None:
    def service_of(_: str) -> Shelf:
        raise NotFoundError("there is no collection '公报'")

    events = Events(service_of)
    *rest, notice = events.look(Browse(), (), "zh", "公报")
    assert rest == [SKIP, SKIP, SKIP]
    for said in (notice, events.all(Browse(), "zh", "公报")[1], events.sheet(Browse(), "zh", "公报")):
        assert "no collection" in said


def test_before_there_is_an_index_jobs_are_shown() -> None:
    shelf = Shelf()
    shelf.is_ready = False
    jobs, sheet, _ = Events(lambda _: shelf).all(Browse(), "zh", "")
    assert (bool(jobs), sheet) == (True, "")


def test_a_list_that_cannot_be_read_says_why() -> None:
    class Broken(Shelf):
        def sheet(self, browse: Browse) -> Sheet:
            raise IndexCorruptError("cut short; run: qa index")

    assert "qa index" in Events(lambda _: Broken()).all(Browse(), "zh", "")[1]


def test_a_document_of_the_list_is_opened() -> None:
    assert place({"doc": "甲.txt"}, "公报") == Place("甲.txt", collection="公报")
