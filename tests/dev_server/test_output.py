from __future__ import annotations

import json
import os
import resource
from pathlib import Path

import pytest

from wasmrx.dev_server.output import OutputError, build_id, in_words, write_site

FILES = {"index.html": b"<p>one</p>", "wasmrx/main-0123abcd.js": b"1"}


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_writes_and_replaces(tmp_path: Path) -> None:
    out = tmp_path / "some" / "dist"
    source = tmp_path / "logo.svg"
    source.write_bytes(b"<svg/>")
    first = write_site({**FILES, "logo.svg": source}, out)
    assert tree(out)["logo.svg"] == b"<svg/>"
    second = write_site(FILES, out)
    assert first != second
    assert json.loads((out / "wasmrx/build.json").read_text())["build"] == second
    assert set(tree(out)) == {*FILES, "wasmrx/build.json"}
    assert [entry.name for entry in out.parent.iterdir()] == ["dist"]


def test_a_second_build_is_the_same(tmp_path: Path) -> None:
    assert write_site(FILES, tmp_path / "a") == write_site(FILES, tmp_path / "b")
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    assert build_id(FILES) == build_id(dict(reversed(FILES.items())))


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    write_site(FILES, tmp_path / "dist")
    assert (tmp_path / "dist" / "index.html").is_file()


def test_refuses_a_folder_of_someone_else(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(OutputError, match="was not made by wasmrx"):
        write_site(FILES, tmp_path)
    assert tree(tmp_path) == {"thesis.tex": b"years of work"}


def test_refuses_a_site_with_files_added(tmp_path: Path) -> None:
    write_site(FILES, tmp_path / "dist")
    (tmp_path / "dist" / "CNAME").write_text("example.org")
    with pytest.raises(OutputError, match=r"did not write: CNAME\. .*assets/"):
        write_site(FILES, tmp_path / "dist")
    assert "CNAME" in tree(tmp_path / "dist")


def test_refuses_a_file(tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("")
    with pytest.raises(OutputError, match="is a file; the site needs a folder"):
        write_site(FILES, tmp_path / "dist")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_says_that_permission_is_denied(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(OutputError, match="permission denied"):
        write_site(FILES, tmp_path / "dist")


def test_a_failed_write_leaves_the_last_site(tmp_path: Path) -> None:
    """The limit on a file's size stands in for a disk that fills up on the way."""
    out = tmp_path / "dist"
    write_site(FILES, out)
    before = tree(out)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, limits[1]))
    try:
        with pytest.raises(OutputError, match=r"Cannot write .*/dist: .*large"):
            write_site({**FILES, "index.html": b"new", "z.bin": b"0" * 2_000_001}, out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert tree(out) == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["dist"]


def test_a_full_disk_in_words() -> None:
    """Linux's /dev/full answers every write as a full disk does."""
    with pytest.raises(OSError) as caught, open("/dev/full", "w") as full:
        full.write("1")
    assert in_words(caught.value) == "the disk is full"
