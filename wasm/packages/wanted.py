"""What an app requires, and where it says so.

The first of these that is there counts: ``[tool.wasmrx] packages`` of ``pyproject.toml``, the
header of the app's module (PEP 723), ``[project] dependencies``, ``requirements.txt``.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

from packaging.requirements import InvalidRequirement, Requirement

from .lock import same_name
from .target import PackageError

PROJECT_FILE = "pyproject.toml"
REQUIREMENTS_FILE = "requirements.txt"
PROVIDED = frozenset(("wasmrx", "reflex", "micropip", "pyodide", "pyodide-py"))
"""What every worker has, or what is there under another name."""

Home = Literal["tool", "header", "project", "file"]

_HEADER = re.compile(r"(?m)^# /// script$\s(?P<content>(?:^#(?:| .*)$\s)+?)^# ///$")


@dataclass(frozen=True)
class Wanted:
    """One requirement: its text, the file that has it, the folder of a local package."""

    text: str
    origin: str
    local: str = ""

    @property
    def name(self) -> str:
        """Return the package's name, "" where only its folder knows."""
        return same_name(Requirement(self.text).name) if self.text else ""


@dataclass(frozen=True)
class Requirements:
    """Everything that decides about the packages of an app."""

    wanted: tuple[Wanted, ...] = ()
    exclude: tuple[str, ...] = ()
    index: str = ""
    root: Path = field(default_factory=Path)

    def texts(self) -> tuple[str, ...]:
        """Return what a lock is made for, as texts to compare."""
        texts = {each.local or each.text for each in self.wanted}
        texts |= {f"not {name}" for name in self.exclude}
        return tuple(sorted(texts | ({f"index {self.index}"} if self.index else set())))


def read_requirements(root: Path, module_file: Path | None) -> Requirements:
    """Return the requirements of the app in ``root`` whose module is ``module_file``."""
    config = _config(root / PROJECT_FILE)
    tool = cast("Mapping[str, Any]", config.get("tool", {}).get("wasmrx", {}))
    kind = home_of_requirements(root, module_file)
    if kind == "tool":
        found = _listed(tool["packages"], f"{PROJECT_FILE} [tool.wasmrx] packages")
    elif kind == "header" and module_file is not None:
        told = _header(module_file) or {}
        found = _listed(told.get("dependencies", []), module_file.relative_to(root).as_posix())
    elif kind == "project":
        listed = config["project"]["dependencies"]
        found = _listed(listed, f"{PROJECT_FILE} [project] dependencies")
    else:
        found = list(_file(root, root / REQUIREMENTS_FILE))
    exclude = tuple(same_name(name) for name in tool.get("exclude", ()))
    sources = _local_sources(root, config)
    wanted = [_with_source(each, sources) for each in found]
    kept = [each for each in wanted if each.name not in (*exclude, *PROVIDED)]
    return Requirements(tuple(kept), exclude, str(tool.get("pyodide-index", "")), root)


def home_of_requirements(root: Path, module_file: Path | None) -> Home:
    """Return which place the app's requirements are at."""
    config = _config(root / PROJECT_FILE)
    if "packages" in config.get("tool", {}).get("wasmrx", {}):
        return "tool"
    if module_file is not None and _header(module_file) is not None:
        return "header"
    return "project" if "dependencies" in config.get("project", {}) else "file"


def _config(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackageError(f"{path} cannot be read: {error}") from error


def _header(module: Path) -> dict[str, Any] | None:
    """Return what the comment of PEP 723 in ``module`` says, None where there is none."""
    found = _HEADER.search(module.read_text(encoding="utf-8"))
    if found is None:
        return None
    lines = found["content"].splitlines(keepends=True)
    text = "".join(line[2:] if line.startswith("# ") else line[1:] for line in lines)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackageError(f"{module}: the header `# /// script` cannot be read: {error}") from None


def _listed(texts: list[str], origin: str) -> list[Wanted]:
    return [_wanted(text, origin, origin) for text in texts]


def _file(root: Path, path: Path) -> Iterator[Wanted]:
    """Yield the requirements of a ``requirements.txt`` and of those that it includes."""
    if not path.is_file():
        return
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = re.sub(r"(^|\s)#.*", "", line).partition(" --")[0].strip(" \t\\")
        option, _, rest = text.partition(" ")
        if option in ("-r", "--requirement"):
            yield from _file(root, path.parent / rest.strip())
        elif option in ("-e", "--editable"):
            yield _folder(path.parent / rest.strip(), root, shown)
        elif text.startswith((".", "/")):
            yield _folder(path.parent / text, root, shown)
        elif text and not text.startswith("-"):
            yield _wanted(text, shown, f"{path}:{number}")


def _wanted(text: str, origin: str, place: str) -> Wanted:
    try:
        Requirement(text)
    except InvalidRequirement as error:
        what = str(error).splitlines()[0]
        raise PackageError(f"{place}: {text!r} is not a requirement: {what}.") from None
    return Wanted(text, origin)


def _folder(folder: Path, root: Path, origin: str) -> Wanted:
    return Wanted("", origin, _relative(folder, root))


def _with_source(wanted: Wanted, sources: Mapping[str, str]) -> Wanted:
    """Return a requirement as ``[tool.uv.sources]`` has it, or by the folder that its URL names."""
    local = sources.get(wanted.name, "")
    return Wanted(wanted.text, wanted.origin, local) if local else wanted


def _local_sources(root: Path, config: Mapping[str, Any]) -> dict[str, str]:
    """Return the folder of each package that uv takes from a path or from its workspace."""
    sources = cast("Mapping[str, Any]", config.get("tool", {}).get("uv", {}).get("sources", {}))
    members = _workspace(root) if sources else {}
    found: dict[str, str] = {}
    for name, source in sources.items():
        if not isinstance(source, dict):
            continue
        told = cast("Mapping[str, Any]", source)
        if "path" in told:
            found[same_name(name)] = _relative(root / str(told["path"]), root)
        elif told.get("workspace") and same_name(name) in members:
            found[same_name(name)] = _relative(members[same_name(name)], root)
    return found


def _workspace(root: Path) -> dict[str, Path]:
    """Return the folders of the workspace that the app belongs to, by the package's name."""
    for home in (root, *root.parents):
        uv = _config(home / PROJECT_FILE).get("tool", {}).get("uv", {})
        patterns = cast("list[str]", uv.get("workspace", {}).get("members", []))
        if patterns:
            folders = [folder for pattern in patterns for folder in sorted(home.glob(pattern))]
            named = {folder: _config(folder / PROJECT_FILE) for folder in folders}
            return {
                same_name(told["project"]["name"]): folder
                for folder, told in named.items()
                if "name" in told.get("project", {})
            }
    return {}


def _relative(folder: Path, root: Path) -> str:
    return Path(os.path.relpath(folder.resolve(), root)).as_posix()
