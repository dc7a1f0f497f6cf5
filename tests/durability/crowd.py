"""Many upload and remove while others ask; see README.md beside this file.

python -m tests.durability.crowd [SECONDS]
"""

import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx

from qa.config import Settings
from qa.service import Service
from tests.durability.notices import notice, question

WRITERS, READERS, EACH = 16, 8, 12
"""Threads that change, threads that ask, and notices that each of the first has to itself."""
QUESTIONS = 200
CLOSE = 0.05
"""Of standard scores, which are differences of standard deviations."""


class Crowd:
    """What the threads share: a server, a time to stop, what they saw, when notices went and came."""

    def __init__(self, url: str, seconds: float) -> None:
        self.client = httpx.Client(base_url=url, timeout=120, limits=httpx.Limits(max_connections=64))
        self.until = time.monotonic() + seconds
        self.seen: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.gone: dict[int, float] = {}
        self.lock = threading.Lock()

    def call(self, method: str, path: str, **values: Any) -> httpx.Response:  # noqa: ANN401 - of httpx
        """Call; a 5xx is wrong."""
        reply = self.client.request(method, path, **values)
        with self.lock:
            self.seen[f"{method} {path.split('/')[2]} {reply.status_code}"] += 1
            if reply.status_code >= 500:
                self.wrong.append(f"{method} {path}: {reply.status_code} {reply.text[:200]}")
        return reply

    def change(self, seed: int) -> None:
        """Upload, replace and remove the notices of one writer."""
        draw = random.Random(seed)  # noqa: S311 - what is changed, not secrets
        there: set[int] = set()
        for version in range(10**9):
            if time.monotonic() > self.until:
                return
            number = WRITERS * draw.randrange(EACH) + seed
            if number in there and draw.random() < 0.5:
                self.call("DELETE", f"/v1/documents/{number}.txt")
                with self.lock:
                    self.gone[number] = time.monotonic()
                there.discard(number)
            else:
                with self.lock:
                    self.gone.pop(number, None)
                files = {"files": (f"{number}.txt", notice(number, version).encode())}
                job = self.call("POST", "/v1/documents", params={"replace": True}, files=files).json()
                self.settled(job)
                there.add(number)

    def settled(self, job: dict[str, Any]) -> None:
        """Wait for the end of a job."""
        while not job["ended"]:
            time.sleep(0.1)
            job = self.call("GET", f"/v1/jobs/{job['job_id']}").json()
        if job["state"] != "done":
            with self.lock:
                self.wrong.append(str(job))

    def ask(self, seed: int) -> None:
        """Ask about any notice; what was gone before the question must not be cited."""
        draw = random.Random(-seed)  # noqa: S311 - questions, not secrets
        while time.monotonic() < self.until:
            number, begun = draw.randrange(WRITERS * EACH), time.monotonic()
            answer = self.call("POST", "/v1/ask", json={"question": question(number)}).json()
            places = [*answer.get("citations", ()), *answer.get("nearest", ())]
            with self.lock:
                for cited in {int(Path(place["doc_id"]).stem) for place in places}:
                    if self.gone.get(cited, begun) < begun:
                        self.wrong.append(
                            f"{cited}.txt was cited {begun - self.gone[cited]:.3f} s after it went"
                        )


def main() -> None:
    """Serve, crowd, compare."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory(prefix="qingwen-crowd-") as place:
        settings = Settings(folder=Path(place) / "files", vectors=Path(place) / "vectors")
        settings.folder.mkdir()
        (settings.folder / "9999.txt").write_text(notice(9999, 0), encoding="utf-8")
        command = [sys.executable, "-c", "from qa.cli import main; main()", "serve", str(settings.folder)]
        options = ["--vectors", str(settings.vectors), "--port", "0"]
        with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            crowd = Crowd(server.stdout.readline().strip(), seconds)
            try:
                until_ready(crowd)
                run(crowd, seconds)
            finally:
                server.terminate()
        print(f"{sum(crowd.seen.values())} calls: {dict(sorted(crowd.seen.items()))}")
        print("\n".join(crowd.wrong[:20]))
        same, passages = compared(settings, Path(place) / "fresh")
    print(
        f"{len(crowd.wrong)} wrong replies; {passages} passages as in a fresh build, "
        f"{same} of {QUESTIONS} questions find the same ten"
    )
    assert not crowd.wrong, "see above"
    assert same == QUESTIONS, "the index finds something else than a fresh one"


def until_ready(crowd: Crowd) -> None:
    """Wait until questions can be asked."""
    for _ in range(600):
        try:
            if crowd.client.get("/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("the server does not become ready")


def run(crowd: Crowd, seconds: float) -> None:
    """All threads at once."""
    crowd.until = time.monotonic() + seconds
    threads = [threading.Thread(target=crowd.change, args=(seed,)) for seed in range(WRITERS)]
    threads += [threading.Thread(target=crowd.ask, args=(seed,)) for seed in range(1, READERS + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def compared(settings: Settings, vectors: Path) -> tuple[int, int]:
    """Questions with the ten best of a fresh build, and the number of passages, which are the same.

    A passage may be missing whose score is as good as that of the tenth to CLOSE: vectors that were
    encoded beside others differ in the fourth decimal.
    """
    ours, fresh = Service(settings), Service(settings.model_copy(update={"vectors": vectors}))
    ours.open()
    fresh.prepare()
    assert ours.documents() == fresh.documents(), "other documents than a fresh build"
    assert ours.facts["passages"] == fresh.facts["passages"], "other passages than a fresh build"
    same = sum(alike(ours, fresh, question(number)) for number in range(QUESTIONS))
    return same, int(ours.facts["passages"])


def alike(ours: Service, fresh: Service, asked: str) -> bool:
    """Whether both find the same ten, but for those that are as good as the tenth."""
    one, other = (
        {(hit.passage.doc_id, hit.passage.start): hit.score for hit in service.search(asked, k=10).hits}
        for service in (ours, fresh)
    )
    tenth = min(*one.values(), *other.values()) + CLOSE
    return all(
        score <= tenth
        for found in (one, other)
        for place, score in found.items()
        if place not in one or place not in other
    )


if __name__ == "__main__":
    main()
