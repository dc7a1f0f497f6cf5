"""Writes a packed model as an ordinary sentence-transformers folder."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.encoder.unigram import build_tokenizer
from qa.encoder.weights import PackedModel

PROMPTS = {"query": "query: ", "passage": "passage: "}

_LINEAR = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def write_folder(model: PackedModel, folder: Path) -> None:
    """Write weights, tokenizer and configuration into the empty ``folder``.

    Raises EncoderError for a damaged ``model`` and OSError when the disk refuses.
    """
    from safetensors.numpy import save_file

    save_file(dict(_tensors(model)), folder / "model.safetensors", metadata={"format": "pt"})
    build_tokenizer(model.pieces).save(str(folder / "tokenizer.json"), pretty=False)
    for name, value in _configuration(model).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _tensors(model: PackedModel) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Every weight under the name that ``transformers.BertModel`` gives it."""
    shape = model.shape
    hidden = shape.hidden
    tables = {
        "word": ("word_embeddings", shape.vocabulary),
        "pos": ("position_embeddings", shape.positions),
        "type": ("token_type_embeddings", shape.token_types),
    }
    for packed, (name, rows) in tables.items():
        yield f"embeddings.{name}.weight", model.tensor(f"emb.{packed}", (rows, hidden))
    yield "embeddings.LayerNorm.weight", model.tensor("emb.ln.w", (hidden,))
    yield "embeddings.LayerNorm.bias", model.tensor("emb.ln.b", (hidden,))
    sizes = {"fi": (shape.feed_forward, hidden), "fo": (hidden, shape.feed_forward)}
    for n in range(shape.layers):
        for packed, name in _LINEAR.items():
            size = sizes.get(packed, (hidden, hidden))
            yield f"encoder.layer.{n}.{name}.weight", model.tensor(f"l{n}.{packed}.w", size)
            yield f"encoder.layer.{n}.{name}.bias", model.tensor(f"l{n}.{packed}.b", size[:1])
        for packed, name in _NORMS.items():
            yield f"encoder.layer.{n}.{name}.weight", model.tensor(f"l{n}.{packed}.w", (hidden,))
            yield f"encoder.layer.{n}.{name}.bias", model.tensor(f"l{n}.{packed}.b", (hidden,))
    # Unused by mean pooling, but BertModel would fill a missing pooler with random numbers and warn.
    yield "pooler.dense.weight", np.zeros((hidden, hidden), np.float32)
    yield "pooler.dense.bias", np.zeros(hidden, np.float32)


def _configuration(model: PackedModel) -> dict[str, object]:
    """File name to content, for every JSON file of the folder."""
    shape, pieces = model.shape, model.pieces
    modules = ("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize")
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": model.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": pieces.pad,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "model_input_names": ["input_ids", "attention_mask"],
            "bos_token": pieces.texts[pieces.bos],
            "eos_token": pieces.texts[pieces.eos],
            "pad_token": pieces.texts[pieces.pad],
            "unk_token": pieces.texts[pieces.unk],
            "cls_token": pieces.texts[pieces.bos],
            "sep_token": pieces.texts[pieces.eos],
            "clean_up_tokenization_spaces": False,
        },
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (kind, path) in enumerate(modules)
        ],
        "config_sentence_transformers.json": {"prompts": PROMPTS, "similarity_fn_name": "cosine"},
    }
