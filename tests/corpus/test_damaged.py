"""Files that were cut short or changed on the way: read, or refused with a reason, and nothing else."""

import random

import pytest

from qa.corpus.readers import read_parts
from qa.corpus.reading import Read
from qa.errors import CorpusError
from tests.corpus.generated import MAKERS

pytestmark = pytest.mark.timeout(120)


def outcome(suffix: str, data: bytes) -> str:
    try:
        parts = list(read_parts(suffix, data))
    except CorpusError as exc:
        return str(exc)
    for _, part in parts:
        if isinstance(part, Read):
            assert all(0 <= one.start <= one.end <= len(part.text) for one in part.annotations)
            part.text.encode("utf-8")
    return "read"


@pytest.mark.parametrize("suffix", MAKERS)
def test_a_file_cut_short(suffix: str) -> None:
    data = MAKERS[suffix](1)
    for place in range(0, len(data), len(data) // 12):
        assert outcome(suffix, data[:place])


@pytest.mark.parametrize("suffix", MAKERS)
def test_a_file_with_other_bytes(suffix: str) -> None:
    chance = random.Random(suffix)  # noqa: S311 - only to vary
    for number in range(25):
        data = bytearray(MAKERS[suffix](number % 12))
        for _ in range(chance.choice([1, 8, 64])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert outcome(suffix, bytes(data))


@pytest.mark.parametrize("suffix", MAKERS)
@pytest.mark.parametrize("other", MAKERS)
def test_a_file_with_the_suffix_of_another(suffix: str, other: str) -> None:
    assert outcome(suffix, MAKERS[other](2))
