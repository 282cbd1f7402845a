"""The data files as tables.

Parsing the shipped TOML takes longer than an analysis. So its tables are kept as Python keeps what it compiled of a
module: in ``__pycache__`` beside the files, valid for just these bytes, left out where that folder cannot be written.
"""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from profilefit.errors import Problem

Tables = dict[str, dict[str, Any]]


def find_files(directory: Path) -> dict[str, Path]:
    """The data files of a directory by their paths in it."""
    return {path.relative_to(directory).as_posix(): path for path in sorted(directory.rglob("*.toml"))}


def read_files(paths: Mapping[str, Path]) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in paths.items()}


def digest(contents: Mapping[str, bytes]) -> str:
    """SHA-256 over the names and bytes of all files, in hexadecimal."""
    hashed = hashlib.sha256()
    for name in sorted(contents):
        hashed.update(name.encode() + b"\0" + contents[name] + b"\0")
    return hashed.hexdigest()


def parse(contents: Mapping[str, bytes], problems: list[Problem]) -> Tables:
    """The tables of the files that are TOML; ``problems`` is told of the others."""
    tables: Tables = {}
    for name, data in contents.items():
        try:
            tables[name] = tomllib.loads(data.decode("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.append(Problem(name, "", f"is not valid TOML: {error}"))
    return tables


def parse_kept(contents: Mapping[str, bytes], directory: Path, problems: list[Problem]) -> Tables:
    """The tables of all files of ``directory``, from the last time that they were parsed, or for the next time."""
    state = digest(contents)
    file = directory / "__pycache__" / "tables.json"
    with suppress(OSError, ValueError):
        kept = json.loads(file.read_bytes())
        if isinstance(kept, dict) and kept.get("state") == state:
            tables: Tables = kept["tables"]
            return tables
    tables = parse(contents, problems)
    if not problems:
        with suppress(OSError, TypeError):
            _write(file, json.dumps({"state": state, "tables": tables}, ensure_ascii=False))
    return tables


def _write(file: Path, text: str) -> None:
    """Whole or not at all, whoever else writes it at the same time."""
    file.parent.mkdir(exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
