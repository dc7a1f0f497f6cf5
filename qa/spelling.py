"""Questions typed by sound: a wrong character that sounds the same, or pinyin in place of characters."""

import functools
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import product

from qa.text import fold
from qa.types import Hit

_RUN = re.compile(r"[\u3400-\u9fff]+")
_LETTERS = re.compile(r"[a-zü]+(?:['\s]+[a-zü]+)*")
_BLANK = re.compile(r"['\s]+")
_NOWHERE = "\U0010ffff"
"""A token that no document has: its weight is that of all unknown ones."""
_ASKING = "什么谁哪些里个多少几怎样如何为是的在有吗呢了和"
"""Characters of questions, which documents need not have."""
_PAIRS_ASKING = (
    "什么",
    "哪些",
    "哪里",
    "哪个",
    "多少",
    "几个",
    "怎么",
    "怎样",
    "如何",
    "为什",
    "是谁",
    "是什",
    "有哪",
    "有什",
    "的是",
)
_FUNCTION = frozenset(
    "的了吗呢吧呀啊阿么地得着过是谁什哪几多少怎何为在和与及或有无没不要能会可应该到还就都也又很太最更已将被把给让跟对向从由于以等个"
    "这那其它他她我你您们里上中下内外前后来去说讲管做搞办叫当问请想看用新老大小高低年月日号时点次家项条种位名件所"
)
"""Characters that stand by themselves in any question."""
_SHORTEST, _LONGEST = 2, 4
_NEAR = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_FEWEST, _MOST = 2, 24
"""Syllables that can be read as pinyin: one alone is too little, and more take too long."""
_LONGEST_QUESTION, _PLACES, _LIKELY = 100, 3, 40
"""Characters of a question that is looked at, places in it that may be wrong, and the commonest characters
of one sound that pinyin may stand for: what is more would take too long."""
_GUESSED = 1 / 3
"""Share of the pairs that may be of no document, if pinyin is to be read at all."""
_STRANGE = 12.0
"""What a pair of characters costs that no document has, beside the inverse document frequency of others."""

GAIN = 0.1
"""Share of the question that the best passage must say more of, so that a correction is believed."""


