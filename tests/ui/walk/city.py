"""The documents that the walk goes through: those of 镜湖市, two more of its own, and a collection."""

from pathlib import Path

from qa import Service, Settings
from qa.shelf import Shelf
from tests.corpus import pdfs
from tests.lake_city import write_files

NINE = (
    *("免费寄存行李", "提供应急雨具", "开放母婴用房", "代为充电补能", "出借儿童推车"),
    *("供应直饮热水", "讲解园内花木", "提示游览路线", "帮助寻找失物"),
)
PARK = "公园/服务.txt"
SERVICES = (
    "碧湖公园便民服务\n\n2024年6月1日 来源:镜湖市园林局\n\n一、服务内容\n\n碧湖公园推出九项便民服务:"
    + "".join(f"{number}是{what}。" for number, what in zip("一二三四五六七八九", NINE, strict=True))
    + "\n\n二、西岭泵站\n\n西岭泵站今年扩建,新增机组已经安装完毕。\n"
)
RULES = "水务/办法.pdf"
COLLECTION = "公报"
GAZETTE = "镜湖市供水办法\n\n第一条 供水单位应当昼夜供水。\n"


def built(base: Path) -> Shelf:
    """An index of the city's documents, and beside it the collection."""
    folder = write_files(base / "files")
    (folder / PARK).parent.mkdir()
    (folder / PARK).write_text(SERVICES, encoding="utf-8")
    (folder / RULES).write_bytes(pdfs.drawn(pdfs.notice, pdfs.table))
    service = Service(Settings(folder=folder, vectors=base / "vectors"))
    service.prepare()
    shelf = Shelf(service)
    made = shelf.create(COLLECTION)
    job = made.upload([("供水办法.txt", GAZETTE.encode())])
    while not job.ended:
        job = made.changed_job(job, 5)
    return shelf
