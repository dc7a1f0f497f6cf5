"""``qa bench serve``: start-up, memory, and one client against many."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from statistics import median

from qa.benchmark.plan import Place, Plan
from qa.benchmark.prepared import prepare
from qa.benchmark.process import BenchmarkError, Process
from qa.benchmark.report import Chart, Column, Report, Row, Table, Value, measured_here, times
from qa.benchmark.rounds import WARM_UP
from qa.benchmark.searching import SIZE, notes_for, size_cells
from qa.benchmark.server import Server
from qa.benchmark.source import questions, read_source
from qa.benchmark.statistics import Spread
from qa.errors import EvaluationError
from qa.protocols import OnProgress
from qa.types import Progress

ROUTES = ("search", "ask")
EACH = 10
"""Questions of each of many clients, at least."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many clients of a route, and the questions they have together."""

    route: str
    clients: int
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """What is done to a server, started ``repeat`` times: ``first`` warms it up, then come the ``crowds``."""

    first: tuple[Crowd, ...]
    crowds: tuple[Crowd, ...]
    repeat: int


START = (
    *SIZE,
    Column("ready_s", "ready after, s", digits=2),
    Column("then_mib", "MiB then", digits=0),
    Column("after_mib", "MiB after", digits=0),
    Column("peak_mib", "MiB peak", digits=0),
    Column("answered", "questions"),
)
LOAD = (
    *SIZE,
    Column("route", "route"),
    Column("clients", "clients"),
    Column("throughput_ratio", "throughput", ratio=True),
    Column("per_second", "questions/s"),
    Column("reply", "ms p50 (p95)"),
    Column("failed", "failed"),
    Column("answered", "questions"),
)
NOTES = (
    "就绪:从进程开始到 /readyz 返回 200;索引已建好,模型已转换。Ready: from the start of the process until "
    "/readyz is 200, the index built and the model converted before.",
    "客户端在另一个进程里,一个接一个地发问,每个问题只出现一次。Clients are threads of another process that "
    "never pause; no question comes twice.",
)
_CROWD = "from qa.benchmark.client import main; main()"


def bench_serve(plan: Plan, *, clients: int, repeat: int, on_progress: OnProgress | None = None) -> Report:
    """``plan.questions`` for each route, from one client and from ``clients``. Raises BenchmarkError."""
    here = measured_here(plan.settings.threads)
    load = load_of(plan, clients, repeat)
    starts: list[Row] = []
    loads: list[Row] = []
    for place in plan.places():
        start, rows = _at(place, plan, load, on_progress)
        starts.append(start)
        loads += rows
    tables = (
        Table(f"启动与内存 Start and memory, median of {repeat}", START, starts),
        Table("一个与多个客户端 One client and many", LOAD, loads),
    )
    return Report("serve", tables, (_chart(loads),), notes_for(starts, NOTES), **here)


def load_of(plan: Plan, clients: int, repeat: int) -> Load:
    """Every route with one client and with many, who get at least ``EACH`` questions each.

    Before that one client and then many at once, so that what is loaded late is loaded. No question
    comes twice. Raises EvaluationError when the texts are too few for that.
    """
    many = max(plan.questions, EACH * clients)
    wanted = [("ask", 1, WARM_UP), ("search", clients, clients)]
    wanted += [(route, *share) for route in ROUTES for share in ((1, plan.questions), (clients, many))]
    total = sum(share for _, _, share in wanted)
    asked = questions(read_source(plan.settings.folder, plan.beir), total)
    if len(asked) < total:
        raise EvaluationError(
            f"{total} different questions are wanted and the texts give {len(asked)}; "
            "lower --questions or --clients, or name a collection with --beir"
        )
    waiting = iter(asked)
    crowds = tuple(Crowd(route, count, tuple(islice(waiting, share))) for route, count, share in wanted)
    return Load(crowds[:2], crowds[2:], repeat)


def throughput(server: Server, crowd: Crowd) -> dict[str, Value]:
    """Have every question asked once, by clients in a process of their own. Raises BenchmarkError."""
    with Process(_CROWD, (), server.settings) as process:
        process.send(json.dumps({"url": server.url, **asdict(crowd)}))
        found = json.loads(process.receive())
    if not found["ms"]:
        raise BenchmarkError(f"none of {len(crowd.questions)} questions to /v1/{crowd.route} was answered")
    return {
        "route": f"/v1/{crowd.route}",
        "clients": crowd.clients,
        "per_second": len(found["ms"]) / found["seconds"],
        "reply": Spread.of(found["ms"]),
        "failed": found["failed"],
        "answered": len(found["ms"]),
    }


def _at(place: Place, plan: Plan, load: Load, on_progress: OnProgress | None) -> tuple[Row, list[Row]]:
    """Start, stop and start again; then the load on the last server."""
    settings = place.settings(plan.settings)
    cells = size_cells(place, prepare(place, settings, on_progress=on_progress))
    ready: list[float] = []
    for number in range(1, load.repeat + 1):
        with Server(settings) as server:
            ready.append(server.ready().ready_after)
            then = server.memory()
            if on_progress:
                on_progress(Progress("starts", number, load.repeat))
            rows = _loads(server, load, on_progress) if number == load.repeat else []
            after = server.memory()
    start = {
        **cells,
        "ready_s": median(ready),
        "then_mib": then.now if then else None,
        "after_mib": after.now if after else None,
        "peak_mib": after.peak if after else None,
        "answered": sum(len(crowd.questions) for crowd in (*load.first, *load.crowds)),
    }
    return start, [{**cells, **row} for row in rows]


def _loads(server: Server, load: Load, on_progress: OnProgress | None) -> list[dict[str, Value]]:
    """What each crowd found, beside the single client of the same route before it."""
    for crowd in load.first:
        throughput(server, crowd)
    rows: list[dict[str, Value]] = []
    for number, crowd in enumerate(load.crowds):
        row = throughput(server, crowd)
        alone = row if crowd.clients == 1 else rows[-1]
        rows.append({**row, "throughput_ratio": times(row["per_second"], alone["per_second"])})
        if on_progress:
            on_progress(Progress("clients", number + 1, len(load.crowds)))
    return rows


def _chart(loads: Sequence[Row]) -> Chart:
    bars = {
        f"{row['route']}, {row['clients']}": [(0.0, float(row["per_second"]))]  # type: ignore[arg-type]
        for row in loads[-2 * len(ROUTES) :]
    }
    return Chart("questions/s by clients", "bars", "questions/s", bars)
