"""New requirements, written where an app's requirements are; taken back where they do not work."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from .current import module_file
from .lock import same_name
from .target import PackageError
from .unfit import reasons, refuse
from .uv import run_uv
from .wanted import PROJECT_FILE, REQUIREMENTS_FILE, home_of_requirements


@dataclass(frozen=True)
class Changed:
    """What was added, and the file that has it."""

    names: tuple[str, ...]
    file: str


@contextmanager
def add_requirements(root: Path, module: str, texts: Sequence[str]) -> Generator[Changed]:
    """Add requirements to those of the app in ``root``; an exception inside takes them back."""
    names = tuple(map(_name, texts))
    for name in names:
        if name in reasons():
            raise refuse([name], "wasmrx add")
    kind = home_of_requirements(root, module_file(root, module))
    path = {"project": root / PROJECT_FILE, "tool": root / PROJECT_FILE}.get(
        kind, root / REQUIREMENTS_FILE
    )
    script = module_file(root, module)
    if kind == "header" and script is not None:
        path = script
    before = path.read_bytes() if path.is_file() else None
    try:
        _write(root, kind, path, texts, names)
        yield Changed(names, path.relative_to(root).as_posix())
    except BaseException:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(before)
        raise


def _write(root: Path, kind: str, path: Path, texts: Sequence[str], names: Sequence[str]) -> None:
    if kind == "tool":
        shown = ", ".join(f'"{text}"' for text in texts)
        raise PackageError(
            f"{PROJECT_FILE} lists the packages under [tool.wasmrx]: add {shown} to `packages`, "
            "and run `wasmrx lock`."
        )
    if kind in ("project", "header"):
        where = ["--script", str(path)] if kind == "header" else ["--project", str(root)]
        run_uv(["add", "--frozen", "--quiet", *where, *texts], root, f"Changing {path.name}")
        return
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    kept = [line for line in lines if _named(line) not in names]
    path.write_text("\n".join([*kept, *texts]) + "\n", encoding="utf-8")


def _name(text: str) -> str:
    try:
        return same_name(Requirement(text).name)
    except InvalidRequirement as error:
        what = str(error).splitlines()[0]
        raise PackageError(f"{text!r} is not a requirement: {what}.") from None


def _named(line: str) -> str:
    try:
        return same_name(Requirement(line.partition("#")[0].strip()).name)
    except InvalidRequirement:
        return ""
