"""A real server and a real browser for the page."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI, HTTPException
from playwright.sync_api import Browser, Page, sync_playwright

from qa import Service, Settings
from qa.api import create_app, views
from qa.shelf import Shelf
from tests.lake_city import write_files
from tests.ui.two_documents import TwoDocuments
from ui import mount_page

CHROMIUM = next(
    (path for path in map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser")) if path.exists()), None
)
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
Visit = Callable[..., Page]
ARTIFACTS = Path(__file__).parents[1] / "artifacts"


def application(service: Service) -> FastAPI:
    """The page behind the view of a document and three routes that stand for the rest of the API."""
    app = FastAPI()
    app.state.opened, app.state.collections = service, None
    app.include_router(views.router)

    @app.post("/v1/ask")
    def ask() -> dict[str, bool]:
        return {"asked": True}

    @app.get("/v1/documents/{doc_id:path}")
    def document(doc_id: str) -> dict[str, str]:
        if doc_id == "none":
            raise HTTPException(404, "no such document")
        return {"doc_id": doc_id}

    @app.get("/healthz")
    def health() -> dict[str, bool]:
        return {"ok": True}

    return mount_page(app, service)


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Run ``app`` on a free port; the address without a slash at its end."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start within 30 seconds"
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.fail("Debian's chromium is missing; install it with: apt-get install chromium", pytrace=False)
    ARTIFACTS.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
        yield running
        running.close()


@pytest.fixture(scope="module")
def library() -> TwoDocuments:
    return TwoDocuments()


@pytest.fixture(scope="module")
def address(library: TwoDocuments) -> Iterator[str]:
    with serving(application(library)) as url:
        yield url


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A real service over the four documents of 镜湖市, with the bundled encoder."""
    base = tmp_path_factory.mktemp("lake")
    settings = Settings(folder=write_files(base / "files"), vectors=base / "vectors")
    service = Service(settings)
    service.prepare()
    return service


@pytest.fixture(scope="module")
def lake_address(lake: Service) -> Iterator[str]:
    """Page and API over ``lake``, as ``qa serve`` puts them together."""
    shelf = Shelf(lake)
    app = create_app(lake, mount=lambda api: mount_page(api, lake, shelf), collections=shelf)
    with serving(app) as url:
        yield url


@contextmanager
def visiting(browser: Browser, address: str, refused: str = "") -> Iterator[Visit]:
    """Open the page; at the end no request may have left the machine and the console must be clean.

    A browser logs every request that is refused: ``refused`` is what it says of those that are expected.
    """
    requests: list[str] = []
    complaints: list[str] = []
    contexts = []

    def open_page(width: int = 1280, height: int = 800, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.on("request", lambda request: requests.append(request.url))
        context.on(
            "console",
            lambda said: (
                complaints.append(f"{said.text} {said.location}")
                if said.type in ("error", "warning") and not (refused and refused in said.text)
                else None
            ),
        )
        context.on("weberror", lambda wrong: complaints.append(str(wrong.error)))
        page = context.new_page()
        page.goto(address)
        page.locator("#question textarea").wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    outside = [url for url in requests if not url.startswith((address, "data:", "blob:"))]
    assert outside == []
    assert complaints == []


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """``visiting`` the page over two documents whose answers are written in the test."""
    with visiting(browser, address) as open_page:
        yield open_page


@pytest.fixture
def visit_lake(browser: Browser, lake_address: str) -> Iterator[Visit]:
    """``visiting`` the page over ``lake``."""
    with visiting(browser, lake_address) as open_page:
        yield open_page
