"""People with their posts, quantities, dates and enumerations, as official Chinese writes them."""

import re

from qa.english import located_in_english
from qa.text import fold, is_chinese
from qa.types import Span

_POST = (
    r"(?:书记|主任|主席|局长|厅长|部长|司长|署长|市长|省长|县长|区长|旗长|盟长|州长|镇长|乡长|村长|处长|科长|所长|站长|馆长|"
    r"院长|校长|园长|行长|会长|社长|台长|队长|组长|庭长|理事长|董事长|秘书长|检察长|委员长|总经理|经理|总裁|总监|总编辑|主编|"
    r"总工程师|工程师|委员(?!会)|常委|负责人|发言人|教授|研究员|院士|代表|司令员?|政委|总理|总统|大使|秘书|厂长|店长|专员|参赞)"
)
_NAME = (
    r"(?![会的是在和与及们也都将已对为把被让要又还就等]|职[务责位]|一职|人选)[\u3400-\u9fff]"
    rf"(?:(?!{_POST})[\u3400-\u9fff]|·(?=[\u3400-\u9fff])){{1,7}}?"
)
_SAYS = r"(?:表示|介绍|指出|认为|强调|说道?|透露|告诉|坦言|谈到)"
_AFTER_NAME = (
    rf"(?={_SAYS}|在接受|在[^，,。；]{{0,16}}[时中上]|[，,、。；;：:)）”\s]|$"
    r"|主持|出席|作了?|同志|先生|女士|等|率|代表|向|宣布|参加|致辞|讲话)"
)
_PERSON = re.compile(
    rf"(?P<office>[^，,。；;：:！？!?\n“”‘’（）()\s]{{0,40}}?{_POST})(?:(?<=长)\s)?(?P<name>{_NAME}){_AFTER_NAME}"
)
_APPOINTED = re.compile(
    # 选举某某为某长 and 某某任某长: who before, which post behind
    rf"(?:聘任|任命|选举|补选|聘请|推选|由|^|[，,。；;：:\s])(?P<name>(?![由以])[\u3400-\u9fff·]{{2,8}}?)(?:同志|先生|女士)?"
    rf"(?:(?<![聘新现历原前])任|为|担任|出任|接任|兼任|就任|当选为?)(?P<office>[^，,。；;：:！？!?\n“”()（）\s]{{0,40}}?{_POST})"
    r"(?=[，,、。；;：:)）”\s]|$)"
)
_LABELLED = re.compile(
    rf"(?P<office>[\u3400-\u9fff]{{2,8}})[:：]\s?(?P<name>(?!副?总?{_POST})[\u3400-\u9fff·]{{2,4}})(?=[，,。；;()（）\s]|$)"
)
_SURNAME = (
    "(?:[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜戚谢邹苏潘葛范彭鲁韦马苗凤花方俞任袁柳史唐费岑薛雷"
    "贺倪汤罗郝邬安乐于傅齐康伍余顾孟黄穆萧肖尹姚邵汪毛狄米贝明臧戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻贾江"
    "童颜郭梅盛林钟徐邱丘骆高夏蔡田樊胡凌霍虞万卢莫房解应宗丁邓洪包左石崔吉龚程邢裴陆荣翁甄曲封储靳段焦巴谷"
    "侯班仇宁甘武符刘景詹束龙叶司黎白蒲阎闫连习艾向古易廖耿文关柯桂管辛聂曾沙游涂覃冉巫丛车]|欧阳|上官|司马|诸葛)"
)
_NAME_FIRST = re.compile(
    # some lists of people: 某某:某长, 某某(某长)
    rf"(?:^|[\n。；;]\s*)(?P<name>{_SURNAME}[\u3400-\u9fff]{{1,2}}|[\u3400-\u9fff]{{2,8}}·[\u3400-\u9fff]{{1,8}})"
    rf"(?:[:：，,]|\s?[(（])(?P<office>[^，,。；;：:、！？!?\n“”（）()\s]{{0,30}}?{_POST})(?=[，,。；;)）\s]|$)"
)
_IS_HELD = re.compile(
    # 某长为某某
    rf"(?P<office>[^，,。；;：:！？!?\n“”‘’（）()\s]{{0,40}}?{_POST})(?:为|是|系)"
    rf"(?P<name>{_SURNAME}(?:(?!{_POST})[\u3400-\u9fff]){{1,2}})(?=[，,、。；;)）\s]|$|同志|先生|女士)"
)
_A_POST = re.compile(_POST)
_ENDS_WITH_POST = re.compile(rf"{_POST}$")
_ANY_RANK = ("负责人", "发言人", "代表")
_DEPUTY = re.compile(r"副[\u3400-\u9fff]{1,4}$")
_INTERVIEW = re.compile(rf"^——?\s*(?:专?访|采访|对话)(?P<office>.*{_POST})(?P<name>{_NAME})$")
_ATTRIBUTION = re.compile(
    rf"(?:^|[。“”，,\s])(?P<office>[^。；！？\n“”，,]{{2,40}}{_POST})(?P<name>{_NAME})(?:在[^。；\n]{{0,20}}?[时中])?{_SAYS}"
)
_NUMERAL = r"(?:\d+(?:[亿万千百]\d+)+[千百]?|\d+(?:[.,]\d+)*|[一二三四五六七八九十百千万亿两半]{1,24})"
_UNIT = (
    r"(?:个(?:工作日|百分点|小时|星期|季度|月)|周岁|工作日|周|公升|[美欧日港韩]?元|英镑|卢布|法郎|马克(?!思)|先令|卢比|英寸|公厘|厘(?!米)|吨|人次|人|户|个|家|所|项|条|公里|千米|米|平方(?:公里|千米|公尺|英里|英尺|米)?|立方(?:公尺|米)?|亩|公顷|套|张|辆|次|场次|场|件|名|位|"
    r"天|日|年|月|岁|倍|成|度|级|届|期|批|处|座|台|枚|股|部|册|字|世纪|"
    r"门|种|类|例|头|只|株|棵|吉瓦|千瓦|兆瓦|小时|分钟|秒|km|kg|m(?![a-z])|分|点|篇|间|栋|对|组|队|轮|艘|架|列|趟|班|床|斤|克|升|厘米|毫米|"
    r"英里|英尺|磅|摄氏度|℃|°c|[kmgt]b(?![a-z])|公斤|公分|公尺|千克|集|层|楼|代|章|回|页|卷|首|幅|支|挺|艘|村|镇|票|碟|岛|站)"
)
_RANGE = rf"(?:{_NUMERAL}\s{{0,2}}{_UNIT}?\s{{0,2}}[-~～—–－至到x×]\s{{0,2}})?"
_MINUS = r"(?<![\da-z%)年月日号级层])[-−](?=\d)"
"""Before a number that is less than nothing, not between two."""
_AMOUNT = rf"{_NUMERAL}[万亿]?{_UNIT}"
_QUANTITY = re.compile(
    r"百分之[一二三四五六七八九十百零点\d]{1,12}|[一二三四五六七八九十百]{1,4}分之[一二三四五六七八九十]{1,4}"
    rf"|{_AMOUNT}以上至?{_AMOUNT}以下|\d{{4}} \d{{4}}(?!\d)"
    rf"|(?:(?<![上下])|(?<=[余剩]下))(?:第|零下|{_MINUS})?[$￥¥€£]?(?!千[米克瓦]){_RANGE}{_NUMERAL}\s{{0,2}}(?:[余多]\s{{0,2}})?"
    rf"(?:[%％‰]|[万亿]?[余多]?\s{{0,2}}{_UNIT}|[万亿]+)(?:以上|以下|以内|左右)?"
    rf"|(?:{_MINUS})?(?<![a-z\d.])(?<![a-z]-)[$￥¥€£]?\d+(?:[.,]\d+)*(?:-\d+)*|第(?:[一二三四五六七八九十百]{{1,4}}|\d{{1,4}})"
)
_CLOCK = (
    r"(?:[上下]午|[早晚]上?|凌晨|中午)?"
    r"(?:\d{1,2}[:：]\d\d(?!\d)|\d{1,2}[时点](?!\d*[个,，.])(?:\d{1,2}分|半|整)?|[一二三四五六七八九十]{1,3}[时点](?=[^一二三四五六七八九零个,，期间代刻]|$))"
)
_CLOCKS = rf"{_CLOCK}(?:\s?[-~～—–－至到]{{1,2}}\s?(?:次日|翌日|当日)?{_CLOCK})?"
_UNTIL = r"(?:\s?[-~～—–－至到]{1,2}\s?(?:\d{4}年)?\d{1,2}月\d{1,2}[日号])?"
_TO_YEAR = r"[-~～—–－至到]{1,2}(?:公元)?前?\d{1,4}年(?!代)(?:\d{1,2}月(?:\d{1,2}日)?)?"
_REIGN = r"(?:[\u3400-\u9fff]{2}(?:元|\d{1,2}|[一二三四五六七八九十]{1,3})年)"
_DATE = re.compile(
    rf"{_REIGN}[(（]前?\d{{1,4}}年[)）](?:\d{{1,2}}月(?:\d{{1,2}}日)?)?"
    r"|(?:(?![〇零一二三四五六七八九十百])[\u3400-\u9fff]){2}[元一二三四五六七八九十]{1,3}年(?:[春夏秋冬]|(?=\d|[闰正腊一二三四五六七八九十]+月))|\d{2,4}年代"
    rf"|(?<!\d)\d{{4}}年\d{{1,2}}月\d{{1,2}}[日号]{_UNTIL}"
    r"|(?:公元|西元|民国)?前?(?<!\d)\d{1,4}\s*(?:[-~～—–－至到]\s*\d{1,4}\s*)?年"
    rf"(?:\d{{1,2}}月(?:\d{{1,2}}日)?|[底初中末]|[春夏秋冬][天季]?)?(?:{_TO_YEAR})?"
    r"|\d{1,2}月\d{1,2}[日号](?:至(?:\d{1,2}月)?\d{1,2}[日号])?|\d{1,2}月份?"
    r"|[二一][〇零一二三四五六七八九]{3}年(?:[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}[日号])?)?"
    rf"|距今(?:大?约)?{_NUMERAL}[万亿]?[多余]?年(?:[之以]?前)?|{_NUMERAL}[万亿]年(?:[之以]?前)?"
    rf"|{_CLOCKS}"
    r"|(?:公元|西元)?前?\d{1,2}世纪(?:\d{1,2}年代|[末初中]叶?|[早中晚后]期)?"
    r"|[今明去前后]年|(?:年[底初中]|月底)前?|上半年|下半年|[一二三四]季度|近日"
)
_ENUMERATION = re.compile(
    r"[^，,。；;、\s]{1,24}(?:、[^，,。；;、\s]{1,24})+|[一二三]是|(?:“[^”]{1,20}”){2,}"
)
_KIND_OF_PLACE = (
    r"(?:省|市|县|区|旗|盟|州|镇|乡|村|路|街|道|号|广场|大厦|中心|公园|大学|学院|医院|机场|车站|"
    r"山|河|湖|海|岛|国|洲|寺|站|馆|园|基地)"
)
_DOES = (
    r"(?:举[行办]|召开|开[幕工放馆]|出生|成立|创[立办]|建[成立设造]|发[现行生起展]|去世|逝世|病逝|工作|设立|进行|获得|结识|参加|拍摄|上映|"
    r"交战|接受|担任|学习|攻读|开始|保留|被|时|期间|以[前后来]|[上里内中]?的|亦|也|均|都)"
)
_IN_PLACE = r"(?![\d于於在])[\u3400-\u9fffA-Za-z\d·、]{1,40}?"
_PLACE = re.compile(
    # behind what only a place follows, up to the next mark; behind 在, up to what happens there
    r"(?:[位座坐落处葬驻居藏放设读业生身祖籍布息建]+[于於在]|地处|来自|(?:产地|总部|[地会校住]址)(?:[设在位于為为是]+|[:：]))"
    rf"(?P<after>{_IN_PLACE})(?=[^\u3400-\u9fffA-Za-z\d·、]|$)"
    rf"|(?<![存现实正潜自所])[在于於](?P<there>{_IN_PLACE})(?={_DOES}|[^\u3400-\u9fffA-Za-z\d·、]|$)"
    rf"|(?P<name>(?:(?![于於在是])[\u3400-\u9fff]){{2,12}}?{_KIND_OF_PLACE}(?:\d+号)?)"
)

