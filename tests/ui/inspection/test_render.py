"""The inspection as HTML: everything is there, and what documents say stays text."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, get_args

import pytest

from qa import Inspection, Service, Settings
from qa.answerer import Decision
from qa.answerer.refusal import Rule
from qa.inspection import STAGES
from qa.reranker import shipped_weights
from qa.retriever import WEIGHTS
from qa.types import Document
from tests.ui.reading import Reading
from ui.inspection.bars import PARTS, REASONS, RULES, bar, decision, spread
from ui.inspection.bars import STAGES as STAGE_WORDS
from ui.inspection.chart import NAMED, shape
from ui.inspection.render import inspection
from ui.inspection.view import place
from ui.source.view import Place

EVIL = "<img src=x onerror=alert(1)>'\"&"
TEXT = f"镜湖公告\n\n镜湖的{EVIL}水位是三米。\n\n东岭的水位是五米。\n"


@pytest.fixture(scope="module")
def found() -> Iterator[Inspection]:
    documents = [Document(f"{number}{EVIL}.txt", f"公告{number}{EVIL}", "", "", TEXT) for number in range(12)]
    with Service.over(documents, Settings()) as service:
        yield service.inspect(f"镜湖的水位是多少{EVIL}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_is_there_and_only_text(found: Inspection, language: str) -> None:
    page = Reading(inspection(found, "zh" if language == "zh" else "en"))
    assert not {"img", "script"} & {tag for tag, _ in page.tags}
    assert found.question in page.words
    assert EVIL in page.words
    assert "水位" in "".join(page.marked)
    rows = [row for row in page.attributes("button") if row.get("data-event") == "passage"]
    assert [(row["data-doc"], row["data-start"]) for row in rows] == [
        (row.hit.passage.doc_id, str(row.hit.passage.start)) for row in found.hits
    ]


def test_the_map_has_every_passage_a_legend_and_the_question(found: Inspection) -> None:
    page = Reading(inspection(found, "zh"), inside="title")
    assert len(found.map.counts) > NAMED
    opening = [row for row in page.attributes("path") if row.get("data-event")]
    assert len(opening) == len(found.map.points)
    assert found.query in page.marked
    assert f"其他 {len(found.map.counts) - NAMED} 份文件" in page.words


def test_every_name_has_words() -> None:
    assert set(STAGE_WORDS) == set(STAGES)
    assert set(PARTS) == set(shipped_weights()) >= set(WEIGHTS)


def test_every_reason_has_words(found: Inspection) -> None:
    assert isinstance(found.decision, Decision)
    assert set(found.decision.features) == set(REASONS)


@pytest.mark.parametrize(("rule", "words"), [("range", "不在文件写明的任何一档"), ("table", "整张表")])
def test_a_rule_that_decides_is_told_in_place_of_the_evidence(
    found: Inspection, rule: Literal["range", "table"], words: str
) -> None:
    ruled = replace(found, decision=Decision(0.0, 0.5, 0.0, {}, rule))
    page = decision(ruled, "zh")
    assert words in page
    assert "gauge" not in page
    assert set(RULES) | {"evidence"} == set(get_args(Rule))


def test_the_ten_shapes_differ() -> None:
    assert len({shape(kind, 0, 0) for kind in range(-1, NAMED)}) == NAMED + 1


def test_bars_begin_at_zero() -> None:
    within = spread([-1.0, 3.0])
    assert "--from:25.00%;--size:75.00%" in bar(3.0, within)
    assert "--from:0.00%;--size:25.00%" in bar(-1.0, within)
    assert "less" in bar(-1.0, within)
    assert "--size:0.00%" in bar(0.0, spread([]))


def test_what_is_not_a_place_opens_nothing() -> None:
    assert place({"doc": "a.txt", "start": "3", "end": "9"}, "公报") == Place(
        "a.txt", (3, 9), collection="公报"
    )
    for data in (
        {},
        {"doc": "a.txt"},
        {"doc": "a.txt", "start": "-1", "end": "9"},
        {"doc": 3, "start": "1", "end": "2"},
    ):
        assert place(data, "") is None
