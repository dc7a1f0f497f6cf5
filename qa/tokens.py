"""Tokens for keyword search, character pairs, and jieba's words with a vocabulary of the corpus."""

import marshal
import re
import threading
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from qa.config import default_cache
from qa.text import fold

_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[a-z0-9]+(?:[.%+\-/][a-z0-9]+)*%?")
_NUMERAL = re.compile(r"[零〇一二三四五六七八九十百千万亿两]{2,20}")
_NAMED = re.compile(r"[“「『《‘]([\u3400-\u9fffA-Za-z0-9+·]{2,12})[”」』》’]")
_NOT = "非"
_COMPILED = "jieba.cache"
"""How jieba names the compiled form of its own dictionary."""


def numbers(text: str) -> list[str]:
    """Arabic writings of the Chinese numerals in folded ``text``: numbers("三十六项") == ["36"]."""
    import cn2an

    found = []
    for numeral in _NUMERAL.findall(text):
        try:
            found.append(str(cn2an.cn2an(numeral, "smart")))
        except (ValueError, KeyError):  # 十四五 and 百万 have the letters of a number and are none
            continue
    return found


def named(text: str) -> list[str]:
    """Names that ``text`` puts in quotes or book marks: named("推进“三清”行动") == ["三清"]."""
    return _NAMED.findall(text)


def grams(text: str) -> list[str]:
    """Characters and pairs of Chinese, words of anything else, numerals in both writings.

    grams("水利局 5G") == ["水", "利", "局", "水利", "利局", "5g"]
    """
    folded = fold(text)
    found: list[str] = []
    for run in _RUN.findall(folded):
        if run.isascii():
            found.append(run)
        else:
            found.extend(run)
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
    return found + numbers(folded)


def affirmed(text: str, tokens: Collection[str]) -> str:
    """``text`` without 非 and what the ``tokens`` say behind it, unless one of them says 非.

    affirmed("非居民用水价格", {"居民", "民用", "用水"}) == "价格": of what it speaks is not that of the 居民
    """
    if _NOT not in text or _NOT in tokens:
        return text
    pairs = sorted(token for token in tokens if len(token) == len("某某") and not token.isascii())
    return re.sub(f"{_NOT}(?:(?={'|'.join(map(re.escape, pairs))}).)+.", "", text) if pairs else text


class Segmenter:
    """jieba with words of the corpus added; its own dictionary, shared with nobody.

    ``cache`` is where jieba keeps its compiled dictionary (the user's cache folder unless told): not in
    the folder for temporary files that every user of the machine can write to.
    """

    def __init__(self, vocabulary: Iterable[str] = (), *, cache: Path | None = None) -> None:
        import jieba

        jieba.setLogLevel(60)
        self._jieba = jieba.Tokenizer()
        folder = cache or default_cache()
        with suppress(OSError):  # jieba then compiles its dictionary at every start
            folder.mkdir(parents=True, exist_ok=True)
        self._jieba.tmp_dir = str(folder)
        _load_compiled(self._jieba, folder / _COMPILED)
        self._lock = threading.Lock()
        self.vocabulary: frozenset[str] = frozenset()
        self._before: dict[str, int | None] = {}
        self.learn(vocabulary)

    def learn(self, vocabulary: Iterable[str]) -> None:
        """Know exactly these words beside the dictionary's own, and no longer those of before."""
        words = frozenset(map(fold, vocabulary))
        with self._lock:
            for word in sorted(self.vocabulary - words):
                self._jieba.add_word(word, self._before.pop(word) or 0)
            for word in sorted(words - self.vocabulary):
                self._jieba.initialize()
                self._before[word] = self._jieba.FREQ.get(word)
                self._jieba.add_word(word)
            self.vocabulary = words

    def cut(self, text: str) -> list[str]:
        """Words that together make up the folded ``text``, marks and blanks included."""
        with self._lock:
            return list(self._jieba.cut(fold(text)))

    def is_word(self, text: str) -> bool:
        """Whether the dictionary or the vocabulary has this word."""
        return bool(self._jieba.FREQ.get(text))


def _load_compiled(tokenizer: Any, path: Path) -> None:  # noqa: ANN401 - jieba has no types
    """Do what jieba does at its first use: read at one go, its dictionary is there in a third of the time."""
    try:
        words, total = marshal.loads(path.read_bytes())  # noqa: S302 - written by jieba, in the user's cache
    except (OSError, ValueError, EOFError, TypeError):
        return  # jieba compiles it
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = words, total, True
