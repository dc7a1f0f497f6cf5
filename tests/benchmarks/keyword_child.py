"""One keyword index in a process of its own: built, or opened, searched and changed; one line of JSON.

python -m tests.benchmarks.keyword_child build|serve SYSTEM STREAM SIZE FOLDER
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from tests.benchmarks.child import WARM_UP, peak_mib, percentile
from tests.benchmarks.keyword_stream import DOCUMENT, Stream
from tests.benchmarks.keyword_systems import CHANGING, SYSTEMS, KeywordIndex

K = 50
CHANGES = 9
"""Documents that come, and that go: the middle one is told, by the processor the mean."""
PATIENCE = 60.0
"""Seconds after which no further question is asked, when ``FEWEST`` were."""
FEWEST = 20
MOST_MEMORY = 6 << 30
"""Bytes that an index may hold beside what it has mapped."""
MOST_SECONDS = 900
"""Of the processor, for building and for the rest."""
_ASKED = 100
"""Tokens of a passage by which it is looked for."""


def build(name: str, stream: Stream, size: int, folder: Path) -> dict[str, Any]:
    """Build an index of the first ``size`` passages."""
    index = SYSTEMS[name](folder)
    wall, cpu = taken(lambda: index.build(stream.lists(0, size)))
    held = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {"build_s": wall, "build_cpu_s": cpu, "build_mib": peak_mib(), "disk_mib": held / 2**20}


def serve(name: str, stream: Stream, size: int, folder: Path) -> dict[str, Any]:
    """Search it, then add and remove documents."""
    index = SYSTEMS[name](folder)
    index.open(size)
    whole, found = asked(index, stream.asked(), some=False)
    restricted, _ = asked(index, stream.asked(), some=True)
    some = {f"some_{key}": value for key, value in restricted.items()}
    figures: dict[str, Any] = {**whole, **some, "found": found}
    if name in CHANGING:
        figures |= changed(index, stream, size)
    return figures | {"serve_mib": peak_mib()}


def asked(
    index: KeywordIndex, questions: Sequence[Sequence[str]], *, some: bool
) -> tuple[dict[str, float], list[list[int]]]:
    """Every question once, as long as patience lasts: ms of each and on average, and what was found.

    The processor's clock may be coarse, so that only its sum says something.
    """
    found, walls, cpus = list[list[int]](), list[float](), list[float]()
    for number, tokens in enumerate(questions):
        wall, cpu = taken(lambda tokens=tokens: found.append(index.search(tokens, K, some=some)))  # type: ignore[misc]
        if number >= WARM_UP:
            walls.append(1000 * wall)
            cpus.append(1000 * cpu)
        if len(walls) >= FEWEST and sum(walls) > 1000 * PATIENCE:
            break
    figures = {
        "p50": percentile(walls, 0.5),
        "p95": percentile(walls, 0.95),
        "cpu_ms": fmean(cpus),
        "questions": float(len(walls)),
    }
    return figures, found


def changed(index: KeywordIndex, stream: Stream, size: int) -> dict[str, float]:
    """Milliseconds to add and to remove a document, each until a search sees it."""
    times: dict[str, list[tuple[float, float]]] = {"add": [], "remove": []}
    documents = size // DOCUMENT
    for number in range(CHANGES):
        for kind, spent in times.items():
            first = size + number * DOCUMENT if kind == "add" else number * documents // CHANGES * DOCUMENT
            lists = list(stream.lists(first, first + DOCUMENT))
            change: Callable[..., None] = getattr(index, kind)
            spent.append(taken(lambda change=change, first=first, lists=lists: change(first, lists)))  # type: ignore[misc]
            seen = first in index.search(lists[0][:_ASKED], K)
            if seen != (kind == "add"):
                raise RuntimeError(f"{kind} {first}: a search {'still' if seen else 'does not'} find it")
    figures = {}
    for kind, spent in times.items():
        figures[f"{kind}_ms"] = percentile([1000 * wall for wall, _ in spent], 0.5)
        figures[f"{kind}_cpu_ms"] = fmean(1000 * cpu for _, cpu in spent)
    return figures


def taken(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the wall's clock, and of the processor in all threads."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    """Do the step that the command line names."""
    step, name, stream, size, folder = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 60))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    steps = {"build": build, "serve": serve}
    print("\n" + json.dumps(steps[step](name, Stream(Path(stream)), int(size), Path(folder))))


if __name__ == "__main__":
    main()
