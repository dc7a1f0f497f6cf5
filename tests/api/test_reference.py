import json
import re
import time
from functools import cached_property
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode

from qa.api import create_app
from qa.config import Settings
from qa.evaluations import Evaluations
from qa.runs import EvaluationRun
from tests.api.two_documents import Shelf, TwoDocuments


class Patient(Evaluations):
    """Takes every question file, as the document allows any text, and has time for all."""

    def put(self, name: str, text: str) -> str:
        return super().put(name, '{"id": "1", "question": "馆", "type": "x", "answerable": false}')

    def start(self, name: str) -> EvaluationRun:
        while self.running:
            time.sleep(0.01)
        return super().start(name)


class Examined(TwoDocuments):
    """Two documents whose evaluations are patient."""

    @cached_property
    def evaluations(self) -> Evaluations:
        return Patient(super().evaluations.folder, self)


class Forgetful(Shelf):
    """Takes every name, so that what the document allows is accepted."""

    def create(self, name: str) -> TwoDocuments:
        self.held[name] = Examined(self.settings, [])
        self.held[name].open()
        return self.held[name]


LIBRARY = Examined(Settings())
LIBRARY.open()
schema = schemathesis.openapi.from_asgi(
    "/openapi.json", create_app(LIBRARY, collections=Forgetful(Settings()))
)
schema.config.generation.update(modes=list(GenerationMode), database="none")
schema.config.seed = 20240301
# a long history that the schema allows may still make a body of more than 1 MB
schema.config.checks.positive_data_acceptance.expected_statuses = ["200", "201", "202", "403", "404", "413"]
schema.config.checks.negative_data_rejection.expected_statuses = [
    "400",
    "403",
    "404",
    "405",
    "413",
    "415",
    "422",
]


@schema.parametrize()
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_the_api_does_what_its_document_says(case: "schemathesis.Case[Any]") -> None:
    case.call_and_validate()


def test_the_reference_page_loads_only_from_this_server(client: TestClient) -> None:
    page = client.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert "script-src 'self';" in page.headers["content-security-policy"]
    links = re.findall(r'(?:src|href)="([^"]*)"', page.text)
    assert len(links) == 4
    for link in links:
        if link != "data:,":
            assert not re.match(r"https?:|//", link)
            reply = client.get(f"/{link}")
            assert reply.status_code == 200
            assert reply.headers["content-type"].split(";")[0] in {"text/css", "text/javascript"}
    assert "openapi.json" in client.get("/docs/assets/start.js").text


@pytest.mark.parametrize("name", ["redoc.standalone.js", "favicon.png", "..%2f__init__.py", "%2e%2e/core.py"])
def test_nothing_but_the_pages_own_files_is_served(client: TestClient, name: str) -> None:
    assert client.get(f"/docs/assets/{name}").status_code == 404


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    opened: dict[str, Any] = client.get("/openapi.json").json()
    return opened


def test_the_document_lists_the_routes_of_the_contract(document: dict[str, Any]) -> None:
    assert {path: set(verbs) for path, verbs in document["paths"].items()} == {
        "/v1/search": {"post"},
        "/v1/ask": {"post"},
        "/v1/documents": {"get", "post"},
        "/v1/documents/{doc_id}": {"get", "patch", "delete"},
        "/v1/collections": {"get", "post"},
        "/v1/collections/{name}": {"delete"},
        "/v1/index": {"post"},
        "/v1/jobs": {"get"},
        "/v1/jobs/{job_id}": {"get", "delete"},
        "/v1/documents/{doc_id}/view": {"get"},
        "/v1/documents/{doc_id}/original": {"get"},
        "/v1/documents/{doc_id}/pages/{page}.png": {"get"},
        "/v1/inspect": {"post"},
        "/v1/evaluations": {"get", "post"},
        "/v1/evaluations/{run_id}": {"get", "delete"},
        "/v1/evaluations/{run_id}/report": {"get"},
        "/v1/evaluations/{run_id}/report.json": {"get"},
        "/v1/evaluations/{run_id}/against/{other_id}": {"get"},
        "/v1/feedback": {"get", "post"},
        "/v1/feedback/questions": {"get"},
        "/v1/feedback/{feedback_id}": {"delete"},
        "/healthz": {"get"},
        "/readyz": {"get"},
    }


def test_every_refusal_is_documented_as_a_problem_with_an_example(document: dict[str, Any]) -> None:
    refusals = [
        reply
        for verbs in document["paths"].values()
        for verb in verbs.values()
        for status, reply in verb["responses"].items()
        if not status.startswith("2")
    ]
    assert len(refusals) == 108
    for reply in refusals:
        assert set(reply["content"]) == {"application/problem+json"}
        media = reply["content"]["application/problem+json"]
        assert media["schema"] == {"$ref": "#/components/schemas/Problem"}
        assert media["example"]["status"] >= 400
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_every_field_is_described_and_every_value_has_an_example(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    bare = [
        f"{name}.{field}"
        for name, schema in schemas.items()
        for field, facts in schema["properties"].items()
        if not facts.get("description")
    ]
    assert bare == []
    for name in ("SearchRequest", "AskRequest", "PastTurn", "NewOpinion", "Alive", "Ready"):
        fields = schemas[name]["properties"].values()
        assert any("examples" in field for field in fields), name
    for name in ("SearchReply", "AnswerReply", "SearchHit", "ListedDocument", "FullDocument", "JobReply"):
        (example,) = schemas[name]["examples"]
        assert set(example) == set(schemas[name]["properties"]), name


def test_the_limits_are_documented(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for name, asked, most in (("SearchRequest", "query", 100), ("AskRequest", "question", 20)):
        schema = schemas[name]
        assert schema["additionalProperties"] is False
        assert schema["properties"][asked]["maxLength"] == 2000
        assert schema["properties"][asked]["minLength"] == 1
        k = schema["properties"]["k"]
        assert (k["minimum"], k["maximum"]) == (1, most)
        assert schema["properties"]["history"]["maxItems"] == 50


def test_the_document_names_no_other_machine(document: dict[str, Any]) -> None:
    assert not re.search(r"https?://", json.dumps(document, ensure_ascii=False))
