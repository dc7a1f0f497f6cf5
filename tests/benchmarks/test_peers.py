"""The arithmetic of the side-by-side, and one system through real processes."""

import importlib
import sys
from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest

from qa.corpus import Corpus as Documents
from qa.passages import split
from tests.benchmarks import child, peers, table
from tests.benchmarks.corpus import Part, first_parts, make_corpus, make_questions, read_parts
from tests.benchmarks.provenance import load_line, package_line

ROOT = Path(__file__).parents[2]
PASSAGES = ["镜湖水位", "北山林场", "南岸码头"]
FIGURES = dict.fromkeys(table.COLUMNS, 2.0)

SYSTEM = """
    from tests.benchmarks.child import System, run

    def indexer(folder, model):
        return lambda corpus: (folder / "texts").write_text("|".join(corpus.passages))

    def searcher(folder, model):
        texts = (folder / "texts").read_text().split("|")
        return lambda question, k: [text for text in texts if question[:2] in text][:k]

    run(System(indexer, searcher, ("numpy",)))
"""


def measured(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> table.Row:
    """The row of a system whose module has this source."""
    (tmp_path / "looking.py").write_text(dedent(source), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    questions = ["镜湖是什么", "北山是什么", "南岸是什么", "南岸在哪里", "北山在哪里"]
    child.write_job(tmp_path, child.Corpus({"a.txt": "|".join(PASSAGES)}, PASSAGES), questions)
    runner = peers.Runner(sys.executable, "looking", "no model", tmp_path, threads=1)
    return peers.measure("looking", runner, PASSAGES, 2)


def test_a_system_is_measured_in_processes_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = measured(SYSTEM, tmp_path, monkeypatch)
    assert row.failure == ""
    assert set(row.figures) == set(table.COLUMNS)
    assert min(row.figures.values()) > 0
    assert row.figures["p50_ms"] <= row.figures["p95_ms"]
    assert row.figures["start_up_s"] < 60
    assert row.details["first"] == [0, 1, 2, 2, 1]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        pytest.param("import no_such_library.part", "not installed: no_such_library;", id="missing"),
        pytest.param("raise ValueError('no room')", "failed: ValueError: no room", id="crash"),
        pytest.param(SYSTEM.replace("[text for", "['x' + text for"), "what is no passage", id="foreign"),
        pytest.param(SYSTEM.replace("[:k]", "[:0]"), "what is no passage", id="empty"),
    ],
)
def test_a_system_that_fails_says_why(
    source: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = measured(source, tmp_path, monkeypatch)
    assert told in row.failure
    assert not row.figures


@pytest.mark.parametrize("module", peers.SYSTEMS)
def test_every_system_keeps_the_protocol_without_its_library(module: str) -> None:
    system = importlib.import_module(module)
    assert callable(system.indexer)
    assert callable(system.searcher)


def test_questions_are_distinct_first_clauses_taken_evenly() -> None:
    names = ["镜湖水位,今年上涨", "镜湖水位", "北山林场。", "南岸码头", "东门大桥", "短"]
    assert make_questions(names, 2) == ["镜湖水位是什么", "南岸码头是什么"]
    assert len(make_questions(names, 9)) == 4


def test_the_seeds_give_enough_questions() -> None:
    names = [name for part in read_parts(ROOT / "seeds") for name in part.names]
    asked = make_questions(names, 103)
    assert len(set(asked)) == 103
    assert asked == make_questions(names, 103)


def test_passages_are_those_of_our_own_index(lake_city: Documents, tmp_path: Path) -> None:
    for document in lake_city.documents:
        (tmp_path / document.doc_id).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / document.doc_id).write_text(document.text, encoding="utf-8")
    corpus = make_corpus(read_parts(tmp_path))
    assert corpus.documents == {document.doc_id: document.text for document in lake_city.documents}
    assert len(corpus.passages) == sum(len(split(document)) for document in lake_city.documents)


def test_a_size_takes_whole_documents() -> None:
    parts = [Part(name, "", passages, ()) for name, passages in (("a", ("1", "2")), ("b", ("3",)), ("c", ()))]
    assert [part.doc_id for part in first_parts(parts, 2)] == ["a"]
    assert [part.doc_id for part in first_parts(parts, 3)] == ["a", "b"]
    assert first_parts(parts, None) == first_parts(parts, 99) == parts


