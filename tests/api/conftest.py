from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from qa.api import create_app
from qa.config import Settings
from tests.api.two_documents import Shelf, TwoDocuments


@pytest.fixture
def library() -> TwoDocuments:
    opened = TwoDocuments(Settings())  # a real Service fits here as well
    opened.open()
    return opened


@pytest.fixture
def client(library: TwoDocuments) -> Iterator[TestClient]:
    with TestClient(
        create_app(library, collections=Shelf(library.settings)), raise_server_exceptions=False
    ) as opened:
        yield opened
