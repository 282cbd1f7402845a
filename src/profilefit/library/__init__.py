"""``skills/`` as one validated object: the only door to the data files.

A data directory of the user's own is laid over the shipped one: a file at the same relative path replaces the shipped
file, any other file adds to it.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from profilefit.errors import InvalidSkills, Problem, UnknownRole
from profilefit.library.context import Demand, Resources, Salaries
from profilefit.library.credentials import Calendar, Degrees, Headings, Institutions
from profilefit.library.languages import Languages
from profilefit.library.levels import Levels
from profilefit.library.lexicon import SkillEntry
from profilefit.library.roles import Adjacency, Areas, Groups, Role
from profilefit.library.tables import digest, find_files, parse, parse_kept, read_files
from profilefit.library.work import Titles, Venues

_Model = TypeVar("_Model", bound=BaseModel)

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
    files: Mapping[str, Path] = field(default_factory=dict)

    def role(self, name: str | Path) -> Role:
        """The role with this id, or from this file.

        Raises:
            UnknownRole: with the known ids.
        """
        found = self.roles.get(str(name))
        if found is None:
            held = next((id for id, file in self.role_files.items() if file == Path(name)), None)
            if held is None:
                raise UnknownRole(str(name), self.roles)
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


def load_library(directory: str | Path | None = None, roles: Iterable[str | Path] = ()) -> Library:
    """The shipped words and patterns, with those of ``directory`` laid over them.

    Args:
        directory: a data directory of the user's own; ``None`` for the shipped one alone.
        roles: files of further roles, laid over all.
    Raises:
        InvalidSkills: with every problem of the data at once.

    Examples:
        >>> load_library().skills["pytorch"].name
        'PyTorch'
    """
    return _load(None if directory is None else Path(directory), tuple(map(Path, roles)))


def find_role_files(names: Iterable[str | Path]) -> tuple[list[str | Path], list[Path]]:
    """Roles as a user names them, by id, file or folder, as what ``Library.role`` takes; and the files among them.

    Raises:
        InvalidSkills: a file that is not there, a folder without roles.
    """
    roles: list[str | Path] = []
    files: list[Path] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            found = sorted(path.glob("*.toml"))
            if not found:
                raise InvalidSkills([Problem(str(path), "", "holds no .toml file")])
        elif path.suffix == ".toml":
            if not path.is_file():
                raise InvalidSkills([Problem(str(path), "", "there is no such file")])
            found = [path]
        else:
            roles.append(name)
            continue
        roles += found
        files += found
    return roles, files


@cache
def _load(directory: Path | None, role_files: tuple[Path, ...]) -> Library:
    own: dict[str, Path] = {}
    if directory is not None:
        if not directory.is_dir():
            raise InvalidSkills([Problem(str(directory), "", "is not a directory")])
        own = find_files(directory)
        if not own:
            raise InvalidSkills([Problem(str(directory), "", "holds no .toml file")])
    own |= {f"roles/{path.name}": path for path in role_files}
    built_in = find_files(shipped())
    problems: list[Problem] = []
    contents, own_contents = read_files(built_in), read_files(own)
    tables = parse_kept(contents, shipped(), problems) | parse(own_contents, problems)
    skills, roles, single = _validate(dict(sorted(tables.items())), problems)
    if not problems:
        problems += _cross_check(skills, {role.id: role for role in roles.values()}, single)
    if problems:
        raise InvalidSkills(problems)
    paths = built_in | own
    return Library(
        digest(contents | own_contents),
        skills,
        {role.id: role for role in roles.values()},
        role_files={role.id: paths[name] for name, role in roles.items()},
        files=paths,
        **single,
    )


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
                elif skill := _build(
                    SkillEntry, {**_as_table(entry), "id": key, "category": category}, name, key, problems
                ):
                    skills[key] = skill
        elif name.startswith("roles/"):
            if role := _build(Role, table, name, "", problems):
                roles[name] = role
        elif name in _SINGLE:
            if made := _build(_SINGLE[name], table, name, "", problems):
                single[_attribute(name)] = made
        else:
            problems.append(Problem(name, "", "is no known data file" + _did_you_mean(name, _SINGLE)))
    problems += [Problem(name, "", "is missing") for name in _SINGLE if name not in tables]
    return skills, roles, single


def _attribute(name: str) -> str:
    stem = Path(name).stem
    return "calendar" if stem == "dates" else stem


def _as_table(entry: Any) -> dict[str, Any]:
    return entry if isinstance(entry, dict) else {"value": entry}


def _build(model: type[_Model], table: Any, file: str, entry: str, problems: list[Problem]) -> _Model | None:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        names = _field_names(model)
        for detail in error.errors():
            where = " ".join(str(part) for part in detail["loc"][:-1])
            key = str(detail["loc"][-1]) if detail["loc"] else ""
            if detail["type"] == "extra_forbidden":
                message = f'unknown key "{key}"{_did_you_mean(key, names)}'
            elif detail["type"] == "missing":
                message = f'the key "{key}" is missing'
            else:
                message = f"{key}: {detail['msg']}"
            problems.append(Problem(file, " ".join(part for part in (entry, where) if part), message))
        return None


def _field_names(model: type[BaseModel]) -> set[str]:
    """Every key that may stand anywhere in a file of this shape, for "did you mean"."""
    names: set[str] = set()
    schema = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        names |= set(part.get("properties", {}))
    return names


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


def _cross_check(  # noqa: C901
    skills: Mapping[str, SkillEntry], roles: Mapping[str, Role], single: Mapping[str, Any]
) -> Iterator[Problem]:
    """Problems between files: names that nothing answers to, surfaces that two skills claim."""
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in skills.values():
        where = f"lexicon ({entry.category})"
        for implied in entry.implies:
            if implied not in skills:
                yield Problem(where, entry.id, f'implies: unknown skill "{implied}"{_did_you_mean(implied, skills)}')
        for surface in (*entry.loose, *entry.cased):
            owners[surface.lower()].add(entry.id)
    for surface, ids in owners.items():
        if len(ids) > 1:
            yield Problem("lexicon", ", ".join(sorted(ids)), f'claim the same surface "{surface}"')
    for role in roles.values():
        for entry_name, skill in role.skill_references():
            if skill not in skills:
                yield Problem(
                    f"roles/{role.id}.toml", entry_name, f'unknown skill "{skill}"{_did_you_mean(skill, skills)}'
                )
        if role.ads and role.ads not in single["demand"].sample:
            known = _did_you_mean(role.ads, single["demand"].sample)
            yield Problem(f"roles/{role.id}.toml", "", f'ads: demand.toml has no path "{role.ads}"{known}')
    titles = single["titles"]
    for id, group in titles.groups.items():
        for key, names, known in (
            ("families", group.families, titles.families),
            ("specialties", group.specialties, titles.subjects),
        ):
            for name in names:
                if name not in known:
                    yield Problem("titles.toml", f"groups {id}", f'{key}: unknown "{name}"{_did_you_mean(name, known)}')
    named = [("demand.toml", "percent", skill) for skill in single["demand"].percent]
    named += [("resources.toml", each.name, skill) for each in single["resources"].resource for skill in each.teaches]
    for file, where, skill in named:
        if skill not in skills:
            yield Problem(file, where, f'unknown skill "{skill}"{_did_you_mean(skill, skills)}')
