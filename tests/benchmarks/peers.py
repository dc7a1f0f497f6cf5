"""Measure ours and other systems on the same folder, each in processes of its own.

    python -m tests.benchmarks.peers FOLDER --peers PYTHON [--markdown] [--json OUT]

PYTHON is the interpreter that has the others (requirements.txt). Not a test: minutes on a quiet machine.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.child import WARM_UP, K, environment, write_job
from tests.benchmarks.corpus import first_parts, make_corpus, make_questions, read_parts
from tests.benchmarks.provenance import load, load_line, machine, package_line
from tests.benchmarks.table import Row, agreement, middle, to_markdown, to_rich

ROOT = Path(__file__).parents[2]
OURS, PLAIN = "tests.benchmarks.ours", "tests.benchmarks.plain"
SYSTEMS = {
    OURS: "青问 (search)",
    PLAIN: "sentence-transformers + FAISS",
    "tests.benchmarks.txtai": "txtai",
    "tests.benchmarks.haystack": "Haystack",
    "tests.benchmarks.llamaindex": "LlamaIndex",
    "tests.benchmarks.langchain": "LangChain (FAISS)",
    "tests.benchmarks.keywords": "bm25s + jieba, no model",
}
FEWEST_QUESTIONS = 60
LONGEST_S = 3600
NOTES = f"""\
Each cell: how many times 青问, then the figure. Start-up: from the start of a process to its first answer
from a saved index. Passages/s: the model is loaded and one passage indexed before the clock runs. p50, p95:
one question at a time, {K} passages asked for, after {WARM_UP} questions. Peak: most resident memory of the
process that answers. All but the last use the same model (青问 converted as its settings say, which may be
to eight bits; the others in PyTorch as they load it) and are given the same passages.
青问 does more in the same time: from the documents it reads and splits, it encodes every sentence, every
passage, and every passage with a second encoder, and builds a keyword index; a question is searched in all
four, fused and ranked. Its passages/s is passages through all of that; `ask` comes on top of `search`.
LangChain saves its texts as a pickle; Haystack saves its vectors as JSON."""


class ChildError(Exception):
    """A system's process gave no figures; the message is its last words."""


@dataclass(frozen=True, slots=True)
class Runner:
    """Starts the processes of a system: ``python`` runs ``module`` with ``threads`` threads on ``job``."""

    python: str
    module: str
    model: str
    job: Path
    threads: int

    def step(self, name: str, index: Path) -> dict[str, Any]:
        """Run one step in a fresh process. Raises ChildError."""
        command = [self.python, "-m", self.module, name, str(self.job), str(index), self.model]
        done = subprocess.run(
            [*command, repr(time.monotonic())],
            cwd=ROOT,
            env=environment(self.threads),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=LONGEST_S,
            check=False,
        )
        if done.returncode:
            raise ChildError(last_words(done.stderr))
        figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return figures


def last_words(stderr: str) -> str:
    """Why a process ended: its last line, or what to install when a package is missing."""
    last = (stderr.strip().splitlines() or ["no reason given"])[-1]
    missing = re.match(r"ModuleNotFoundError: No module named '([^'.]+)", last)
    if missing:
        return f"not installed: {missing[1]}; pip install -r tests/benchmarks/requirements.txt"
    return f"failed: {last[:200]}"


def measure(name: str, runner: Runner, passages: Sequence[str], repeats: int) -> Row:
    """Index once, answer ``repeats`` times, each in a fresh process; the medians are the figures."""
    try:
        with tempfile.TemporaryDirectory(prefix="index-") as folder:
            indexed = runner.step("index", Path(folder))
            answered = [runner.step("answer", Path(folder)) for _ in range(repeats)]
    except ChildError as exc:
        return Row(name, failure=str(exc))
    firsts = answered[0].pop("first")
    if not answered[0]["fewest_hits"] or not set(firsts) <= set(passages):
        return Row(name, failure="failed: it answers with what is no passage")
    places = {text: place for place, text in enumerate(passages)}
    details = {
        **answered[0],
        "index_s": indexed["index_s"],
        "first": [places[text] for text in firsts],
        "load": load(),
    }
    return Row(name, middle([{**indexed, **run} for run in answered]), details=details)


