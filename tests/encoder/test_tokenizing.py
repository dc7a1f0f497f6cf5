"""SentencePiece against tokenizers, on the bundled vocabulary and on one too small to agree."""

import json
from pathlib import Path

import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from qa.config import default_cache
from qa.encoder.bundled import prepare_bundled
from qa.encoder.probes import PASSAGES
from qa.encoder.tokenizing import FAST, PIECES, load_tokenizer, save_tokenizer

TEXTS = [
    *PASSAGES,
    "query: 繁體字 ＡＢＣ～１２３ ①②",
    "ﬁne naïve café 😀 \u200b零宽 \x00 Ωmega",
    "龘靐齉齾 unbekannte 字",
    "a\tb\nc   d",
    "query: " + "长" * 3000,
]


@pytest.fixture(scope="module")
def bundled_json() -> Path:
    return prepare_bundled(default_cache()) / FAST


def test_the_bundled_vocabulary_gives_the_same_tokens(bundled_json: Path, tmp_path: Path) -> None:
    reference = Tokenizer.from_file(str(bundled_json))
    save_tokenizer(reference, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [PIECES]
    reference.enable_truncation(512)
    reference.no_padding()
    found = load_tokenizer(tmp_path, longest=512)(TEXTS)
    assert found == [encoded.ids for encoded in reference.encode_batch(TEXTS)]
    assert len(found[-1]) == 512


def test_a_tokenizer_that_sentencepiece_does_not_reproduce_stays_itself(tmp_path: Path) -> None:
    vocabulary = [("<unk>", 0.0), ("▁", -1.0), ("图", -2.0), ("书", -2.0), ("馆", -2.0)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=0))
    tokenizer.normalizer = normalizers.Replace("图", "书")
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    save_tokenizer(tokenizer, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FAST]
    assert load_tokenizer(tmp_path, longest=3)(["图书馆"]) == [[1, 3, 3]]


def test_padding_of_the_original_is_not_kept(bundled_json: Path, tmp_path: Path) -> None:
    reference = Tokenizer.from_file(str(bundled_json))
    reference.enable_padding(length=64)
    described = json.loads(reference.to_str())
    assert described["padding"]
    save_tokenizer(reference, tmp_path)
    assert len(load_tokenizer(tmp_path, longest=512)(["好"])[0]) < 10
