from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from qa.benchmark.clauses import Clause
from qa.benchmark.recombined import RecombinedEncoder, clause_vectors, keys_of
from qa.protocols import Vectors
from tests.hashing import HashingEncoder

KEYS = ["水厂投产", "管道全部换新了"]


class Listening(HashingEncoder):
    """Remembers what it was asked to encode."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def encode_passages(self, passages: Sequence[str]) -> Vectors:
        self.heard += passages
        return super().encode_passages(passages)


@pytest.fixture
def encoder() -> Listening:
    return Listening()


@pytest.fixture
def stand_in(encoder: Listening) -> RecombinedEncoder:
    return RecombinedEncoder(encoder, KEYS, HashingEncoder().encode_passages(KEYS))


def test_a_text_of_known_clauses_has_their_mean_by_length(
    stand_in: RecombinedEncoder, encoder: Listening
) -> None:
    short, long = HashingEncoder().encode_passages(KEYS)
    mean = (4 * short + 7 * long) / 11
    made = stand_in.encode_passages(["水厂投产,管道全部换新了。", "管道全部换新了!"])
    np.testing.assert_allclose(made[0], mean / np.linalg.norm(mean), atol=1e-6)
    np.testing.assert_allclose(made[1], long, atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(made, axis=1), 1, atol=1e-6)
    assert encoder.heard == []


def test_any_other_text_is_really_encoded(stand_in: RecombinedEncoder, encoder: Listening) -> None:
    texts = ["水厂投产,没有见过的分句。", "水厂投产。", "", "没有见过"]
    made = stand_in.encode_passages(texts)
    really = HashingEncoder().encode_passages(texts)
    assert encoder.heard == [texts[0], texts[2], texts[3]]
    np.testing.assert_array_equal(made[[0, 2, 3]], really[[0, 2, 3]])
    assert made.dtype == np.float32


def test_queries_are_really_encoded(stand_in: RecombinedEncoder) -> None:
    queries = ["水厂投产,管道全部换新了"]
    np.testing.assert_array_equal(stand_in.encode_queries(queries), HashingEncoder().encode_queries(queries))


def test_it_passes_for_the_encoder(stand_in: RecombinedEncoder, encoder: Listening) -> None:
    assert (stand_in.name, stand_in.fingerprint, stand_in.dimension) == (
        encoder.name,
        encoder.fingerprint,
        encoder.dimension,
    )


def test_clauses_are_encoded_once_for_a_folder(encoder: Listening, tmp_path: Path) -> None:
    keys = [f"第{n}个分句" for n in range(600)]
    first = clause_vectors(encoder, keys, work=tmp_path)
    np.testing.assert_array_equal(first, HashingEncoder().encode_passages(keys))
    assert encoder.heard == keys
    np.testing.assert_array_equal(clause_vectors(encoder, keys, work=tmp_path), first)
    assert encoder.heard == keys
    clause_vectors(encoder, keys[:1], work=tmp_path)
    assert encoder.heard == [*keys, keys[0]]
    assert len(list(tmp_path.iterdir())) == 2


def test_keys_are_what_an_encoder_sees() -> None:
    assert keys_of([Clause("“５+３”品牌體育", "。", 0)]) == ["“5+3”品牌体育"]
