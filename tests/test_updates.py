"""An index that was changed a little at a time is the one that is built at once from what is left."""

import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.catalog import Catalog
from qa.corpus import Corpus, make_document
from qa.errors import CorpusError, QAIndexError
from qa.generation import Index, open_index
from qa.indexer import FAN, Writer, build_index
from qa.protocols import Vectors
from qa.segment import Encoders
from qa.types import Document, Passage
from tests.hashing import HashingEncoder

THINGS = ("水厂", "图书馆", "学校", "公园", "医院", "车站", "码头", "市场")
PLACES = ("东岭", "西湖", "南桥", "北城", "镜湖")
QUESTIONS = (
    "东岭水厂有多少人",
    "镜湖图书馆几点开门",
    "哪个公园最大",
    "校长",
    "南桥码头 2023",
    "“云门”工程在哪里",
)


def document(name: str, seed: int) -> Document:
    """A notice of a few sentences that are much like those of others."""
    draw = random.Random(f"{name}{seed}")  # noqa: S311 - texts, not secrets
    lines = [f"{draw.choice(PLACES)}{draw.choice(THINGS)}通报", ""]
    for number in range(draw.randint(1, 8)):
        about = f"{draw.choice(PLACES)}{draw.choice(THINGS)}"
        lines.append(
            f"{about}有{draw.randint(2, 900)}人,{2000 + number}年启动“{draw.choice('云山水')}门”工程。"
        )
    return make_document(f"{name}.txt", "\n".join(lines), {})


class Counting(HashingEncoder):
    """Counts the texts that it encodes."""

    def __init__(self, salt: str = "") -> None:
        super().__init__(salt)
        self.encoded = 0

    def encode_passages(self, passages: Sequence[str]) -> Vectors:
        self.encoded += len(passages)
        return super().encode_passages(passages)


@pytest.fixture
def encoders() -> Encoders:
    return Encoders(Counting(), HashingEncoder("compact"))


class Kept:
    """An index below a folder, and what should be in it."""

    def __init__(self, vectors: Path, encoders: Encoders, cache: Path) -> None:
        self.vectors, self.encoders, self.cache = vectors, encoders, cache
        self.documents: dict[str, Document] = {}
        self.index: Index | None = None

    def change(self, added: Iterable[Document], removed: Iterable[str] = ()) -> Index:
        """Add and remove, and open what came of it beside what is open."""
        new, gone = tuple(added), tuple(removed)
        catalog = Catalog(self.vectors)
        with catalog.writing():
            writer = Writer(catalog, self.encoders)
            corpus = Corpus(new, (), removed=gone)
            if self.index is None:
                writer.build(corpus, {})
            else:
                writer.update(self.index, corpus, {})
        self.documents = {name: one for name, one in self.documents.items() if name not in gone}
        self.documents.update({one.doc_id: one for one in new})
        self.index = open_index(
            Catalog(self.vectors), lambda: self.encoders, cache=self.cache, before=self.index
        )
        return self.index

    def at_once(self, vectors: Path) -> Index:
        """The index that is built of the same documents in one go."""
        corpus = Corpus(tuple(one for _, one in sorted(self.documents.items())), ())
        build_index(corpus, self.encoders, vectors=vectors, facts={})
        return open_index(Catalog(vectors), lambda: self.encoders, cache=self.cache)


Ranking = Mapping[str, list[tuple[float, Passage]]]


def found(index: Index, question: str) -> Ranking:
    """What every searcher says, ten best; equal scores in the order of place."""
    return {
        name: sorted(
            [(round(one.score, 4), index.passages[one.position]) for one in searcher.search(question, 30)],
            key=lambda pair: (-pair[0], pair[1].doc_id, pair[1].start),
        )[:10]
        for name, searcher in index.searchers.items()
    }


