"""What the commands are made of; a test puts in its own."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, cast

from qa.protocols import Collections, Library, OnProgress
from qa.types import Document, Hit

if TYPE_CHECKING:
    from fastapi import FastAPI

    from qa.config import Settings
    from qa.service import Service
    from qa.shelf import Shelf


class Desk(Library, Protocol):
    """The verbs of :class:`qa.service.Service`, all of which have a command."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """The manifest of the generation in use."""
        ...

    def prepare(self, *, on_progress: OnProgress | None = None, rebuild: bool = False) -> None:
        """Index when needed, then open."""
        ...

    def open(self) -> None:
        """Open the index as it is."""
        ...

    def resume(self) -> None:
        """Take up the jobs that a server before this one left."""
        ...

    def legs(self) -> dict[str, Callable[[str, int], list[Hit]]]:
        """Each leg alone and all together."""
        ...

    def self_test(self) -> list[tuple[str, bool, str]]:
        """Name, passed, detail."""
        ...


class Desks(Protocol):
    """Makes desks: as the class :class:`qa.service.Service` does."""

    def __call__(self, settings: "Settings") -> Desk:
        """A desk over the folder of the settings; instant."""
        ...

    def over(
        self, documents: Sequence[Document], settings: "Settings", *, on_progress: OnProgress | None = None
    ) -> AbstractContextManager[Desk]:
        """A ready desk over ``documents`` with a temporary index."""
        ...


class Services:
    """Makes services; their room is loaded with the first one."""

    def __call__(self, settings: "Settings") -> Desk:
        """A service over the folder of the settings."""
        from qa.service import Service

        return Service(settings)

    def over(
        self, documents: Sequence[Document], settings: "Settings", *, on_progress: OnProgress | None = None
    ) -> AbstractContextManager[Desk]:
        """A ready service over ``documents`` with a temporary index."""
        from qa.service import Service

        return Service.over(documents, settings, on_progress=on_progress)


def collections_of(desk: Desk) -> Collections:
    """The collections beside what is served."""
    from qa.shelf import Shelf

    return Shelf(cast("Service", desk))


def mount_page(app: "FastAPI", desk: Desk, shelf: Collections) -> "FastAPI":
    """Put the page beside the API. Gradio is loaded here and nowhere before."""
    import ui

    return ui.mount_page(app, cast("Service", desk), cast("Shelf", shelf))


def describe_encoder(desk: Desk) -> str:
    """Load the encoder, which the desk keeps, and say what it is. Raises EncoderError."""
    encoder = cast("Service", desk).encoders().main
    return f"{encoder.name}, {encoder.dimension} dimensions"


@dataclass(frozen=True)
class Parts:
    """The service, the page and the encoder that the commands work with."""

    desks: Desks = field(default_factory=Services)
    mount: "Callable[[FastAPI, Desk, Collections], FastAPI]" = mount_page
    encoder: Callable[[Desk], str] = describe_encoder
    collections: Callable[[Desk], Collections] = collections_of
