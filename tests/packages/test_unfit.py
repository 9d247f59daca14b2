"""Packages that cannot run in the browser are refused with the chain, the reason and a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from wasmrx.wasm.packages.current import current_lock
from wasmrx.wasm.packages.target import PackageError
from wasmrx.wasm.packages.unfit import UnfitError, of_distribution, reasons, refuse

from package_index import FOREIGN, Index


def quiet(text: str) -> None:
    """Say nothing."""


@pytest.mark.parametrize("name", sorted(reasons()))
def test_a_package_that_cannot_work_is_refused_before_anything_is_asked(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_OFFLINE", "1")
    (tmp_path / "requirements.txt").write_text(f"{name}\n")
    with pytest.raises(UnfitError) as caught:
        current_lock(tmp_path, "app", tell=quiet)
    text = str(caught.value)
    assert f"{name} cannot run in the browser: {reasons()[name].why}." in text
    assert f"required by: requirements.txt → {name}" in text
    assert f"instead: {reasons()[name].instead}." in text
    assert not (tmp_path / "wasmrx.lock").exists()


def test_the_table_is_long_enough_to_be_of_use() -> None:
    assert len(reasons()) >= 90
    assert not reasons().keys() & of_distribution()


@pytest.mark.parametrize("name", sorted(reasons())[::9])
def test_the_chain_names_who_brings_an_unfit_package(
    name: str, index: Index, tmp_path: Path
) -> None:
    index.add("charts", "1.0", needs=("middle",))
    index.add("middle", "2.0", needs=(name,))
    index.add(name, "3.0")
    (tmp_path / "requirements.txt").write_text("charts\n")
    with pytest.raises(UnfitError) as caught:
        current_lock(tmp_path, "app", tell=quiet)
    assert f"{name} 3.0 cannot run in the browser" in str(caught.value)
    assert f"required by: requirements.txt → charts → middle → {name}" in str(caught.value)
    assert f'exclude = ["{name}"]' in str(caught.value)


def test_a_package_without_a_fitting_wheel_is_refused(index: Index, tmp_path: Path) -> None:
    index.add("charts", "1.0", needs=("quick-math",))
    index.add("quick-math", "0.1", tag=FOREIGN)
    index.add("quick-math", "0.1", tag="py3-none-win_amd64")
    (tmp_path / "requirements.txt").write_text("charts\n")
    with pytest.raises(PackageError) as caught:
        current_lock(tmp_path, "app", tell=quiet)
    assert "quick-math cannot run in the browser: it has compiled code" in str(caught.value)
    assert "all versions of charts depend on quick-math" in str(caught.value)


def test_one_of_pyodides_own_distribution_is_told_how_to_get_it() -> None:
    text = str(refuse(["contourpy", "numpy"], "requirements.txt", "2.5.5"))
    assert "numpy 2.5.5 cannot run in the browser: it has compiled code" in text
    assert "pyodide-index" in text


def test_what_is_excluded_is_left_out(index: Index, tmp_path: Path) -> None:
    index.add("charts", "1.0", needs=("redis",))
    index.add("redis", "5.0")
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "a"\nversion = "0"\ndependencies = ["charts", "uvicorn"]\n'
        '[tool.wasmrx]\nexclude = ["redis", "uvicorn"]\n'
    )
    lock = current_lock(tmp_path, "app", tell=quiet)
    assert list(lock.packages) == ["charts"]
