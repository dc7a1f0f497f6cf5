"""Only some documents are searched, and they are found as they are among all."""

from dataclasses import replace
from pathlib import Path

import pytest

from qa.catalog import Catalog
from qa.corpus import Corpus, make_document
from qa.generation import Index, open_index
from qa.indexer import build_index
from qa.scope import Scope
from qa.segment import Encoders
from qa.types import Document, Filter, Official

WATER = "东岭水厂日供水能力为{}万吨。"


def made(name: str, number: int, **fields: object) -> Document:
    return replace(make_document(name, WATER.format(number), {}), **fields)  # type: ignore[arg-type]


DOCUMENTS = (
    made("公报.jsonl#1", 11, date="2021-07-01", format="jsonl"),
    made("旧/年报.docx", 15, date="2022", format="docx", source="水务局"),
    made("新/年报.pdf", 20, date="2024-05-06", format="pdf", source="市水务局"),
    made(
        "新/通知.txt",
        30,
        official=Official(
            number="镜政发〔2023〕12号",
            issuer="镜湖市人民政府、东岭区人民政府",
            recipients="各县(区)人民政府,市直各部门",
            attachments=("供水价格表", "《管网图》说明"),
            repeals=("《旧办法》(镜政发〔2020〕3号)",),
        ),
    ),
    made(
        "旧办法.txt",
        5,
        title="旧办法",
        official=Official(number="镜政发〔2020〕3号", issuer="镜湖市 人民政府办公室"),
    ),
)


@pytest.fixture(scope="module")
def index(hashing_encoders: Encoders, jieba_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Index:
    vectors = tmp_path_factory.mktemp("索引")
    build_index(Corpus(DOCUMENTS, ()), hashing_encoders, vectors=vectors, facts={})
    return open_index(Catalog(vectors), lambda: hashing_encoders, cache=jieba_cache)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(doc_ids=("新/",)), {"新/年报.pdf", "新/通知.txt"}),
        (Filter(doc_ids=("公报.jsonl", "旧办法.txt")), {"公报.jsonl#1", "旧办法.txt"}),
        (Filter(sources=("水务局",)), {"旧/年报.docx"}),
        (Filter(formats=("pdf", "docx")), {"旧/年报.docx", "新/年报.pdf"}),
        (Filter(numbers=("镜政发[2023]12号",)), {"新/通知.txt"}),
        (Filter(statuses=("current",)), {"新/通知.txt"}),
        (Filter(statuses=("repealed", "superseded")), {"旧办法.txt"}),
        (Filter(issuers=("东岭区人民政府",)), {"新/通知.txt"}),
        (Filter(issuers=("镜湖市人民政府", "镜湖市人民政府办公室")), {"新/通知.txt", "旧办法.txt"}),
        (Filter(issuers=("人民政府",)), set()),
        (Filter(recipients=("各县（区）人民政府",)), {"新/通知.txt"}),
        (Filter(recipients=("市直各部门",), issuers=("镜湖市人民政府办公室",)), set()),
        (Filter(attachments=("管网图",)), {"新/通知.txt"}),
        (Filter(attachments=("名单",)), set()),
        (Filter(date_from="2022-03"), {"旧/年报.docx", "新/年报.pdf"}),
        (Filter(date_to="2022"), {"公报.jsonl#1", "旧/年报.docx"}),
        (Filter(date_from="2021-07-01", date_to="2021-07"), {"公报.jsonl#1"}),
        (Filter(date_from="2024-05-07"), set()),
        (Filter(formats=("pdf",), sources=("水务局",)), set()),
        (Filter(), {document.doc_id for document in DOCUMENTS}),
    ],
)
def test_what_is_searched(wanted: Filter, found: set[str], index: Index) -> None:
    searched = Scope(index, wanted)
    assert {passage.doc_id for passage in searched.passages} == found
    for name, searcher in searched.searchers.items():
        best = searcher.search("东岭水厂日供水能力", 10)
        assert {searched.passages[one.position].doc_id for one in best} == found, name
        everywhere = {
            index.passages[one.position].doc_id: one.score
            for one in index.searchers[name].search("东岭水厂日供水能力", 10)
        }
        for one in best:
            doc_id = searched.passages[one.position].doc_id
            assert one.score == pytest.approx(everywhere[doc_id], abs=1e-5)
            assert searched.sentences.sentence_scores("东岭水厂", [one.position])[0]
