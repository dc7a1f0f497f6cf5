"""Soft coverage by hand: words are vectors in a plane, so the cosines can be read off."""

from collections.abc import Sequence

import numpy as np
import pytest

from qa.answerer import Alignment
from qa.protocols import Vectors

PLANE = {
    "医生": (1.0, 0.0),
    "大夫": (0.8, 0.6),
    "学校": (0.0, 1.0),
    "开门": (-1.0, 0.0),
    "办": (0.0, -1.0),
    "体改委": (0.0, -1.0),
    "体制改革委员会": (-1.0, 0.0),
}


class Plane:
    """An encoder that knows four words and counts what it is asked."""

    name, fingerprint, dimension = "plane", "plane", 2

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_queries(self, queries: Sequence[str]) -> Vectors:
        return self.encode_passages(queries)

    def encode_passages(self, passages: Sequence[str]) -> Vectors:
        self.encoded.extend(passages)
        return np.array([PLANE[word] for word in passages], dtype=np.float32)


def alignment(encoder: Plane, **weights: float) -> Alignment:
    return Alignment(encoder, words=str.split, weight=lambda word: weights.get(word, 1.0))


def test_another_word_counts_with_its_cosine() -> None:
    assert alignment(Plane()).coverage("大夫", "医生 学校") == pytest.approx((0.8, 0.8))


def test_words_count_by_weight() -> None:
    found = alignment(Plane(), 医生=3.0).coverage("医生 大夫", "医生")
    assert found == pytest.approx(((3 * 1.0 + 1 * 0.8) / 4, 0.8))


def test_a_single_character_says_little() -> None:
    assert alignment(Plane()).coverage("医生 办", "医生 学校") == pytest.approx((1.0 / 1.1, 1.0))


def test_an_abbreviation_is_near_the_name_written_out() -> None:
    assert alignment(Plane()).coverage("体改委", "体制改革委员会 学校") == pytest.approx((0.9, 0.9))
    assert alignment(Plane()).coverage("体改委", "学校") == (0.0, 0.0)


def test_what_is_opposite_is_not_below_zero() -> None:
    assert alignment(Plane()).coverage("开门", "医生") == (0.0, 0.0)


@pytest.mark.parametrize(("question", "text"), [("", "医生"), ("医生", ""), ("？ ！", "医生")])
def test_nothing_to_compare(question: str, text: str) -> None:
    assert alignment(Plane()).coverage(question, text) == (0.0, 0.0)


def test_words_without_weight_say_nothing() -> None:
    assert alignment(Plane(), 医生=0.0).coverage("医生", "医生") == (0.0, 0.0)


def test_a_word_is_encoded_once() -> None:
    encoder = Plane()
    compared = alignment(encoder)
    compared.coverage("大夫", "医生 学校")
    compared.coverage("学校", "医生 大夫")
    assert sorted(encoder.encoded) == sorted(["大夫", "医生", "学校"])


def test_vectors_are_not_kept_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.answerer.alignment._KEPT", 2)
    encoder = Plane()
    bounded = alignment(encoder)
    for text, share in [("医生", 1.0), ("大夫", 0.8), ("学校", 0.0), ("医生", 1.0)]:
        assert bounded.coverage("医生", text) == pytest.approx((share, share))
    assert len(encoder.encoded) > 3
