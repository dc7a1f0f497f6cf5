"""The converted model against the one it was converted from, on small models of every architecture."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

import qa.encoder
from qa.config import default_cache
from qa.encoder import load_encoder
from qa.encoder.compiled import DESCRIPTION, TOGETHER, CompiledEncoder, Runner
from qa.encoder.conversion import NEAREST_COSINE, convert
from qa.encoder.graph import quantise
from qa.encoder.loading import UNSUPPORTED, model_identity
from qa.encoder.probes import PASSAGES, QUERIES
from qa.encoder.sentence import SentenceEncoder
from qa.errors import EncoderError
from qa.protocols import Encoder, Vectors
from tests.encoder.small import KINDS, write_model

Make = Callable[..., Path]


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    below = tmp_path_factory.mktemp("models")
    return {kind: write_model(below / kind, **options) for kind, options in KINDS.items()}


def cosines(one: Vectors, other: Vectors) -> Vectors:
    return np.asarray((one * other).sum(axis=1), np.float32)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.startswith("no ")])
def test_every_architecture_keeps_its_vectors(models: dict[str, Path], tmp_path: Path, kind: str) -> None:
    source = SentenceEncoder(str(models[kind]), threads=1)
    encoder = load_encoder(str(models[kind]), cache=tmp_path, threads=2)
    assert isinstance(encoder, CompiledEncoder)
    assert cosines(encoder.encode_queries(QUERIES), source.encode_queries(QUERIES)).min() > NEAREST_COSINE
    assert cosines(encoder.encode_passages(PASSAGES), source.encode_passages(PASSAGES)).min() > NEAREST_COSINE
    long = ["很长的一段话，" * 400]
    assert cosines(encoder.encode_passages(long), source.encode_passages(long)).min() > NEAREST_COSINE


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.startswith("no ")])
def test_what_cannot_be_converted_runs_on_pytorch_and_says_so(
    models: dict[str, Path], tmp_path: Path, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        encoder = load_encoder(str(models[kind]), cache=tmp_path, threads=1)
        assert isinstance(encoder, SentenceEncoder)
    assert [record.levelname for record in caplog.records if "runs on PyTorch" in record.message] == 2 * [
        "WARNING"
    ]
    assert len(list(tmp_path.rglob(UNSUPPORTED))) == 1


def test_a_conversion_that_does_not_agree_is_not_used(
    models: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.encoder.conversion.NEAREST_COSINE", 1.1)
    encoder = load_encoder(str(models["bert"]), cache=tmp_path, threads=1)
    assert isinstance(encoder, SentenceEncoder)
    assert "does not agree" in next(tmp_path.rglob(UNSUPPORTED)).read_text("utf-8")


def test_the_conversion_is_made_once_and_known_by_what_the_model_holds(
    models: dict[str, Path], tmp_path: Path
) -> None:
    model = shutil.copytree(models["bert"], tmp_path / "model")
    before = model_identity(str(model))
    load_encoder(str(model), cache=tmp_path / "cache", threads=1)
    made = next((tmp_path / "cache").rglob(DESCRIPTION))
    when = made.stat().st_mtime_ns
    load_encoder(str(model), cache=tmp_path / "cache", threads=1)
    assert made.stat().st_mtime_ns == when
    weights = bytearray((model / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (model / "model.safetensors").write_bytes(weights)
    assert model_identity(str(model)) != before


def test_torch_stays_the_reference(models: dict[str, Path], tmp_path: Path) -> None:
    assert isinstance(
        load_encoder(str(models["bert"]), cache=tmp_path, threads=1, runtime="torch"), SentenceEncoder
    )
    assert not list(tmp_path.iterdir())


def test_what_was_measured_is_written_down(models: dict[str, Path], tmp_path: Path) -> None:
    convert(SentenceEncoder(str(models["bert"]), threads=1), tmp_path)
    stated = json.loads((tmp_path / DESCRIPTION).read_text("utf-8"))
    measured = stated["measured"]
    assert {"int8", "f32"} <= set(measured)
    for kind in ("query", "passage"):
        fastest = min(values[f"{kind}_ms"] for values in measured.values())
        assert measured[stated[f"{kind}_variant"]][f"{kind}_ms"] == fastest
    assert measured["f32"]["cosine"] >= measured["int8"]["cosine"] > NEAREST_COSINE


def test_a_damaged_conversion_is_explained(models: dict[str, Path], tmp_path: Path) -> None:
    convert(SentenceEncoder(str(models["bert"]), threads=1), tmp_path)
    (tmp_path / "int8.xml").write_text("<net/>")
    (tmp_path / "half.xml").write_text("<net/>")
    with pytest.raises(EncoderError, match="remove it"):
        CompiledEncoder(tmp_path, threads=1)
    (tmp_path / DESCRIPTION).write_text("{}")
    with pytest.raises(EncoderError, match="not a converted model"):
        CompiledEncoder(tmp_path, threads=1)


def test_requests_return_to_the_runner_after_a_failure(models: dict[str, Path], tmp_path: Path) -> None:
    convert(SentenceEncoder(str(models["bert"]), threads=1), tmp_path)
    runner = Runner(tmp_path, "f32", threads=1, streams=1)
    good = np.zeros((1, 3, 32), np.float32), np.array([3], np.int32)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            runner.run(np.zeros((1, 3, 31), np.float32), good[1])
    assert runner.run(*good).shape == (1, 32)


def test_padding_changes_nothing(models: dict[str, Path], tmp_path: Path) -> None:
    convert(SentenceEncoder(str(models["bert"]), threads=1), tmp_path)
    runner = Runner(tmp_path, "f32", threads=1, streams=1)
    words = np.random.default_rng(0).normal(size=(1, 9, 32)).astype(np.float32)
    alone = runner.run(words[:, :4], np.array([4], np.int32))
    assert_allclose(runner.run(words, np.array([4], np.int32)), alone, atol=1e-4)


def test_int8_rows_keep_their_largest_value() -> None:
    values, scales = quantise(np.array([[1, -2, 0.5], [0, 0, 0]], np.float32))
    assert values.tolist() == [[64, -127, 32], [0, 0, 0]]  # 1 / (2 / 127) = 63.5, rounded to even
    assert_allclose(scales.ravel(), [2 / 127, 1], rtol=1e-6)


def test_many_questions_at_once_have_the_vectors_they_have_alone(bundled: Encoder) -> None:
    questions = [f"第{number}个公园什么时候开放？" for number in range(3 * TOGETHER)]
    with ThreadPoolExecutor(24) as pool:
        crowded = np.vstack(list(pool.map(lambda question: bundled.encode_queries([question]), questions)))
    fresh = load_encoder("bundled", cache=default_cache(), threads=1)
    alone = np.vstack([fresh.encode_queries([question]) for question in questions])
    assert cosines(crowded, alone).min() > NEAREST_COSINE


def test_pytorch_is_not_imported(bundled: Encoder) -> None:
    code = (
        "import sys; from qa.config import default_cache;"
        "from qa.encoder import CompactEncoder, load_encoder;"
        "load_encoder('bundled', cache=default_cache(), threads=1).encode_queries(['a']);"
        "CompactEncoder(cache=default_cache()).encode_queries(['a']);"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.strip() == b"[]"


def test_two_threads_may_be_the_first_to_encode() -> None:
    """In a fresh process: OpenVINO's first tensors must not be made by two threads at once."""
    code = (
        "from qa.config import default_cache; from qa.encoder import load_encoder;"
        "encoder = load_encoder('bundled', cache=default_cache(), threads=2);"
        "print(len(encoder.encode_passages(['很长的一句话，' * 9] * 80)))"
    )
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
        assert done.stdout.strip() == b"80"


