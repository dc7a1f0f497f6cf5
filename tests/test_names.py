"""The promises: exported names, what the README must name, and what the locks must hold."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import typer
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import qa
from qa.api import create_app
from qa.cli import app
from qa.config import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = {
    "requirements.lock": PROJECT["dependencies"],
    "requirements-dev.lock": PROJECT["optional-dependencies"]["dev"],
}
# Halves of a declared library that its own documentation tells its users to import.
PART_OF = {"starlette": "fastapi", "pydantic-core": "pydantic"}


def locked(name: str) -> dict[str, Version]:
    """What a lock pins on every machine: lines without a marker and with one alike."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [
        line.partition(";")[0].split("==") for line in lines if line and not line.lstrip().startswith("#")
    ]
    return {canonicalize_name(package): Version(version.strip()) for package, version in pins}


def imports() -> set[str]:
    """The top-level names that qa/ and ui/ import from elsewhere, the standard library left out."""
    found: set[str] = set()
    for path in [*(ROOT / "qa").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"qa", "ui"}


def test_the_root_exports_what_it_says_and_no_more_than_it_says() -> None:
    assert dir(qa) == sorted(qa.__all__)
    assert len({getattr(qa, name) for name in qa.__all__}) == len(qa.__all__) <= 28
    with pytest.raises(AttributeError, match="'nothing'"):
        _ = qa.nothing


def test_the_help_of_the_command_loads_no_room() -> None:
    code = "import sys, qa.cli; print(*sorted(name for name in sys.modules if name in sys.argv))"
    heavy = ["qa.service", "qa.config", "pydantic", "numpy", "jieba", "rich.markdown"]
    said = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True)
    assert said.stdout.split() == []


def test_every_room_is_in_the_readme_and_on_its_floor() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    floors = [floor.split(" | ") for floor in contracts["contracts"][0]["layers"]]
    shown = README.partition("The rooms, in reading order")[2].partition("```\n")[2].partition("```")[0]
    lines = [re.split(r"\s{3,}", line.strip())[0] for line in shown.splitlines()[2:]]
    assert [sorted(re.findall(r"[a-z]+", line)) for line in lines] == [sorted(floor) for floor in floors]


def test_the_changes_begin_with_this_version() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == qa.__version__


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"QA_{name.upper()}" in README


@pytest.mark.parametrize("name", sorted(typer.main.get_group(app).commands))
def test_every_command_is_in_the_readme(name: str) -> None:
    assert re.search(rf"\bqa {name}\b", README)


def test_every_route_is_in_the_readme(tmp_path: Path) -> None:
    service = qa.Service(Settings(folder=tmp_path, vectors=tmp_path / "vectors"))
    routes = create_app(service).openapi()["paths"]
    assert len(routes) >= 6
    assert [route for route in routes if route not in README] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_satisfies_the_project(lock: str) -> None:
    pins = locked(lock)
    for requirement in map(Requirement, LOCKS[lock]):
        assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)]), requirement


def test_the_locks_agree() -> None:
    runtime, development = (locked(lock) for lock in LOCKS)
    assert runtime.items() <= development.items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_and_no_cuda_package(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|--|\bnvidia|\bcuda|\+cpu|^/", text, re.MULTILINE)


def test_every_library_imported_is_declared() -> None:
    owners = packages_distributions()
    declared = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]}
    for module in imports():
        names = {canonicalize_name(name) for name in owners[module]}
        assert {PART_OF.get(name, name) for name in names} & declared, module
