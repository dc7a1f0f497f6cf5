from pathlib import Path

import pytest

from qa.benchmark import process
from qa.benchmark.process import BenchmarkError, Child, Process, environment
from qa.benchmark.server import Server, run_qa
from qa.config import Settings
from qa.types import Progress

ECHO = "import sys\nfor line in sys.stdin: print(line.strip()[::-1], flush=True)"
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(60)
"""
TALKING = """
import sys, json
for line in sys.stdin:
    verb = json.loads(line)["verb"]
    if verb == "fail":
        print(json.dumps({"error": "the folder is empty"}), flush=True)
    else:
        print(json.dumps({"progress": ["words", 1, 2]}), flush=True)
        print(json.dumps({"reply": {"verb": verb}}), flush=True)
"""


def test_the_environment_carries_settings_and_threads(tmp_path: Path) -> None:
    found = environment(Settings(vectors=tmp_path, threads=3, refuse_below=0.25))
    assert found["QA_VECTORS"] == str(tmp_path)
    assert found["QA_REFUSE_BELOW"] == "0.25"
    assert found["OMP_NUM_THREADS"] == found["QA_THREADS"] == "3"
    assert found["CUDA_VISIBLE_DEVICES"] == ""
    assert "None" not in found.values()  # a setting that is not set stays so


def test_lines_go_to_and_fro_and_the_process_ends_with_the_block() -> None:
    with Process(ECHO, (), Settings()) as running:
        running.send("abc")
        assert running.receive() == "cba"
        assert running.running
    assert not running.running


def test_a_process_that_will_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "PATIENCE", 0.2)
    with Process(STUBBORN, (), Settings()) as running:
        assert running.receive() == "ready"
    assert not running.running


def test_the_last_words_of_a_process_that_died_are_told() -> None:
    with (
        Process("import sys; sys.exit('no room on the disk')", (), Settings()) as dead,
        pytest.raises(BenchmarkError, match=r"code 1:\n(?s:.*)no room on the disk"),
    ):
        dead.receive()


def test_a_child_replies_reports_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_CHILD", TALKING)
    steps: list[Progress] = []
    with Child("any", Settings()) as talking:
        talking.loaded()
        assert talking.call("count", on_progress=steps.append) == {"verb": "count"}
        assert steps == [Progress("words", 1, 2)]
        with pytest.raises(BenchmarkError, match="the folder is empty"):
            talking.call("fail")
        assert not talking.running


def test_a_command_that_fails_is_told_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match=r"code 1:\n.*holds no index"):
        run_qa(Settings(vectors=tmp_path), "ask", "几点开门")
    assert 0 < run_qa(Settings(), "--version") < 60


def test_a_server_that_cannot_prepare_is_told(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path / "missing", vectors=tmp_path / "vectors")
    with Server(settings) as server, pytest.raises(BenchmarkError, match="is not a folder"):
        server.ready()
    assert not server.running
