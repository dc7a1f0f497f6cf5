"""Converts a sentence-transformers model for OpenVINO, once, and holds the result against it."""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, cast

import numpy as np

from qa.encoder.compiled import (
    DESCRIPTION,
    SCALES,
    VARIANTS,
    WORDS,
    CompiledEncoder,
    Description,
)
from qa.encoder.graph import Architecture, Weights, build_graph, quantise
from qa.encoder.probes import PASSAGES, QUERIES
from qa.encoder.quiet import openvino
from qa.encoder.sentence import SentenceEncoder
from qa.encoder.tokenizing import save_tokenizer
from qa.errors import EncoderError
from qa.protocols import Vectors

CONVERSION_VERSION = 1
FIRST_POSITIONS = {"bert": 0, "roberta": 2, "xlm-roberta": 2, "camembert": 2}
"""The architectures that ``graph`` can build, and the number of their first position."""
NEAREST_COSINE, NEAREST_RANKS = 0.998, 0.98
"""What a variant must reach against the model it came from: the least cosine of any probe, and the mean
rank correlation (Spearman) of all passages for each question."""

log = logging.getLogger(__name__)


class UnsupportedModelError(EncoderError):
    """The model cannot be converted; sentence-transformers runs it."""


def convert(source: SentenceEncoder, folder: Path) -> None:
    """Write the model of ``source`` into the empty ``folder`` as :class:`CompiledEncoder` reads it.

    Every variant that this machine has instructions for is compared with ``source`` and timed; the
    fastest that agrees is chosen, for a question and for passages apart. Raises UnsupportedModelError.
    """
    architecture = architecture_of(source)
    state = _inner(source).state_dict()
    weights: Weights = {name: tensor.detach().float().cpu().numpy() for name, tensor in state.items()}
    for name in sorted({graph for graph, _ in VARIANTS.values()}):
        graph = build_graph(weights, architecture, int8=name == "int8")
        openvino().save_model(graph, folder / f"{name}.xml", compress_to_fp16=False)
    words, scales = quantise(weights["embeddings.word_embeddings.weight"])
    np.save(folder / WORDS, words, allow_pickle=False)
    np.save(folder / SCALES, scales, allow_pickle=False)
    save_tokenizer(source.model.tokenizer.backend_tokenizer, folder)
    _describe(source, folder, _longest(source))


def architecture_of(source: SentenceEncoder) -> Architecture:
    """What ``graph`` must know of the model. Raises UnsupportedModelError, saying what it cannot do."""
    model = source.model
    kinds = [type(module).__name__ for module in model]
    if kinds not in (["Transformer", "Pooling", "Normalize"], ["Transformer", "Pooling"]):
        raise UnsupportedModelError(f"its modules are {kinds}")
    config, pooling = _inner(source).config, cast(Any, model[1]).get_config_dict()
    if config.model_type not in FIRST_POSITIONS:
        raise UnsupportedModelError(f"its architecture is {config.model_type}")
    if config.hidden_act not in ("gelu", "relu") or getattr(config, "is_decoder", False):
        raise UnsupportedModelError(f"its activation is {config.hidden_act}")
    if pooling.get("pooling_mode") not in ("mean", "cls") or not pooling.get("include_prompt", True):
        raise UnsupportedModelError(f"its pooling is {pooling}")
    if getattr(model[0], "do_lower_case", False) or not hasattr(model.tokenizer, "backend_tokenizer"):
        raise UnsupportedModelError("its tokenizer is not a fast one")
    return Architecture(
        layers=config.num_hidden_layers,
        heads=config.num_attention_heads,
        epsilon=config.layer_norm_eps,
        activation=config.hidden_act,
        pooling=pooling["pooling_mode"],
        first_position=FIRST_POSITIONS[config.model_type],
    )


def _inner(source: SentenceEncoder) -> Any:  # noqa: ANN401 - a model of any architecture
    """The model of transformers inside."""
    return cast(Any, source.model[0]).auto_model


def _longest(source: SentenceEncoder) -> int:
    config = _inner(source).config
    places: int = config.max_position_embeddings - FIRST_POSITIONS[config.model_type]
    return min(places, source.model.max_seq_length or places)


def _describe(source: SentenceEncoder, folder: Path, longest: int) -> None:
    """Try every variant, choose, and write ``encoder.json``."""
    references = source.encode_queries(QUERIES), source.encode_passages(PASSAGES)
    found: dict[str, dict[str, float]] = {}
    for variant in _runnable():
        described = Description(
            name=f"{source.name}, OpenVINO",
            fingerprint=f"{source.fingerprint}-compiled{CONVERSION_VERSION}",
            dimension=source.dimension,
            longest=longest,
            padding=source.model.tokenizer.pad_token_id or 0,
            query_prompt=source.prompts[0],
            passage_prompt=source.prompts[1],
            query_variant=variant,
            passage_variant=variant,
        )
        _write(folder, asdict(described))
        found[variant] = compare(CompiledEncoder(folder, threads=1), references)
    near = {v: f for v, f in found.items() if f["cosine"] >= NEAREST_COSINE and f["ranks"] >= NEAREST_RANKS}
    if not near:
        raise UnsupportedModelError(f"the converted model does not agree with it: {found}")
    chosen = {
        f"{kind}_variant": min(near, key=lambda variant, kind=kind: near[variant][f"{kind}_ms"])  # type: ignore[misc]
        for kind in ("query", "passage")
    }
    _write(folder, {**asdict(described), **chosen, "measured": found})


def _write(folder: Path, described: dict[str, Any]) -> None:
    (folder / DESCRIPTION).write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _runnable() -> list[str]:
    """Variants with instructions on this machine; the plain one always."""
    able = {
        str(ability).lower() for ability in openvino().Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    }
    return [name for name in VARIANTS if name in able | {"f32", {"f16": "fp16"}.get(name, "")}]


def compare(encoder: CompiledEncoder, references: tuple[Vectors, Vectors]) -> dict[str, float]:
    """Agreement with the vectors of ``QUERIES`` and ``PASSAGES`` that are given, and milliseconds of each."""
    queries = encoder.encode_queries(QUERIES)
    passages = encoder.encode_passages(PASSAGES)
    cosines = [float((a * b).sum(axis=1).min()) for a, b in zip(references, (queries, passages), strict=True)]
    ranks = [
        _spearman(a, b) for a, b in zip(references[0] @ references[1].T, queries @ passages.T, strict=True)
    ]
    alone = [_milliseconds(partial(encoder.encode_queries, [text])) for text in QUERIES_TIMED]
    batch = [_milliseconds(lambda: encoder.encode_passages(PASSAGES)) for _ in range(3)]
    return {
        "cosine": round(min(cosines), 5),
        "ranks": round(float(np.mean(ranks)), 4),
        "query_ms": round(float(np.median(alone)), 2),
        "passage_ms": round(min(batch) / len(PASSAGES), 2),
    }


QUERIES_TIMED = [f"{number}. {text}" for number, text in enumerate(QUERIES)]
"""Other words than ``QUERIES``, which the encoder remembers by now."""


def _spearman(one: Vectors, other: Vectors) -> float:
    first, second = (np.argsort(np.argsort(scores)) for scores in (one, other))
    return float(np.corrcoef(first, second)[0, 1])


def _milliseconds(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return (time.perf_counter() - begin) * 1000