def assert_same(index: Index, other: Index) -> None:
    assert index.documents == other.documents
    assert sorted(index.passages, key=str) == sorted(other.passages, key=str)
    assert len(index.passages) == index.facts["passages"] == other.facts["passages"]
    assert len(index.documents) == index.facts["documents"]
    assert index.segmenter.vocabulary == other.segmenter.vocabulary
    for token in ("水", "水厂", "云门", "没有"):
        assert index.token_weight(token) == pytest.approx(other.token_weight(token))
    for question in QUESTIONS:
        one, two = found(index, question), found(other, question)
        for name, ranking in one.items():
            assert [score for score, _ in ranking] == pytest.approx(
                [score for score, _ in two[name]], abs=2e-4
            )
            best = ranking[0] if ranking else None
            assert best is None or best[1] in [passage for _, passage in two[name]]


NAMES = st.sampled_from(["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"])
STEP = st.tuples(st.dictionaries(NAMES, st.integers(0, 3), max_size=3), st.sets(NAMES, max_size=2))


@given(steps=st.lists(STEP, min_size=1, max_size=7))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=25,
    derandomize=True,
)
def test_small_changes_give_what_one_build_gives(
    steps: list[tuple[dict[str, int], set[str]]],
    encoders: Encoders,
    jieba_cache: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    kept = Kept(tmp_path_factory.mktemp("kept"), encoders, jieba_cache)
    kept.change([document("首", 0), document("尾", 0)])
    for added, removed in steps:
        index = kept.change(
            [document(name, seed) for name, seed in added.items()],
            [f"{name}.txt" for name in removed if name not in added],
        )
    assert_same(index, kept.at_once(tmp_path_factory.mktemp("fresh")))
    reopened = open_index(Catalog(kept.vectors), lambda: encoders, cache=jieba_cache)
    assert_same(reopened, index)


def test_only_what_is_new_is_encoded(encoders: Encoders, jieba_cache: Path, tmp_path: Path) -> None:
    main = encoders.main
    assert isinstance(main, Counting)
    kept = Kept(tmp_path / "索引", encoders, jieba_cache)
    kept.change(document(f"第{number}", 0) for number in range(20))
    before = main.encoded
    new = document("新", 1)
    index = kept.change([new])
    passages = [one for one in index.passages if one.doc_id == new.doc_id]
    assert main.encoded - before == len(passages) + sum(len(one.sentences) for one in passages)
    before = main.encoded
    moved = make_document("改名.txt", new.text, {"date": "2024-05-06"})
    index = kept.change([moved], [new.doc_id])
    assert index.documents.by_id["改名.txt"].date == "2024-05-06"
    kept.change([], ["第3.txt", "第4.txt"])
    assert main.encoded == before
    assert_same(kept.change([]), kept.at_once(tmp_path / "一次"))


def test_small_segments_are_merged_and_large_ones_left_alone(
    encoders: Encoders, jieba_cache: Path, tmp_path: Path
) -> None:
    kept = Kept(tmp_path / "索引", encoders, jieba_cache)
    index = kept.change(document(f"大{number}", 0) for number in range(700))
    (large,) = (one.segment.name for one in index.held)
    for number in range(3 * FAN):
        index = kept.change([document(f"小{number}", 0)])
        assert index.held[0].segment.name == large
        assert len(index.held) <= FAN + 1
    assert {path.name for path in (kept.vectors / "segments").iterdir()} >= {
        one.segment.name for one in index.held
    }
    assert_same(index, kept.at_once(tmp_path / "一次"))


def test_a_segment_of_which_much_is_gone_is_written_anew(
    encoders: Encoders, jieba_cache: Path, tmp_path: Path
) -> None:
    kept = Kept(tmp_path / "索引", encoders, jieba_cache)
    index = kept.change(document(f"第{number}", 0) for number in range(40))
    first = index.held[0].segment.name
    index = kept.change([], ["第0.txt"])
    assert [one.segment.name for one in index.held] == [first]
    index = kept.change([], [f"第{number}.txt" for number in range(1, 30)])
    assert first not in [one.segment.name for one in index.held]
    kept.change([])  # the generation before is kept for one more
    assert not (kept.vectors / "segments" / first).exists()
    written = b"".join(path.read_bytes() for path in kept.vectors.rglob("*") if path.is_file())
    assert "第29.txt".encode() not in written
    assert "第30.txt".encode() in written


def test_what_is_purged_is_in_no_file(encoders: Encoders, jieba_cache: Path, tmp_path: Path) -> None:
    main = encoders.main
    assert isinstance(main, Counting)
    kept = Kept(tmp_path / "索引", encoders, jieba_cache)
    kept.change(document(f"第{number}", 0) for number in range(40))
    kept.change([document("后", 0)])
    index = kept.change([], ["第0.txt"])
    removed = "第0.txt".encode()
    written = (path for path in kept.vectors.rglob("*") if path.is_file())
    assert any(removed in path.read_bytes() for path in written)
    before, left = main.encoded, index.held[1].segment.name
    catalog = Catalog(kept.vectors)
    with catalog.writing():
        Writer(catalog, encoders, purge=True).update(index, Corpus((), ()), {})
    kept.index = open_index(Catalog(kept.vectors), lambda: encoders, cache=jieba_cache, before=index)
    assert main.encoded == before
    assert left in [one.segment.name for one in kept.index.held]
    assert not any(removed in path.read_bytes() for path in kept.vectors.rglob("*") if path.is_file())
    assert_same(kept.index, kept.at_once(tmp_path / "一次"))


def test_a_removed_document_is_found_by_no_searcher(
    encoders: Encoders, jieba_cache: Path, tmp_path: Path
) -> None:
    kept = Kept(tmp_path, encoders, jieba_cache)
    odd = make_document("孤本.txt", "云湖灯塔守塔人沈知白每晚点灯。", {})
    before = kept.change([odd, *(document(f"第{number}", 0) for number in range(9))])
    index = kept.change([], ["孤本.txt"])
    for name, searcher in index.searchers.items():
        positions = [one.position for one in searcher.search("守塔人沈知白", 100)]
        assert all("守塔人" not in index.passages[at].text for at in positions), name
    assert "孤本.txt" not in index.documents.by_id
    assert "孤本.txt" not in index.documents.entries.by_id
    assert index.token_weight("守塔") == index.token_weight("没有这词")
    assert (
        "守塔人" in before.documents.by_id["孤本.txt"].text
    )  # who still reads the older one is not disturbed


def test_an_index_can_become_empty_and_be_filled_again(
    encoders: Encoders, jieba_cache: Path, tmp_path: Path
) -> None:
    kept = Kept(tmp_path / "索引", encoders, jieba_cache)
    kept.change([document("甲", 0)])
    index = kept.change([], ["甲.txt"])
    assert (len(index.documents), len(index.passages), index.held) == (0, 0, ())
    assert all(searcher.search("水厂", 5) == [] for searcher in index.searchers.values())
    assert_same(kept.change([document("乙", 0)]), kept.at_once(tmp_path / "一次"))


def test_nothing_changes_when_writing_fails(encoders: Encoders, jieba_cache: Path, tmp_path: Path) -> None:
    class Broken(Counting):
        def encode_passages(self, passages: Sequence[str]) -> Vectors:
            raise MemoryError

    kept = Kept(tmp_path, encoders, jieba_cache)
    index = kept.change([document("甲", 0)])
    lists = sorted(path.as_posix() for path in tmp_path.rglob("*") if path.name != ".lock")
    with Catalog(tmp_path).writing(), pytest.raises(MemoryError):
        Writer(Catalog(tmp_path), Encoders(Broken(), encoders.compact)).update(
            index, Corpus((document("乙", 0),), ()), {}
        )
    assert sorted(path.as_posix() for path in tmp_path.rglob("*") if path.name != ".lock") == lists
    with Catalog(tmp_path).writing(), pytest.raises(CorpusError, match="no text to index"):
        Writer(Catalog(tmp_path), encoders).build(Corpus((), ()), {})
    assert open_index(Catalog(tmp_path), lambda: encoders, cache=jieba_cache).version == index.version


def test_an_older_generation_is_not_changed(encoders: Encoders, jieba_cache: Path, tmp_path: Path) -> None:
    kept = Kept(tmp_path, encoders, jieba_cache)
    index = kept.change([document("甲", 0), document("乙", 0)])
    assert len(kept.change([], ["甲.txt", "没有.txt"]).documents) == 1
    with Catalog(tmp_path).writing(), pytest.raises(QAIndexError, match="is no longer in use"):
        Writer(Catalog(tmp_path), encoders).update(index, Corpus((), (), removed=("乙.txt",)), {})
