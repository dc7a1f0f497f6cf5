"""Builds the index of a place, in a process whose memory and time are its own."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from qa.benchmark.beside import KEYWORDS, PASSAGES, write_keywords, write_vectors
from qa.benchmark.machine import memory_of
from qa.benchmark.plan import Place
from qa.benchmark.recombined import RecombinedEncoder, clause_vectors, keys_of
from qa.benchmark.source import passage_texts, read_source
from qa.benchmark.stages import Stages
from qa.benchmark.subjects import Load, Reply, Request, Verbs, load_encoders
from qa.benchmark.synthetic import Material, corpus
from qa.catalog import Catalog
from qa.config import Settings
from qa.corpus import Corpus
from qa.errors import QAIndexError
from qa.indexer import build_index
from qa.protocols import Encoder, OnProgress
from qa.segment import Encoders
from qa.types import Document

_BUILT = "built.json"


def builder(settings: Settings, request: Request, *, load: Load = load_encoders) -> Verbs:
    """``clauses`` encodes what vectors are recombined from; ``index`` builds, ``beside`` for the others."""
    place = Place.of_json(request["place"])

    def clauses(_request: Request, on_progress: OnProgress) -> Reply:
        stand_ins(place, load(settings), on_progress=on_progress)
        return {}

    def index(request: Request, on_progress: OnProgress) -> Reply:
        return build(place, load(settings), again=request["again"], on_progress=on_progress)

    def beside(_request: Request, on_progress: OnProgress) -> Reply:
        texts = passage_texts(corpus_of(place).documents)
        made = stand_ins(place, load(settings)) if place.recombined else load(settings)
        write_vectors(texts, made.main, place.folder / PASSAGES, on_progress=on_progress)
        write_keywords(texts, place.folder / KEYWORDS, on_progress=on_progress)
        return {}

    return {"clauses": clauses, "index": index, "beside": beside}


def build(
    place: Place, encoders: Encoders, *, again: bool, on_progress: OnProgress | None = None
) -> dict[str, Any]:
    """Build the index of ``place`` unless it is there; what it took, then or now.

    ``seconds`` is all of it without loading encoders and without making up texts, ``stages`` where it
    went; ``peak_mib`` is that of this process (None where it is not told).
    """
    made_of = corpus_of(place)
    documents = made_of.documents
    identity = _identity(place, encoders, documents)
    if not again and (found := _found(place, identity)):
        return found
    made = stand_ins(place, encoders) if place.recombined else encoders
    _clear(place)
    place.documents.mkdir(parents=True, exist_ok=True)
    facts = {"folder": str(place.documents), "benchmark": identity}
    stages = Stages(on_progress)
    build_index(made_of, made, vectors=place.vectors, facts=facts, on_progress=stages)
    seconds = stages.end()
    manifest, memory = Catalog(place.vectors).current().facts, memory_of()
    figures = {
        "identity": identity,
        "documents": len(documents),
        "passages": manifest.get("passages"),
        "characters": sum(len(document.text) for document in documents),
        "seconds": sum(seconds.values()),
        "stages": seconds,
        "peak_mib": memory.peak if memory else None,
        "disk_mib": sum(p.stat().st_size for p in place.vectors.rglob("*") if p.is_file()) / 2**20,
        "recall": recalls(manifest),
    }
    (place.folder / _BUILT).write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return figures


def _clear(place: Place) -> None:
    """Remove what was made of other documents, or of these before."""
    for made in (place.vectors, place.folder / KEYWORDS):
        shutil.rmtree(made, ignore_errors=True)
    (place.folder / PASSAGES).unlink(missing_ok=True)


def corpus_of(place: Place) -> Corpus:
    """The source as it is, or made up of its clauses."""
    source = read_source(place.source, place.beir)
    if not place.passages:
        return source.corpus
    return Corpus(tuple(corpus(Material.of(source.documents), place.passages)), ())


def stand_ins(place: Place, encoders: Encoders, *, on_progress: OnProgress | None = None) -> Encoders:
    """Both encoders recombining; the clauses are encoded once for all places beside this one."""
    keys = keys_of(Material.of(read_source(place.source, place.beir).documents).clauses)

    def stand_in(encoder: Encoder) -> RecombinedEncoder:
        vectors = clause_vectors(encoder, keys, work=place.folder.parent, on_progress=on_progress)
        return RecombinedEncoder(encoder, keys, vectors)

    return Encoders(stand_in(encoders.main), stand_in(encoders.compact))


def recalls(manifest: Mapping[str, Any]) -> dict[str, float]:
    """What each dense index of a manifest says of its ``recall``, by the name of the index."""
    return {
        name.removesuffix("_index"): float(facts["recall"])
        for name, facts in manifest.items()
        if isinstance(facts, Mapping) and isinstance(facts.get("recall"), int | float)
    }


def _identity(place: Place, encoders: Encoders, documents: Iterable[Document]) -> str:
    """Of an index made of these documents in this way; changes when it would."""
    digest = hashlib.sha256(f"{place.recombined}".encode())
    for encoder in (encoders.main, encoders.compact):
        digest.update(encoder.fingerprint.encode())
    for document in documents:
        digest.update(f"\0{document.doc_id}\0{document.text}".encode("utf-8", "replace"))
    return digest.hexdigest()[:16]


def _found(place: Place, identity: str) -> dict[str, Any] | None:
    with suppress(OSError, ValueError, QAIndexError):
        figures: dict[str, Any] = json.loads((place.folder / _BUILT).read_text(encoding="utf-8"))
        same = figures["identity"] == identity == Catalog(place.vectors).current().facts.get("benchmark")
        return figures if same else None
    return None