def test_nothing_is_connected_to(models: dict[str, Path], tmp_path: Path) -> None:
    """Not even from a process that is forked at the end, as OpenVINO's telemetry would do."""
    asked, home = tmp_path / "asked", tmp_path / "home"
    home.mkdir()
    code = (
        "import sys; names = ('socket.connect', 'socket.getaddrinfo', 'socket.sendto', 'os.fork');"
        "sys.addaudithook(lambda event, _: print(event, file=open(sys.argv[3], 'a'))"
        " if event in names else None);"
        "from pathlib import Path; from qa.encoder import load_encoder;"
        "encoder = load_encoder(sys.argv[1], cache=Path(sys.argv[2]), threads=1);"
        "encoder.encode_queries(['a']); print(type(encoder).__name__)"
    )
    command = [sys.executable, "-c", code, str(models["bert"]), str(tmp_path), str(asked)]
    variables = {**os.environ, "HOME": str(home)}
    done = subprocess.run(command, capture_output=True, check=True, timeout=120, env=variables)
    assert done.stdout.decode().strip() == "CompiledEncoder"
    assert "getaddrinfo" not in (asked.read_text() if asked.exists() else "")
    assert not (home / "intel").exists()


def test_openvino_is_imported_in_one_place() -> None:
    sources = {path: path.read_text("utf-8") for path in Path(qa.encoder.__file__).parents[1].rglob("*.py")}
    importing = [
        path.name for path, text in sources.items() if re.search(r"^\s*(import|from) openvino", text, re.M)
    ]
    assert importing == ["quiet.py"]