_ITEM = re.compile(
    r"[“‘]?(?:(?P<is>[一二三四五六七八九十]+)是|[(（](?P<in>[一二三四五六七八九十\d]+)[)）]|(?P<no>\d{1,2})[、.．])"
)
_PATTERNS = {"quantity": _QUANTITY, "time": _DATE, "list": _ENUMERATION}
_OF_PERSONS = (_PERSON, _IS_HELD, _APPOINTED, _LABELLED, _NAME_FIRST)


def persons(text: str) -> list[tuple[str, str]]:
    """Offices and names of the people that ``text`` gives with their post.

    persons("市体育局局长王小明表示") == [("市体育局局长", "王小明")]
    """
    return [(found["office"].strip("、"), found["name"]) for found in _persons(text)]


def _persons(text: str) -> list[re.Match[str]]:
    ways = _OF_PERSONS[::-1] if _A_POST.search(text) else (_LABELLED,)  # which alone tells of other labels
    found = {match.span("name"): match for one in ways for match in one.finditer(text)}
    return [found[span] for span in sorted(found)]


def is_post(text: str) -> bool:
    """Whether ``text`` ends with the name of a post: is_post("市图书馆馆长")."""
    return bool(_ENDS_WITH_POST.search(text))


def is_deputy(post: str) -> bool:
    """Whether a post is that of a deputy: is_deputy("常务副市长")."""
    return bool(_DEPUTY.search(post))


