"""Our keyword index beside tantivy, SQLite FTS5 and bm25s, on the same tokens.

    python -m tests.benchmarks.keyword_indexes [--sizes 10000 100000 1000000] [--beir FOLDER] [--peers PYTHON]

Passages are recombined from the clauses of a folder (``qa.benchmark.synthetic``), cut into the tokens of our
own index. Each index is built, then opened, searched and changed in processes of its own, one at a time,
with at most 6 GiB beside mapped files and 15 minutes of the processor a step. Prints Markdown. What was
measured is kept with ``--keep FOLDER`` and not measured again.
"""

import argparse
import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from qa.benchmark.source import questions, read_source
from qa.benchmark.synthetic import Material, corpus
from qa.passages import split
from qa.segment import tokens_of
from qa.tokens import grams
from tests.benchmarks.child import environment
from tests.benchmarks.keyword_child import CHANGES, MOST_MEMORY, MOST_SECONDS
from tests.benchmarks.keyword_exact import exact, same_ten
from tests.benchmarks.keyword_stream import DOCUMENT, Stream, write_stream
from tests.benchmarks.keyword_systems import CHANGING, LENGTH
from tests.benchmarks.provenance import load, machine
from tests.benchmarks.table import ratio

ROOT = Path(__file__).parents[2]
NAMES = {"ours": "青问", "tantivy": "tantivy", "fts5": "SQLite FTS5", "bm25s": "bm25s"}
ASKED = 200
COMPARED = 50
"""Questions whose ten best are held against exact BM25."""
THREADS = 2
CPU = {
    "build_cpu_s": "build, s",
    "add_cpu_ms": "add, ms",
    "remove_cpu_ms": "remove, ms",
    "cpu_ms": "a question, ms",
    "some_cpu_ms": "in 1 %, ms",
    "disk_mib": "disk, MiB",
    "build_mib": "peak building, MiB",
    "serve_mib": "peak serving, MiB",
}
WALL = {
    "build_s": "build, s",
    "add_ms": "add, ms",
    "remove_ms": "remove, ms",
    "p50": "p50, ms",
    "p95": "p95, ms",
    "some_p50": "p50 in 1 %, ms",
}

Figures = dict[str, Any]


def measured(name: str, python: str, keep: Path, size: int) -> Figures:
    """The figures of one index at one size, and ``failure`` where it stopped; kept, and then read again."""
    figures: Figures = {}
    for step in ("build", "serve"):
        kept = keep / f"{size}-{name}-{step}.json"
        if not kept.exists():
            command = [python, "-m", "tests.benchmarks.keyword_child", step, name, str(keep), str(size)]
            done = subprocess.run(
                [*command, str(keep / f"{size}-{name}")],
                cwd=ROOT,
                env=environment(THREADS),
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                return figures | {"failure": f"{step}: {_told(done)}"}
            kept.write_text(done.stdout.splitlines()[-1])
        figures |= json.loads(kept.read_bytes())
    if name not in CHANGING:  # whatever changes, all of it is built anew
        for kind in ("add", "remove"):
            figures[f"{kind}_ms"] = 1000 * figures["build_s"]
            figures[f"{kind}_cpu_ms"] = 1000 * figures["build_cpu_s"]
    return figures


def _told(done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode == -signal.SIGXCPU:
        return f"more than {MOST_SECONDS // 60} minutes"
    last = (done.stderr.strip().splitlines() or ["killed"])[-1]
    if "MemoryError" in last or last == "killed":
        return f"more than {MOST_MEMORY >> 30} GiB"
    return f"{last.rpartition(' ')[2]} is not installed" if "ModuleNotFoundError" in last else last[:100]


def agreed(rows: Mapping[str, Figures], stream: Stream, size: int) -> None:
    """Put into each row how many of its ten best are those of exact BM25 with its own ``b``."""
    lengths = sorted({LENGTH[name] for name, row in rows.items() if "found" in row})
    for b, scores in zip(lengths, exact(stream, size, stream.questions[:COMPARED], lengths), strict=True):
        for name, row in rows.items():
            if "found" in row and LENGTH[name] == b:
                row["same"] = same_ten(row["found"], scores)


def to_markdown(sizes: Mapping[int, Mapping[str, Figures]], columns: Mapping[str, str], *, same: bool) -> str:
    """How many times ours, then the figure; ``same`` adds the agreement with exact BM25."""
    heads = ["passages", "index", *columns.values(), *(["best ten"] if same else [])]
    lines = [heads, ["---:", "---", *["---:"] * (len(heads) - 2)]]
    for size, rows in sizes.items():
        ours = rows.get("ours", {})
        for name, row in rows.items():
            written = [_cell(row.get(column), ours.get(column)) for column in columns]
            if row.get("failure"):
                written[next((at for at, cell in enumerate(written) if not cell), 0)] = row["failure"]
            agreement = [f"{row['same']:.3f}" if "same" in row else ""] if same else []
            lines.append([f"{size:,}", NAMES[name], *written, *agreement])
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(figure: float | None, ours: float | None) -> str:
    if figure is None:
        return ""
    digits = 0 if figure >= 100 else 1 if figure >= 10 else 2
    written = f"{figure:,.{digits}f}"
    return f"{ratio(figure, ours)} ({written})" if ours else written


def made(options: argparse.Namespace, folder: Path) -> Stream:
    """The stream of the largest size with the documents that are added, made or as it was kept."""
    if (folder / "questions.json").exists():
        return Stream(folder)
    source = read_source(options.folder, options.beir)
    material = Material.of(source.documents)
    wanted = max(options.sizes) + CHANGES * DOCUMENT
    passages = (passage for document in corpus(material, wanted) for passage in split(document))
    asked = questions(source, ASKED)
    return write_stream(map(tokens_of, islice(passages, wanted)), map(grams, asked), folder)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.keyword_indexes", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--folder", type=Path, default=ROOT / "seeds", help="texts whose clauses are used")
    parser.add_argument("--beir", type=Path, help="a collection in BEIR form in place of the folder")
    parser.add_argument("--peers", default=sys.executable, help="the Python that has tantivy and bm25s")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--keep", type=Path, help="a folder for the tokens, to be used again")
    parser.add_argument("--json", type=Path, help="a file for every figure")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="qingwen-tokens-") as place:
        folder = options.keep or Path(place)
        print(f"{machine(THREADS)}\n", flush=True)
        stream = made(options, folder)
        sizes: dict[int, dict[str, Figures]] = {}
        for size in options.sizes:
            sizes[size] = {}
            for name in options.only:
                python = sys.executable if name in ("ours", "fts5") else options.peers
                sizes[size][name] = measured(name, python, folder, size) | {"load": load()}
                told = {key: value for key, value in sizes[size][name].items() if key != "found"}
                print(size, name, json.dumps(told, ensure_ascii=False), file=sys.stderr, flush=True)
            agreed(sizes[size], stream, size)
        if options.json:
            kept = {
                size: {name: {**row, "found": None} for name, row in rows.items()}
                for size, rows in sizes.items()
            }
            options.json.write_text(json.dumps(kept, ensure_ascii=False, indent=1))
    print("Processor time:", to_markdown(sizes, CPU, same=True), sep="\n\n", end="\n\n")
    print("By the clock:", to_markdown(sizes, WALL, same=False), sep="\n\n")
    highest = max(row["load"] for rows in sizes.values() for row in rows.values())
    print(f"\nLoad at most {highest:.1f}")


if __name__ == "__main__":
    main()
