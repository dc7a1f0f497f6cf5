"""Documents are described, changed and cancelled, and the index follows."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from qa.config import Settings
from qa.errors import InvalidInputError, NotFoundError
from qa.protocols import Vectors
from qa.segment import Encoders
from qa.service import Service
from tests.hashing import HashingEncoder

WATER = "东岭水厂通报\n\n东岭水厂日供水能力为20万吨。厂长林晓舟介绍,水厂明年扩建。\n"
SCHOOL = "镜湖小学通知\n\n镜湖小学九月一日开学,新生凭户口簿报到。\n"


class Counting(HashingEncoder):
    """Counts the texts that it encodes."""

    encoded = 0

    def encode_passages(self, passages: Sequence[str]) -> Vectors:
        self.encoded += len(passages)
        return super().encode_passages(passages)


@pytest.fixture
def encoder() -> Counting:
    return Counting()


@pytest.fixture
def service(tmp_path: Path, encoder: Counting) -> Service:
    folder = tmp_path / "文件"
    folder.mkdir()
    (folder / "水厂.txt").write_text(WATER, encoding="utf-8")
    (folder / "小学.txt").write_text(SCHOOL, encoding="utf-8")
    settings = Settings(folder=folder, vectors=tmp_path / "索引", refuse_below=0)
    opened = Service(settings, load=lambda _: Encoders(encoder, HashingEncoder("compact")))
    opened.prepare()
    return opened


def test_a_document_is_called_what_a_person_says(service: Service, encoder: Counting) -> None:
    before, encoded = service.entries(), encoder.encoded
    version = service.describe("水厂.txt", title="扩建通报", date="2024-05", source="市水务局")
    assert version == service.index_version
    entry = service.entry("水厂.txt")
    assert (entry.title, entry.date, entry.source) == ("扩建通报", "2024-05", "市水务局")
    assert service.document("水厂.txt").title == "扩建通报"
    assert {hit.title for hit in service.search("林晓舟", k=1).hits} == {"扩建通报"}
    assert service.entry("小学.txt") in before
    assert encoder.encoded == encoded
    again = Service(service.settings, load=lambda _: service.encoders())
    again.open()
    assert again.entry("水厂.txt") == entry
    service.describe("水厂.txt", title="", date="", source="")
    assert service.entries() == before


def test_what_is_not_said_stays(service: Service) -> None:
    service.describe("水厂.txt", title="甲", date="2024")
    service.describe("水厂.txt", date="2025")
    assert service.entry("水厂.txt")[1:4] == ("甲", "2025", "")
    version = service.index_version
    assert service.describe("水厂.txt") == service.describe("水厂.txt", title="甲") == version


def test_what_cannot_be_described(service: Service) -> None:
    version = service.index_version
    with pytest.raises(NotFoundError, match="没有收录"):
        service.describe("没有.txt", title="甲")
    with pytest.raises(InvalidInputError, match="no day"):
        service.describe("水厂.txt", title="甲", date="2024-13")
    assert service.index_version == version
    assert not (service.settings.folder / "documents.toml").exists()
