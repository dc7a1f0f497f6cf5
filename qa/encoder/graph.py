"""Builds the layers of a BERT-like encoder as an OpenVINO model from their weights.

The word table stays outside: it is most of the bytes and a question touches twenty rows of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from qa.encoder.quiet import openvino

Weights = Mapping[str, NDArray[np.float32]]
Node = Any
"""A node of OpenVINO's graph; the package has no types for them."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """What the weights do not say themselves. ``first_position`` is 2 for XLM-R, 0 for BERT."""

    layers: int
    heads: int
    epsilon: float
    activation: Literal["gelu", "relu"]
    pooling: Literal["mean", "cls"]
    first_position: int


def quantise(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows as int8 and one scale a row, shape (rows, 1): ``matrix ≈ values * scales``, symmetric."""
    scales = np.abs(matrix).max(axis=1, keepdims=True) / 127
    scales[scales == 0] = 1
    return np.rint(matrix / scales).astype(np.int8), scales.astype(np.float32)


def build_graph(weights: Weights, architecture: Architecture, *, int8: bool) -> Any:  # noqa: ANN401
    """An ``openvino.Model``: word vectors (b, t, h) and lengths (b,) to unit vectors (b, h).

    ``int8`` keeps the matrices as int8 with a scale a row, otherwise as float16. Texts are padded on
    the right. The names of ``weights`` are those of ``transformers.BertModel``.
    """
    return openvino().Model(*_Builder(weights, architecture, int8=int8).build(), "encoder")


class _Builder:
    """One method for each part of the paper's figure (Vaswani et al. 2017; Devlin et al. 2019)."""

    def __init__(self, weights: Weights, architecture: Architecture, *, int8: bool) -> None:
        self._op: Any = openvino().opset13
        self._weights = weights
        self._architecture = architecture
        self._int8 = int8
        self._hidden: int = weights["embeddings.LayerNorm.weight"].shape[0]

    def build(self) -> tuple[list[Node], list[Node]]:
        """Results and parameters."""
        op = self._op
        words = op.parameter([-1, -1, self._hidden], np.float32, name="words")
        lengths = op.parameter([-1], np.int32, name="lengths")
        time = op.gather(op.shape_of(words, "i32"), op.constant(1), op.constant(0))
        steps = op.range(op.constant(0), time, op.constant(1), "i32")
        within = op.convert(op.less(op.unsqueeze(steps, op.constant(0)), op.unsqueeze(lengths, 1)), "f32")
        x = self._normed(op.add(words, op.gather(self._positions(), steps, op.constant(0))), "embeddings")
        ignored = op.multiply(op.subtract(self._constant(1.0), within), self._constant(-1e4))
        ignored = op.unsqueeze(ignored, op.constant(np.array([1, 2])))
        for number in range(self._architecture.layers):
            x = self._layer(x, ignored, f"encoder.layer.{number}.")
        pooled = self._pooled(x, within)
        return [op.normalize_l2(pooled, op.constant(np.array([1])), 1e-12, "max")], [words, lengths]

    def _constant(self, values: Any) -> Node:  # noqa: ANN401 - whatever NumPy takes
        return self._op.constant(np.ascontiguousarray(values, np.float32))

    def _positions(self) -> Node:
        """Position and (only) token type, added beforehand."""
        table = self._weights["embeddings.position_embeddings.weight"][self._architecture.first_position :]
        return self._constant(table + self._weights["embeddings.token_type_embeddings.weight"][0])

    def _linear(self, x: Node, name: str) -> Node:
        op, matrix = self._op, self._weights[f"{name}.weight"]
        if self._int8:
            values, scales = quantise(matrix)
            kept = op.multiply(op.convert(op.constant(values), "f32"), self._constant(scales))
        else:
            kept = op.convert(op.constant(matrix.astype(np.float16)), "f32")
        return op.add(op.matmul(x, kept, False, True), self._constant(self._weights[f"{name}.bias"]))

    def _normed(self, x: Node, name: str) -> Node:
        op, name = self._op, f"{name}.LayerNorm"
        scaled = op.mvn(x, op.constant(np.array([-1])), True, self._architecture.epsilon, "inside_sqrt")
        weight, bias = (self._constant(self._weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return op.add(op.multiply(scaled, weight), bias)

    def _layer(self, x: Node, ignored: Node, name: str) -> Node:
        op = self._op
        seen = self._attention(x, ignored, f"{name}attention.self.")
        seen = self._linear(seen, f"{name}attention.output.dense")
        x = self._normed(op.add(x, seen), f"{name}attention.output")
        inner = self._linear(x, f"{name}intermediate.dense")
        inner = op.gelu(inner, "erf") if self._architecture.activation == "gelu" else op.relu(inner)
        return self._normed(op.add(x, self._linear(inner, f"{name}output.dense")), f"{name}output")

    def _attention(self, x: Node, ignored: Node, name: str) -> Node:
        op, heads = self._op, self._architecture.heads
        apart = op.constant(np.array([0, 0, heads, self._hidden // heads]))
        swapped = op.constant(np.array([0, 2, 1, 3]))
        query, key, value = (
            op.transpose(op.reshape(self._linear(x, name + part), apart, True), swapped)
            for part in ("query", "key", "value")
        )
        seen = op.scaled_dot_product_attention(query, key, value, ignored)
        return op.reshape(op.transpose(seen, swapped), op.constant(np.array([0, 0, self._hidden])), True)

    def _pooled(self, x: Node, within: Node) -> Node:
        op = self._op
        if self._architecture.pooling == "cls":
            return op.gather(x, op.constant(0), op.constant(1))
        inside = op.unsqueeze(within, op.constant(2))
        total = op.reduce_sum(op.multiply(x, inside), op.constant(1), False)
        return op.divide(total, op.reduce_sum(inside, op.constant(1), False))