@pytest.mark.parametrize("share", [0.0, 0.5, 0.95, 1.0])
def test_percentile_is_that_of_numpy(share: float) -> None:
    values = [9.0, 1.0, 4.0, 2.5, 7.0, 7.0, 0.5]
    assert child.percentile(values, share) == pytest.approx(float(np.percentile(values, 100 * share)))


@pytest.mark.parametrize(
    ("theirs", "ours", "written"),
    [
        (23, 10, "2.3x"),
        (5, 5, "1.0x"),
        (246, 1, "246x"),
        (99.9, 10, "10x"),
        (0.69, 1, "0.69x"),
        (0.0034, 1, "0.0034x"),
    ],
)
def test_a_ratio_has_two_digits(theirs: float, ours: float, written: str) -> None:
    assert table.ratio(theirs, ours) == written


def test_the_ratio_stands_before_the_figure() -> None:
    ours = table.Row("ours", FIGURES)
    theirs = table.Row("theirs", {**FIGURES, "p50_ms": 5.0})
    absent = table.Row("absent", failure="not installed: txtai; pip install it")
    lines = table.to_markdown([ours, theirs, absent], ours).splitlines()
    assert lines[0] == "| system | start-up, s | passages/s | p50, ms | p95, ms | peak, MiB |"
    assert lines[3] == "| theirs | 1.0x (2.00) | 1.0x (2.0) | 2.5x (5.0) | 1.0x (2.0) | 1.0x (2) |"
    assert lines[4] == "| absent | not installed |  |  |  |  |"
    assert table.cells(theirs, table.Row("ours", failure="failed"))[1] == "2.00"


def test_the_middle_run_counts() -> None:
    assert table.middle([{"p50_ms": 3}, {"p50_ms": 9}, {"p50_ms": 4, "python": "3"}]) == {"p50_ms": 4}


def test_agreement_is_the_share_of_equal_first_passages() -> None:
    standard = table.Row("standard", details={"first": [1, 2, 3, 4]})
    other = table.Row("other", details={"first": [1, 2, 0, 4]})
    assert table.agreement([standard, other, table.Row("absent")], standard) == {"other": 0.75}


def test_prompts_come_from_the_folder_of_the_model(tmp_path: Path) -> None:
    assert child.prompts(str(tmp_path)) == ("", "")
    (tmp_path / "config_sentence_transformers.json").write_text(
        '{"prompts": {"query": "q: ", "document": "d: "}}'
    )
    assert child.prompts(str(tmp_path)) == ("q: ", "d: ")


def test_the_others_share_our_versions() -> None:
    def pins(path: Path) -> set[tuple[str, str]]:
        lines = path.read_text(encoding="utf-8").splitlines()
        return {(name, pin) for name, found, pin in (line.partition("==") for line in lines) if found}

    locked = dict(pins(ROOT / "requirements.lock"))
    asked = dict(pins(Path(__file__).with_name("requirements.txt")))
    shared = asked.keys() & locked.keys()
    assert {name: asked[name] for name in shared} == {name: locked[name] for name in shared}
    assert {"numpy", "tokenizers"} <= shared


def test_a_package_is_named_once_with_all_its_versions() -> None:
    rows = [
        table.Row("ours", details={"versions": {"torch": "2.13.0"}, "python": "3.11.7"}),
        table.Row("theirs", details={"versions": {"torch": "2.12.0", "txtai": "9.14.0"}, "python": "3.11.7"}),
        table.Row("absent", failure="not installed"),
    ]
    assert package_line(rows) == "Python 3.11.7, torch 2.12.0/2.13.0, txtai 9.14.0"


def test_a_busy_machine_is_told() -> None:
    quiet, busy = (table.Row(name, details={"load": load}) for name, load in (("quiet", 1.9), ("busy", 6.0)))
    assert load_line([quiet, table.Row("absent")], 2) == "Load at most 1.9"
    assert load_line([quiet, busy], 2) == "Load at most 6.0; other programs were busy: measure again"
