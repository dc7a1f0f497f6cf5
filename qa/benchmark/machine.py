"""Where figures come from: the machine, its packages, and the memory of a process."""

import os
import platform
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = (
    "qingwen",
    "openvino",
    "torch",
    "sentence-transformers",
    "transformers",
    "tokenizers",
    "faiss-cpu",
    "bm25s",
    "jieba",
    "numpy",
    "uvicorn",
    "fastapi",
)
"""Whatever decides a figure."""

BUSY = 0.7
"""A load above this before anything was started is the work of other programs."""

_PROC = Path("/proc")


def machine(threads: int) -> dict[str, str]:
    """The processor, its cores, the threads used, memory, system, and how busy it was before."""
    facts = {
        "processor": processor(),
        "cores": str(os.cpu_count()),
        "threads": str(threads),
        "memory": _total_memory(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load before": load(os.getloadavg()[0]) if hasattr(os, "getloadavg") else "",
    }
    return {name: value for name, value in facts.items() if value}


def processor() -> str:
    """The processor's own name where the system tells it, else its architecture."""
    try:
        text = (_PROC / "cpuinfo").read_text(encoding="utf-8")
    except OSError:
        text = ""
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1].strip() if found else platform.processor() or platform.machine()


def load(wanted: float) -> str:
    """How many processes wanted a core, and a warning when that was too many."""
    busy = " (其他程序占用着机器,请重测 other programs are busy: measure again)" if wanted > BUSY else ""
    return f"{wanted:.1f}{busy}"


def versions() -> dict[str, str]:
    """The versions of those of ``PACKAGES`` that are installed."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def described(facts: Mapping[str, str], packages: Mapping[str, str]) -> str:
    """Both in two lines for a person."""
    return "\n".join(
        ", ".join(f"{name} {value}" for name, value in part.items()) for part in (facts, packages)
    )


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident memory of a process in MiB: at this moment, and the most there ever was."""

    now: float
    peak: float


def memory_of(pid: int | None = None) -> Memory | None:
    """The memory of a process (of this one unless told); None where the system has no ``/proc``."""
    try:
        text = (_PROC / str(pid or "self") / "status").read_text(encoding="utf-8")
    except OSError:
        return None
    found = dict(re.findall(r"^(VmRSS|VmHWM):\s*(\d+) kB$", text, re.MULTILINE))
    if len(found) < 2:
        return None
    return Memory(now=int(found["VmRSS"]) / 1024, peak=int(found["VmHWM"]) / 1024)


def _total_memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
    except (AttributeError, OSError, ValueError):
        return ""
