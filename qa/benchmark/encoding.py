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
IN_A_ROW = 20
"""Questions that one encoder gets, one after the other, before it is the next one's turn."""
ENCODER = Column("encoder", "编码器 encoder")
RATIOS = (
    ENCODER,
    Column("question_ratio", "问题 question", ratio=True),
    Column("rested_ratio", "歇后问题 after a pause", ratio=True),
    Column("questions_ratio", "同时问题 together", ratio=True),
    Column("passages_ratio", "段落 passages", ratio=True),
    Column("sentences_ratio", "句子 sentences", ratio=True),
    Column("load_ratio", "装载 load", ratio=True),
    Column("memory_ratio", "内存 memory", ratio=True),
)
FIGURES = (
    ENCODER,
    Column("question", "question, ms"),
    Column("rested", "after a pause, ms"),
    Column("questions_per_s", "questions/s together"),
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
    f"问题:一问接一问,每方连问 {IN_A_ROW} 个;歇后:每问之前轮到别的程序;同时:一次交出全部问题。question: one "
    f"after the other, {IN_A_ROW} at a turn; after a pause: the others had the processor before each; "
    "together: all at once.",
    "小编码器是另一个模型,不比余弦。The compact encoder is another model: its cosines would mean nothing.",
)

VERBS = {"questions": "queries", "passages": "passages", "sentences": "passages"}
Texts = Mapping[str, Sequence[str]]


def bench_encode(plan: Plan, *, texts: int, on_progress: OnProgress | None = None) -> Report:
    """Time questions alone and together, and at most ``texts`` passages and as many sentences in bulk.

    Raises BenchmarkError, CorpusError, EvaluationError.
    """
    here = measured_here(plan.settings.threads)
    source = read_source(plan.settings.folder, plan.beir)
    found = questions(source, 3 * plan.questions)
    asked, unhurried, together = (found[part::3] for part in range(3))
    bulk = {
        "questions": together,
        "passages": evenly(passage_texts(source.documents), texts),
        "sentences": evenly(sentence_texts(source.documents), texts),
    }
    with ExitStack() as stack:
        children, load = {}, {}
        for kind in SUBJECTS:
            begun = time.perf_counter()
            children[kind] = stack.enter_context(Child(kind, plan.settings)).loaded()
            load[kind] = time.perf_counter() - begun
        latency = _one_at_a_time(children, asked, IN_A_ROW, on_progress)
        rested = _one_at_a_time(children, unhurried, 1, on_progress)
        seconds = {name: _in_bulk(children, name, part, on_progress) for name, part in bulk.items()}
        compared = {**bulk, "questions": asked}  # ours as they were encoded one at a time, and are remembered
        vectors = {kind: _vectors(child, compared, plan.work) for kind, child in children.items()}
        peaks = {kind: child.call("memory")["peak"] for kind, child in children.items()}
    sizes = {name: len(part) for name, part in bulk.items()}
    rows: list[Row] = [
        {
            "encoder": name,
            "question": Spread.of(latency[kind]),
            "rested": Spread.of(rested[kind]),
            **{f"{part}_per_s": size / seconds[part][kind] for part, size in sizes.items()},
            "load_s": load[kind],
            "peak_mib": peaks[kind],
        }
        for kind, name in SUBJECTS.items()
    ]
    counted = ", ".join(f"{size} {name}" for name, size in sizes.items())
    tables = (
        Table("编码:倍数 Encoding: ratios", RATIOS, _with_ratios(rows)),
        Table(f"编码 Encoding: p50 (p95), {counted}", FIGURES, rows),
        Table("一致性 Agreement with PyTorch", AGREEMENT, _agreements(vectors)),
    )
    return Report("encode", tables, _charts(rows), NOTES, **here)


_CHARTS = {"ms of one question (p50)": "question", "passages/s": "passages_per_s"}


def _one_at_a_time(
    children: Mapping[str, Child], asked: Sequence[str], in_a_row: int, on_progress: OnProgress | None
) -> dict[str, list[float]]:
    def task(child: Child, question: str) -> float:
        return float(child.call("queries", texts=[question])["ms"])

    tasks = {kind: lambda question, child=child: task(child, question) for kind, child in children.items()}
    return take_turns(asked, tasks, in_a_row=in_a_row, on_progress=on_progress)


def _in_bulk(
    children: Mapping[str, Child], name: str, texts: Sequence[str], on_progress: OnProgress | None
) -> dict[str, float]:
    """Seconds of each for all ``texts``, a block of them at a time."""
    seconds = dict.fromkeys(children, 0.0)
    for child in children.values():
        # Never as questions: those would be remembered.
        child.call("passages", texts=list(texts[:WARM_UP_TEXTS]))
    for block in range(BLOCKS):
        part = list(texts[block::BLOCKS])
        for kind, child in children.items():
            if part:
                seconds[kind] += child.call(VERBS[name], texts=part)["ms"] / 1000
        if on_progress:
            on_progress(Progress(name, block + 1, BLOCKS))
    return seconds


def _vectors(child: Child, bulk: Texts, work: Path) -> dict[str, Vectors]:
    """The vectors of questions, passages and sentences, not timed."""
    found = {}
    for name, texts in bulk.items():
        path = work / f"{name}-{child.pid}.npy"
        child.call(VERBS[name], texts=list(texts), save=str(path))
        found[name] = np.load(path, allow_pickle=False)
        path.unlink()
    return found


def _with_ratios(rows: Sequence[Row]) -> list[Row]:
    first = rows[0]
    return [
        {
            **row,
            **{f"{kind}_ratio": times(first[kind], row[kind]) for kind in ("question", "rested")},
            "questions_ratio": times(row["questions_per_s"], first["questions_per_s"]),
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
