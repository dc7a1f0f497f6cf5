"""Lists, choices and frequent questions over a real index of small documents."""

from dataclasses import replace
from pathlib import Path

import pytest

from qa.config import Settings
from qa.errors import InvalidInputError
from qa.frequent import LONGEST, MOST, Frequent
from qa.listing import Choice, Listing, day
from qa.protocols import EVERYTHING
from qa.segment import Encoders
from qa.service import Service
from qa.types import Filter
from tests.hashing import HashingEncoder
from tests.lake_city import write_files


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    base = tmp_path_factory.mktemp("镜湖")
    settings = Settings(folder=write_files(base / "文件"), vectors=base / "索引", refuse_below=0)
    made = Service(settings, load=lambda _: Encoders(HashingEncoder(), HashingEncoder("compact")))
    made.prepare()
    return made


@pytest.fixture
def listing(service: Service) -> Listing:
    return Listing(service)


def names(listing: Listing, wanted: Filter = EVERYTHING, typed: str = "") -> list[str]:
    return [one.doc_id for one in listing.entries(wanted, typed)]


def test_entries_fit_what_is_wanted_and_what_is_typed(listing: Listing) -> None:
    assert names(listing) == ["图书馆/旧闻.txt", "图书馆/访谈.txt", "水务/年报.txt", "水务/简报.txt"]
    assert names(listing, typed="东岭 水厂") == ["水务/简报.txt"]
    assert names(listing, typed="圖書館/") == ["图书馆/旧闻.txt", "图书馆/访谈.txt"]
    assert names(listing, Filter(doc_ids=("水务/",)), "年报") == ["水务/年报.txt"]
    assert names(listing, Filter(date_to="2019")) == ["图书馆/旧闻.txt"]
    assert names(listing, typed="没有这样的名字") == []


def test_choices_are_counted_and_documents_come_once_something_is_typed(listing: Listing) -> None:
    found = listing.choices()
    assert Choice("doc_ids", "图书馆/", "图书馆/", 2) in found
    assert Choice("formats", "txt", "txt", 4) in found
    assert Choice("sources", "镜湖水务网", "镜湖水务网", 1) in found
    assert [one for one in found if one.value.endswith(".txt")] == []
    typed = listing.choices("简报")
    assert typed == [Choice("doc_ids", "水务/简报.txt", "东岭水厂简报", 1)]
    assert listing.title("水务/简报.txt") == "东岭水厂简报"
    assert listing.title("水务/") == "水务/"


def test_a_changed_index_is_listed_anew(service: Service, listing: Listing) -> None:
    assert len(listing.entries()) == 4
    path = service.settings.folder / "新.txt"
    path.write_text("镜湖小学九月一日开学。", encoding="utf-8")
    service.prepare()
    assert "新.txt" in names(listing)
    path.unlink()
    service.prepare()
    assert "新.txt" not in names(listing)


def test_a_question_is_offered_once_it_was_asked_often_and_where_its_documents_are(
    service: Service, listing: Listing
) -> None:
    question = "东岭水厂日供水能力是多少"
    answer = replace(service.ask(question), status="answered")
    assert {one.doc_id for one in answer.citations} <= {"水务/年报.txt", "水务/简报.txt"}
    listing.note(question, answer)
    assert listing.frequent() == []
    listing.note(f" {question} ", answer)
    listing.note("火星上有什么", replace(answer, status="not_found"))
    listing.note("火星上有什么", replace(answer, status="not_found"))
    assert Listing(service).frequent() == [question]
    assert listing.frequent(Filter(doc_ids=("图书馆/",))) == []
    assert listing.frequent(Filter(doc_ids=("水务/",))) == [question]


def test_only_small_documents_are_read_for_suggestions(listing: Listing) -> None:
    assert [one.doc_id for one in listing.sample(Filter(doc_ids=("水务/",)))] == [
        "水务/年报.txt",
        "水务/简报.txt",
    ]


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("", ""),
        ("2024", "2024"),
        (" 2024年 ", "2024"),
        ("2024年3月", "2024-03"),
        ("2024/3/1", "2024-03-01"),
        ("2024-03-01", "2024-03-01"),
        ("２０２４年１２月９日", "2024-12-09"),
    ],
)
def test_a_day_in_many_writings(typed: str, iso: str) -> None:
    assert day(typed) == iso


@pytest.mark.parametrize("typed", ["去年", "24", "2024-13", "2024-00", "2024-1-32", "2024-1-1-1", "<b>"])
def test_what_is_no_day_is_named(typed: str) -> None:
    with pytest.raises(InvalidInputError, match="2024-03-01"):
        day(typed)


def test_the_count_is_bounded_and_survives_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "frequent.json"
    frequent = Frequent(path)
    frequent.note("常问的", ["a.txt"])
    frequent.note("常问的", ["b.txt", "b.txt"])
    for number in range(MOST + 5):
        frequent.note(f"问题{number}", [])
    frequent.note("长" * (LONGEST + 1), [])
    known = Frequent(path).all()
    assert (len(known), known[0].question, known[0].times, known[0].doc_ids) == (
        MOST,
        "常问的",
        2,
        ("b.txt",),
    )
    assert known[1].question == f"问题{MOST + 4}"
    path.write_text('[["半个', encoding="utf-8")
    damaged = Frequent(path)
    assert damaged.all() == []
    damaged.note("又问", [])
    assert [one.question for one in Frequent(path).all()] == ["又问"]
