"""From requirements to a lock. uv resolves; here the wheel of each package is found.

uv takes no wheels for the newest Pyodide by itself: it answers markers as Pyodide does, and what
it chooses is looked up in the index. Where the chosen version has no wheel that fits and another
one has, uv is asked again without the versions that have none.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from packaging.version import InvalidVersion, Version

from .distribution import Built, Distribution, read_distribution
from .index import Wheel, default_index, fetch, file_of, verified, wheels
from .local import LocalWheel, build_local
from .lock import Lock, Package, chain_to, same_name
from .stand_ins import write_stand_in, write_stand_ins
from .target import UV_PLATFORM, PackageError, best_wheel, target
from .unfit import Reason, UnfitError, needs_libraries, no_wheel, reasons, refuse
from .uv import UvError, run_uv
from .wanted import Requirements

_ROUNDS = 12
_LINE = re.compile(r"(?P<name>[\w.-]+)(?:\[[^]]*\])?\s*(?:==\s*(?P<version>\S+)|@\s*(?P<url>\S+))")
_NO_WHEELS = re.compile(r"([\w.-]+?)(?:[=<>!]=?\S+)? ha(?:s|ve) no wheels with a matching")
_IN = "requirements.in"

Tell = Callable[[str], None]


@dataclass
class _Found:
    """What uv chose: version and askers of each package, and the index that has it."""

    version: str
    by: tuple[str, ...]
    index: str
    wheel: Wheel | None = None


@dataclass
class _Resolution:
    """One resolution: its folder for uv's files, and what is ruled out so far."""

    requirements: Requirements
    folder: Path
    distribution: Distribution | None
    locals: Mapping[str, LocalWheel]
    preferred: Lock | None
    constraints: dict[str, str] = field(default_factory=dict[str, str])
    stood_in: dict[str, Wheel] = field(default_factory=dict[str, Wheel])


def resolve(requirements: Requirements, *, before: Lock | None = None, tell: Tell) -> Lock:
    """Return the lock for ``requirements``, near to the lock ``before``.

    Raises for a package that cannot work in the browser, naming who asked for it.
    """
    for wanted in requirements.wanted:
        if wanted.name in reasons():
            raise refuse([wanted.name], wanted.origin)
    if not requirements.wanted:
        return Lock(target().pyodide, requirements.texts(), {})
    locals_ = {
        made.name: made
        for each in requirements.wanted
        if each.local
        for made in [build_local(requirements.root / each.local, each.local)]
    }
    distribution = read_distribution(requirements.index, requirements.root)
    with tempfile.TemporaryDirectory(prefix="wasmrx-") as folder:
        made = _Resolution(requirements, Path(folder), distribution, locals_, before)
        _write_inputs(made)
        tell(f"resolving {len(requirements.wanted)} requirements for Pyodide {target().pyodide}")
        found = _settle(made)
    packages = {name: _package(made, name, each) for name, each in sorted(found.items())}
    return Lock(target().pyodide, requirements.texts(), packages)


def _settle(made: _Resolution) -> dict[str, _Found]:
    """Ask uv until every package that it chooses has a wheel that fits."""
    for _ in range(_ROUNDS):
        try:
            found = _ask(made)
        except UvError as error:
            _help_with_foreign_wheels(made, error)
            continue
        origins = _origins(made, found)
        for name, each in found.items():
            if name in reasons():
                raise _refusal(found, origins, name, each.version)
        lacking = _find_wheels(made, found)
        for name, built in _of_distribution(made, found):
            if built.libraries:
                reason = needs_libraries(built.libraries)
                raise _refusal(found, origins, name, built.version, reason)
        if not lacking:
            return {name: replace(each, by=origins[name]) for name, each in found.items()}
        for name, listed in lacking.items():
            rule = None if name in made.constraints else _constraint(made, name, listed)
            if rule is None:
                raise _refusal(found, origins, name, found[name].version)
            made.constraints[name] = rule
    raise PackageError("No set of versions was found that all have wheels for the browser.")


