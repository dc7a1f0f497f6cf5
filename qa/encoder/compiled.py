"""An encoder that runs a converted model in OpenVINO; PyTorch is not imported."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.encoder.quiet import openvino
from qa.encoder.recent import REMEMBERED_QUERIES, RecentVectors
from qa.encoder.together import Together
from qa.encoder.tokenizing import load_tokenizer
from qa.encoder.workers import Workers, encodable
from qa.errors import EncoderError
from qa.protocols import Vectors

TOGETHER = 16
"""Questions in one batch: beyond that the last waits longer than the batching saves."""
ALONE = 2
"""Up to so many questions are fastest on all cores when these have nothing else to do; more are a batch."""
STEP = 8
"""Texts are padded to a multiple of so many tokens: OpenVINO prepares anew whenever the length changes."""
BATCH_ROWS, BATCH_TOKENS = 32, 1280
"""A batch of passages; larger ones fall out of the cache and were measured slower."""

VARIANTS = {
    "int8": ("int8", {"INFERENCE_PRECISION_HINT": "f32", "DYNAMIC_QUANTIZATION_GROUP_SIZE": "128"}),
    "bf16": ("half", {"INFERENCE_PRECISION_HINT": "bf16"}),
    "f16": ("half", {"INFERENCE_PRECISION_HINT": "f16"}),
    "f32": ("half", {"INFERENCE_PRECISION_HINT": "f32"}),
}
"""How a model can be run: the graph file, and what the CPU plugin is told."""
_FIRST = Lock()
"""Two threads that hand arrays to OpenVINO for the first time in a process at once wait for each other
for ever (seen with 2026.4): one first, then all."""

DESCRIPTION, WORDS, SCALES = "encoder.json", "words.npy", "scales.npy"


@dataclass(frozen=True, slots=True)
class Description:
    """What ``encoder.json`` of a converted model says: everything but weights and tokens."""

    name: str
    fingerprint: str
    dimension: int
    longest: int
    padding: int
    query_prompt: str
    passage_prompt: str
    query_variant: str
    passage_variant: str

    @classmethod
    def read(cls, folder: Path) -> "Description":
        """Raises EncoderError when the file is not there or says something else."""
        try:
            stated = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
            return cls(**{name: stated[name] for name in cls.__slots__})
        except (OSError, ValueError, KeyError, TypeError) as exc:
            raise EncoderError(f"{folder} is not a converted model ({exc}); remove it") from exc


class Runner:
    """One graph of a converted model, compiled for ``streams`` batches side by side on ``threads`` cores."""

    def __init__(self, folder: Path, variant: str, *, threads: int, streams: int) -> None:
        graph, hints = VARIANTS[variant]
        options = {"INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": streams, "ENABLE_CPU_PINNING": False}
        compiled = openvino().Core().compile_model(folder / f"{graph}.xml", "CPU", {**options, **hints})
        self._requests: SimpleQueue[Any] = SimpleQueue()
        for _ in range(streams):
            self._requests.put(compiled.create_infer_request())
        hidden = compiled.input(0).get_partial_shape()[2].get_length()
        with _FIRST:
            self.run(np.zeros((1, 1, hidden), np.float32), np.ones(1, np.int32))

    def run(self, words: Vectors, lengths: NDArray[np.int32]) -> Vectors:
        """Word vectors (b, t, h) and lengths (b,) to unit vectors (b, h); waits for a free request."""
        request = self._requests.get()
        try:
            result: Vectors = request.infer([words, lengths], share_inputs=True)[0]
        finally:
            self._requests.put(request)
        return result


class CompiledEncoder:
    """A folder written by ``conversion.convert`` as :class:`qa.protocols.Encoder`; for many threads.

    Questions that arrive together are computed together, so the vector of a question can differ with
    the load, by less than what the variants differ from each other (``qa bench encode`` shows that).
    Raises EncoderError when the folder cannot be loaded or OpenVINO fails.
    """

    def __init__(self, folder: Path, *, threads: int) -> None:
        self._described = Description.read(folder)
        self._folder, self._threads = folder, threads
        try:
            self._tokenize = load_tokenizer(folder, longest=self._described.longest)
            self._words = np.load(folder / WORDS, mmap_mode="r", allow_pickle=False)
            self._scales = np.load(folder / SCALES, allow_pickle=False)
            # A lone question gets every core at once, batches get one each.
            self._lone = Runner(folder, self._described.query_variant, threads=threads, streams=1)
        except Exception as exc:
            raise EncoderError(f"the converted model in {folder} cannot be loaded: {exc}; remove it") from exc
        self._workers = Workers(threads=threads, batch_size=BATCH_ROWS, batch_area=BATCH_TOKENS)
        self._compiling = Lock()
        self._batches: Runner | None = None
        self._recent = RecentVectors(REMEMBERED_QUERIES)
        self._together = Together(self._encode_queries, at_once=max(1, threads // 2), most=TOGETHER)

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self._described.name

    @property
    def fingerprint(self) -> str:
        """That of the model it was converted from, and the version of the conversion."""
        return self._described.fingerprint

    @property
    def dimension(self) -> int:
        """Columns of every matrix it returns."""
        return self._described.dimension

    def encode_queries(self, queries: Sequence[str]) -> Vectors:
        """Shape (len(queries), dimension), float32, rows of length 1; repeated queries are remembered."""
        return self._recent.fill(queries, self._missing)

    def encode_passages(self, passages: Sequence[str]) -> Vectors:
        """Shape (len(passages), dimension), float32, rows of length 1."""
        return self._encode(passages, self._described.passage_prompt)

    def _missing(self, queries: Sequence[str]) -> Vectors:
        if not queries:
            return np.empty((0, self.dimension), np.float32)
        return np.array(self._together(queries), np.float32).reshape(-1, self.dimension)

    def _encode_queries(self, queries: list[str], crowded: bool) -> Vectors:
        if len(queries) > TOGETHER:
            return self._encode(queries, self._described.query_prompt)
        tokens = self._tokens(queries, self._described.query_prompt)
        return (
            self._encode_batch(tokens) if crowded or len(queries) > ALONE else self._run(self._lone, tokens)
        )

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        tokens = self._tokens(texts, prompt)
        return self._workers.encode(tokens, self._encode_batch, dimension=self.dimension)

    def _tokens(self, texts: Sequence[str], prompt: str) -> list[list[int]]:
        return self._tokenize([prompt + encodable(text) for text in texts])

    def _encode_batch(self, tokens: list[list[int]]) -> Vectors:
        return self._run(self._for_batches(), tokens)

    def _run(self, runner: Runner, tokens: list[list[int]]) -> Vectors:
        lengths = np.array([len(row) for row in tokens], np.int32)
        width = min(-(-int(lengths.max()) // STEP) * STEP, self._described.longest)
        ids = np.full((len(tokens), width), self._described.padding, np.int32)
        for row, found in zip(ids, tokens, strict=True):
            row[: len(found)] = found
        words = self._words[ids] * self._scales[ids]
        try:
            return runner.run(words, lengths)
        except Exception as exc:
            raise EncoderError(f"{self.name} failed on {len(tokens)} texts: {exc}") from exc

    def _for_batches(self) -> Runner:
        """Compiled when it is first needed: answering one question at a time needs only the other."""
        with self._compiling:
            if self._batches is None:
                variant, threads = self._described.passage_variant, self._threads
                self._batches = Runner(self._folder, variant, threads=threads, streams=threads)
            return self._batches
