"""A folder of every format, asked: a row, a slide, a page and a paragraph answer with exact citations."""

import pytest

from qa.config import Settings
from qa.segment import Encoders
from qa.service import Service
from tests.corpus.generated import MAKERS
from tests.corpus.offices import FILES
from tests.hashing import HashingEncoder


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("文件")
    for name, make in FILES.items():
        (folder / name).write_bytes(make())
    for suffix, written in MAKERS.items():
        (folder / f"其他{suffix}").write_bytes(written(5))
    # whether to answer was fitted to the real encoders: here it is always tried
    settings = Settings(folder=folder, vectors=tmp_path_factory.mktemp("vectors"), refuse_below=0)
    light = Service(settings, load=lambda _: Encoders(HashingEncoder(), HashingEncoder("compact")))
    light.prepare()
    return light


@pytest.mark.parametrize(
    ("question", "file", "answer"),
    [
        ("东湖街道2023年常住人口是多少?", "人口.xlsx", "12.5"),
        ("东湖街道2023年人口的增长率是多少?", "人口.xlsx", "3.2%"),
        ("水务局的联系电话是什么?", "电话.csv", "0471-5551234"),
        ("智慧供水平台接入了多少个水表?", "汇报.pptx", "86"),
        ("读者借书证的押金是多少?", "办法.docx", "100元"),
        ("镜湖新馆位于哪里?", "公告.html", "临波路18号"),
    ],
)
def test_a_question_is_answered_from_the_file(
    question: str, file: str, answer: str, service: Service
) -> None:
    answered = service.ask(question)
    assert answered.status in {"answered", "partial"}, [hit.passage.text for hit in answered.nearest]
    assert answered.citations[0].doc_id == file
    assert answer in answered.citations[0].quote
    for citation in answered.citations:
        assert service.document(citation.doc_id).text[citation.start : citation.end] == citation.quote


def test_what_a_reader_saw_is_in_the_index(service: Service) -> None:
    document = service.document("人口.xlsx")
    assert document.format == "xlsx"
    cells = [document.text[one.start : one.end] for one in document.annotations if one.kind == "cell"]
    assert "12.5" in cells
    assert {one.format for one in service.documents()} == {suffix[1:] for suffix in MAKERS}
