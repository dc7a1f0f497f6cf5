"""Options that several commands share, and the settings they override."""

import difflib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.errors import InvalidInputError

if TYPE_CHECKING:
    from pydantic import ValidationError

    from qa.config import Settings

FOLDER_HELP = "文件所在的文件夹 · Folder with the documents (QA_FOLDER, default seeds)"
Folder = Annotated[Path | None, typer.Argument(help=FOLDER_HELP, show_default=False)]
FolderOption = Annotated[Path | None, typer.Option("--folder", help=FOLDER_HELP, show_default=False)]
Collection = Annotated[
    str | None,
    typer.Option(help="文件集 · A collection below the index (QA_COLLECTION)", show_default=False),
]
Vectors = Annotated[
    Path | None,
    typer.Option(
        help="索引所在的文件夹 · Folder of the index (QA_VECTORS, default vectors)", show_default=False
    ),
]
Encoder = Annotated[
    str | None,
    typer.Option(help="编码器 · `bundled`, or a model name or folder (QA_ENCODER)", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="输出与 API 相同的 JSON · Print the JSON of the API")]


def read_settings(**options: Any) -> "Settings":  # noqa: ANN401 - pydantic checks each one
    """The environment, overridden by the options that were given.

    Raises typer.BadParameter (exit code 2) with one sentence when a value cannot be used.
    """
    from pydantic import ValidationError
    from pydantic_settings import SettingsError

    from qa.config import Settings

    warn_of_unknown(Settings.model_fields)
    given = {name: value for name, value in options.items() if value is not None}
    try:
        settings = Settings(**given)
    except ValidationError as exc:
        raise typer.BadParameter(refusal(exc, given)) from exc
    except SettingsError as exc:
        raise typer.BadParameter(str(exc)) from exc
    if settings.collection:
        from qa.shelf import placed

        return placed(settings, settings.collection)
    return settings


def refusal(exc: "ValidationError", given: dict[str, Any]) -> str:
    """Where the first bad value stands, what it is and what is wanted."""
    error = exc.errors(include_url=False)[0]
    name = str(error["loc"][0]) if error["loc"] else "?"
    place = f"--{name}" if name in given else f"QA_{name.upper()}"
    return f"{place} is {error['input']!r}: {error['msg'].lower()}"


def warn_of_unknown(settings: Iterable[str]) -> None:
    """Say so when the environment has a ``QA_`` name that is no setting: most likely a slip of the pen."""
    known = [f"QA_{name.upper()}" for name in settings]
    for name in sorted(os.environ):
        if name.upper().startswith("QA_") and name.upper() not in known:
            close = difflib.get_close_matches(name.upper(), known, n=1)
            hint = f"; did you mean {close[0]}?" if close else ""
            typer.echo(f"qa: {name} is not a setting and is ignored{hint}", err=True)


def checked_file(option: str, path: Path | None) -> None:
    """Refuse a file that cannot be written there, before the work for it. Raises InvalidInputError."""
    if path is None:
        return
    with writing(option, path):  # even to look for it may fail
        is_folder, has_folder = path.is_dir(), path.parent.is_dir()
    if is_folder:
        raise InvalidInputError(f"{option} {path} 是文件夹,请写文件名 · is a folder; name a file")
    if not has_folder:
        raise InvalidInputError(
            f"{option} {path}: 文件夹 {path.parent} 不存在 · there is no folder {path.parent}; make it first"
        )


@contextmanager
def writing(option: str, path: Path) -> Iterator[None]:
    """Tell why what an option names cannot be written. Raises InvalidInputError."""
    try:
        yield
    except OSError as exc:
        raise InvalidInputError(
            f"{option} {path} 无法写入 · cannot be written ({exc.strerror}); name another"
        ) from exc


def checked_text(text: str) -> str:
    """The text as it was typed. Raises InvalidInputError when its bytes are no text."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as exc:
        raise InvalidInputError("问题不是有效的 UTF-8 文本。The question is not valid UTF-8 text.") from exc
    return text
