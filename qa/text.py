"""Text as people write it: folded for matching, split into paragraphs, sentences and clauses.

Folding never changes the length of a text, so an offset into the folded text is an offset into
the text as it was read.
"""

import functools
import re
import unicodedata

from qa.types import Span

TERMINAL = "。！？!?…"
"""A sentence ends with one of these, or with ``；`` / ``;``."""

_CLOSING = "”’」』》〉)）】〕\"'"
_SENTENCE_END = re.compile(
    rf"(?:[{TERMINAL}；]|;(?=\s|[^\x00-\x7f])|\.(?=[{re.escape(_CLOSING)}]*(?:\s|$)))+[{re.escape(_CLOSING)}]*"
)
_GOES_ON = re.compile(
    r"(?<![\w.])(?:(?:[A-Z]\.)*[A-Z]|Mrs?|Ms|Dr|Prof|St|Rev|Hon|Gen|Sen|Rep|Gov|Capt|Lt|Col|Sgt)\.\s"
    r"|(?<!\S)(?:Nos?|Art|Sec|Fig|Vol|pp?)\.\s+\d"
    r"|\.\s+[a-z]|(?<=\d\s)\.\s\d"
)
"""A full stop that ends no sentence: of initials, of a title, of a number, or before a small letter."""
_LONGEST_SHORT = 24
"""Characters before and behind a full stop that tell whether it is one of these."""
_FINISHED = re.compile(rf"[{TERMINAL}；;：:.][{re.escape(_CLOSING)}]*$")
_BYTE_ORDER_MARK = "\ufeff"
_CELL_END = "\t"
_LINE_START = re.compile(
    r"(?:——|[●◆■★▲]|[一二三四五六七八九十百]+是|[(（]?[一二三四五六七八九十]+[)）、]|第[一二三四五六七八九十百零]+[编章节条款])"
)
_NUMBER_CUT = re.compile(r"[\u3400-\u9fff](?<![件表图录号第])\d{1,3}\s*\n\s*\d{3}[\u3400-\u9fff]")
_PROSE = re.compile(r"[，,。；]")
_SOFT_END = re.compile(r"[，,、：:\s]")
_CLAUSE_END = re.compile(
    rf"(?:[，；;{TERMINAL}]|(?<!\d)[:：]|[:：](?!\d)|(?<!\d),|,(?!\d{{3}}(?!\d)))+[{re.escape(_CLOSING)}]*"
)
_CJK_GAP = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef，。；：、！？“”])\s+(?=\S)|(?<=\S)\s+(?=[\u2e80-\u9fff\uff00-\uffef“”])"
)
_FURNITURE = re.compile(
    r"返回顶部|打印本页|关闭窗口|版权所有|ICP备|公网安备|网站标识码|触屏版|移动版|All Rights Reserved|\||"
    r"未经[^。；]{0,24}(?:授权|许可|允许|同意)[^。；]{0,16}不得|转载请注明|不得(?:转载|链接|转帖)"
)
_MAYBE_FURNITURE = re.compile(
    r"[上下]一[篇页版]|首页|网站地图|联系我们|举报(?:电话|邮箱|中心|平台|专区|入口|[:：]|$)|责任编辑|美编|本版编辑|本报记者|技术支持|许可证(?:编?号|[:：])"
)
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_SHORTEST_NAME, _BETWEEN = 3, 4
"""Characters of a name that is an abbreviation, and how many may stand between two of them written out."""
LONGEST_SENTENCE = 500
"""A run without a sentence end is cut after at most this many characters."""


@functools.cache
def _simplify() -> "functools.partial[str]":
    import opencc

    return functools.partial(opencc.OpenCC("t2s").convert)


class _Fold(dict[int, int]):
    """Code point to code point, filled as characters are met; one character stays one character."""

    def __init__(self, *, lower: bool) -> None:
        super().__init__()
        self._lower = lower

    def __missing__(self, code: int) -> int:
        folded = chr(code)
        if code > 127:
            compatible = unicodedata.normalize("NFKC", folded)
            folded = compatible if len(compatible) == 1 else folded
            if "\u3400" <= folded <= "\u9fff":
                simple = _simplify()(folded)
                folded = simple if len(simple) == 1 else folded
        if self._lower and len(folded.lower()) == 1:
            folded = folded.lower()
        self[code] = ord(folded)
        return self[code]


class _Squeeze(dict[int, int | None]):
    """As ``_Fold``, and without white space and format characters."""

    def __missing__(self, code: int) -> int | None:
        folded = chr(_FOLD[code])
        dropped = folded.isspace() or unicodedata.category(folded) == "Cf"
        self[code] = None if dropped else ord(folded)
        return self[code]


_FOLD = _Fold(lower=True)
_PLAIN = _Fold(lower=False)
_SQUEEZE = _Squeeze()


def fold(text: str) -> str:
    """Half width, simplified, lower case, same length: fold("體育Ａ") == "体育a"."""
    return text.translate(_FOLD)


def plain(text: str) -> str:
    """Return ``text`` as an encoder should see it: folded but for case, gaps and line breaks closed.

    plain("水 氣 is high") == "水气is high"
    """
    return _CJK_GAP.sub("", text.translate(_PLAIN)).strip()


def is_chinese(text: str) -> bool:
    """Whether ``text`` is written with Chinese characters, at least one in ten of its letters."""
    letters = [c for c in text if c.isalpha()]
    return 10 * sum("\u3400" <= c <= "\u9fff" for c in letters) >= max(1, len(letters))