def _help_with_foreign_wheels(made: _Resolution, error: UvError) -> None:
    """Stand in for a package that has no sources, and wheels of which uv thinks none fits."""
    names = [same_name(name) for name in _NO_WHEELS.findall(str(error))]
    if not names or any(name in made.constraints for name in names):
        raise error
    for name in names:
        fitting = [each for each in wheels(default_index(), name) if best_wheel([each.name])]
        if not fitting:
            raise UnfitError(
                f"{name} cannot run in the browser: {no_wheel(name).why}.\n"
                f"  instead: {no_wheel(name).instead}.\n{error}"
            )
        newest = max(fitting, key=lambda wheel: Version(wheel.version))
        write_stand_in(verified(newest, name), made.folder / "wheels")
        made.constraints[name] = f"{name}=={newest.version}"
        made.stood_in[name] = newest


def _refusal(
    found: Mapping[str, _Found],
    origins: Mapping[str, tuple[str, ...]],
    name: str,
    version: str,
    reason: Reason | None = None,
) -> PackageError:
    chain = chain_to(name, origins)
    origin = next((by for by in origins[chain[0]] if by not in found), "the app")
    return refuse(chain, origin, version, reason)


def _of_distribution(made: _Resolution, found: Mapping[str, _Found]) -> Iterator[tuple[str, Built]]:
    """Yield what of the packages comes from Pyodide's distribution."""
    if made.distribution is None:
        return
    for name, built in made.distribution.packages.items():
        wheel = found[name].wheel if name in found else None
        if wheel and wheel.name == built.file:
            yield name, built


def _constraint(made: _Resolution, name: str, listed: Sequence[Wheel]) -> str | None:
    """Return what keeps uv to versions of ``name`` with a wheel that fits; None without any."""
    if made.distribution and name in made.distribution.packages:
        return f"{name}=={made.distribution.packages[name].version}"
    versions: dict[str, list[str]] = {}
    for wheel in listed:
        versions.setdefault(wheel.version, []).append(wheel.name)
    fitting = {version for version, names in versions.items() if best_wheel(names)}
    if not fitting:
        return None
    newest = max(map(Version, fitting))
    ruled_out = sorted(set(_ruled_out(versions.keys() - fitting, newest)))
    return ",".join([f"{name}<={newest}", *(f"!={version}" for version in ruled_out)])


def _ruled_out(versions: Sequence[str] | set[str], newest: Version) -> Iterator[str]:
    for version in versions:
        try:
            if version and Version(version) < newest:
                yield version
        except InvalidVersion:
            continue


def _write_inputs(made: _Resolution) -> None:
    lines = [
        f"{name} @ {wheel.path.as_uri()}" if wheel else each.text
        for each in made.requirements.wanted
        for name, wheel in [_local(made, each.local, each.name)]
    ]
    folder = made.folder
    (folder / _IN).write_text("\n".join(lines) + "\n", encoding="utf-8")
    excluded = [*made.requirements.exclude, "reflex", "wasmrx"]
    (folder / "excluded.txt").write_text("\n".join(excluded) + "\n", encoding="utf-8")
    (folder / "wheels").mkdir()
    if made.distribution:
        write_stand_ins(made.distribution, folder / "wheels")
    if made.preferred:
        pins = [f"{p.name}=={p.version}" for p in made.preferred.packages.values() if not p.local]
        (folder / "out.txt").write_text("\n".join(pins) + "\n", encoding="utf-8")


def _local(made: _Resolution, folder: str, name: str) -> tuple[str, LocalWheel | None]:
    if not folder:
        return name, None
    wheel = next(each for each in made.locals.values() if each.folder == folder)
    return wheel.name, wheel


