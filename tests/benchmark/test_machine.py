import os
from pathlib import Path

import numpy as np
import pytest

from qa.benchmark import machine
from qa.benchmark.machine import Memory

STATUS = "Name:\tpython\nVmPeak:\t  999999 kB\nVmHWM:\t    4096 kB\nVmRSS:\t    2048 kB\nThreads:\t2\n"
CPU = "processor\t: 0\nmodel name\t: Abacus 3000 @ 1 Hz\n\nprocessor\t: 1\nmodel name\t: Abacus 3000 @ 1 Hz\n"


@pytest.fixture
def proc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(machine, "_PROC", tmp_path)
    return tmp_path


def test_memory_is_read_from_the_status_of_the_process(proc: Path) -> None:
    (proc / "17").mkdir()
    (proc / "17" / "status").write_text(STATUS)
    assert machine.memory_of(17) == Memory(now=2.0, peak=4.0)


def test_memory_is_unknown_where_no_status_tells_it(proc: Path) -> None:
    assert machine.memory_of(17) is None
    (proc / "18").mkdir()
    (proc / "18" / "status").write_text("Name:\tkthreadd\n")
    assert machine.memory_of(18) is None


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system has no /proc")
def test_memory_of_this_process_grows_with_what_it_holds() -> None:
    before = machine.memory_of()
    held = np.ones(64 * 2**20 // 8)
    after = machine.memory_of(os.getpid())
    assert before
    assert after
    assert after.now - before.now > 0.9 * held.nbytes / 2**20
    assert after.peak >= after.now


def test_the_processor_is_called_by_its_name(proc: Path) -> None:
    (proc / "cpuinfo").write_text(CPU)
    assert machine.processor() == "Abacus 3000 @ 1 Hz"
    (proc / "cpuinfo").write_text("processor\t: 0\nBogoMIPS\t: 50\n")
    assert machine.processor() != ""


def test_a_busy_machine_is_said_to_be_busy() -> None:
    assert machine.load(0.3) == "0.3"
    assert "measure again" in machine.load(1.4)


def test_a_machine_is_named_with_its_threads_and_packages() -> None:
    facts, packages = machine.machine(3), machine.versions()
    assert facts["threads"] == "3"
    assert facts["cores"] == str(os.cpu_count())
    assert packages["numpy"] == np.__version__
    text = machine.described(facts, packages)
    assert "threads 3" in text
    assert f"numpy {np.__version__}" in text
