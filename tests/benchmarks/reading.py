"""How many documents of each format are read in a second: ``python -m tests.benchmarks.reading``.

The files are those of ``tests/corpus/generated.py``: about a page each, with headings, a list and tables.
Each is read as ``qa index`` reads it: plain text in this process, all else in the one that is started for it.
"""

import sys
import time
from collections.abc import Iterator

from qa.corpus.readers import HARMLESS, read_parts
from qa.corpus.worker import Worker
from tests.corpus import pdfs
from tests.corpus.generated import COUNT, MAKERS

SECONDS = 2.0
"""How long each format is read, at least."""


def rows(seconds: float = SECONDS) -> Iterator[tuple[str, float, float, float]]:
    """Format, documents a second, kibibytes of a file, and mebibytes that the process held at most."""
    for suffix, make in {**MAKERS, ".pdf": pdf}.items():
        files = [make(number) for number in range(COUNT)]
        with Worker() as worker:
            done, began = 0, 0.0
            for data in files:  # libraries are imported, a page is parsed
                worker.read(suffix, data)
            began = time.perf_counter()
            while time.perf_counter() - began < seconds:
                data = files[done % COUNT]
                done += len(
                    list(read_parts(suffix, data)) if suffix in HARMLESS else worker.read(suffix, data)
                )
            spent = time.perf_counter() - began
            yield suffix, done / spent, sum(map(len, files)) / COUNT / 1024, worker.peak / 2**20


def pdf(number: int) -> bytes:
    """One of three pages: a notice, two columns, a table."""
    return pdfs.drawn((pdfs.notice, pdfs.two_columns, pdfs.table)[number % 3])


def start() -> float:
    """Seconds until a fresh process has read its first file."""
    began = time.perf_counter()
    with Worker() as worker:
        worker.read(".csv", MAKERS[".csv"](0))
        return time.perf_counter() - began


def main() -> None:
    """Print both tables as Markdown."""
    write = sys.stdout.write
    write("| format | documents/s | KiB a file | peak MiB |\n|---|---|---|---|\n")
    for suffix, rate, size, peak in rows():
        write(f"| {suffix[1:]} | {rate:,.0f} | {size:.1f} | {peak:.0f} |\n")
    write(f"\nStarting the process that reads: {min(start() for _ in range(3)):.2f} s.\n")


if __name__ == "__main__":
    main()
