"""Settings, read once at a door; rooms receive plain keyword values."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def default_cache() -> Path:
    """The user's cache folder for decoded models, by the conventions of the platform."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("qingwen", appauthor=False))


class Settings(BaseSettings):
    """Values from a caller or from environment variables with the prefix ``QA_``.

    An unknown keyword or a value out of bounds is refused; doors warn of unknown variables.
    """

    model_config = SettingsConfigDict(env_prefix="QA_", extra="forbid", frozen=True)

    folder: Path = Field(default=Path("seeds"), description="Folder with the documents.")
    collection: str = Field(
        default="", max_length=200, description="Work on this collection below `QA_VECTORS`."
    )
    vectors: Path = Field(default=Path("vectors"), description="Folder of the built index.")
    catalog: str = Field(
        default="", description="URL of the catalogue's database, such as `postgresql+pg8000://…`."
    )
    cache: Path = Field(default_factory=default_cache, description="Folder for decoded models.")
    encoder: str = Field(
        default="bundled",
        min_length=1,
        description="`bundled`, or any sentence-transformers name or folder.",
    )
    runtime: Literal["openvino", "torch"] = Field(
        default="openvino", description="`openvino` converts the encoder once; `torch` runs it as it is."
    )
    host: str = Field(default="127.0.0.1", description="Address `qa serve` listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port `qa serve` listens on.")
    threads: int = Field(default=2, ge=1, le=64, description="Threads of the encoder.")
    depth: int = Field(default=200, ge=10, le=10_000, description="Candidates taken per searcher.")
    ranker: Path | None = Field(
        default=None, description="Weights of the ranker as `qa train-ranker` writes them."
    )
    recall: float = Field(
        default=0.98,
        ge=0.5,
        le=1,
        description="Share of the exact ten best that an approximate dense index must find.",
    )
    refuse_below: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="Below this probability that the documents answer: 「文件中没有」.",
    )
