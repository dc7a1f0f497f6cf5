import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from qa.cli import app
from qa.cli.parts import Parts
from tests.cli.desks import TWO, Qa


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Qa:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("QA_")]:
        monkeypatch.delenv(name)

    def invoke(*arguments: str, parts: Parts = TWO) -> Result:
        return CliRunner().invoke(app, list(arguments), obj=parts)

    return invoke
