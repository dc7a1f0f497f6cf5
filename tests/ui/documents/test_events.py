import gradio
import pytest

from qa import Browse, Job, Listed, Sheet
from qa.errors import IndexCorruptError
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
    events = Events(shelf)
    jobs, sheet, seen = events.look(Browse(), (), "zh")
    assert "进行中" in jobs
    assert "甲.txt" in sheet
    shelf.known = [Job("1", "upload", "running", ("甲.txt",), "read", 1, 2)]
    assert events.look(Browse(), seen, "zh") == (SKIP, SKIP, SKIP), "its progress is told otherwise"
    shelf.known = [Job("1", "upload", "done", ("甲.txt",))]
    assert "完成" in events.look(Browse(), seen, "zh")[0]


def test_looking_through_the_list() -> None:
    shelf = Shelf()
    data = {"words": "供水", "state": "skipped", "order": "date", "descending": "true", "page": "3"}
    wanted, sheet = Events(shelf).browse("zh", gradio.EventData(None, data))
    assert wanted == Browse("供水", "skipped", "date", descending=True, page=3)
    assert shelf.browsed == [wanted]
    assert "1 份" in sheet


@pytest.mark.parametrize("page", ["-1", "", "x", "²", None, "9" * 30])
def test_a_page_that_is_none_is_the_first(page: object) -> None:
    assert browsed({"page": page, "words": "水" * 900}).page == 1
    assert len(browsed({"words": "水" * 900}).words) == 200


def test_before_there_is_an_index_jobs_are_shown() -> None:
    shelf = Shelf()
    shelf.is_ready = False
    jobs, sheet, _ = Events(shelf).all(Browse(), "zh")
    assert (bool(jobs), sheet) == (True, "")


def test_a_list_that_cannot_be_read_says_why() -> None:
    class Broken(Shelf):
        def sheet(self, browse: Browse) -> Sheet:
            raise IndexCorruptError("cut short; run: qa index")

    assert "qa index" in Events(Broken()).all(Browse(), "zh")[1]


def test_a_document_of_the_list_is_opened() -> None:
    assert place({"doc": "甲.txt"}, None) == Place("甲.txt")