def _ask(made: _Resolution) -> dict[str, _Found]:
    folder = made.folder
    rules = "\n".join(made.constraints.values())
    (folder / "constraints.txt").write_text(rules + "\n", encoding="utf-8")
    arguments = [
        *("pip", "compile", str(folder / _IN), "--output-file", str(folder / "out.txt")),
        *("--python-platform", UV_PLATFORM, "--python-version", target().short_python),
        *("--constraints", str(folder / "constraints.txt")),
        *("--excludes", str(folder / "excluded.txt")),
        *("--find-links", str(folder / "wheels")),
        *("--no-header", "--annotation-style", "line", "--emit-index-annotation", "--quiet"),
    ]
    try:
        run_uv(arguments, made.requirements.root, "Resolving the app's packages")
    except UvError as error:
        if made.constraints:
            named = ", ".join(sorted(made.constraints))
            raise UvError(
                f"{error}\nOnly some versions have wheels for Pyodide {target().pyodide}: {named}."
            ) from None
        raise
    return _read(folder / "out.txt")


def _read(path: Path) -> dict[str, _Found]:
    """Return what uv wrote: a line a package, with who asked for it and, below, its index."""
    found: dict[str, _Found] = {}
    last: _Found | None = None
    for line in path.read_text(encoding="utf-8").splitlines():
        text, _, comment = line.partition("#")
        comment = comment.strip()
        if text.strip() and (named := _LINE.match(text.strip())):
            askers = comment.removeprefix("via ").split(", ") if comment else []
            askers = [asker for asker in askers if not asker.startswith("-c ")]
            by = tuple("" if asker.startswith("-r ") else same_name(asker) for asker in askers)
            last = _Found(named["version"] or "", by, "", _direct(named["url"]))
            if last.wheel:
                last.version = last.wheel.version
            found[same_name(named["name"])] = last
        elif last and comment.startswith("from "):
            last.index = comment.removeprefix("from ")
    return found


def _direct(url: str | None) -> Wheel | None:
    """Return the wheel that a requirement names by its address."""
    if url is None or not file_of(url).endswith(".whl"):
        return None
    data = fetch(url)
    return Wheel(file_of(url), url, hashlib.sha256(data).hexdigest(), len(data))


def _origins(made: _Resolution, found: Mapping[str, _Found]) -> dict[str, tuple[str, ...]]:
    """Return who asks for each package; where that is the app, by the file that says so."""
    own = {_local(made, each.local, each.name)[0]: each.origin for each in made.requirements.wanted}
    return {
        name: tuple(sorted({by or own.get(name, "the app") for by in each.by or ("",)}))
        for name, each in found.items()
    }


def _find_wheels(made: _Resolution, found: Mapping[str, _Found]) -> dict[str, Sequence[Wheel]]:
    """Give each package its wheel; returns those that have none, with the wheels there are."""
    waiting = [
        name for name, each in found.items() if each.wheel is None and name not in made.locals
    ]
    lacking: dict[str, Sequence[Wheel]] = {}

    def listed(name: str) -> list[Wheel]:
        return _listed(made, name, found[name])

    with ThreadPoolExecutor(8) as pool:
        for name, there in zip(waiting, pool.map(listed, waiting), strict=True):
            mine = {w.name: w for w in there if _is_version(w.version, found[name].version)}
            best = best_wheel(mine)
            if best is None:
                lacking[name] = there
            else:
                found[name].wheel = mine[best]
    return lacking


def _is_version(one: str, other: str) -> bool:
    try:
        return Version(one) == Version(other)
    except InvalidVersion:
        return one == other


def _listed(made: _Resolution, name: str, found: _Found) -> list[Wheel]:
    """Return the wheels of a package; that of Pyodide's distribution where it has this version."""
    built = made.distribution.packages.get(name) if made.distribution else None
    if built is not None and made.distribution and _is_version(built.version, found.version):
        return [made.distribution.wheel(built)]
    if name in made.stood_in:
        return [made.stood_in[name]]
    if not found.index.startswith("http"):
        return []
    return wheels(found.index, name)


def _package(made: _Resolution, name: str, found: _Found) -> Package:
    if name in made.locals:
        wheel = made.locals[name]
        return Package(name, wheel.version, local=wheel.folder, by=found.by)
    wheel = found.wheel
    assert wheel is not None
    is_default = wheel.index.rstrip("/") == default_index().rstrip("/")
    origin, url = ("index", "") if is_default else ("", wheel.url)
    return Package(
        name, found.version, wheel.name, origin, url, wheel.sha256, wheel.size, by=found.by
    )
