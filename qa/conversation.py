"""A follow-up becomes a question that stands alone, without a model of language."""

import re
from collections.abc import Sequence

from qa.articles import addresses_asked, beside
from qa.entities import rank_of
from qa.numbers import NUMERAL
from qa.question import Question
from qa.text import alike_from_start
from qa.types import Turn

_PRONOUN = re.compile(
    r"(?:(?<![其吉耳利])(?:他们|她们|它们|他(?![人国乡])|她|它)|(?<!应)该(?=[\u3400-\u9fff])(?!怎|如何|不该|由|在|是)|此人|这位|那位|这个人|上述|前者|后者)(?:的|们)?"
    r"|\b(?:he|she|it|they|his|her|its|their)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^(?:那么?(?!些|个|里|天|年|位|曲|坡)|还有|另外|此外|其中|其(?!他|它|余|实|次)|这(?!些年|几年|五年)(?:个|些|项|种|位)?"
    r"|and |what about |how about )",
    re.IGNORECASE,
)
_ENDS = re.compile(r"呢[?？!！。\s]*$")
_TIME = re.compile(
    r"(?:公元)?(?:19|20)\d\d年?(?:\d{1,2}月)?(?:底|初|中|末|的时候|那会儿|那阵子|时|前后)?|现在|目前|如今|当前|今年|去年|前年|明年|当时|那时"
)
_ASKING = re.compile(
    r"是不是|有没有|能不能|怎么样|是谁|叫什么名字|叫什么|是什么|有什么|有哪些|是哪些|什么|哪[些个家里儿几年月天种位]|谁|多少|如何|为什么|几(?=[个项家年月天次场条])|吗|呢|吧|呀|啊|[?？!！。]"
)
_WH = re.compile(r"谁|什么|哪|多少|如何|怎么|几")
_WANTED = re.compile(
    r"是谁|谁|什么时[候间侯]|何时|在?哪[里儿]|[是有]?多少|多[久大高长重远宽深]|哪[些个年月天]|是?什么|如何|怎么样?|几"
)
"""What a question asks, apart from what it asks of."""
_ASKED_BY_NAME = (
    (re.compile(r"(?:时间|日期|期限)$"), "什么时候"),
    (re.compile(r"(?:地址|地点|位置)$"), "在哪里"),
    (re.compile(r"(?:[票房水电单]价|价[格钱]|费用?|金额|[租押]金|人数|面积|比例|[率额])$"), "多少"),
)
"""What is asked of a thing whose name tells of which kind it is."""
_NUMERAL_BEFORE = rf"第?(?<![\d一二三四五六七八九十百千.]){NUMERAL}"
_NUMBERED = re.compile(rf"第?{NUMERAL}(?P<of>[\u3400-\u9fff]).{{0,8}}")
_OFFICE = re.compile(r"[\u3400-\u9fff]{1,7}[局厅委办院校馆站所厂镇乡村县市区]")
_FILLER = re.compile(r"[的了是在有那会儿换成变到\s,，、]|以及|和|换|变|呢")
_SAYS = re.compile(r"怎么|规定|内容|讲|说|写|要求|具体|那|[和与\s]|what|does|say|about|and", re.IGNORECASE)
_RULES = re.compile(r"[法例则程度定》令号]\s*的?$")
_NAMED = re.compile(r"《[^《》]+》")
_SHORT = 1
_ELLIPTIC = 8
_LONGEST_TOPIC = 200
"""Characters; what is longer is no topic, and would grow with every turn."""


def _bare(text: str) -> str:
    """Return what is left of a question without the words that only ask, time and filler."""
    return _FILLER.sub("", _ASKING.sub("", _TIME.sub("", text)))


def depends(question: str) -> bool:
    """Whether ``question`` cannot be understood without what was asked before it."""
    question = question.strip()
    bare = _bare(_PRONOUN.sub("", question))
    return bool(
        _PRONOUN.search(question)
        or _OPENS.match(question)
        or (_ENDS.search(question) and len(bare) <= _ELLIPTIC)
        or len(bare) <= _SHORT
    )


def topic(question: str, *, keep_time: bool) -> str:
    """Return what ``question`` is about: topic("某局局长是谁?", keep_time=True) == "某局局长"."""
    kept = question if keep_time else _TIME.sub("", question)
    kept = re.sub(r"^(?:那么?|请问|还有)[,，]?", "", _ASKING.sub("", kept).strip(" ,，"))
    return kept.strip(" ,，").rstrip("的了是")


