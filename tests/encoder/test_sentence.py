"""The bundled model against the wheel's own engine, and the promises of the protocol."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from qa.encoder import SentenceEncoder, load_encoder
from qa.encoder.bundled import prepare_bundled
from qa.encoder.sentence import choose_prompts
from qa.errors import EncoderError
from qa.protocols import Encoder, Vectors
from tests.encoder.reference import Engine

TEXTS = [
    "春天到了，公园里的花都开了。",
    "图书馆周末几点关门？",
    "会议决定，自2024年1月1日起调整公交票价，全程2元。",
    "繁體字的圖書館週末幾點關門？",
    "Ｗｅ　ｌｏｖｅ　１２３～４５６",
    "The library closes at nine on weekdays.",
    "How much does a bus ticket cost?",
    "市民可以通过电话、网站和服务窗口三种方式申请办理。" * 8,
]


def similarities(one: Vectors, other: Vectors) -> list[float]:
    return [float(a @ b) for a, b in zip(one, other, strict=True)]


def test_the_model_agrees_with_the_wheels_engine(bundled: Encoder, engine: Engine) -> None:
    assert min(similarities(bundled.encode_queries(TEXTS), engine.query(TEXTS))) >= 0.999
    assert min(similarities(bundled.encode_passages(TEXTS), engine.passage(TEXTS))) >= 0.999
    # The engine can tell a query from a passage, so the two lines above also hold the prompts.
    assert max(similarities(engine.query(TEXTS), engine.passage(TEXTS))) < 0.999


def test_rows_are_float32_of_length_one(bundled: Encoder) -> None:
    for vectors in (bundled.encode_queries(TEXTS), bundled.encode_passages(TEXTS)):
        assert vectors.shape == (len(TEXTS), bundled.dimension)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_has_the_same_vector_in_any_company(bundled: Encoder, reference: Encoder) -> None:
    texts = [f"{text}{i}" for i in range(3) for text in TEXTS]
    # OpenVINO takes other instructions for other sizes of a batch: the last digits differ.
    for encoder, tolerance in ((reference, 1e-5), (bundled, 2e-3)):
        together = encoder.encode_passages(texts)
        alone = np.vstack([encoder.encode_passages([text]) for text in texts])
        np.testing.assert_allclose(together, alone, atol=tolerance)
        np.testing.assert_allclose(encoder.encode_passages(texts[::-1]), together[::-1], atol=tolerance)


def test_no_texts_give_no_rows(bundled: Encoder) -> None:
    assert bundled.encode_queries([]).shape == (0, 384)
    assert bundled.encode_passages([]).shape == (0, 384)


@pytest.mark.parametrize("text", ["", " ", "？？？", "😀", "\x00", "\ud800", "<s></s><unk>", "长" * 5000])
def test_odd_texts_have_a_vector(bundled: Encoder, text: str) -> None:
    for vectors in (bundled.encode_queries([text]), bundled.encode_passages([text])):
        assert np.linalg.norm(vectors) == pytest.approx(1, abs=1e-5)


def test_threads_do_not_disturb_each_other(bundled: Encoder) -> None:
    texts = [text[:60] + str(i) for i in range(4) for text in TEXTS]
    alone = bundled.encode_passages(texts)
    with ThreadPoolExecutor(8) as pool:
        many = list(pool.map(lambda i: bundled.encode_passages(texts[i:]), range(8)))
    for i, vectors in enumerate(many):
        np.testing.assert_allclose(vectors, alone[i:], atol=2e-3)


def test_a_remembered_query_cannot_be_spoilt(bundled: Encoder) -> None:
    first = bundled.encode_queries(["同一个问题"])
    wanted = first.copy()
    first[:] = 0
    np.testing.assert_array_equal(bundled.encode_queries(["同一个问题"]), wanted)


def test_an_ordinary_folder_is_an_encoder_of_its_own(tiny: Path, tmp_path: Path, bundled: Encoder) -> None:
    folder = str(prepare_bundled(tmp_path, source=tiny))
    encoder = load_encoder(folder, cache=tmp_path, threads=1, runtime="torch")
    again = SentenceEncoder(folder, threads=2, batch_size=1, name="other name")
    assert (encoder.name, encoder.dimension, again.name) == (folder, 32, "other name")
    assert encoder.fingerprint == again.fingerprint != bundled.fingerprint
    np.testing.assert_allclose(encoder.encode_passages(["中文"]), again.encode_passages(["中文"]), atol=1e-6)


def test_the_bundled_fingerprint_is_the_same_everywhere(bundled: Encoder, reference: Encoder) -> None:
    assert reference.name == "multilingual-e5-small (bundled)"
    assert reference.fingerprint == "3b8935425dfdf4c3"
    assert bundled.name == "multilingual-e5-small (bundled), OpenVINO"
    assert bundled.fingerprint == "3b8935425dfdf4c3-compiled1"


@pytest.mark.parametrize("name", ["nobody/no-such-model", "./no-such-folder", ""])
def test_an_unknown_model_is_an_encoder_error(name: str, tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="change QA_ENCODER"):
        load_encoder(name, cache=tmp_path, threads=1)


def test_a_folder_without_a_model_is_an_encoder_error(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="format of sentence-transformers"):
        load_encoder(str(tmp_path), cache=tmp_path, threads=1)


@pytest.mark.parametrize(
    ("name", "configured", "prompts"),
    [
        ("intfloat/multilingual-e5-small", {"query": "", "document": ""}, ("query: ", "passage: ")),
        ("/models/e5_base", {}, ("query: ", "passage: ")),
        ("intfloat/multilingual-e5-large-instruct", {}, ("", "")),
        ("BAAI/bge-small-zh-v1.5", {"query": "", "document": ""}, ("", "")),
        ("someone/made5", {}, ("", "")),
        ("any", {"query": "Q: ", "document": "D: "}, ("Q: ", "D: ")),
        ("my-e5", {"query": "q ", "document": "", "passage": "p "}, ("q ", "p ")),
        ("my-e5", {"query": None, "document": None}, ("query: ", "passage: ")),
    ],
)
def test_prompts(name: str, configured: dict[str, str | None], prompts: tuple[str, str]) -> None:
    assert choose_prompts(name, configured) == prompts
