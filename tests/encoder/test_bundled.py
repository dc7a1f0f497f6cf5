"""The cache of the decoded model, tried on a tiny one."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import numpy as np
import pytest
from filelock import FileLock
from safetensors.numpy import load_file

from qa.encoder.bundled import prepare_bundled
from qa.encoder.kept import CHECKED
from qa.errors import EncoderError
from tests.encoder.packed import BLOCK_VALUES, packed_model

WEIGHTS = "model.safetensors"


def test_the_folder_is_complete_and_named_after_its_source(tiny: Path, tmp_path: Path) -> None:
    folder = prepare_bundled(tmp_path / "cache", source=tiny)
    weights = load_file(folder / WEIGHTS)
    assert weights["embeddings.word_embeddings.weight"][0].tolist() == BLOCK_VALUES
    assert weights["encoder.layer.0.intermediate.dense.weight"].shape == (64, 32)
    assert json.loads((folder / "config.json").read_text("utf-8"))["model_type"] == "bert"
    tiny.write_bytes(packed_model() + b"\0")
    assert prepare_bundled(tmp_path / "cache", source=tiny) != folder


def test_a_second_call_writes_nothing(tiny: Path, tmp_path: Path) -> None:
    folder = prepare_bundled(tmp_path, source=tiny)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert prepare_bundled(tmp_path, source=tiny) == folder
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


@pytest.mark.parametrize("name", [WEIGHTS, "tokenizer.json", "1_Pooling/config.json", CHECKED])
def test_a_changed_cut_or_missing_file_is_repaired(tiny: Path, tmp_path: Path, name: str) -> None:
    folder = prepare_bundled(tmp_path, source=tiny)
    path, whole = folder / name, load_file(folder / WEIGHTS)
    good = path.read_bytes()
    for bad in (bytes([good[0] ^ 1]) + good[1:], good[: len(good) // 2], b""):
        path.write_bytes(bad)
        assert prepare_bundled(tmp_path, source=tiny) == folder
        np.testing.assert_equal(load_file(folder / WEIGHTS), whole)
        assert name == CHECKED or path.read_bytes() == good
    path.unlink()
    prepare_bundled(tmp_path, source=tiny)
    assert path.is_file()


@pytest.mark.parametrize("content", ["[]", "{}", "null", '{"a": 1}', '{"a": {}}', "\ud800"])
def test_a_foreign_list_of_checksums_is_not_believed(tiny: Path, tmp_path: Path, content: str) -> None:
    folder = prepare_bundled(tmp_path, source=tiny)
    (folder / CHECKED).write_bytes(content.encode("utf-8", "surrogatepass"))
    (folder / WEIGHTS).unlink()
    prepare_bundled(tmp_path, source=tiny)
    assert (folder / WEIGHTS).is_file()


def test_a_copied_folder_is_hashed_once_and_kept(tiny: Path, tmp_path: Path) -> None:
    folder = prepare_bundled(tmp_path, source=tiny)
    os.utime(folder / WEIGHTS, (1, 1))
    assert prepare_bundled(tmp_path, source=tiny) == folder
    assert (folder / WEIGHTS).stat().st_mtime == 1
    assert json.loads((folder / CHECKED).read_text("utf-8"))[WEIGHTS]["modified_ns"] == 10**9


def test_what_a_killed_process_left_is_removed(tiny: Path, tmp_path: Path) -> None:
    folder = prepare_bundled(tmp_path, source=tiny)
    (folder / WEIGHTS).unlink()
    (tmp_path / f"making-{folder.name}-abc").mkdir()
    prepare_bundled(tmp_path, source=tiny)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [folder.name]


def test_processes_started_together_agree(tiny: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from qa.encoder.bundled import prepare_bundled;"
        "print(prepare_bundled(Path(sys.argv[1]), source=Path(sys.argv[2])))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "cache"), str(tiny)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    printed = {process.communicate(timeout=60)[0] for process in running}
    assert [process.returncode for process in running] == [0, 0, 0]
    assert len(printed) == 1


def test_who_waits_for_another_process_takes_what_that_one_made(tiny: Path, tmp_path: Path) -> None:
    made, cache = prepare_bundled(tmp_path / "elsewhere", source=tiny), tmp_path / "cache"
    cache.mkdir()
    with ThreadPoolExecutor(1) as pool:
        with FileLock(cache / f"{made.name}.lock"):
            waiting = pool.submit(prepare_bundled, cache, source=tiny)
            sleep(0.3)
            assert not waiting.done()
            shutil.copytree(made, cache / made.name)
            inode = (cache / made.name / WEIGHTS).stat().st_ino
        assert waiting.result(10) == cache / made.name
    assert (cache / made.name / WEIGHTS).stat().st_ino == inode


def test_a_cache_that_cannot_be_written_is_explained(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EncoderError, match="QA_CACHE"):
        prepare_bundled(tmp_path / "file" / "cache", source=tiny)


def test_a_damaged_source_leaves_nothing_behind(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(packed_model()[:500])
    with pytest.raises(EncoderError, match="damaged"):
        prepare_bundled(tmp_path / "cache", source=source)
    assert not [path for path in (tmp_path / "cache").iterdir() if path.is_dir()]