def readdressed(query: str, asked: str) -> str:
    """``query`` asked of the article, paragraph or item that ``asked`` names; empty if that is not meant.

    readdressed("《供水办法》第十二条是什么", "第十三条呢") == "《供水办法》第十三条是什么"
    """
    asked = _OPENS.sub("", asked)
    before, named = addresses_asked(query), addresses_asked(asked)
    if named and _RULES.search(asked[: named[0][1][0]]):
        return asked
    if before and not named and _RULES.search(_ENDS.sub("", asked)):
        return f"{_ENDS.sub('', asked)}{query[before[0][1][0] :]}"
    words, rest = beside(before[-1][0], asked) if before else ("", "")
    if named:
        words = "和".join(address for address, _ in named)
        rest = asked[: named[0][1][0]] + asked[named[-1][1][1] :]
    if not words or _bare(_SAYS.sub("", rest)):
        return ""
    if before:
        return f"{query[: before[0][1][0]]}{words}{query[before[-1][1][1] :]}"
    title = _NAMED.search(query)
    return f"{title[0]}{words}" if title else ""


def standalone(question: str, history: Sequence[Turn]) -> str:
    """Rewrite ``question`` so that it says what it is about; unchanged when it does or nothing is known.

    A pronoun is replaced by the topic before it. What else depends, and asks nothing itself, is asked as
    before: of a time, a number or a post named in place of the one before, or with the topic in front. That
    is the topic of what last stood alone, so that it does not grow with every turn.
    """
    return readings(question, history)[0]


def readings(question: str, history: Sequence[Turn]) -> tuple[str, str]:
    """``standalone`` and, where that only puts the topic in front, the question without it, else nothing.

    readings("温泉门票呢", [Turn("索道票价多少")]) == ("索道票价 温泉门票 多少", "温泉门票 多少")
    """
    query = subject = fresh = ""
    for turn in [*history, Turn(question)]:
        asked, fresh = turn.question.strip(), ""
        addressed = readdressed(query, asked) if query and asked else ""
        if addressed or not query or not asked or not depends(asked):
            query = subject = addressed or asked or query
            continue
        time = _TIME.search(asked)
        if time and not _bare(_OPENS.sub("", asked)) and not _WH.search(asked):
            query, subject = (f"{time.group()}{_TIME.sub('', one)}" for one in (query, subject))
            continue
        if exchanged := _exchanged(query, asked):
            query = subject = exchanged
            continue
        pronoun = _PRONOUN.search(asked)
        about = topic(query if pronoun else subject, keep_time=not time)
        if not about or len(about) > _LONGEST_TOPIC:
            query = subject = asked
        elif pronoun:
            query = subject = f"{asked[: pronoun.start()]}{about}{asked[pronoun.end() :]}"
        else:
            fresh = _asked_as(subject, asked)
            query = f"{about} {fresh}"
    return query, fresh


def _exchanged(query: str, asked: str) -> str:
    """``query`` asked of the number, post or office that ``asked`` names instead; empty if it names none.

    The office must have as many characters as its own.

    _exchanged("二级水表多少钱", "三级的呢") == "三级水表多少钱"
    """
    words = re.sub("的$", "", _ENDS.sub("", _OPENS.sub("", asked)).strip(" ,，"))
    if words == asked or _WH.search(words):
        return ""
    numbered = _NUMBERED.fullmatch(words)
    if numbered:
        place = re.search(rf"{_NUMERAL_BEFORE}{re.escape(numbered['of'])}", query)
        if place is None:
            return ""
        same = alike_from_start(words[numbered.end("of") :], query[place.end() :])
        return f"{query[: place.start()]}{words}{query[place.end() + same :]}"
    office = _OFFICE.fullmatch(words)
    named = re.search(rf"[\u3400-\u9fff]{{{len(words) - 1}}}{words[-1]}", query) if office else None
    if named:
        return f"{query[: named.start()]}{words}{query[named.end() :]}"
    rank = rank_of(words)
    held = topic(query, keep_time=True) if rank and rank == words.removeprefix("副") else ""
    own = rank_of(held)
    return query.replace(held, held.removesuffix(own).removesuffix("副") + words, 1) if own else ""


def _asked_as(before: str, asked: str) -> str:
    """What stands of ``asked`` behind its topic, with what was asked ``before`` if it asks nothing itself."""
    rest = _OPENS.sub("", asked).lstrip(" ,，")
    wanted = None if _WH.search(rest) else _WANTED.search(before)
    if not wanted:
        return rest
    bare = re.sub("的$", "", _ENDS.sub("", rest))
    own = next((word for names, word in _ASKED_BY_NAME if names.search(bare)), "")
    same = not own or Question(own).kind == Question(wanted[0]).kind
    return f"{bare} {wanted[0] if same else own}"
