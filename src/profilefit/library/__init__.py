"""``skills/`` as one validated object: the only door to the data files.

A data directory of the user's own is laid over the shipped one: a file at the same relative path replaces the shipped
file, any other file adds to it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from profilefit.errors import InvalidSkills, Problem, UnknownRole
from profilefit.library.checks import find_problems
from profilefit.library.context import Demand, Resources, Salaries
from profilefit.library.credentials import Calendar, Degrees, Headings, Institutions
from profilefit.library.languages import Languages
from profilefit.library.levels import Levels
from profilefit.library.lexicon import SkillEntry
from profilefit.library.roles import Adjacency, Areas, Groups, Role
from profilefit.library.tables import digest, find_files, parse, parse_kept, read_files
from profilefit.library.titles import Titles
from profilefit.library.validation import build, did_you_mean
from profilefit.library.venues import Venues

_SEPARATORS = {"/", os.sep}
#: Libraries that are remembered, with what is made of them: each edit of a file of a user makes one.
REMEMBERED = 4

#: The single files and what each of them holds.
_SINGLE: dict[str, type[BaseModel]] = {
    "levels.toml": Levels,
    "languages.toml": Languages,
    "headings.toml": Headings,
    "dates.toml": Calendar,
    "degrees.toml": Degrees,
    "institutions.toml": Institutions,
    "titles.toml": Titles,
    "venues.toml": Venues,
    "groups.toml": Groups,
    "areas.toml": Areas,
    "adjacency.toml": Adjacency,
    "demand.toml": Demand,
    "resources.toml": Resources,
    "salaries.toml": Salaries,
}


@dataclass(frozen=True, eq=False)
class Library:
    """All words and patterns in use.

    Attributes:
        sha256: over the relative paths and bytes of all files.
        skills: the lexicon by id.
        roles: the roles by id, in the order of their files.
        role_files: the file of each role, by the role's id.
    """

    sha256: str
    skills: Mapping[str, SkillEntry]
    roles: Mapping[str, Role]
    levels: Levels
    languages: Languages
    headings: Headings
    calendar: Calendar
    degrees: Degrees
    institutions: Institutions
    titles: Titles
    venues: Venues
    groups: Groups
    areas: Areas
    adjacency: Adjacency
    demand: Demand
    resources: Resources
    salaries: Salaries
    role_files: Mapping[str, Path] = field(default_factory=dict)

    def role_file(self, role: str) -> str:
        """The file of a role, as problems cite it."""
        return f"roles/{self.role_files[role].name}"

    def role(self, name: str | Path) -> Role:
        """The role with this id, or from this file.

        Raises:
            UnknownRole: with the known ids.
        """
        found = self.roles.get(str(name))
        if found is None:
            path = Path(name).resolve()
            held = next((id for id, file in self.role_files.items() if file == path), None)
            if held is None:
                hint = f"; write ./{name} for the folder" if isinstance(name, str) and path.is_dir() else ""
                raise UnknownRole(str(name), self.roles, hint)
            found = self.roles[held]
        return found

    def implied(self, skill: str) -> tuple[str, ...]:
        """Ids of all skills that this one implies, directly or through others, nearest first."""
        found: dict[str, None] = {}
        queue = list(self.skills[skill].implies)
        while queue:
            near = queue.pop(0)
            if near not in found and near != skill and near in self.skills:
                found[near] = None
                queue += self.skills[near].implies
        return tuple(found)


def shipped() -> Path:
    """The data directory that comes with the package: inside the wheel, or beside ``src/`` in a checkout."""
    inside = Path(str(files("profilefit"))) / "skills"
    return inside if inside.is_dir() else Path(str(files("profilefit"))).parents[1] / "skills"


def load_library(directory: str | Path | None = None, roles: str | Path | Iterable[str | Path] = ()) -> Library:
    """The shipped words and patterns, with those of ``directory`` laid over them.

    The shipped ones alone are read once. A directory's and the roles' files are read each time, so that a change in one
    counts with the next call; as long as they stay the same, so does the library.

    Args:
        directory: a data directory of the user's own; ``None`` for the shipped one alone.
        roles: a file of a further role, or several, laid over all.
    Raises:
        InvalidSkills: with every problem of the data at once.

    Examples:
        >>> load_library().skills["pytorch"].name
        'PyTorch'
    """
    own = {} if directory is None else _find_own(Path(directory))
    further = dict.fromkeys(Path(path).resolve() for path in _listed(roles))
    own |= _name_roles(path for path in further if path not in own.values())
    return _load(tuple((name, path, path.read_bytes()) for name, path in own.items())) if own else _load_shipped()


def find_role_files(names: str | Path | Iterable[str | Path]) -> tuple[list[str | Path], list[Path]]:
    """Roles as a user names them, by id, file or folder, as what ``Library.role`` takes; and the files among them.

    A text is a path only if it ends in ``.toml`` or holds a separator: a folder that is called like a role hides none.

    Raises:
        InvalidSkills: a file that is not there, a folder without roles.
    """
    roles: list[str | Path] = []
    files: list[Path] = []
    for name in _listed(names):
        path = Path(name)
        if path.suffix == ".toml":
            if not path.is_file():
                raise InvalidSkills([Problem(str(path), "", "there is no such file")])
            found = [path]
        elif path.is_dir() and (isinstance(name, Path) or _SEPARATORS & set(name)):
            found = sorted(path.glob("*.toml"))
            if not found:
                raise InvalidSkills([Problem(str(path), "", "holds no .toml file")])
        else:
            roles.append(name)
            continue
        roles += found
        files += found
    return roles, files


def _listed(names: str | Path | Iterable[str | Path]) -> Iterable[str | Path]:
    return (names,) if isinstance(names, (str, Path)) else names


def _find_own(directory: Path) -> dict[str, Path]:
    if not directory.is_dir():
        raise InvalidSkills([Problem(str(directory), "", "is not a directory")])
    own = {name: path.resolve() for name, path in find_files(directory).items()}
    if not own:
        raise InvalidSkills([Problem(str(directory), "", "holds no .toml file")])
    return own


def _name_roles(paths: Iterable[Path]) -> dict[str, Path]:
    """Files of roles by the names that they would have in a data directory, with folders where two are called alike."""
    named: dict[str, Path] = {}
    for path in paths:
        tails = ("/".join(path.parts[-length:]) for length in range(1, len(path.parts) + 1))
        named[next(name for tail in tails if (name := f"roles/{tail}") not in named)] = path
    return named


@cache
def _load_shipped() -> Library:
    return _load(())


@lru_cache(maxsize=REMEMBERED)
def _load(own: tuple[tuple[str, Path, bytes], ...]) -> Library:
    """The library with the user's files laid over it: their names, where they are, and what they hold."""
    built_in = find_files(shipped())
    own_contents = {name: data for name, _, data in own}
    problems: list[Problem] = []
    contents = read_files(built_in)
    tables = parse_kept(contents, shipped(), problems) | parse(own_contents, problems)
    skills, roles, single = _validate(dict(sorted(tables.items())), problems)
    if problems:
        raise InvalidSkills(problems)
    paths = built_in | {name: path for name, path, _ in own}
    library = Library(
        digest(contents | own_contents),
        skills,
        {role.id: role for role in roles.values()},
        role_files={role.id: paths[name] for name, role in roles.items()},
        **single,
    )
    if problems := list(find_problems(library)):
        raise InvalidSkills(problems)
    return library


