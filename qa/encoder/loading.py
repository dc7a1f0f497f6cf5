"""Finds the model that a setting names and the fastest way to run it."""

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from qa.encoder.bundled import bundled_name, prepare_bundled
from qa.encoder.compiled import CompiledEncoder
from qa.encoder.kept import keep
from qa.encoder.sentence import SentenceEncoder
from qa.encoder.weights import find_packed
from qa.errors import EncoderError
from qa.protocols import Encoder

BUNDLED, BUNDLED_TITLE = "bundled", "multilingual-e5-small (bundled)"
UNSUPPORTED = "unsupported.txt"
SAMPLES, SAMPLE_BYTES = 64, 65536
Runtime = Literal["openvino", "torch"]

log = logging.getLogger(__name__)


def load_encoder(name: str, *, cache: Path, threads: int, runtime: Runtime = "openvino") -> Encoder:
    """The encoder that the settings ``QA_ENCODER`` and ``QA_RUNTIME`` name.

    ``bundled`` is multilingual-e5-small, decoded once below ``cache`` without any network; anything
    else is a sentence-transformers name or folder. With ``openvino`` the model is converted once and
    kept below ``cache``; one that cannot be converted is run by PyTorch, and the log says why.
    Raises EncoderError.
    """

    def reference() -> SentenceEncoder:
        if name == BUNDLED:
            return SentenceEncoder(str(prepare_bundled(cache)), threads=threads, name=BUNDLED_TITLE)
        return SentenceEncoder(name, threads=threads)

    if runtime == "torch":
        return reference()
    identity = bundled_name(find_packed()) if name == BUNDLED else model_identity(name)
    folder = _converted(cache, identity, reference)
    reason = folder / UNSUPPORTED
    if reason.is_file():
        log.warning("%s runs on PyTorch: %s", name, reason.read_text(encoding="utf-8"))
        return reference()
    return CompiledEncoder(folder, threads=threads)


def _converted(cache: Path, identity: str, reference: Callable[[], SentenceEncoder]) -> Path:
    """The folder of the converted model, or of the reason why there is none."""
    from qa.encoder.conversion import CONVERSION_VERSION, UnsupportedModelError, convert

    def write(folder: Path) -> None:
        try:
            convert(reference(), folder)
        except UnsupportedModelError as exc:
            (folder / UNSUPPORTED).write_text(str(exc), encoding="utf-8")

    try:
        return keep(cache, f"{identity}-openvino{CONVERSION_VERSION}", write)
    except OSError as exc:
        raise EncoderError(
            f"the converted model cannot be kept in {cache}: {exc}; it needs 200 MB there: "
            "make room, or set QA_CACHE to a folder that can be written"
        ) from exc


def model_identity(name: str) -> str:
    """A name and a digest of what the model's files hold: large ones by size and evenly spread samples."""
    folder = _folder_of(name)
    digest = hashlib.sha256(name.encode())
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder else []
    for path in files:
        size = path.stat().st_size
        digest.update(f"{path.name} {size}\n".encode())
        with path.open("rb") as file:
            for place in range(0, max(size, 1), max(SAMPLE_BYTES, size // SAMPLES)):
                file.seek(place)
                digest.update(file.read(SAMPLE_BYTES))
    return f"{Path(name).name}-{digest.hexdigest()[:12]}"


def _folder_of(name: str) -> Path | None:
    """The folder itself, or the snapshot that the hub's cache holds of this name."""
    if Path(name).is_dir():
        return Path(name)
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (OSError, ValueError):
        return None
