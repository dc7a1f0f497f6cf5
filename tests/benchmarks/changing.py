"""What it takes to add, replace and remove one document, and to start, as the index grows.

    python -m tests.benchmarks.changing [SIZES]      sizes in passages, 1000,10000,100000 unless told

Documents are made of the clauses of seeds/ and written to a folder. A change is told by its name, as an
upload and a removal do, or found by listing the folder. Vectors of the many are random (to encode them is
measured by ``qa bench index``); what is added is really encoded. Prints Markdown.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median

import numpy as np

from qa.benchmark.synthetic import Material, corpus, make_document
from qa.config import Settings
from qa.corpus import read_folder
from qa.encoder import CompactEncoder
from qa.keeper import Keeper, load_encoders
from qa.protocols import Encoder, Vectors
from qa.segment import Encoders

ROOT = Path(__file__).parents[2]
TIMES = 9
"""Changes of a kind, of which the median is told: now and then one of them merges segments."""
KINDS = ("add", "replace", "remove")
COLUMNS = (
    *(f"{kind}, named" for kind in KINDS),
    *(f"{kind}, folder listed" for kind in KINDS),
    "nothing changed",
    "slowest of all",
    "start",
)
MANY = 64
"""A batch of more texts than this is of the many."""


class Mostly:
    """An encoder that makes up the vectors of large batches."""

    def __init__(self, real: CompactEncoder | Encoder) -> None:
        self.real = real
        self.name, self.fingerprint, self.dimension = real.name, real.fingerprint, real.dimension
        self._draw = np.random.default_rng(0)

    def encode_queries(self, queries: Sequence[str]) -> Vectors:
        return self.real.encode_queries(queries)

    def encode_passages(self, passages: Sequence[str]) -> Vectors:
        if len(passages) <= MANY:
            return self.real.encode_passages(passages)
        made = self._draw.standard_normal((len(passages), self.dimension), dtype=np.float32)
        rows: Vectors = made / np.linalg.norm(made, axis=1, keepdims=True)
        return rows


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def measured(place: Path, size: int, encoders: Encoders, material: Material) -> list[str]:
    """One row: passages, documents, milliseconds of each kind of change, of the slowest, and to start."""
    settings = Settings(folder=place / "files", vectors=place / "vectors")
    documents = 0
    for documents, document in enumerate(corpus(material, size), start=1):  # noqa: B007
        path = settings.folder / document.doc_id
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document.text, encoding="utf-8")
    keeper = Keeper(settings, lambda _: encoders)
    keeper.prepare()
    time.sleep(2.1)  # until times of writing can be trusted
    number = count(10**6)
    path = settings.folder / "new.txt"

    def change(kind: str) -> None:
        if kind == "remove":
            path.unlink()
        elif kind != "nothing":
            path.write_text(make_document(material, next(number)).text, encoding="utf-8")

    values, longest = [], 0.0
    for names, kinds in ((["new.txt"], KINDS), (None, (*KINDS, "nothing"))):
        spent: dict[str, list[float]] = {kind: [] for kind in kinds}
        for _ in range(TIMES):
            for kind, times in spent.items():
                change(kind)
                times.append(seconds(partial(keeper.prepare, names=names)))
        values += [median(times) for times in spent.values()]
        longest = max(longest, *map(max, spent.values()))
    start = median(seconds(Keeper(settings, lambda _: encoders).open) for _ in range(3))
    passages = int(keeper.newest().index.facts["passages"])
    return [
        f"{passages:,}",
        f"{documents:,}",
        *(f"{1000 * value:,.0f}" for value in (*values, longest, start)),
    ]


def main() -> None:
    """Measure and print."""
    sizes = [int(size) for size in (sys.argv[1] if len(sys.argv) > 1 else "1000,10000,100000").split(",")]
    material = Material.of(read_folder(ROOT / "seeds").documents)
    real = load_encoders(Settings())
    encoders = Encoders(Mostly(real.main), Mostly(real.compact))
    print(f"| passages | documents | {' | '.join(COLUMNS)} |")
    print(f"| {' | '.join(['---:'] * (2 + len(COLUMNS)))} |")
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="qingwen-changing-") as place:
            print(f"| {' | '.join(measured(Path(place), size, encoders, material))} |", flush=True)


if __name__ == "__main__":
    main()
