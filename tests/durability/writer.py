"""The process that is killed: changes files of a folder and its index, for ever, and says what it does."""

import random
import sys
from pathlib import Path

from qa.config import Settings
from qa.keeper import Keeper
from qa.segment import Encoders
from tests.durability.notices import notice
from tests.hashing import HashingEncoder

NUMBERS = 60


def light() -> Encoders:
    """Encoders without a model: what is killed is the writing."""
    return Encoders(HashingEncoder(), HashingEncoder("compact"))


def keeper(folder: Path, vectors: Path, encoders: Encoders) -> Keeper:
    """What `qa index` does, with these encoders."""
    settings = Settings(folder=folder, vectors=vectors, cache=vectors.parent / "cache")
    return Keeper(settings, load=lambda _: encoders)


def main() -> None:
    """Change until killed."""
    folder, vectors, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    draw = random.Random(seed)  # noqa: S311 - what is changed, not secrets
    kept, version = keeper(folder, vectors, light()), 1 + 1000 * seed
    kept.open()
    while True:
        said = []
        for number in draw.sample(range(NUMBERS), draw.randint(1, 3)):
            path, version = folder / f"{number}.txt", version + 1
            if path.exists() and draw.random() < 0.5:
                path.unlink()
                said.append("removing")
            else:
                said.append("replacing" if path.exists() else "adding")
                fresh = path.with_suffix(".fresh")
                fresh.write_text(notice(number, version), encoding="utf-8")
                fresh.replace(path)
        print(" ".join(said), flush=True)
        kept.prepare()


if __name__ == "__main__":
    main()
