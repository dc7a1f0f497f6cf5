"""Kill the process that writes the index at random moments; see README.md beside this file.

python -m tests.durability.kill [RUNS]
"""

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from qa.catalog import Catalog
from qa.corpus import make_document, read_folder
from qa.errors import QAIndexError
from qa.generation import Index, open_index
from qa.indexer import build_index
from qa.passages import split
from qa.segment import Encoders
from tests.durability.notices import notice, question
from tests.durability.writer import NUMBERS, keeper, light

LONGEST = 1.2
"""Seconds after its first change within which the writer is killed."""


def checked(index: Index) -> Counter[str]:
    """Count documents that are as one of their versions; raise AssertionError for any that is not."""
    found: Counter[str] = Counter()
    cut = list(index.passages)
    for document in index.documents:
        number = int(Path(document.doc_id).stem)
        version = int(document.text.split("第", 2)[2].split("号")[0])
        assert document.text == notice(number, version), f"{document.doc_id} is a mixture"
        held = [passage for passage in cut if passage.doc_id == document.doc_id]
        assert held == split(make_document(document.doc_id, document.text, {})), (
            f"{document.doc_id}: passages"
        )
        for name, searcher in index.searchers.items():
            for scored in searcher.search(question(number), 3):
                passage = index.passages[scored.position]
                text = index.documents.by_id[passage.doc_id].text
                assert text[passage.start : passage.end] == passage.text, f"{name}: {passage.doc_id}"
        found["documents"] += 1
    return found


def killed(folder: Path, vectors: Path, seed: int) -> str:
    """Run the writer and kill it; return what it had said it was doing last."""
    draw = random.Random(seed)  # noqa: S311 - moments, not secrets
    command = [sys.executable, "-m", "tests.durability.writer", str(folder), str(vectors), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline().strip()
        time.sleep(draw.uniform(0, LONGEST))
        process.send_signal(signal.SIGKILL)
        for line in process.stdout:
            said = line.strip()
    return said.split(" ")[0]


def main() -> None:
    """Kill, check, count."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    encoders = light()
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="qingwen-kill-") as place:
        folder, vectors, cache = (Path(place) / name for name in ("files", "vectors", "cache"))
        folder.mkdir()
        for number in range(0, NUMBERS, 2):
            (folder / f"{number}.txt").write_text(notice(number, 0), encoding="utf-8")
        build_index(read_folder(folder), encoders, vectors=vectors, facts={})
        for run in range(runs):
            counts[killed(folder, vectors, run)] += 1
            index = open_index(Catalog(vectors), lambda: encoders, cache=cache)
            counts += checked(index)
            if run % 10 == 9:
                counts += recovered(folder, vectors, encoders, cache)
                print(f"{run + 1} kills: {dict(counts)}", flush=True)
    print(
        f"\n{runs} kills: {', '.join(f'{name} {count}' for name, count in sorted(counts.items()))};"
        " none mixed, none lost"
    )


def recovered(folder: Path, vectors: Path, encoders: Encoders, cache: Path) -> Counter[str]:
    """Prepare again, as after a restart: nothing may be lost, and nothing of the dead be left behind."""
    keeper(folder, vectors, encoders).prepare()
    try:
        index = open_index(Catalog(vectors), lambda: encoders, cache=cache)
    except QAIndexError as exc:
        raise AssertionError(f"after the restart: {exc}") from exc
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    assert {one.doc_id: one.text for one in index.documents} == there, "the index is not what the folder is"
    keeper(folder, vectors, encoders).prepare(purge=True)
    named = Catalog(vectors).current().segments
    left = [path.name for path in (vectors / "segments").iterdir() if path.name not in named]
    assert not left, f"left behind: {left}"
    return Counter({"restarts": 1})


if __name__ == "__main__":
    main()
