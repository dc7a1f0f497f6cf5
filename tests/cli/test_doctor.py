import re
import sys

import pytest

import qa
from qa.cli.parts import Parts
from qa.config import Settings
from qa.errors import EncoderError
from tests.api.two_documents import VERSION, TwoDocuments
from tests.cli.desks import Empty, Qa, found


def test_doctor_lists_versions_index_and_self_test(run: Qa) -> None:
    result = run("doctor")
    assert result.exit_code == 0
    assert re.search(rf"✓ qingwen +{re.escape(qa.__version__)}\n", result.stdout)
    assert re.search(rf"✓ python +{sys.version.split()[0]}", result.stdout)
    assert re.search(r"✓ encoder +encoder bundled\n", result.stdout)
    assert re.search(rf"✓ index +vectors/{VERSION}\n", result.stdout)
    assert re.search(r"✓ index documents +2\n", result.stdout)
    assert re.search(r"✓ self-test keywords +图书馆 → 图书馆.txt\n", result.stdout)


class Forgetful(TwoDocuments):
    def self_test(self) -> list[tuple[str, bool, str]]:
        return [("keywords", False, "0 of 9")]


def lost(settings: Settings) -> str:
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