class Spelling:
    """Corrects by the characters and pairs of a corpus. Safe to call from many threads.

    ``weight`` is the inverse document frequency of a character or pair (see ``tokens.grams``); ``cut``
    parts a text into words, ``is_word`` tells whether a dictionary has one. Sounds are read at the first
    question that needs them.
    """

    def __init__(
        self,
        *,
        weight: Callable[[str], float],
        cut: Callable[[str], list[str]],
        is_word: Callable[[str], bool],
    ) -> None:
        self._weight = weight
        self._cut = cut
        self._is_word = is_word
        self._unknown = weight(_NOWHERE)
        self._lock = threading.Lock()
        self._written: Mapping[str, Sequence[str]] = {}

    def corrected(self, question: str) -> str:
        """Return ``question`` as it may have been meant, or as it is: corrected("图书管") == "图书馆"."""
        folded = fold(question)
        if len(folded) > _LONGEST_QUESTION:
            return question
        read = _LETTERS.sub(self._characters, folded) if self._is_pinyin(folded) else folded
        meant = _RUN.sub(lambda found: self._run(found[0]), read)
        return meant if meant != folded else question

    def _known(self, token: str) -> bool:
        return self._weight(token) < self._unknown

    def _sounding(self, sound: str) -> Sequence[str]:
        """Characters of the corpus with this sound."""
        with self._lock:
            if not self._written:
                written = defaultdict(list)
                for character in map(chr, range(0x4E00, 0x9FFF)):
                    if character in _ASKING or self._known(character):
                        for one in _sounds(character):
                            written[one].append(character)
                self._written = {sound: sorted(found, key=self._weight) for sound, found in written.items()}
        return self._written.get(sound, ())

    def _run(self, run: str) -> str:
        """A run of Chinese, with what is no word and stands in no document put right."""
        put, strange = [""], False
        for word in self._cut(run):
            before, strange = strange, word not in _FUNCTION and (len(word) == 1 or not self._is_word(word))
            put[-1:] = [put[-1] + word] if before and strange else [put[-1], word]
        wrong = [at for at, part in enumerate(put) if self._is_wrong(part)]
        if len(wrong) > _PLACES:
            return run
        return "".join(self._meant(part) if at in wrong else part for at, part in enumerate(put))

    def _is_wrong(self, part: str) -> bool:
        """Whether no dictionary has ``part`` and no document any pair of it."""
        pairs = [part[at : at + 2] for at in range(len(part) - 1)]
        short = _SHORTEST <= len(part) <= _LONGEST
        return short and not self._is_word(part) and not any(self._fits(pair) for pair in pairs)

    def _meant(self, strange: str) -> str:
        """``strange`` with pairs of its characters made words of the corpus that sound the same."""
        options = [
            (changed, self._weight(other), at, other)
            for at in range(len(strange) - 1)
            for changed, other in self._sounding_pairs(strange[at : at + 2])
            if self._is_word(other) and self._known(other)
        ]
        if not options:
            return strange
        _, _, at, other = min(options)
        return self._meant(strange[:at]) + other + self._meant(strange[at + 2 :])

    def _sounding_pairs(self, pair: str) -> list[tuple[int, str]]:
        """Pairs that sound like one, with how many of the two characters differ."""
        first, second = (self._alike(character) for character in pair)
        one = [(1, other + pair[1]) for other in first] + [(1, pair[0] + other) for other in second]
        return one + [(2, a + b) for a, b in product(first, second)]

    def _fits(self, pair: str) -> bool:
        return self._known(pair) or self._is_word(pair)

    def _alike(self, character: str) -> list[str]:
        found = (other for sound in _sounds(character) for other in self._sounding(sound))
        return [other for other in dict.fromkeys(found) if other != character]

    def _is_pinyin(self, folded: str) -> bool:
        """Whether all letters can be read as pinyin and are not words of the corpus."""
        runs = _LETTERS.findall(folded)
        words = [word for run in runs for word in _BLANK.split(run)]
        return (
            bool(words)
            and all((word.isascii() and not self._known(word)) or len(word) == 1 for word in words)
            and all(_FEWEST <= len(_syllables(run)) <= _MOST for run in runs)
        )

    def _characters(self, found: re.Match[str]) -> str:
        """The likeliest characters of a run of pinyin: the cheapest path over known pairs (Viterbi)."""
        paths: dict[str, tuple[float, str]] = {"": (0.0, "")}
        for syllable in _syllables(found[0]):
            choices = self._sounding(_near(syllable))[:_LIKELY]
            if not choices:
                return found[0]
            paths = {
                character: min(
                    (cost + self._cost(last, character), text + character)
                    for last, (cost, text) in paths.items()
                )
                for character in choices
            }
        read = min(paths.values())[1]
        pairs = [read[at : at + 2] for at in range(len(read) - 1)]
        strange = sum(not self._known(pair) and pair not in _PAIRS_ASKING for pair in pairs)
        return read if strange <= _GUESSED * len(pairs) else found[0]

    def _cost(self, last: str, character: str) -> float:
        pair = last + character
        if pair in _PAIRS_ASKING:
            return 0.0
        if len(pair) == 1:
            return self._weight(character)
        return self._weight(pair) if self._known(pair) else _STRANGE + self._unknown


@functools.cache
def _sounds(character: str) -> tuple[str, ...]:
    """How a character may sound, without tones: _sounds("重") == ("zong", "cong", "tong")."""
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(_near(sound) for sound in (found[0] if found else ())))


def _near(sound: str) -> str:
    """Sounds that are often taken for each other in one writing: zh is z, ing is in."""
    for wide, narrow in _NEAR:
        sound = sound.replace(wide, narrow)
    return re.sub(r"(?<=[aei])ng$", "n", sound).replace("ü", "v")


@functools.cache
def _syllable_set() -> frozenset[str]:
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal

    toned = {one for sounds in PINYIN_DICT.values() for one in sounds.split(",")}
    return frozenset(map(to_normal, toned))


def best_spelled(
    question: str, spelling: Spelling, search: Callable[[str], Sequence[Hit]]
) -> tuple[str, Sequence[Hit]]:
    """The question and what ``search`` finds; corrected, if a passage then says more of it."""
    hits = search(question)
    corrected = spelling.corrected(question)
    if corrected == question:
        return question, hits
    found = search(corrected)
    return (corrected, found) if _said(found) >= _said(hits) + GAIN else (question, hits)


def _said(hits: Sequence[Hit]) -> float:
    return hits[0].scores.get("covers", 0.0) if hits else 0.0


def _syllables(run: str) -> list[str]:
    """The fewest syllables that make up a run of letters, or none; blanks and ' part them."""
    found: list[str] = []
    for word in _BLANK.split(run):
        best: list[list[str] | None] = [[]] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 6), end):
                before = best[start]
                if before is not None and word[start:end] in _syllable_set():
                    kept = best[end]
                    if kept is None or len(before) + 1 < len(kept):
                        best[end] = [*before, word[start:end]]
        whole = best[-1]
        if whole is None:
            return []
        found += whole
    return found
