"""Four small documents of 镜湖市, a city that does not exist: two of its water works, two of its library."""

from pathlib import Path

REPORT = """镜湖市水务集团2024年工作报告

发布时间:2025-01-15 来源:镜湖水务网

一、供水能力稳步提升

2024年,集团新建输水管道86公里,东岭水厂日供水能力达到20万吨。全市供水管网漏损率降到百分之七点五。

二、服务更加便民

集团推出三项便民措施:一是水表远程抄读,居民不必在家等候。二是热线昼夜值守,漏水两小时内到场。三是缴费一次办结,网上网下价格相同。

(一)热线的运行

水务集团总经理周启明表示,“镜湖水管家”热线全年接听来电十二万次,满意率超过九成。
"""
BULLETIN = """东岭水厂简报

2025年2月3日

春节期间,东岭水厂值班人员昼夜巡查,出水全部合格。2024年,集团新建输水管道86公里,东岭水厂日供水能力达到20万吨。
"""
INTERVIEW = """书香伴着湖光来
——访镜湖市图书馆馆长林晓舟

2025年3月8日

市图书馆去年搬进新馆,藏书达到一百二十万册。新馆位于临波路18号,每天九点开门,二十一点闭馆。

阅读护照就是读者每读完一本书盖一枚章的小册子,集满三十枚可以换一本新书。
"""
OLD_NEWS = """老图书馆的一天

日期:2019-06-01

镜湖市图书馆馆长沈知白介绍,老馆藏书四十万册,座位不到两百个。老馆每天十点开门。
"""
FILES = {
    "图书馆/旧闻.txt": OLD_NEWS,
    "图书馆/访谈.txt": INTERVIEW,
    "水务/年报.txt": REPORT,
    "水务/简报.txt": BULLETIN,
}


def write_files(folder: Path) -> Path:
    """Write the documents below ``folder`` and return it."""
    for doc_id, text in FILES.items():
        path = folder / doc_id
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder
