"""``qa bench encode``: our encoders against sentence-transformers on PyTorch, side by side."""

import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from qa.benchmark.agreement import cosines, rank_agreement
from qa.benchmark.plan import Plan
from qa.benchmark.process import Child
from qa.benchmark.report import Chart, Column, Report, Row, Table, Value, measured_here, times
from qa.benchmark.rounds import take_turns
from qa.benchmark.source import evenly, passage_texts, questions, read_source, sentence_texts
from qa.benchmark.statistics import Spread
from qa.protocols import OnProgress, Vectors
from qa.types import Progress

SUBJECTS = {
    "reference": "PyTorch (sentence-transformers)",
    "compiled": "青问 Qingwen",
    "compact": "小编码器 compact encoder",
}
"""Kinds of process, and what a table calls them."""
BLOCKS = 4
"""Parts of the texts between which the encoders take turns."""
WARM_UP_TEXTS = 16
ENCODER = Column("encoder", "编码器 encoder")
RATIOS = (
    ENCODER,
    Column("question_ratio", "问题 question", ratio=True),
    Column("passages_ratio", "段落 passages", ratio=True),
    Column("sentences_ratio", "句子 sentences", ratio=True),
    Column("load_ratio", "装载 load", ratio=True),
    Column("memory_ratio", "内存 memory", ratio=True),
)
FIGURES = (
    ENCODER,
    Column("question", "question, ms"),
    Column("passages_per_s", "passages/s"),
    Column("sentences_per_s", "sentences/s"),
    Column("load_s", "load, s", digits=2),
    Column("peak_mib", "peak, MiB", digits=0),
)
AGREEMENT = (
    ENCODER,
    Column("least_cosine", "least cosine", digits=4),
    Column("mean_cosine", "mean cosine", digits=4),
    Column("same_first", "same first passage", digits=3),
    Column("same_ten", "shared of first 10", digits=3),
)
NOTES = (
    "倍数:PyTorch 的用时或内存 / 本行的。Ratios: time or memory of sentence-transformers on PyTorch over "
    "that of the row, on the same texts and threads, in turns, each in its own process; above 1 is less.",
    "小编码器是另一个模型,不比余弦。The compact encoder is another model: its cosines would mean nothing.",
)

Texts = Mapping[str, Sequence[str]]


def bench_encode(plan: Plan, *, texts: int, on_progress: OnProgress | None = None) -> Report:
    """Time questions one at a time, and at most ``texts`` passages and as many sentences in bulk.

    Raises BenchmarkError, CorpusError, EvaluationError.
    """
    here = measured_here(plan.settings.threads)
    source = read_source(plan.settings.folder, plan.beir)
    asked = questions(source, plan.questions)
    bulk = {
        "passages": evenly(passage_texts(source.documents), texts),
        "sentences": evenly(sentence_texts(source.documents), texts),
    }
    with ExitStack() as stack:
        children, load = {}, {}
        for kind in SUBJECTS:
            begun = time.perf_counter()
            children[kind] = stack.enter_context(Child(kind, plan.settings)).loaded()
            load[kind] = time.perf_counter() - begun
        latency = _one_at_a_time(children, asked, on_progress)
        seconds = {name: _in_bulk(children, name, part, on_progress) for name, part in bulk.items()}
        vectors = {kind: _vectors(child, asked, bulk, plan.work) for kind, child in children.items()}
        peaks = {kind: child.call("memory")["peak"] for kind, child in children.items()}
    sizes = {name: len(part) for name, part in bulk.items()}
    rows: list[Row] = [
        {
            "encoder": name,
            "question": Spread.of(latency[kind]),
            **{f"{part}_per_s": size / seconds[part][kind] for part, size in sizes.items()},
            "load_s": load[kind],
            "peak_mib": peaks[kind],
        }
        for kind, name in SUBJECTS.items()
    ]
    counted = ", ".join(f"{size} {name}" for name, size in {"questions": len(asked), **sizes}.items())
    tables = (
        Table("编码:倍数 Encoding: ratios", RATIOS, _with_ratios(rows)),
        Table(f"编码 Encoding: p50 (p95), {counted}", FIGURES, rows),
        Table("一致性 Agreement with PyTorch", AGREEMENT, _agreements(vectors)),
    )
    return Report("encode", tables, _charts(rows), NOTES, **here)


_CHARTS = {"ms of one question (p50)": "question", "passages/s": "passages_per_s"}


def _one_at_a_time(
    children: Mapping[str, Child], asked: Sequence[str], on_progress: OnProgress | None
) -> dict[str, list[float]]:
    def task(child: Child, question: str) -> float:
        return float(child.call("queries", texts=[question])["ms"])

    tasks = {kind: lambda question, child=child: task(child, question) for kind, child in children.items()}
    return take_turns(asked, tasks, on_progress=on_progress)


def _in_bulk(
    children: Mapping[str, Child], name: str, texts: Sequence[str], on_progress: OnProgress | None
) -> dict[str, float]:
    """Seconds of each for all ``texts``, a block of them at a time."""
    seconds = dict.fromkeys(children, 0.0)
    for child in children.values():
        child.call("passages", texts=list(texts[:WARM_UP_TEXTS]))
    for block in range(BLOCKS):
        part = list(texts[block::BLOCKS])
        for kind, child in children.items():
            if part:
                seconds[kind] += child.call("passages", texts=part)["ms"] / 1000
        if on_progress:
            on_progress(Progress(name, block + 1, BLOCKS))
    return seconds


def _vectors(child: Child, asked: Sequence[str], bulk: Texts, work: Path) -> dict[str, Vectors]:
    """The vectors of questions, passages and sentences, not timed."""
    found = {}
    for name, verb, texts in (
        ("questions", "queries", asked),
        ("passages", "passages", bulk["passages"]),
        ("sentences", "passages", bulk["sentences"]),
    ):
        path = work / f"{name}-{child.pid}.npy"
        child.call(verb, texts=list(texts), save=str(path))
        found[name] = np.load(path, allow_pickle=False)
        path.unlink()
    return found


def _with_ratios(rows: Sequence[Row]) -> list[Row]:
    first = rows[0]
    return [
        {
            **row,
            "question_ratio": times(first["question"], row["question"]),
            "passages_ratio": times(row["passages_per_s"], first["passages_per_s"]),
            "sentences_ratio": times(row["sentences_per_s"], first["sentences_per_s"]),
            "load_ratio": times(first["load_s"], row["load_s"]),
            "memory_ratio": times(first["peak_mib"], row["peak_mib"]),
        }
        for row in rows
    ]


def _agreements(vectors: Mapping[str, Mapping[str, Vectors]]) -> list[Row]:
    rows: list[Row] = []
    standard = vectors["reference"]
    for kind in list(SUBJECTS)[1:]:
        mine = vectors[kind]
        row: dict[str, Value] = {"encoder": SUBJECTS[kind]}
        row["same_first"], row["same_ten"] = rank_agreement(
            (standard["questions"], standard["passages"]), (mine["questions"], mine["passages"])
        )
        if kind == "compiled":
            stacked = [np.concatenate(list(one.values())) for one in (standard, mine)]
            row["least_cosine"], row["mean_cosine"] = cosines(*stacked)
        rows.append(row)
    return rows


def _charts(rows: Sequence[Row]) -> list[Chart]:
    return [_bars(title, key, rows) for title, key in _CHARTS.items()]


def _bars(title: str, key: str, rows: Sequence[Row]) -> Chart:
    labels = ("PyTorch", "Qingwen", "compact")
    heights = [value.p50 if isinstance(value := row[key], Spread) else float(value or 0) for row in rows]
    return Chart(title, "bars", title, {name: [(0, y)] for name, y in zip(labels, heights, strict=True)})
