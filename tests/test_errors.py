"""The tree that is drawn is the tree that is."""

import inspect
import re

import pytest

from qa import errors
from qa.errors import QAError

CLASSES: dict[str, type[QAError]] = {
    name: value
    for name, value in vars(errors).items()
    if inspect.isclass(value) and issubclass(value, QAError)
}
DRAWN = re.findall(r"^([ │├└─]*)(\w+Error)\b", errors.__doc__ or "", re.MULTILINE)


def drawn_parents() -> dict[str, str]:
    """Each class in the drawing with the last one that stands further left."""
    parents, stack = {}, list[tuple[int, str]]()
    for indent, name in DRAWN:
        stack = [(depth, above) for depth, above in stack if depth < len(indent)]
        parents[name] = stack[-1][1] if stack else "Exception"
        stack.append((len(indent), name))
    return parents


def test_the_drawing_is_right() -> None:
    assert drawn_parents() == {name: error.__mro__[1].__name__ for name, error in CLASSES.items()}


def test_codes_are_stable_and_differ() -> None:
    codes = [error.code for error in CLASSES.values()]
    assert len(set(codes)) == len(CLASSES)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)


@pytest.mark.parametrize("name", CLASSES)
def test_a_message_is_kept(name: str) -> None:
    error = CLASSES[name]("this was found; do that")
    assert isinstance(error, QAError)
    assert str(error) == "this was found; do that"
