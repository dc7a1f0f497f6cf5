"""What is the same for every system: one process, one step of it, one line of JSON.

A system names two functions and hands them to :func:`run`. ``indexer(folder, model)`` loads the model and
gives what indexes a corpus into ``folder``; ``searcher(folder, model)`` opens what was indexed there and
gives what answers. Everything is timed here, so that all are timed alike. Only the standard library is
needed: a system runs in the interpreter that has it.

    python -m tests.benchmarks.SYSTEM index|answer JOB_FOLDER INDEX_FOLDER MODEL STARTED
"""

import json
import math
import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import packages_distributions, version
from pathlib import Path
from typing import Any

K = 10
WARM_UP = 3
"""Questions answered before the clock of a question runs; the first of them ends the start-up."""

CORPUS, QUESTIONS = "corpus.json", "questions.json"


@dataclass(frozen=True, slots=True)
class Corpus:
    """``documents`` by ``doc_id``, and ``passages``: what a system that is given passages indexes."""

    documents: dict[str, str]
    passages: list[str]


Index = Callable[[Corpus], None]
Search = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class System:
    """A system under measurement, and the packages whose versions decide its figures."""

    indexer: Callable[[Path, str], Index]
    searcher: Callable[[Path, str], Search]
    packages: tuple[str, ...]


def run(system: System) -> None:
    """Do the step that the command line names and print its figures as the last line."""
    step, job, folder, model, started = sys.argv[1:]
    if step == "index":
        figures = index_all(system, Path(job), Path(folder), model)
    else:
        figures = answer_all(system, Path(job), Path(folder), model, float(started))
    print("\n" + json.dumps(figures, ensure_ascii=False))


def index_all(system: System, job: Path, folder: Path, model: str) -> dict[str, Any]:
    """Index one passage, so that everything is loaded, then the corpus; the second is timed."""
    corpus = read_corpus(job)
    first = corpus.passages[0]
    index = system.indexer(folder, model)
    index(Corpus({"first.txt": first}, [first]))
    begun = time.perf_counter()
    index(corpus)
    seconds = time.perf_counter() - begun
    return {"passages_per_s": len(corpus.passages) / seconds, "index_s": seconds}


def answer_all(system: System, job: Path, folder: Path, model: str, started: float) -> dict[str, Any]:
    """Open the saved index and answer every question; ``started`` is this process's, by the same clock."""
    questions = json.loads((job / QUESTIONS).read_text(encoding="utf-8"))
    search = system.searcher(folder, model)
    found = [list(search(questions[0], K))]
    start_up = time.monotonic() - started
    found += [list(search(question, K)) for question in questions[1:WARM_UP]]
    seconds = []
    for question in questions[WARM_UP:]:
        begun = time.perf_counter()
        hits = list(search(question, K))
        seconds.append(time.perf_counter() - begun)
        found.append(hits)
    return {
        "start_up_s": start_up,
        "p50_ms": 1000 * percentile(seconds, 0.50),
        "p95_ms": 1000 * percentile(seconds, 0.95),
        "peak_mib": peak_mib(),
        "first": [hits[0] if hits else "" for hits in found],
        "fewest_hits": min(map(len, found)),
        "python": platform.python_version(),
        "versions": versions(system.packages),
    }


def percentile(values: Sequence[float], share: float) -> float:
    """Linear between the two nearest ranks, as NumPy's default: percentile([4, 1, 2, 3], 0.5) == 2.5."""
    ordered = sorted(values)
    rank = share * (len(ordered) - 1)
    low, high = ordered[math.floor(rank)], ordered[math.ceil(rank)]
    return low + (high - low) * (rank - math.floor(rank))


def peak_mib() -> float:
    """The most memory that was resident in this process, in MiB (``VmHWM``; elsewhere ``ru_maxrss``)."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2  # macOS counts bytes


def versions(packages: Sequence[str]) -> dict[str, str]:
    """The versions of those of ``packages`` that were loaded into this process."""
    owners = packages_distributions()
    loaded = {owner for module in list(sys.modules) for owner in owners.get(module, ())}
    return {package: version(package) for package in packages if package in loaded}


def prompts(model: str) -> tuple[str, str]:
    """What the model's folder says to put before a question and before a passage; nothing if it is silent."""
    try:
        config = json.loads((Path(model) / "config_sentence_transformers.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "", ""
    stated = config.get("prompts") or {}
    return stated.get("query") or "", stated.get("passage") or stated.get("document") or ""


def write_job(folder: Path, corpus: Corpus, questions: Sequence[str]) -> None:
    """Write what the processes read: ``corpus`` for indexing, ``questions`` for answering."""
    for name, content in ((CORPUS, asdict(corpus)), (QUESTIONS, list(questions))):
        (folder / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def read_corpus(folder: Path) -> Corpus:
    """Read what ``write_job`` wrote for indexing."""
    return Corpus(**json.loads((folder / CORPUS).read_text(encoding="utf-8")))


def environment(threads: int) -> dict[str, str]:
    """The environment of every system: that many threads, no accelerator, no network, nothing reported."""
    per_library = ("OMP", "MKL", "OPENBLAS", "RAYON")
    return {
        **os.environ,
        **{f"{library}_NUM_THREADS": str(threads) for library in per_library},
        "QA_THREADS": str(threads),
        "CUDA_VISIBLE_DEVICES": "",
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "DO_NOT_TRACK": "1",
        "HAYSTACK_TELEMETRY_ENABLED": "False",
        "LANGSMITH_TRACING": "false",
        "PYTHONUTF8": "1",
    }