def agreement_line(rows: Sequence[Row]) -> str:
    """Whether the systems that search by the model alone find the same: a wrong prompt would show here."""
    standard = next((row for row in rows if row.name == SYSTEMS[PLAIN]), Row(""))
    shares = agreement(rows, standard)
    listed = ", ".join(f"{name} {share:.0%}" for name, share in shares.items())
    return f"\nSame first passage as {standard.name}: {listed}" if shares else ""


def bundled() -> str:
    """The folder of our bundled model, in the format of sentence-transformers."""
    from qa import Settings
    from qa.encoder.bundled import prepare_bundled

    return str(prepare_bundled(Settings().cache))


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.peers", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with .txt documents")
    parser.add_argument("--model", help="folder of a sentence-transformers model; default: the bundled one")
    parser.add_argument("--ours", default=sys.executable, help="interpreter that has 青问")
    parser.add_argument("--peers", default=sys.executable, help="interpreter that has the others")
    parser.add_argument("--only", nargs="*", default=[], help="modules to run beside ours, such as txtai")
    parser.add_argument("--sizes", type=int, nargs="*", default=[], help="passages; default: all there are")
    parser.add_argument("--questions", type=int, default=100, help=f"at least {FEWEST_QUESTIONS}")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=3, help="starts of each system; medians are shown")
    parser.add_argument("--json", type=Path, help="write every figure here")
    parser.add_argument("--markdown", action="store_true", help="print Markdown instead of a table")
    return parser.parse_args(arguments)


def compare(options: argparse.Namespace, size: int | None) -> tuple[int, list[Row]]:
    """Every system on the first ``size`` passages. Raises SystemExit when they give too few questions."""
    parts = first_parts(read_parts(options.folder), size)
    corpus = make_corpus(parts)
    questions = make_questions((name for part in parts for name in part.names), options.questions + WARM_UP)
    if len(questions) < FEWEST_QUESTIONS + WARM_UP:
        sys.exit(
            f"{options.folder} gives {len(questions)} questions; {FEWEST_QUESTIONS + WARM_UP} are needed"
        )
    model = options.model or bundled()
    rows = []
    with tempfile.TemporaryDirectory(prefix="job-") as job:
        write_job(Path(job), corpus, questions)
        for module, name in SYSTEMS.items():
            if options.only and module != OURS and module.rpartition(".")[2] not in options.only:
                continue
            python, its_model = options.peers, model
            if module == OURS:
                python, its_model = options.ours, options.model or "bundled"
            print(f"{name} …", file=sys.stderr)
            runner = Runner(python, module, its_model, Path(job), options.threads)
            rows.append(measure(name, runner, corpus.passages, options.repeats))
    return len(corpus.passages), rows


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write what ``--json`` names."""
    from rich.console import Console

    options = parse(arguments)
    console, where = Console(), machine(options.threads)
    console.print(where, markup=False, highlight=False, soft_wrap=True)
    report = []
    rows: list[Row] = []
    for size in options.sizes or [None]:
        passages, rows = compare(options, size)
        report.append({"passages": passages, "rows": [asdict(row) for row in rows]})
        print(f"\n{passages} passages\n")
        if options.markdown:
            print(to_markdown(rows, rows[0]))
        else:
            console.print(to_rich(rows, rows[0]))
        failures = "".join(f"\n{row.name} {row.failure}" for row in rows if row.failure)
        print(f"{failures}\n{load_line(rows, options.threads)}{agreement_line(rows)}")
    print(f"\n{package_line(rows)}\n\n{NOTES}")
    if options.json:
        made = {"machine": where, "model": options.model or "bundled", "measured": report}
        options.json.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
