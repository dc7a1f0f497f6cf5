"""An answer as it comes: its citations first, then its text, a statement at a time."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from qa.types import Answer


def growing(answer: Answer) -> Iterator[Answer]:
    """The answer without its text, then with one line of it more each time; the last is ``answer`` itself.

    All but the last lack ``short_answer``. Each text is whole lines, so that no ``[n]`` is cut.
    """
    bare = replace(answer, text="", short_answer=None)
    yield bare
    for text in list(accumulate(answer.text.splitlines(keepends=True)))[:-1]:
        yield replace(bare, text=text)
    yield answer