def squeeze(text: str) -> str:
    """Return ``text`` folded and without any white space or format characters, for comparing."""
    return text.translate(_SQUEEZE)


def alike_from_start(a: str, b: str) -> int:
    """How many characters two texts have in common from the first on.

    alike_from_start("水厂", "水库") == 1
    """
    shared = enumerate(zip(a, b, strict=False))
    return next((at for at, (one, other) in shared if one != other), min(len(a), len(b)))


def written_out(short: str, text: str) -> bool:
    """Whether Chinese ``text``, squeezed, writes out ``short``, three characters or more, a few between them.

    written_out("体改委", "体制改革委员会")
    """
    if len(short) < _SHORTEST_NAME or not _CHINESE.fullmatch(short):
        return False
    gap = f"[\u3400-\u9fff]{{0,{_BETWEEN}}}"
    return bool(re.search(gap.join(map(re.escape, short)), text))


def trim(text: str, span: Span) -> Span:
    """Shrink ``span`` so that it neither begins nor ends with white space or a byte-order mark."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] == _BYTE_ORDER_MARK):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == _BYTE_ORDER_MARK):
        end -= 1
    return start, end


def lines(text: str) -> list[Span]:
    """Spans of the lines that hold something, without the white space around them."""
    spans = [trim(text, match.span()) for match in re.finditer(r"[^\n\r\u2028\u2029\f\v]+", text)]
    return [span for span in spans if span[0] < span[1]]


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page (navigation, copyright, editors where no sentence names them)."""
    words = line.split()
    short = len(words) >= 5 and max(map(len, words)) <= 4 and _CELL_END not in line
    said = line.rstrip(f"{_CLOSING} \t")[-1:] in f"{TERMINAL}；;"
    return short or bool(_FURNITURE.search(line) or (not said and _MAYBE_FURNITURE.search(line)))


def unfinished(line: str) -> bool:
    """Whether ``line`` is prose that goes on in the next line (copied from a column, say)."""
    return bool(_PROSE.search(line)) and not _FINISHED.search(line.strip())


def paragraphs(text: str, span: Span) -> list[Span]:
    """Spans of the paragraphs within ``span``; lines broken in mid-sentence are one paragraph.

    A row of a table, its cells parted by tabs, is one by itself.
    """
    joined: list[Span] = []
    prose = goes_on = False
    for line in lines(text[slice(*span)]):
        start, end = line[0] + span[0], line[1] + span[0]
        row = text.find(_CELL_END, start, end) >= 0
        if goes_on and not row and not _LINE_START.match(text, start, end):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
            prose = False
        prose = prose or bool(_PROSE.search(text, start, end))
        cut = _NUMBER_CUT.search(text, max(start, end - 4), end + 12)
        goes_on = not row and bool(cut or (prose and not _FINISHED.search(text[start:end])))
    return joined


def sentences(text: str, span: Span) -> list[Span]:
    """Spans of the sentences within ``span``, in order, without white space around them."""
    found: list[Span] = []
    for start, end in paragraphs(text, span):
        ends = _SENTENCE_END.finditer(text, start, end)
        cuts = [found.end() for found in ends if found[0][0] != "." or _is_stop(text, found.start(), start)]
        begin = start
        for cut in [*cuts, end]:
            found.extend(_shorten(text, trim(text, (begin, cut))))
            begin = cut
    return found


def _is_stop(text: str, at: int, begin: int) -> bool:
    """Whether the full stop at ``at`` ends a sentence of the paragraph that begins at ``begin``."""
    first = max(begin, at - _LONGEST_SHORT)
    around = _GOES_ON.finditer(text[first : at + _LONGEST_SHORT])
    goes_on = any(found.start() <= at - first < found.end() for found in around)
    return not goes_on and not text[begin:at].isdigit()  # 2. begins an item


def _shorten(text: str, span: Span) -> list[Span]:
    """Cut a run without sentence ends into pieces, at commas or blanks where there are any."""
    pieces: list[Span] = []
    start, end = span
    while end - start > LONGEST_SENTENCE:
        soft = [m.end() for m in _SOFT_END.finditer(text, start + 1, start + LONGEST_SENTENCE)]
        cut = soft[-1] if soft else start + LONGEST_SENTENCE
        pieces.append(trim(text, (start, cut)))
        start = cut
    pieces.append(trim(text, (start, end)))
    return [piece for piece in pieces if piece[0] < piece[1]]


def clauses(text: str, span: Span) -> list[Span]:
    """Spans between commas, colons and sentence ends within ``span``; the mark belongs to its clause."""
    found: list[Span] = []
    begin = span[0]
    for cut in [*(m.end() for m in _CLAUSE_END.finditer(text, *span)), span[1]]:
        piece = trim(text, (begin, cut))
        if piece[0] < piece[1]:
            found.append(piece)
        begin = cut
    return found


def runs(text: str, *, size: int = 6) -> set[str]:
    """Every run of ``size`` characters of ``text``, squeezed: runs("甲乙丙", size=2) == {"甲乙", "乙丙"}."""
    squeezed = squeeze(text)
    return {squeezed[i : i + size] for i in range(len(squeezed) - size + 1)}


def shared(a: str, b: str) -> float:
    """Share of the runs of the text with fewer of them that the other holds too, in [0, 1]."""
    of_a, of_b = runs(a), runs(b)
    fewer = min(len(of_a), len(of_b))
    return len(of_a & of_b) / fewer if fewer else 0.0
