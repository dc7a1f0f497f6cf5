"""``qa bench ask``: what an answer costs, in a running service and in a process that must start first."""

from collections.abc import Sequence
from statistics import median

from qa.benchmark.plan import Place, Plan
from qa.benchmark.prepared import prepare
from qa.benchmark.process import Child
from qa.benchmark.report import Column, Report, Row, Table, chart_over_size, measured_here, times
from qa.benchmark.rounds import take_turns
from qa.benchmark.searching import SIZE, calling, encoding_alone, notes_for, size_cells
from qa.benchmark.server import Server, run_qa
from qa.benchmark.source import questions, read_source
from qa.benchmark.statistics import Spread
from qa.config import Settings
from qa.protocols import OnProgress
from qa.types import Progress

ANSWERS = (
    *SIZE,
    Column("ask_ratio", "ask / encoding", ratio=True),
    Column("http_ratio", "HTTP / encoding", ratio=True),
    Column("encoding", "encoding"),
    Column("ask", "Service.ask"),
    Column("http", "/v1/ask"),
    Column("server_now", "server MiB", digits=0),
    Column("server_peak", "peak MiB", digits=0),
)
COLD = (
    *SIZE,
    Column("cold_ratio", "qa ask / qa --help", ratio=True),
    Column("cold_s", "qa ask, s", digits=2),
    Column("help_s", "qa --help, s", digits=2),
)
SERIES = {"encoding": "encoding", "Service.ask": "ask", "/v1/ask": "http"}
NOTES = (
    "encoding:一次提问要用的两个编码器。The question alone, through both encoders that an answer uses.",
    "冷启动:新进程从开始到结束的时间,取中位数。Cold: a new process from its start to its end; medians.",
)


def bench_ask(plan: Plan, *, repeat: int, on_progress: OnProgress | None = None) -> Report:
    """One row for each size; every cold process ``repeat`` times. Raises BenchmarkError and others."""
    here = measured_here(plan.settings.threads)
    asked = questions(read_source(plan.settings.folder, plan.beir), plan.questions)
    rows = [_at(place, plan, asked, repeat=repeat, on_progress=on_progress) for place in plan.places()]
    tables = (
        Table(f"提问 Asking: ms, p50 (p95), {len(asked)} questions", ANSWERS, rows),
        Table(f"冷启动 Cold process, median of {repeat}", COLD, rows),
    )
    charts = (chart_over_size("Ask", "ms (p50)", rows, SERIES),)
    return Report("ask", tables, charts, notes_for(rows, NOTES), **here)


def _at(
    place: Place, plan: Plan, asked: Sequence[str], *, repeat: int, on_progress: OnProgress | None
) -> Row:
    settings = place.settings(plan.settings)
    figures = prepare(place, settings, on_progress=on_progress)
    with (
        Server(settings) as server,
        Child("search_encoders", settings) as encoders,
        Child("service", settings) as service,
    ):
        server.ready()
        tasks = {
            "encoding": encoding_alone(encoders.loaded()),
            "ask": calling(service.loaded(), "ask"),
            "http": lambda question: server.ask("ask", question),
        }
        taken = take_turns(asked, tasks, on_progress=on_progress)
        memory = server.memory()
    spreads = {name: Spread.of(values) for name, values in taken.items()}
    cold, helped = _cold(settings, asked, repeat, on_progress)
    return {
        **size_cells(place, figures),
        **spreads,
        **{f"{name}_ratio": times(spreads[name], spreads["encoding"]) for name in ("ask", "http")},
        "server_now": memory.now if memory else None,
        "server_peak": memory.peak if memory else None,
        "cold_s": cold,
        "help_s": helped,
        "cold_ratio": times(cold, helped),
    }


def _cold(
    settings: Settings, asked: Sequence[str], repeat: int, on_progress: OnProgress | None
) -> tuple[float, float]:
    """Median seconds of ``qa ask`` and of ``qa --help``, in turns, with nothing else running."""
    cold, helped = [], []
    for number in range(repeat):
        cold.append(run_qa(settings, "ask", asked[number % len(asked)]))
        helped.append(run_qa(settings, "--help"))
        if on_progress:
            on_progress(Progress("cold processes", number + 1, repeat))
    return median(cold), median(helped)
