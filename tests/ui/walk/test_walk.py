"""Every item of the page as a person goes through it, in each size, scheme and language.

ALL_WALKS=1 walks through all eight of their combinations.

``visiting`` sees to it that no request leaves the machine and the console stays clean; every look of the
visitor is held against axe-core and leaves a picture in tests/artifacts/walk/.
"""

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from qa.api import create_app
from qa.shelf import Shelf
from tests.ui.conftest import ARTIFACTS, Visit, serving, visiting
from tests.ui.walk.asking import asking
from tests.ui.walk.city import built
from tests.ui.walk.documents import documents
from tests.ui.walk.evaluation import evaluation
from tests.ui.walk.feedback import feedback
from tests.ui.walk.inspection import inspection
from tests.ui.walk.look import look
from tests.ui.walk.scope import scope
from tests.ui.walk.source import source
from tests.ui.walk.visitor import PATIENCE, Visitor
from ui import mount_page
from ui.texts import Language

SIZES = {"phone": (360, 740), "desktop": (1440, 900)}
HALF = [
    ("phone", "light", "zh"),
    ("phone", "dark", "en"),
    ("desktop", "light", "en"),
    ("desktop", "dark", "zh"),
]
"""Every two of a size, a scheme and a language once, which takes four minutes, not nine."""
WALKS = list(product(SIZES, ["light", "dark"], ["zh", "en"])) if os.environ.get("ALL_WALKS") else HALF


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return built(tmp_path_factory.mktemp("walk"))


@pytest.fixture(scope="module")
def city_address(city: Shelf) -> Iterator[str]:
    service = city.first
    app = create_app(service, mount=lambda api: mount_page(api, service, city), collections=city)
    with serving(app) as url:
        yield url


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Other work may be done on the machine at the same time."""
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5000)


@pytest.fixture
def visit_city(browser: Browser, city: Shelf, city_address: str) -> Iterator[Visit]:
    """One visit after the other: what one said and measured is gone before the next."""
    (ARTIFACTS / "walk").mkdir(exist_ok=True)
    with visiting(browser, city_address, refused="422 (Unprocessable Entity)") as open_page:
        yield open_page
    service = city.first
    for opinion in service.feedback.all():
        service.feedback.remove(opinion.feedback_id)
    for run in service.evaluations.runs():
        service.evaluations.remove(run.run_id)


@pytest.mark.parametrize(("size", "scheme", "language"), WALKS)
def test_every_item(visit_city: Visit, tmp_path: Path, *, size: str, scheme: str, language: Language) -> None:
    width, height = SIZES[size]
    page = visit_city(width, height, scheme)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor = Visitor(page, language, width, scheme, tmp_path)
    if language == "en":
        page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", visitor.reads("lang"))
    asking(visitor)
    source(visitor)
    scope(visitor)
    documents(visitor)
    inspection(visitor)
    complaints = feedback(visitor)
    evaluation(visitor, complaints)
    look(visitor)
