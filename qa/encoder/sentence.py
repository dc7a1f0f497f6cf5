"""Encoders over sentence-transformers: the bundled e5, or any other name or folder."""

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa.encoder.recent import REMEMBERED_QUERIES, RecentVectors
from qa.encoder.workers import Workers, encodable
from qa.errors import EncoderError
from qa.protocols import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

E5_PROMPTS = ("query: ", "passage: ")
SAMPLED_VALUES = 1000
PROBE = "Ａ１ 你好，world～ 《第一章》"


class SentenceEncoder:
    """A sentence-transformers model as :class:`qa.protocols.Encoder`; safe to call from many threads.

    ``threads`` batches are computed side by side, each on one core. The usual alternative, one batch
    on ``threads`` OpenMP threads that meet at a barrier after every layer, is no faster for a single
    question and was measured 20 times slower when another process keeps a core busy.
    Raises EncoderError when the model cannot be found or loaded.
    """

    def __init__(self, name_or_folder: str, *, threads: int, batch_size: int = 8, name: str = "") -> None:
        self._name = name or name_or_folder
        self._model = _load(name_or_folder)
        self._prompts = choose_prompts(name_or_folder, self._model.prompts)
        self._dimension: int = self._encode_batch([PROBE], prompt=None).shape[1]
        self._fingerprint = _fingerprint(self._model, self._prompts)
        self._workers = Workers(threads=threads, batch_size=batch_size)
        self._recent = RecentVectors(REMEMBERED_QUERIES)

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """Made from weights, modules, prompts and a tokenised probe; the same on every machine."""
        return self._fingerprint

    @property
    def model(self) -> "SentenceTransformer":
        """What computes: a converted model is made from it and held against it."""
        return self._model

    @property
    def prompts(self) -> tuple[str, str]:
        """What stands before a query and before a passage."""
        return self._prompts

    @property
    def dimension(self) -> int:
        """Columns of every matrix it returns."""
        return self._dimension

    def encode_queries(self, queries: Sequence[str]) -> Vectors:
        """Shape (len(queries), dimension), float32, rows of length 1; repeated queries are remembered."""
        return self._recent.fill(queries, partial(self._encode, prompt=self._prompts[0]))

    def encode_passages(self, passages: Sequence[str]) -> Vectors:
        """Shape (len(passages), dimension), float32, rows of length 1."""
        return self._encode(passages, prompt=self._prompts[1])

    def _encode(self, texts: Sequence[str], *, prompt: str) -> Vectors:
        batch = partial(self._encode_batch, prompt=prompt or None)
        return self._workers.encode(texts, batch, dimension=self._dimension)

    def _encode_batch(self, texts: list[str], *, prompt: str | None) -> Vectors:
        try:
            vectors = self._model.encode(
                [encodable(text) for text in texts],
                prompt=prompt,
                batch_size=len(texts),
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        except Exception as exc:
            raise EncoderError(f"{self._name} failed on {len(texts)} texts: {exc}") from exc
        return np.asarray(vectors, np.float32)


def choose_prompts(name: str, configured: Mapping[str, str | None]) -> tuple[str, str]:
    """What to put before a query and before a passage.

    A model's own prompts come first; e5 models that carry none need ``query: `` and ``passage: ``
    (Wang et al. 2022, section 3); others get nothing.
    """
    query = configured.get("query") or ""
    passages = (configured.get(key) for key in ("passage", "document", "corpus"))
    passage = next((prompt for prompt in passages if prompt), "")
    if query or passage:
        return query, passage
    is_e5 = re.search(r"(?<![a-z])e5(?![a-z0-9])", name.lower()) and "instruct" not in name.lower()
    return E5_PROMPTS if is_e5 else ("", "")


def _load(name_or_folder: str) -> "SentenceTransformer":
    # Read by libraries when they are loaded: OpenMP threads must sleep while they wait, and one batch
    # must not spread over all cores for its tokens.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        import torch
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        torch.set_num_threads(1)
        return _find(name_or_folder)
    except Exception as exc:
        reason = (str(exc).strip() or type(exc).__name__).splitlines()[0].rstrip(".")
        raise EncoderError(
            f"the model {name_or_folder!r} cannot be loaded ({reason}); wanted: `bundled`, a folder in the "
            "format of sentence-transformers, or the name of a model that is cached or can be downloaded; "
            "change QA_ENCODER"
        ) from exc


def _find(name_or_folder: str) -> "SentenceTransformer":
    """From the folder or the hub's local cache; only a model that is in neither is downloaded."""
    from huggingface_hub import HfApi
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name_or_folder, local_files_only=True)
    except (OSError, ValueError):
        if Path(name_or_folder).is_dir():
            raise
    # Fails at once for an unknown name or an unreachable hub; a download would retry for a minute.
    HfApi().model_info(name_or_folder, timeout=10)
    return SentenceTransformer(name_or_folder)


def _fingerprint(model: "SentenceTransformer", prompts: tuple[str, str]) -> str:
    tokens = [values.tolist() for values in model.preprocess([PROBE]).values() if hasattr(values, "tolist")]
    described = [str(model), list(prompts), model.max_seq_length, tokens]
    digest = hashlib.sha256(json.dumps(described).encode())
    for name, tensor in sorted(model.state_dict().items()):
        values = tensor.detach().flatten()
        sample = values[:: max(1, values.numel() // SAMPLED_VALUES)].float().cpu().numpy()
        digest.update(f"{name} {tuple(tensor.shape)}".encode() + sample.astype("<f4").tobytes())
    return digest.hexdigest()[:16]
