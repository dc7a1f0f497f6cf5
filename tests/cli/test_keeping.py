"""``qa remove`` and ``qa watch``."""

from pathlib import Path

import pytest

from qa.cli.keeping import look
from qa.config import Settings
from qa.errors import CorpusError
from qa.protocols import OnProgress
from tests.api.two_documents import TwoDocuments
from tests.cli.desks import Qa


def test_what_is_removed_is_said(run: Qa, tmp_path: Path) -> None:
    result = run("remove", "--yes", "图书馆.txt", "--vectors", str(tmp_path))
    assert result.exit_code == 0
    assert "图书馆.txt" in result.stdout


def test_nothing_is_removed_without_a_yes(run: Qa) -> None:
    result = run("remove", "图书馆.txt")
    assert result.exit_code == 1
    assert "Removed" not in result.stdout
    assert "Delete 图书馆.txt for good?" in result.stdout


def test_what_was_removed_is_purged(run: Qa) -> None:
    result = run("remove", "--yes", "--purge", "图书馆.txt")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 2)
    assert "Purged" in result.stdout
    assert "Purged" in run("remove", "--purge").stdout
    nothing = run("remove")
    assert nothing.exit_code == 2
    assert "--purge" in nothing.stderr


def test_what_is_not_there_is_told(run: Qa) -> None:
    result = run("remove", "--yes", "没有.txt")
    assert result.exit_code == 1
    assert "没有.txt" in result.stderr
    assert "Traceback" not in result.stderr


class Changing(TwoDocuments):
    """Can be prepared every other time."""

    times = 0

    def prepare(self, *, on_progress: OnProgress | None = None, rebuild: bool = False) -> None:
        self.times += 1
        if self.times in (3, 4):
            raise CorpusError("the folder is gone")
        super().prepare(on_progress=on_progress, rebuild=rebuild)


def test_watching_tells_what_has_changed_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    desk, told = Changing(Settings()), ""
    for _ in range(5):
        told = look(desk, told)
    said = capsys.readouterr()
    assert said.out.count("Ready: 2 documents") == 2
    assert said.err.count("the folder is gone") == 1
