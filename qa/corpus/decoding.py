"""From bytes to text, without changing a character: which encoding they are in, and what they say."""

import codecs
import re

from qa.errors import CorpusError
from qa.text import fold

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)
"""Byte-order marks, the encoding each stands for, and the codec that leaves the mark in the text."""

_ENCODINGS = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_NAMES = {"big5hkscs": "big5"}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_IMPOSSIBLE = re.compile(r"[\x00\ufffe\uffff\ud800-\udfff]")
_SAMPLE = 20_000
"""Characters by which an encoding is judged."""
_LIKELY_UTF_16 = 0.4
"""How plausible UTF-16 without a mark must be: any bytes of even number decode as UTF-16."""
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所"
    "民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日"
    "那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想"
    "已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指"
    "几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权"
    "收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集"
    "温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支"
    "般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属"
    "圆包火住调满县局照参红细引听该铁价严首底液官德随病苏失尔死讲配女黄推显谈罪神艺呢席含企望密批营项防举球英氧势告李台落木帮"
    "轮破亚师围注远字材排供河态封另施减树溶怎止案言士均武固叶鱼波视仅费紧爱左章早朝害续轻服试食充兵源判护司足某练差致板田降黑"
    "犯负击范继兴似余坚曲输修故城夫够送笔船占右财吃富春职觉汉画功巴跟虽杂飞检吸助升阳互初创抗考投坏策古径换未跑留钢曾端责站简"
    "述钱副尽帝射草冲承独令限阿宣环双请超微让控州良轴找否纪益依优顶础载倒房突坐粉敌略客袁冷胜绝析块剂测丝协诉念陈仍罗盐友洋错"
    "苦夜刑移频逐靠混母短皮终聚汽村云哪既距卫停烈央察烧迅境若印洲刻括激孔搞甚室待核校散侵吧甲游久菜味旧模湖货损预阻毫普稳乙妈"
    "植息扩银语挥酒守拿序纸医缺雨吗针刘啊急唱误训愿审附获茶鲜粮斤孩脱硫肥善龙演父渐血欢械掌歌沙刚攻谓盾讨晚粒乱燃矛乎杀药宁鲁"
    "贵钟煤读班伯香介迫句丰培握兰担弦蛋沉假穿执答乐谁顺烟缩征脸喜松脚困异免背星福买染井概慢怕磁倍祖皇促静补评翻肉践尼衣宽扬棉"
    "希伤操垂秋宜氢套督振架亮末宪庆编牛触映雷销诗座居抓裂胞呼娘景威绿晶厚盟衡鸡孙延危胶屋乡临陆顾掉呀灯岁措束耐剧玉赵跳哥季课"
    "凯胡额款绍卷齐伟蒸殖永宗苗川炉岩弱零杨奏沿露杆探滑镇饭浓航怀赶库夺伊灵税途灭赛归召鼓播盘裁险康唯录菌纯借糖盖横符私努堂域"
    "枪润幅哈竟熟虫泽脑壤碳欧遍侧寨敢彻虑斜薄庭纳弹饲伸折麦湿暗荷瓦塞床筑恶户访塔奇透梁刀旋迹卡氯遇份毒泥退洗摆灰彩卖耗夏择忙"
    "铜献硬予繁圈雪函亦抽篇阵阴丁尺追堆雄迎泛爸楼避谋吨野猪旗累偏典馆索秦脂潮爷豆忽托惊塑遗愈朱替纤粗倾尚痛楚谢奋购磨君池旁碎"
    "骨监捕弟暴割贯殊释词亡壁顿宝午尘闻揭炮残冬桥妇警综招吴付浮遭徐您摇谷赞箱隔订男吹园纷唐败宋玻巨耕坦荣闭湾键凡驻锅救恩剥凝"
    "碱齿截炼麻纺禁废盛版缓净睛昌婚涉筒嘴插岸朗庄街藏姑贸腐奴啦惯乘恢网阅览览镜岭阁厅"
    "，。、；：？！“”‘’（）《》〈〉【】—…·％　"
)


def decode(data: bytes) -> tuple[str, str]:
    """Text and encoding of ``data``; line ends and a byte-order mark stay as they are.

    UTF-8, UTF-16 (with a mark, or found by its pattern), GB18030 or Big5: where several can be, the one
    whose characters are the more frequent in Chinese. Raises CorpusError when ``data`` is not text.
    """
    if not data.strip():
        raise CorpusError("the file is empty; put text in it or remove it / 文件是空的")
    text, encoding = _marked(data) or _plain_utf_8(data) or _likeliest(data)
    if not text.replace("\ufeff", "").strip():
        raise CorpusError("the file holds only blanks; put text in it or remove it / 文件里只有空白")
    if len(_CONTROL.findall(text)) > len(text) / 100:
        raise CorpusError("the file is mostly control characters, so it is not text; save it as UTF-8")
    return text, encoding


def _marked(data: bytes) -> tuple[str, str] | None:
    for mark, encoding, codec in MARKS:
        if data.startswith(mark):
            text = _decoded(data, codec)
            return (text, encoding) if text else None
    return None


def _plain_utf_8(data: bytes) -> tuple[str, str] | None:
    text = None if b"\x00" in data else _decoded(data, "utf-8")
    return (text, "utf-8") if text else None


def _likeliest(data: bytes) -> tuple[str, str]:
    possible = _ENCODINGS[2:] if b"\x00" in data else _ENCODINGS
    texts = {encoding: text for encoding in possible if (text := _decoded(data, encoding))}
    scores = {encoding: plausibility(text) for encoding, text in texts.items()}
    sure = {name: score for name, score in scores.items() if name[:3] != "utf" or score > _LIKELY_UTF_16}
    if not sure:
        found = "holds NUL bytes, so it " if b"\x00" in data else ""
        raise CorpusError(
            f"the file {found}is neither UTF-8 nor GB18030, UTF-16 or Big5 text; save it as UTF-8"
            " / 无法识别文字编码,请另存为 UTF-8"
        )
    best = max(sure, key=lambda encoding: sure[encoding])
    return texts[best], _NAMES.get(best, best)


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    return None if codec.startswith("utf-16") and _IMPOSSIBLE.search(text) else text


def plausibility(text: str) -> float:
    """Share of characters that are frequent in Chinese, traditional ones too, less that of strange ones.

    ASCII letters and digits count a little: bytes of one encoding read in another give few of them, but
    a second byte of GB18030 or Big5 may look like one. plausibility("水厂") == 1.0
    """
    sample = [c for c in fold(text[:_SAMPLE]) if not c.isspace()]
    if not sample:
        return 0.0
    return sum(map(_worth, sample)) / len(sample)


def _worth(character: str) -> float:
    if character in _FREQUENT:
        return 1.0
    if character < "\x80":
        return 0.5 if character.isprintable() else -1.0
    if "\u4e00" <= character <= "\u9fff":
        return 0.1
    return -1.0 if not character.isprintable() or "\u0250" <= character <= "\u1fff" else -0.2
