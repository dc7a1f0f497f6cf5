"""Every benchmark once, as small as it gets. The processes are real; the models are where they count."""

import json
from pathlib import Path
from typing import Any

import pytest

from qa.benchmark import process, server
from qa.cli.bench_options import passages_of
from qa.errors import InvalidInputError
from tests.benchmark import light
from tests.cli.desks import Qa
from tests.lake_city import write_files

ROOT = Path(__file__).parents[2]
FEW = ("--questions", "10")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of 镜湖市, and beside them the folder that the benchmarks keep their indexes in."""
    folder = tmp_path_factory.mktemp("bench")
    write_files(folder / "documents")
    return folder


@pytest.fixture
def _light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that load no model."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr(process, "_CHILD", light.CHILD)
    monkeypatch.setattr(server, "QA", light.QA)


def bench(run: Qa, kept: Path, name: str, *options: str) -> dict[str, Any]:
    """The JSON of one benchmark over the kept folder."""
    out = kept / f"{name}.json"
    where = ("--folder", str(kept / "documents"), "--json", str(out), "--threads", "1")
    result = run("bench", name, *where, *options)
    assert result.exit_code == 0, result.output
    report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    assert report["benchmark"] == name
    assert report["machine"]["threads"] == "1"
    for table in report["tables"]:
        assert table["title"] in result.stdout
    return report


def test_encode_compares_with_pytorch(run: Qa, kept: Path) -> None:
    report = bench(run, kept, "encode", *FEW, "--texts", "20", "--markdown", "--plot", str(kept / "a.svg"))
    ratios, figures, agreement = (table["rows"] for table in report["tables"])
    assert ratios[0]["question_ratio"] == 1
    pytorch, ours, compact = figures
    assert pytorch["question"]["n"] == ours["question"]["n"] == compact["question"]["n"] == 5
    assert all(row["passages_per_s"] > 0 and row["peak_mib"] > 50 for row in figures)
    assert ratios[1]["passages_ratio"] == pytest.approx(
        ours["passages_per_s"] / pytorch["passages_per_s"], rel=0.01
    )
    assert agreement[0]["least_cosine"] > 0.99
    assert agreement[0]["same_ten"] > 0.9
    assert agreement[1]["least_cosine"] is None
    assert "PyTorch" in (kept / "a.svg").read_text(encoding="utf-8")


@pytest.mark.usefixtures("_light")
def test_index_tells_stages_and_growth(run: Qa, kept: Path) -> None:
    sizes = ("--sizes", "200,100", "--encode-up-to", "50", "--keep", str(kept / "work"))
    whole, stages = (table["rows"] for table in bench(run, kept, "index", *sizes)["tables"])
    assert [row["kind"] for row in whole] == ["recombined", "recombined"]
    for row, least in zip(whole, (100, 200), strict=True):
        assert least <= row["passages"] < least + 30
        assert row["passages_per_s"] == pytest.approx(row["passages"] / row["seconds"], rel=0.01)
        assert row["peak_mib"] > 50
    *rows, growth = stages
    assert len(rows) == 2
    for row in rows:
        parts = [value for name, value in row.items() if name.startswith("stage ")]
        assert sum(parts) == pytest.approx(row["seconds"], abs=0.01)
    assert (growth["passages"], growth["kind"]) == ("exponent", "recombined")
    assert isinstance(growth["seconds"], float)


@pytest.mark.usefixtures("_light")
def test_search_stands_beside_encoding_and_plain_systems(run: Qa, kept: Path) -> None:
    report = bench(run, kept, "search", *FEW, "--keep", str(kept / "work"))
    ratios, milliseconds, memory = (table["rows"][0] for table in report["tables"])
    for name in ("encoding", "search", "http", "plain", "keywords"):
        assert milliseconds[name]["n"] == 5
        assert 0 < milliseconds[name]["p50"] <= milliseconds[name]["p95"]
    for name, of in (("search", "encoding"), ("http", "encoding"), ("plain", "search")):
        expected = milliseconds[name]["p50"] / milliseconds[of]["p50"]
        assert ratios[f"{name}_ratio"] == pytest.approx(expected, rel=0.01)
    assert memory["server_peak"] >= memory["server_now"] > 50


@pytest.mark.usefixtures("_light")
def test_ask_is_measured_warm_and_cold(run: Qa, kept: Path) -> None:
    report = bench(run, kept, "ask", *FEW, "--repeat", "1", "--keep", str(kept / "work"))
    answers, cold = (table["rows"][0] for table in report["tables"])
    assert answers["ask"]["n"] == answers["http"]["n"] == 5
    assert cold["cold_ratio"] == pytest.approx(cold["cold_s"] / cold["help_s"], rel=0.01)


@pytest.mark.usefixtures("_light")
def test_serve_is_asked_by_one_and_by_many(run: Qa, kept: Path) -> None:
    options = (*FEW, "--repeat", "1", "--clients", "2", "--keep", str(kept / "work"))
    start, load = (table["rows"] for table in bench(run, kept, "serve", *options)["tables"])
    assert start[0]["ready_s"] > 0
    assert start[0]["peak_mib"] >= start[0]["then_mib"] > 50
    assert [(row["route"], row["clients"], row["answered"], row["failed"]) for row in load] == [
        ("/v1/search", 1, 10, 0),
        ("/v1/search", 2, 20, 0),
        ("/v1/ask", 1, 10, 0),
        ("/v1/ask", 2, 20, 0),
    ]
    assert load[1]["throughput_ratio"] == pytest.approx(
        load[1]["per_second"] / load[0]["per_second"], rel=0.01
    )


def test_what_cannot_be_measured_is_told_at_once(run: Qa, tmp_path: Path) -> None:
    for options, told in (
        (("search", "--sizes", "many"), "--sizes"),
        (("index", "--sizes", "100,5"), "whole numbers from 100"),
        (("encode", "--plot", "a.doc"), ".png"),
        (("serve", "--folder", str(tmp_path)), "clauses"),
        (("encode", "--beir", "missing"), "missing"),
    ):
        result = run("bench", *options)
        assert result.exit_code == 1, result.output
        assert told in result.stderr


def test_sizes_are_whole_numbers_with_commas() -> None:
    assert passages_of("1000, 10_000,") == (1000, 10_000)
    assert passages_of("") == ()
    with pytest.raises(InvalidInputError, match="1000,10000"):
        passages_of("2000000")
