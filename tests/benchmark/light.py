"""The processes of the benchmarks without a model in them: what flows between them is what is tested."""

from collections.abc import Mapping, Sequence
from functools import partial

from qa.benchmark import child
from qa.benchmark.building import builder
from qa.benchmark.subjects import keywords, plain, search_encoders, service
from qa.cli import app
from qa.cli.parts import Parts
from qa.config import Settings
from qa.protocols import Vectors
from qa.segment import Encoders
from tests.api.two_documents import TwoDocuments
from tests.hashing import HashingEncoder

CHILD = "from tests.benchmark.light import run_child; run_child()"
QA = "from tests.benchmark.light import run_qa; run_qa()"


def hashing(_settings: Settings) -> Encoders:
    return Encoders(HashingEncoder(), HashingEncoder("compact"))


def encode(texts: Sequence[str]) -> Vectors:
    return HashingEncoder().encode_queries(texts)


KINDS: Mapping[str, child.Kind] = {
    "builder": partial(builder, load=hashing),
    "search_encoders": partial(search_encoders, load=hashing),
    "service": partial(service, make=TwoDocuments),
    "plain": partial(plain, load=lambda _settings: (encode, encode)),
    "keywords": keywords,
}


def run_child() -> None:
    child.main(KINDS)


def run_qa() -> None:
    """The command ``qa`` over two tiny documents, without a page."""
    app(obj=Parts(desks=TwoDocuments, mount=lambda api, *_: api))
