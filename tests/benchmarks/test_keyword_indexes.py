"""Every keyword index that is installed, on a few hundred passages: found, added, removed, agreed with."""

import importlib.util
from pathlib import Path

import pytest

from tests.benchmarks.keyword_child import build, serve
from tests.benchmarks.keyword_exact import exact, same_ten
from tests.benchmarks.keyword_indexes import CPU, WALL, to_markdown
from tests.benchmarks.keyword_stream import DOCUMENT, Stream, write_stream
from tests.benchmarks.keyword_systems import CHANGING, LENGTH, SYSTEMS
from tests.bm25 import crowd, exhaustive

SIZE = 400
QUESTIONS = [["t3", "t20", "t77"], ["t0", "t150", "unheard"], ["t5", "t5", "t9"], ["t30", "t31"]] * 8


@pytest.fixture(scope="module")
def stream(tmp_path_factory: pytest.TempPathFactory) -> Stream:
    passages = crowd(SIZE + 9 * DOCUMENT)
    return write_stream(passages, QUESTIONS, tmp_path_factory.mktemp("tokens"))


def test_exact_scores_are_bm25(stream: Stream) -> None:
    passages = list(stream.lists(0, SIZE))
    (found,) = exact(stream, SIZE, stream.questions[:4], [LENGTH["ours"]])
    for row, question in zip(found, stream.asked()[:4], strict=True):
        scores = exhaustive(question, passages)
        assert row / row.max() == pytest.approx(scores / scores.max(), rel=1e-4)


@pytest.mark.parametrize("name", SYSTEMS)
def test_an_index_finds_what_is_there_and_agrees(name: str, stream: Stream, tmp_path: Path) -> None:
    if name not in ("ours", "fts5") and not importlib.util.find_spec(name):
        pytest.skip(f"{name} is not installed")
    figures = build(name, stream, SIZE, tmp_path / name) | serve(name, stream, SIZE, tmp_path / name)
    assert {"build_cpu_s", "cpu_ms", "some_cpu_ms", "disk_mib"} <= set(figures)
    assert ("add_cpu_ms" in figures) == (name in CHANGING)
    (scores,) = exact(stream, SIZE, stream.questions, [LENGTH[name]])
    agreement = same_ten(figures["found"], scores)
    assert agreement >= (0.999 if name in ("ours", "bm25s") else 0.6)
    table = to_markdown({SIZE: {name: {**figures, "same": agreement}}}, {**CPU, **WALL}, same=True)
    assert f"| {SIZE} |" in table
