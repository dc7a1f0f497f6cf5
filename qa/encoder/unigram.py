"""Builds the tokenizer of multilingual-e5 from its vocabulary."""

from typing import TYPE_CHECKING

from qa.encoder.weights import Pieces

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# nmt_nfkc keeps this one character, which plain NFKC would turn into "~"; a private-use one stands in.
FULL_WIDTH_TILDE, STAND_IN = "\uff5e", "\ue000"


def build_tokenizer(pieces: Pieces) -> "Tokenizer":
    """A fast Unigram tokenizer; ``encode(text).ids`` is ``<s> text </s>``.

    The normaliser is SentencePiece's nmt_nfkc written with the parts that ``tokenizers`` has: control
    characters, compatibility forms (full width becomes half width), runs of spaces.
    """
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
    from tokenizers.processors import TemplateProcessing

    vocabulary = list(zip(pieces.texts, pieces.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=pieces.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Nmt(),
            normalizers.Replace(FULL_WIDTH_TILDE, STAND_IN),
            normalizers.NFKC(),
            normalizers.Replace(STAND_IN, FULL_WIDTH_TILDE),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    bos, eos = pieces.texts[pieces.bos], pieces.texts[pieces.eos]
    tokenizer.post_processor = TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, pieces.bos), (eos, pieces.eos)],
    )
    special = [pieces.texts[i] for i in (pieces.bos, pieces.pad, pieces.eos, pieces.unk)]
    tokenizer.add_special_tokens([AddedToken(text, normalized=False) for text in special])
    return tokenizer
