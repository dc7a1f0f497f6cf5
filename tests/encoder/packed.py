"""Writes a tiny packed model: one layer, hidden size 32, eight pieces, every weight 0 or ±1."""

import struct
from pathlib import Path

PIECES = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
PIECES += [("▁", -2.0), ("中", -3.0), ("文", -3.0), ("中文", -4.0)]
HIDDEN, FEED_FORWARD, POSITIONS, TYPES = 32, 64, 16, 2

# Value j of a block is ((j % 16) - 8) * 0.5: both nibbles of byte j are j.
BLOCK = struct.pack("<e", 0.5) + bytes(17 * j for j in range(16))
BLOCK_VALUES = [(j % 16 - 8) * 0.5 for j in range(32)]


def packed_model() -> bytes:
    """The bytes of the file."""
    texts = [text.encode() for text, _ in PIECES]
    offsets = [sum(map(len, texts[:i])) for i in range(len(texts) + 1)]
    head = b"E5S1" + struct.pack("<I7i", 1, HIDDEN, 1, 2, FEED_FORWARD, len(PIECES), POSITIONS, TYPES)
    head += struct.pack("<fi", 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, offsets[-1])
    head += struct.pack(f"<{len(offsets)}I", *offsets)
    head += struct.pack(f"<{len(PIECES)}f", *(score for _, score in PIECES)) + b"".join(texts)
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", ord("Ａ"), 1, ord("A"))
    tensors = _tensors()
    size = len(head) + 4 + sum(2 + len(name) + 21 for name in tensors)
    directory, data = struct.pack("<i", len(tensors)), b""
    for name, (kind, values) in tensors.items():
        raw = BLOCK * (values // 32) if kind else struct.pack(f"<{values}f", *[1.0] * values)
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, values, size + len(data), len(raw))
        data += raw
    return head + directory + data


def write_packed(path: Path) -> Path:
    """Write the file and return its path."""
    path.write_bytes(packed_model())
    return path


def _tensors() -> dict[str, tuple[int, int]]:
    square, wide = HIDDEN * HIDDEN, HIDDEN * FEED_FORWARD
    tensors = {"emb.word": (1, len(PIECES) * HIDDEN), "emb.pos": (0, POSITIONS * HIDDEN)}
    tensors |= {"emb.type": (0, TYPES * HIDDEN), "emb.ln.w": (0, HIDDEN), "emb.ln.b": (0, HIDDEN)}
    for name in ("q", "k", "v", "ao"):
        tensors |= {f"l0.{name}.w": (1, square), f"l0.{name}.b": (0, HIDDEN)}
    tensors |= {"l0.fi.w": (1, wide), "l0.fi.b": (0, FEED_FORWARD)}
    tensors |= {"l0.fo.w": (1, wide), "l0.fo.b": (0, HIDDEN)}
    for name in ("aln.w", "aln.b", "oln.w", "oln.b"):
        tensors[f"l0.{name}"] = (0, HIDDEN)
    return tensors
