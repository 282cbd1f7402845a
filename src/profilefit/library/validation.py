"""A table of the data files as one of the models, or the problems that keep it from being one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from profilefit.errors import Problem

_Model = TypeVar("_Model", bound=BaseModel)


def build(model: type[_Model], table: Any, file: str, entry: str, problems: list[Problem]) -> _Model | None:
    """The table as a model; ``None`` where it is none, and ``problems`` is told why."""
    try:
        return model.model_validate(table)
    except ValidationError as error:
        names = _field_names(model)
        for detail in error.errors():
            loc = [part for part in detail["loc"] if part != "[key]"]
            if len(loc) > 1 and isinstance(loc[-1], int) and not isinstance(detail["input"], dict):
                del loc[-1]  # a word says more than its place in the list
            where = [part for part in (entry, *_entries(table, loc[:-1])) if part]
            key = str(loc[-1]) if loc else ""
            problems.append(Problem(file, " ".join(where), _complaint(detail, key, names)))
        return None


def _complaint(detail: ErrorDetails, key: str, names: Iterable[str]) -> str:
    if detail["type"] == "extra_forbidden":
        return f'unknown key "{key}"{did_you_mean(key, names)}'
    if detail["type"] == "missing":
        return f'the key "{key}" is missing'
    if detail["type"] == "literal_error" and isinstance(word := detail["input"], str):
        known = re.findall("'([^']*)'", detail["ctx"]["expected"])
        return unknown(f"{key}: unknown" if word != key else "unknown", word, known)
    if detail["type"] == "string_pattern_mismatch":
        return f'{key}: "{detail["input"]}" holds nothing to look for; give a word, "*" only at its ends'
    return f"{key}: {detail['msg']}"


def _entries(table: Any, loc: Sequence[int | str]) -> Iterator[str]:
    """The way to a place in a table, items of lists by their ids where they have one."""
    for part in loc:
        try:
            table = table[part]
        except (KeyError, IndexError, TypeError):
            table = None
        named = isinstance(part, int) and isinstance(table, dict) and table.get("id")
        yield str(named or part)


def _field_names(model: type[BaseModel]) -> set[str]:
    """Every key that may stand anywhere in a file of this shape, for "did you mean"."""
    names: set[str] = set()
    schema = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        names |= set(part.get("properties", {}))
    return names


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """What to say of a name that nothing answers to.

    >>> unknown("unknown skill", "pytorhc", ["pytorch", "keras"])
    'unknown skill "pytorhc"; did you mean "pytorch"?'
    """
    return f'{what} "{name}"{did_you_mean(name, known)}'


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The nearest of the known words as the end of a message; empty where none is near."""
    near = difflib.get_close_matches(word, [name for name in known if name != word], n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""
