"""Writes the reference of the command line: ``python docs/commands.py`` puts it below the mark in docs/cli.md."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from typer import Typer
from typer.models import OptionInfo

from profilefit.cli import app

PAGE = Path(__file__).with_name("cli.md")
MARK = "<!-- Below this line python docs/commands.py writes. -->\n"


def reference() -> str:
    """The page as it ought to be: what stands above the mark, then every command with its arguments and options."""
    head = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    return head + MARK + "".join(_group(app, "profilefit"))


def _group(group: Typer, name: str) -> Iterator[str]:
    """A section for a group, one for each of its commands, and the same for the groups in it."""
    options = group.registered_callback
    rows = list(_parameters(options.callback)) if options and options.callback else []
    yield _section(f"{name} COMMAND", str(group.info.help), rows)
    for command in group.registered_commands:
        assert command.callback
        called = f"{name} {command.name or command.callback.__name__}"
        yield _section(called, inspect.getdoc(command.callback) or "", list(_parameters(command.callback)))
    for inner in group.registered_groups:
        assert inner.typer_instance
        yield from _group(inner.typer_instance, f"{name} {inner.name}")


def _section(name: str, told: str, rows: list[tuple[str, str]]) -> str:
    table = "".join(f"| {left} | {right} |\n" for left, right in rows)
    table = f"\n| written | does |\n|---|---|\n{table}" if table else ""
    return f"\n## `{name}`\n\n{told}\n{table}"


def _parameters(command: Callable[..., Any]) -> Iterator[tuple[str, str]]:
    """Each argument and option as it is written, and what it does."""
    hints = get_type_hints(command, include_extras=True)
    for name, parameter in inspect.signature(command).parameters.items():
        kind, option = get_args(hints[name])
        choices = get_args(kind) if get_origin(kind) is Literal else ()
        value = (option.metavar or ("NAME" if choices else "N")).replace("|", "/")
        words = [option.help.replace("|", r"\|")]
        if choices:
            words.append(f"One of {', '.join(f'`{each}`' for each in choices)}.")
        if parameter.default not in (inspect.Parameter.empty, None, False):
            words.append(f"Default: `{parameter.default}`.")
        if isinstance(option, OptionInfo):
            # typer keeps the first spelling where older code has the default
            spelled = [each for each in (option.default, *(option.param_decls or ())) if isinstance(each, str)]
            spelled = spelled or [f"--{name.replace('_', '-')}"]
            value = ", ".join(f"`{each}`" if kind is bool else f"`{each} {value}`" for each in spelled)
        else:
            value = f"`{value}`"
        yield value, " ".join(words)


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
