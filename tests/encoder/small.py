"""Small models with random weights, one for each architecture, written as sentence-transformers folders."""

import string
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

HIDDEN = 32
LETTERS = (
    string.ascii_letters + string.digits + "，。？、！；：%.,?¿ 的一是在不了有和人这中大为上个国我以要他时来"
    "图书馆周末几点关门怎样申请居住证今年财政预算多少谁负责防汛工作老人免费乘车需要材料公园何时开放停电找规定空气质量"
)
KINDS: dict[str, dict[str, Any]] = {
    "bert": {},
    "bert, cls, relu": {"pooling": "cls", "hidden_act": "relu"},
    "bert, not normalised": {"modules": 2},
    "xlm-roberta": {"architecture": "XLMRoberta", "type_vocab_size": 1, "max_position_embeddings": 130},
    "roberta": {"architecture": "Roberta", "type_vocab_size": 1, "max_position_embeddings": 130},
    "no transformer of this kind": {"architecture": "Electra", "embedding_size": HIDDEN},
    "no pooling of this kind": {"pooling": "max"},
    "no activation of this kind": {"hidden_act": "silu"},
}
"""Those that begin with "no" cannot be converted."""


def write_model(
    folder: Path, *, architecture: str = "Bert", pooling: str = "mean", modules: int = 3, **config: object
) -> Path:
    """A model of two layers with the seed 0."""
    import torch
    import transformers
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    torch.manual_seed(0)
    tokenizer = tokenizer_of(LETTERS)
    sizes = {
        "vocab_size": len(tokenizer),
        "hidden_size": HIDDEN,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "intermediate_size": 64,
        "max_position_embeddings": 128,
        "pad_token_id": tokenizer.pad_token_id,
        "initializer_range": 0.3,
    }
    made = getattr(transformers, f"{architecture}Config")(**{**sizes, **config})
    inner = folder / "inner"
    getattr(transformers, f"{architecture}Model")(made).save_pretrained(inner)
    tokenizer.save_pretrained(inner)
    transformer = Transformer(str(inner), max_seq_length=120)
    parts = [transformer, Pooling(HIDDEN, pooling_mode=pooling), Normalize()][:modules]
    SentenceTransformer(modules=parts, device="cpu").save(str(folder / "model"))
    return folder / "model"


def tokenizer_of(letters: str) -> "PreTrainedTokenizerFast":
    """A token for each letter, as the fast tokenizer of transformers."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    special = ["<s>", "<pad>", "</s>", "<unk>"]
    vocabulary = {token: number for number, token in enumerate([*special, *dict.fromkeys(letters)])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token=special[-1]))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), "isolated")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    names = {
        "bos_token": "<s>",
        "cls_token": "<s>",
        "pad_token": "<pad>",
        "eos_token": "</s>",
        "sep_token": "</s>",
        "unk_token": "<unk>",
    }
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, **names)  # type: ignore[no-untyped-call]
