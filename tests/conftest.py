"""The seeds and a small invented city, indexed once for all tests that need them."""

from pathlib import Path

import pytest

from qa.catalog import Catalog
from qa.config import Settings
from qa.corpus import Corpus, read_folder
from qa.generation import Index, open_index
from qa.indexer import build_index
from qa.segment import Encoders
from qa.service import Service
from tests.hashing import HashingEncoder
from tests.lake_city import write_files

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A ready service over ``seeds/``, with the bundled encoder."""
    service = Service(Settings(folder=ROOT / "seeds", vectors=tmp_path_factory.mktemp("vectors")))
    service.prepare()
    return service


@pytest.fixture(scope="session")
def jieba_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where jieba keeps its compiled dictionary during the tests."""
    return tmp_path_factory.mktemp("jieba")


@pytest.fixture(scope="session")
def hashing_encoders() -> Encoders:
    """Two encoders without a model."""
    return Encoders(HashingEncoder(), HashingEncoder("compact"))


@pytest.fixture(scope="session")
def lake_city(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The documents of 镜湖市."""
    return read_folder(write_files(tmp_path_factory.mktemp("lake-city")))


@pytest.fixture(scope="session")
def lake_city_index(
    lake_city: Corpus,
    hashing_encoders: Encoders,
    jieba_cache: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Index:
    """The index of 镜湖市, without a model."""
    vectors = tmp_path_factory.mktemp("vectors")
    build_index(lake_city, hashing_encoders, vectors=vectors, facts={"folder": "镜湖"})
    return open_index(Catalog(vectors), lambda: hashing_encoders, cache=jieba_cache)
