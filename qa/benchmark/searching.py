"""``qa bench search``: what a search costs beside encoding its question, by the size of the corpus."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from qa.benchmark.plan import Place, Plan
from qa.benchmark.prepared import prepare
from qa.benchmark.process import Child
from qa.benchmark.report import Column, Report, Row, Table, Value, chart_over_size, measured_here, times
from qa.benchmark.rounds import Task, take_turns
from qa.benchmark.server import Server
from qa.benchmark.source import questions, read_source
from qa.benchmark.statistics import Spread
from qa.protocols import OnProgress

SIZE = (Column("passages", "passages"), Column("kind", "vectors"))
RATIOS = (
    *SIZE,
    Column("search_ratio", "search / encoding", ratio=True),
    Column("http_ratio", "HTTP / encoding", ratio=True),
    Column("plain_ratio", "ST + FAISS / search", ratio=True),
    Column("keywords_ratio", "bm25s / search", ratio=True),
    Column("recall", "recall@10"),
)
MILLISECONDS = (
    *SIZE,
    Column("encoding", "encoding"),
    Column("search", "Service.search"),
    Column("http", "/v1/search"),
    Column("plain", "ST + FAISS flat"),
    Column("keywords", "bm25s"),
)
MEMORY = (
    *SIZE,
    Column("server_now", "server", digits=0),
    Column("server_peak", "server peak", digits=0),
    Column("plain_now", "ST + FAISS", digits=0),
    Column("keywords_now", "bm25s", digits=0),
    Column("disk_mib", "index on disk", digits=0),
)
SERIES = {
    "encoding": "encoding",
    "Service.search": "search",
    "/v1/search": "http",
    "sentence-transformers + FAISS flat": "plain",
    "bm25s": "keywords",
}
NOTES = (
    "encoding:一次搜索要用的两个编码器。The question alone, through both encoders that a search uses.",
    "每个问题只问一次,各方轮流;HTTP 用一条保持的连接。Every question is new to everyone, all take turns; "
    "HTTP is one kept connection to a real qa serve.",
    "ST + FAISS:sentence-transformers 在 PyTorch 上编码问题,再查一个不压缩的 FAISS 索引。The question "
    "encoded by sentence-transformers on PyTorch, then one flat FAISS index over the same passages.",
    "recall@10:索引自己在建立时测得的。As the indexes measured it themselves when they were built.",
)
RECOMBINED = (
    "recombined:向量由各分句的真实向量按长度平均而成,不是逐段编码的。Vectors are the length-weighted means "
    "of really encoded clauses, because encoding so many texts takes hours; questions are really encoded."
)


def bench_search(plan: Plan, *, alone: bool = False, on_progress: OnProgress | None = None) -> Report:
    """One row for each size; ``alone`` leaves the plain systems out. Raises BenchmarkError and others."""
    here = measured_here(plan.settings.threads)
    asked = questions(read_source(plan.settings.folder, plan.beir), plan.questions)
    rows = [_at(place, plan, asked, alone=alone, on_progress=on_progress) for place in plan.places()]
    tables = (
        Table("搜索:倍数 Search: ratios", RATIOS, rows),
        Table(f"搜索:毫秒 Search: ms, p50 (p95), {len(asked)} questions", MILLISECONDS, rows),
        Table("内存 Memory, MiB", MEMORY, rows),
    )
    charts = (chart_over_size("Search", "ms (p50)", rows, SERIES),)
    return Report("search", tables, charts, notes_for(rows, NOTES), **here)


def size_cells(place: Place, figures: Mapping[str, Any]) -> dict[str, Value]:
    """What every table by size begins with."""
    return {
        "passages": figures["passages"],
        "kind": "recombined" if place.recombined else "encoded",
        "disk_mib": figures["disk_mib"],
        "recall": ", ".join(f"{name} {value:.3f}" for name, value in figures["recall"].items()) or None,
    }


def notes_for(rows: Sequence[Row], notes: Sequence[str]) -> tuple[str, ...]:
    """The notes, and what recombined vectors are if there are any."""
    return (*notes, RECOMBINED) if any(row["kind"] == "recombined" for row in rows) else tuple(notes)


def calling(child: Child, verb: str) -> Task:
    """A task that a child does with one question."""
    return lambda question: float(child.call(verb, text=question)["ms"])


def encoding_alone(child: Child) -> Task:
    """A task that encodes one question with all that a search needs."""
    return lambda question: float(child.call("queries", texts=[question])["ms"])


def _at(
    place: Place, plan: Plan, asked: Sequence[str], *, alone: bool, on_progress: OnProgress | None
) -> Row:
    settings = place.settings(plan.settings)
    figures = prepare(place, settings, beside=not alone, on_progress=on_progress)
    with ExitStack() as stack:
        kinds = ["search_encoders", "service", *([] if alone else ["plain", "keywords"])]
        server = stack.enter_context(Server(settings))
        children = {kind: stack.enter_context(Child(kind, settings, place=place.to_json())) for kind in kinds}
        server.ready()
        tasks = {
            "encoding": encoding_alone(children["search_encoders"].loaded()),
            "search": calling(children["service"].loaded(), "search"),
            "http": lambda question: server.ask("search", question),
            **{kind: calling(children[kind].loaded(), "search") for kind in kinds[2:]},
        }
        taken = take_turns(asked, tasks, on_progress=on_progress)
        memory = server.memory()
        beside = {kind: children[kind].call("memory")["now"] for kind in kinds[2:]}
    spreads = {name: Spread.of(values) for name, values in taken.items()}
    return {
        **size_cells(place, figures),
        **spreads,
        **{f"{name}_ratio": times(spreads[name], spreads["encoding"]) for name in ("search", "http")},
        **{f"{kind}_ratio": times(spreads[kind], spreads["search"]) for kind in beside},
        **{f"{kind}_now": value for kind, value in beside.items()},
        "server_now": memory.now if memory else None,
        "server_peak": memory.peak if memory else None,
    }
