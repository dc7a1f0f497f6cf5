"""Text to unit vectors: the bundled multilingual e5, any sentence-transformers model, and a compact one.

Importing this is instant; torch is imported when an encoder is constructed.
"""

from pathlib import Path

from qa.encoder.bundled import prepare_bundled
from qa.encoder.compact import CompactEncoder
from qa.encoder.sentence import SentenceEncoder
from qa.protocols import Encoder

__all__ = ["CompactEncoder", "SentenceEncoder", "load_encoder"]

BUNDLED = "bundled"


def load_encoder(name: str, *, cache: Path, threads: int) -> Encoder:
    """The encoder that the setting ``QA_ENCODER`` names.

    ``bundled`` is multilingual-e5-small, decoded once below ``cache`` without any network; anything
    else is a sentence-transformers name or folder. Raises EncoderError.
    """
    if name != BUNDLED:
        return SentenceEncoder(name, threads=threads)
    folder = prepare_bundled(cache)
    return SentenceEncoder(str(folder), threads=threads, name="multilingual-e5-small (bundled)")