def rank_of(post: str) -> str:
    """What a post ends with, if that tells it from others: rank_of("市图书馆馆长") == "馆长"."""
    found = _ENDS_WITH_POST.search(post)
    return found[0] if found and found[0] not in _ANY_RANK else ""


def located(kind: str, text: str) -> list[Span]:
    """Where ``text`` holds things of a kind: located("quantity", "共3场") == [(1, 3)].

    ``kind`` is who, quantity, time, place or list; of any other nothing is found. Capitals tell names
    in English, so ``text`` is as it was read.
    """
    if not is_chinese(text):
        return located_in_english(kind, text)
    text = fold(text)
    if kind == "who":
        return [found.span("name") for found in _persons(text)]
    if kind == "place":
        return [found.span(found.lastgroup or 0) for found in _PLACE.finditer(text)]
    pattern = _PATTERNS.get(kind)
    return [found.span() for found in pattern.finditer(text)] if pattern else []


def item_mark(text: str) -> str:
    """The kind of mark that an item of a list begins with, or nothing: item_mark("(二)换水表") == "in"."""
    found = _ITEM.match(text)
    return next(kind for kind, number in found.groupdict().items() if number) if found else ""


def interviewed(heading: str) -> tuple[str, str] | None:
    """Office and name in a heading such as ``——访某局局长某某``."""
    found = _INTERVIEW.match(heading.strip())
    return (found["office"], found["name"]) if found else None


def speakers(text: str) -> dict[str, str]:
    """Names of the people whose words ``text`` reports, with their offices."""
    return {found["name"]: found["office"].strip() for found in _ATTRIBUTION.finditer(text)}


def quantities(text: str) -> list[str]:
    """Numbers with their units: quantities("办了3场,约200人") == ["3场", "200人"]."""
    return [text[slice(*span)] for span in located("quantity", text)]


def dates(text: str) -> list[str]:
    """Dates and periods: dates("2023年5月开工") == ["2023年5月"]."""
    return [text[slice(*span)] for span in located("time", text)]


def places(text: str) -> list[str]:
    """What is said to be where something is, and words that end like the name of a place.

    places("新馆位于临波路18号") == ["临波路18号"]
    """
    return [text[slice(*span)] for span in located("place", text)]


def enumerations(text: str) -> list[str]:
    """Things listed side by side: enumerations("抓好水、气、土") == ["抓好水、气、土"]."""
    return [text[slice(*span)] for span in located("list", text)]
