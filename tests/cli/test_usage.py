import re
import subprocess
import sys
from pathlib import Path

import pytest

import qa
from tests.api.two_documents import VERSION
from tests.cli.desks import Qa

ROOT = Path(__file__).parents[2]
HEAVY = (
    "torch",
    "gradio",
    "sentence_transformers",
    "transformers",
    "faiss",
    "jieba",
    "fastapi",
    "pandas",
    "scipy",
)


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("search", "门", "-k", "0"),
        ("search", "门", "-k", "101"),
        ("ask", "门", "-k", "21"),
        ("ask", "门", "-k", "x"),
        ("nothing",),
        ("serve", "--port", "65536"),
        ("evaluate",),
        ("evaluate", "a.jsonl", "--beir", "b"),
    ],
)
def test_wrong_use_is_exit_code_2(run: Qa, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_bad_setting_is_one_clear_sentence(run: Qa, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_THREADS", "many")
    result = run("ask", "门")
    assert result.exit_code == 2
    assert "QA_THREADS is 'many'" in " ".join(result.stderr.split())


def test_an_unknown_setting_is_pointed_out(run: Qa, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_FODLER", "seeds")
    result = run("ask", "门")
    assert result.exit_code == 0
    assert "QA_FODLER is not a setting and is ignored; did you mean QA_FOLDER?" in result.stderr


def test_options_beat_the_environment(run: Qa, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_VECTORS", "from-environment")
    assert f"from-environment {VERSION}" in run("index").stdout
    assert f"from-option {VERSION}" in run("index", "--vectors", "from-option").stdout


def test_version_is_the_packages(run: Qa) -> None:
    assert run("--version").stdout == f"qingwen {qa.__version__}\n"


def test_help_names_the_commands_and_loads_nothing_heavy() -> None:
    program = (
        "import sys\nfrom qa.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n"
        f"    print('loaded:', *(name for name in {HEAVY!r} if name in sys.modules))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    for command in ("index", "ask", "search", "serve", "evaluate", "doctor"):
        assert re.search(rf"\b{command}\b", result.stdout)
    assert result.stdout.splitlines()[-1] == "loaded:"