def _validate(
    tables: Mapping[str, dict[str, Any]], problems: list[Problem]
) -> tuple[dict[str, SkillEntry], dict[str, Role], dict[str, Any]]:
    skills: dict[str, SkillEntry] = {}
    roles: dict[str, Role] = {}
    single: dict[str, Any] = {}
    for name, table in tables.items():
        if name.startswith("lexicon/"):
            category = table.pop("category", Path(name).stem)
            for key, entry in table.items():
                if key in skills:
                    problems.append(Problem(name, key, f"is defined twice, also in category {skills[key].category}"))
                elif skill := build(
                    SkillEntry, {**_as_table(entry), "id": key, "category": category}, name, key, problems
                ):
                    skills[key] = skill
        elif name.startswith("roles/"):
            if role := build(Role, table, name, "", problems):
                twin = next((file for file, other in roles.items() if other.id == role.id), None)
                if twin:
                    problems.append(Problem(name, "", f'the role "{role.id}" is defined twice, also in {twin}'))
                roles[name] = role
        elif name in _SINGLE:
            if made := build(_SINGLE[name], table, name, "", problems):
                single[_attribute(name)] = made
        else:
            problems.append(Problem(name, "", "is no known data file" + did_you_mean(name, _SINGLE)))
    problems += [Problem(name, "", "is missing") for name in _SINGLE if name not in tables]
    return skills, roles, single


def _attribute(name: str) -> str:
    stem = Path(name).stem
    return "calendar" if stem == "dates" else stem


def _as_table(entry: Any) -> dict[str, Any]:
    return entry if isinstance(entry, dict) else {"value": entry}
