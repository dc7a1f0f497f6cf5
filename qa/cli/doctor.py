"""``qa doctor``: what is installed, what is indexed, and whether it works."""

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import typer

from qa.cli.options import Encoder, Vectors, read_settings
from qa.cli.parts import Desk, Parts
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.config import Settings

PACKAGES = (
    "qingwen",
    "openvino",
    "torch",
    "sentence-transformers",
    "faiss-cpu",
    "jieba",
    "bm25s",
    "numpy",
    "fastapi",
    "gradio",
    "pydantic",
)
Check = tuple[str, bool, str]
"""What was checked, whether it is as it should be, and what was found."""


def installed() -> Iterator[Check]:
    """Python, platform and the main packages."""
    yield "python", True, f"{platform.python_version()} ({platform.python_implementation()})"
    yield "platform", True, platform.platform()
    for name in PACKAGES:
        try:
            yield name, True, version(name)
        except PackageNotFoundError:
            yield name, False, "not installed; run: make install"


def encoder_found(parts: Parts, desk: Desk) -> Check:
    """Whether the encoder of the settings can be loaded; the desk then has it."""
    try:
        return "encoder", True, parts.encoder(desk)
    except QAError as exc:
        return "encoder", False, str(exc)


def indexed(desk: Desk, settings: "Settings") -> Iterator[Check]:
    """The state of the index, and its self-test once it is open."""
    try:
        desk.open()
    except QAError as exc:
        yield "index", False, str(exc)
        return
    yield "index", True, f"{settings.vectors} {desk.index_version}"
    for name, value in desk.facts.items():
        if isinstance(value, str | int | float):
            yield f"index {name}", True, str(value)
        elif name.endswith("_index"):
            yield f"index {name[:-6]}", True, ", ".join(f"{key} {found}" for key, found in value.items())
    for file in desk.skipped():
        yield f"skipped {file.doc_id}", True, file.reason
    for name, passed, detail in desk.self_test():
        yield f"self-test {name}", passed, detail


def doctor(ctx: typer.Context, vectors: Vectors = None, encoder: Encoder = None) -> None:
    """检查安装、索引和编码器 · Check installation, index and encoder; exit code 1 when something is wrong."""
    from qa.cli.rendering import safe

    parts: Parts = ctx.obj
    settings = read_settings(vectors=vectors, encoder=encoder)
    failed = 0
    for name, passed, found in checks(parts, settings):
        failed += not passed
        typer.echo(f"{'✓' if passed else '✗'} {safe(name):<24} {safe(found)}")
    if failed:
        typer.echo(f"{failed} 项有问题 · {failed} to look at", err=True)
        raise typer.Exit(1)


def checks(parts: Parts, settings: "Settings") -> Iterator[Check]:
    """Every check, in the order of what needs what."""
    yield from installed()
    desk = parts.desks(settings)
    yield encoder_found(parts, desk)
    yield from indexed(desk, settings)
