"""What the files say of each other: names that nothing answers to, and names that two entries claim."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from profilefit.errors import Problem
from profilefit.library.roles import ML_TITLE, OTHER_TRADE, VENUES, Words, group_of
from profilefit.library.validation import unknown

if TYPE_CHECKING:
    from profilefit.library import Library


def find_problems(library: Library) -> Iterator[Problem]:
    """Every problem between the files."""
    known = _Known.of(library)
    yield from _lexicon(library)
    yield from _roles(library, known)
    yield from _groups(library, known)
    yield from _areas(library, known)
    yield from _adjacency(library)
    yield from _levels(library)
    yield from _titles(library)
    yield from _venues(library)
    yield from _context(library)


@dataclass(frozen=True)
class _Known:
    """What the lists of words may name."""

    skills: Collection[str]
    categories: Collection[str]
    groups: Collection[str]

    @classmethod
    def of(cls, library: Library) -> _Known:
        categories = dict.fromkeys(entry.category for entry in library.skills.values())
        return cls(library.skills, categories, [VENUES, *(group.id for group in library.groups.group)])

    def in_words(self, file: str, entry: str, words: Words) -> Iterator[Problem]:
        """Problems of a list of words, skills as ``#id``."""
        for word in words:
            if word[0] == "#":
                yield from _unknown(file, entry, "unknown skill", (word[1:],), self.skills)
            elif word[0] == "@":
                yield from _unknown(file, entry, "unknown category", (word[1:],), self.categories)
            elif word[0] == "<" and (name := group_of(word)) is not None:
                yield from _unknown(file, entry, "unknown group", (name,), self.groups)

    def in_skills(self, file: str, entry: str, skills: Words) -> Iterator[Problem]:
        """Problems of a list of skills and categories."""
        yield from self.in_words(file, entry, tuple(id if id.startswith("@") else f"#{id}" for id in skills))


def _unknown(file: str, entry: str, what: str, names: Iterable[str], known: Collection[str]) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield Problem(file, entry, unknown(what, name, known))


def _shared(claims: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The names that several claim, each with the ids of these."""
    owners: dict[str, str] = {}
    shared: dict[str, set[str]] = {}
    for name, id in claims:
        owner = owners.setdefault(name, id)
        if owner != id:
            shared.setdefault(name, {owner}).add(id)
    for name, ids in shared.items():
        yield name, ", ".join(sorted(ids))


def _lexicon(library: Library) -> Iterator[Problem]:
    for entry in library.skills.values():
        where = f"lexicon ({entry.category})"
        yield from _unknown(where, entry.id, "implies: unknown skill", entry.implies, library.skills)
    claims = (
        (surface.lower(), entry.id) for entry in library.skills.values() for surface in (*entry.loose, *entry.cased)
    )
    for surface, ids in _shared(claims):
        yield Problem("lexicon", ids, f'claim the same surface "{surface}"')


def _roles(library: Library, known: _Known) -> Iterator[Problem]:
    for role in library.roles.values():
        file = library.role_file(role.id)
        for entry, skills in role.skill_lists():
            yield from known.in_skills(file, entry, skills)
        for entry, words in role.word_lists():
            yield from known.in_words(file, entry, words)
        if role.ads:
            yield from _unknown(file, "", "ads: demand.toml has no path", (role.ads,), library.demand.sample)


def _groups(library: Library, known: _Known) -> Iterator[Problem]:
    groups = {group.id: group.words for group in library.groups.group}
    for name in (ML_TITLE, OTHER_TRADE):
        if name not in groups:
            yield Problem("groups.toml", "", f'the group "{name}" is missing')
    for name, words in groups.items():
        yield from known.in_words("groups.toml", f"group {name}", words)
        if _holds_itself(name, groups):
            yield Problem("groups.toml", f"group {name}", "holds itself, or a group that does")


def _holds_itself(name: str, groups: Mapping[str, Words]) -> bool:
    queue, seen = [name], {name}
    while queue:
        inner = {group for word in groups.get(queue.pop(), ()) if (group := group_of(word))}
        if name in inner:
            return True
        queue += inner - seen
        seen |= inner
    return False


def _areas(library: Library, known: _Known) -> Iterator[Problem]:
    for area in library.areas.area:
        entry = f"area {area.id}"
        yield from _unknown("areas.toml", entry, "unknown skill", area.skills, known.skills)
        yield from known.in_words("areas.toml", entry, (*area.names, *area.methods))


def _adjacency(library: Library) -> Iterator[Problem]:
    for near in library.adjacency.near:
        entry = f"near {near.have} {near.want}"
        yield from _unknown("adjacency.toml", entry, "unknown skill", (near.have, near.want), library.skills)


def _levels(library: Library) -> Iterator[Problem]:
    everyday = sorted(library.levels.others.trade.everyday)
    yield from _unknown("levels.toml", "others trade", "everyday: unknown skill", everyday, library.skills)


def _titles(library: Library) -> Iterator[Problem]:
    titles = library.titles
    for id, family in titles.families.items():
        yield from _unknown("titles.toml", f"families {id}", "subjects: unknown", family.subjects, titles.subjects)
    for id, group in titles.groups.items():
        entry = f"groups {id}"
        yield from _unknown("titles.toml", entry, "families: unknown", group.families, titles.families)
        yield from _unknown("titles.toml", entry, "specialties: unknown", group.specialties, titles.subjects)


def _venues(library: Library) -> Iterator[Problem]:
    for name, ids in _shared(library.venues.names()):
        yield Problem("venues.toml", ids, f'claim the same name "{name}"')


def _context(library: Library) -> Iterator[Problem]:
    yield from _unknown("demand.toml", "percent", "unknown skill", library.demand.percent, library.skills)
    for resource in library.resources.resource:
        yield from _unknown("resources.toml", resource.name, "unknown skill", resource.teaches, library.skills)
    # A role whose file another one replaces may still have its figures in the shipped salaries.toml.
    roles = {*library.roles, *(file.stem for file in library.role_files.values())}
    for salary in library.salaries.salary:
        yield from _unknown("salaries.toml", f"salary {salary.place}", "unknown role", (salary.role,), roles)
