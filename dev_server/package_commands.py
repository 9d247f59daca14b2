"""``wasmrx lock``, ``add`` and ``why``: the Python packages of an app."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NoReturn

import click

from wasmrx.wasm.packages.change import add_requirements
from wasmrx.wasm.packages.current import current_lock
from wasmrx.wasm.packages.lock import LOCK_FILE, Lock, Package, read_lock, same_name
from wasmrx.wasm.packages.target import PackageError
from wasmrx.wasm.packages.unfit import reasons
from wasmrx.wasm.packages.uv import find_uv

from .packages import tell
from .project import ProjectError, find_project
from .report import kilobytes

_Folder = click.Path(path_type=Path)
_folder = click.option(
    "--app",
    "app_folder",
    type=_Folder,
    default=".",
    help="The app's folder, by default the current one.",
)


@click.command()
@_folder
@click.option("--upgrade", is_flag=True, help="Choose the newest versions instead of those locked.")
@click.option("--check", is_flag=True, help="Change nothing; fail where the lock is out of date.")
def lock(app_folder: Path, upgrade: bool, check: bool) -> None:
    """Choose the packages that the site gets, and write them to wasmrx.lock.

    `wasmrx build` does so too where the app's requirements have changed. The requirements are those
    of pyproject.toml, of the header of a single-file app, or of requirements.txt.
    """
    with _told():
        project = find_project(app_folder)
        made = current_lock(project.root, project.module, locked=check, upgrade=upgrade, tell=tell)
    for package in made.packages.values():
        click.echo(f"  {package.name:<24} {package.version:<14} {_size(package)}")
    _says(f"{len(made.packages)} packages for Pyodide {made.pyodide} are locked.")


@click.command()
@click.argument("requirements", nargs=-1, required=True, metavar="REQUIREMENT...")
@_folder
def add(requirements: tuple[str, ...], app_folder: Path) -> None:
    """Add packages to the app's requirements, and lock them.

    A REQUIREMENT is a name, such as httpx, or a name with a version, such as "pydantic>=2". It is
    written where the app's requirements are, by default into requirements.txt, and the package is
    also installed here, as the build imports the app. Nothing changes where it cannot run in the
    browser.
    """
    with _told():
        project = find_project(app_folder)
        with add_requirements(project.root, project.module, requirements) as changed:
            made = current_lock(project.root, project.module, tell=tell)
        names = [same_name(name) for name in changed.names]
        _install_here([made.packages[name] for name in names if name in made.packages])
    for name in names:
        package = made.packages.get(name)
        if package:
            click.echo(f"  {name:<24} {package.version:<14} {_size(package)}")
    _says(f"{changed.file} and {LOCK_FILE} have it.")


@click.command()
@click.argument("package")
@_folder
def why(package: str, app_folder: Path) -> None:
    """Tell why the site has PACKAGE: which requirement brings it, by way of which packages."""
    name = same_name(package)
    with _told():
        project = find_project(app_folder)
        made = read_lock(project.root)
        if made is None or name not in made.packages:
            raise PackageError(_not_there(name, made))
    _explain(made, made.packages[name])


def _explain(made: Lock, package: Package) -> None:
    source = package.local or package.url or "the package index"
    click.secho(f"{package.name} {package.version}", bold=True)
    chain = made.chain(package.name)
    origins = [by for by in made.packages[chain[0]].by if by not in made.packages]
    click.echo(f"  required by  {' → '.join([', '.join(origins), *chain])}")
    others = [by for by in package.by if by in made.packages and by not in chain]
    if others:
        click.echo(f"  and by       {', '.join(others)}")
    click.echo(f"  from         {source}")
    if package.sha256:
        click.echo(f"  sha256       {package.sha256}")


def _not_there(name: str, made: Lock | None) -> str:
    if name in reasons():
        reason = reasons()[name]
        return f"{name} is not in the site, and cannot be: {reason.why}. Instead: {reason.instead}."
    where = f"{LOCK_FILE} has no {name}" if made else f"there is no {LOCK_FILE}"
    return f"{name} is not in the site: {where}. `wasmrx add {name}` adds it."


def _install_here(packages: list[Package]) -> None:
    """Install what the build has to import, where this Python runs in an environment of its own."""
    missing = [each for each in packages if not _is_here(each.name)]
    program = find_uv()
    if not missing or program is None:
        return
    if sys.prefix == sys.base_prefix:
        names = " ".join(each.name for each in missing)
        click.echo(f"The build imports the app, too: `pip install {names}`.")
        return
    wanted = [each.name for each in missing]
    subprocess.run(
        [program, "pip", "install", "--quiet", "--python", sys.executable, *wanted], check=False
    )


def _is_here(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def _size(package: Package) -> str:
    return "local" if package.local else kilobytes(package.size)


def _says(text: str) -> None:
    click.secho(text, fg="green")


@contextmanager
def _told() -> Generator[None]:
    """Tell what went wrong in words, and end with 1."""
    try:
        yield
    except (ProjectError, PackageError, OSError) as error:
        _fail(str(error))


def _fail(text: str) -> NoReturn:
    click.secho(text, fg="red", err=True)
    sys.exit(1)
