import io

from rich.console import Console

from qa.cli.progress import progress_bar
from qa.types import Progress


def drawn(*, terminal: bool) -> str:
    out = io.StringIO()
    with progress_bar(Console(file=out, force_terminal=terminal, width=100)) as on_progress:
        on_progress(Progress("read", 2, 2))
        on_progress(Progress("[red]encode", 3, 8))
    return out.getvalue()


def test_every_stage_has_a_bar_with_its_counts() -> None:
    shown = drawn(terminal=True)
    assert "read" in shown
    assert "2/2" in shown
    assert "[red]encode" in shown
    assert "3/8" in shown


def test_nothing_is_drawn_where_there_is_no_terminal() -> None:
    assert drawn(terminal=False) == ""
