"""The tokenizer of a converted model: SentencePiece where that gives the same tokens, else ``tokenizers``.

SentencePiece loads the 250,000 pieces of multilingual models in half the time of ``tokenizers``, in a
sixth of its memory (40 MB against 280), and tokenises a question in a quarter of the time.
"""

import json
import struct
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.encoder.probes import PASSAGES, QUERIES

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Tokenize = Callable[[Sequence[str]], list[list[int]]]
"""Token numbers of each text, special ones included, cut to the longest that the model takes."""

FAST, PIECES = "tokenizer.json", "tokenizer.model"
RULE = "nmt_nfkc"
NORMAL, UNKNOWN, CONTROL = 1, 2, 3
"""Types of a piece in sentencepiece_model.proto."""


def save_tokenizer(tokenizer: "Tokenizer", folder: Path) -> None:
    """Write ``tokenizer`` in the form that ``load_tokenizer`` reads fastest and that agrees with it."""
    tokenizer.no_padding()
    tokenizer.no_truncation()
    probes = [*QUERIES, *PASSAGES]
    wanted = [found.ids for found in tokenizer.encode_batch(probes)]
    described = json.loads(tokenizer.to_str())
    if described["model"].get("type") == "Unigram" and described["model"].get("unk_id") is not None:
        (folder / PIECES).write_bytes(_model_proto(described))
        if _tokens(folder / PIECES, probes) == wanted:
            return
        (folder / PIECES).unlink()
    tokenizer.save(str(folder / FAST), pretty=False)


def _tokens(path: Path, texts: Sequence[str]) -> list[list[int]] | None:
    """What SentencePiece makes of ``texts``; nothing when it refuses the model (no `<s>` in it, say)."""
    try:
        return _load_pieces(path, longest=10**6)(texts)
    except (RuntimeError, ValueError, OSError):
        return None


def load_tokenizer(folder: Path, *, longest: int) -> Tokenize:
    """Read what ``save_tokenizer`` wrote; texts are cut to ``longest`` tokens."""
    if (folder / PIECES).is_file():
        return _load_pieces(folder / PIECES, longest=longest)
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / FAST))
    tokenizer.enable_truncation(longest)
    return lambda texts: [found.ids for found in tokenizer.encode_batch_fast(list(texts))]


def _load_pieces(path: Path, *, longest: int) -> Tokenize:
    from sentencepiece import SentencePieceProcessor

    processor = SentencePieceProcessor(model_file=str(path))

    def tokenize(texts: Sequence[str]) -> list[list[int]]:
        # One by one: a list is handed to threads, which takes longer than thirty questions.
        found = (processor.encode(text, out_type=int, add_bos=True, add_eos=True) for text in texts)
        return [ids if len(ids) <= longest else [*ids[: longest - 1], ids[-1]] for ids in found]

    return tokenize


def _model_proto(described: Mapping[str, Any]) -> bytes:
    """A SentencePiece model of the pieces of a ``tokenizers`` Unigram, normalised by ``RULE``.

    Fields as in sentencepiece_model.proto: ModelProto.pieces is 1; in it piece 1, score 2, type 3.
    """
    from sentencepiece import SentencePieceNormalizer

    special = {token["id"] for token in described["added_tokens"]}
    kinds = dict.fromkeys(special, CONTROL) | {described["model"]["unk_id"]: UNKNOWN}
    pieces = [
        _field(1, _field(1, text.encode()) + b"\x15" + struct.pack("<f", score) + b"\x18" + _varint(kind))
        for number, (text, score) in enumerate(described["model"]["vocab"])
        for kind in (kinds.get(number, NORMAL),)
    ]
    # Protocol buffers are merged by writing them one after the other.
    normaliser: bytes = SentencePieceNormalizer(rule_name=RULE).serialized_model_proto()
    return b"".join(pieces) + normaliser


def _field(number: int, value: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first: 300 is written as the bytes AC 02."""
    written = bytearray()
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    return bytes([*written, value])
