"""Where figures come from: the machine, and the versions of everything that made them."""

import os
import platform
import re
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.table import Row


def machine(threads: int) -> str:
    """The processor, its cores, the threads used, the platform and how busy it was before."""
    processor = platform.processor() or platform.machine()
    if (info := Path("/proc/cpuinfo")).exists():
        found = re.search(r"model name\s*:\s*(.+)", info.read_text(encoding="utf-8"))
        processor = found[1] if found else processor
    used = f"{os.cpu_count()} cores, {threads} threads, load {load():.1f} before"
    return f"{processor}, {used}; {platform.system()} {platform.machine()}"


def load() -> float:
    """How many processes wanted a core in the last minute; 0 where it is not told."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def load_line(rows: Sequence[Row], threads: int) -> str:
    """The highest load after a system was measured, and a warning when it is more than a system makes."""
    highest = max((row.details.get("load", 0.0) for row in rows), default=0.0)
    others = "; other programs were busy: measure again" if highest > threads + 0.5 else ""
    return f"Load at most {highest:.1f}{others}"


def package_line(rows: Sequence[Row]) -> str:
    """Every package and its version, once; two versions where systems differ."""
    found: dict[str, set[str]] = {}
    for row in rows:
        for package, version in row.details.get("versions", {}).items():
            found.setdefault(package, set()).add(version)
        if "python" in row.details:
            found.setdefault("Python", set()).add(row.details["python"])
    return ", ".join(f"{package} {'/'.join(sorted(found[package]))}" for package in sorted(found))
