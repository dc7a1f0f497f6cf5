"""Text to unit vectors: the bundled multilingual e5, any sentence-transformers model, and a compact one.

Importing this is instant; a runtime is imported when an encoder is constructed.
"""

from qa.encoder.compact import CompactEncoder
from qa.encoder.loading import load_encoder
from qa.encoder.sentence import SentenceEncoder

__all__ = ["CompactEncoder", "SentenceEncoder", "load_encoder"]
