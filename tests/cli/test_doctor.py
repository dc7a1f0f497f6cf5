import re
import sys
from pathlib import Path

import pytest

import qa
from qa.cli.parts import Desk, Parts
from qa.config import Settings
from qa.errors import EncoderError
from qa.segment import Encoders
from qa.service import Service
from tests.api.two_documents import VERSION, TwoDocuments
from tests.cli.desks import Empty, Qa, found
from tests.hashing import HashingEncoder


def test_doctor_lists_versions_index_and_self_test(run: Qa) -> None:
    result = run("doctor")
    assert result.exit_code == 0
    assert re.search(rf"✓ qingwen +{re.escape(qa.__version__)}\n", result.stdout)
    assert re.search(rf"✓ python +{sys.version.split()[0]}", result.stdout)
    assert re.search(r"✓ encoder +encoder bundled\n", result.stdout)
    assert re.search(rf"✓ index +vectors {VERSION}\n", result.stdout)
    assert re.search(r"✓ index documents +2\n", result.stdout)
    assert re.search(r"✓ self-test keywords +图书馆 → 图书馆.txt\n", result.stdout)


class Forgetful(TwoDocuments):
    def self_test(self) -> list[tuple[str, bool, str]]:
        return [("keywords", False, "0 of 9")]


def lost(desk: Desk) -> str:
    raise EncoderError("no such model")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (Parts(desks=Empty, encoder=found), r"✗ index +vectors holds no index"),
        (Parts(desks=Forgetful, encoder=found), r"✗ self-test keywords +0 of 9"),
        (Parts(desks=TwoDocuments, encoder=lost), r"✗ encoder +no such model"),
    ],
)
def test_doctor_fails_when_something_is_wrong(run: Qa, parts: Parts, words: str) -> None:
    result = run("doctor", parts=parts)
    assert result.exit_code == 1
    assert re.search(words, result.stdout)


def test_the_encoder_is_loaded_once(run: Qa, tmp_path: Path) -> None:
    loaded = []

    def load(settings: Settings) -> Encoders:
        loaded.append(settings.encoder)
        return Encoders(HashingEncoder(), HashingEncoder("compact"))

    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "水厂.txt").write_text("东岭水厂日供水20万吨。", encoding="utf-8")

    class Counted(Service):
        def __init__(self, settings: Settings) -> None:
            super().__init__(settings, load=load)

    Counted(Settings(folder=tmp_path / "seeds", vectors=tmp_path / "vectors")).prepare()
    result = run("doctor", parts=Parts(desks=Counted))
    assert "✓ encoder                  hashing, 64 dimensions" in result.stdout
    assert "✓ self-test files" in result.stdout
    assert len(loaded) == 2  # by the one that indexed and by the one that looked at it
