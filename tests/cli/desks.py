"""Libraries that go wrong in one way each, and the parts that the commands are tested with."""

from collections.abc import Callable

from typer.testing import Result

from qa.cli.parts import Desk, Parts
from qa.config import Settings
from qa.errors import CorpusError, IndexMissingError
from qa.protocols import OnProgress
from qa.types import Document
from tests.api.two_documents import TwoDocuments


class Empty(TwoDocuments):
    """A library whose index has not been built and whose folder cannot be read."""

    def open(self) -> None:
        raise IndexMissingError("vectors holds no index")

    def prepare(self, *, on_progress: OnProgress | None = None, rebuild: bool = False) -> None:
        self.reason = "the folder has no text"
        raise CorpusError(self.reason)


class Markup(TwoDocuments):
    """A library with a document that would like to steer the terminal."""

    def __init__(self, settings: Settings) -> None:
        text = "[bold]馆长[/nothing]说\x1b[2J你好。\n"
        super().__init__(settings, [Document("[red].txt", "[link=x]标题", "", "", text)])


def found(desk: Desk) -> str:
    return "encoder bundled"


TWO = Parts(desks=TwoDocuments, mount=lambda api, *_: api, encoder=found)
Qa = Callable[..., Result]
