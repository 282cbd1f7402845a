"""Standard output, standard error, files written whole, and what the command line costs to start."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

UNREADABLE, USAGE, SOME_UNREADABLE, STOPPED = 1, 2, 3, 130

#: Set to anything to see the traceback of an unexpected error.
DEBUG = "PROFILEFIT_DEBUG"

#: Columns of a terminal report: below it no table is readable, above it no line is.
NARROWEST, WIDEST = 40, 200


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection while modules and data are loaded: it would walk again and again through half a million
    objects that stay to the end, a sixth of the time of a whole run."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


def is_same_file(output: Path, file: str) -> bool:
    try:
        return file != "-" and output.samefile(file)
    except OSError:
        return False


def terminal() -> tuple[int, bool, bool]:
    """Width, colour and "ASCII only" for a text report on standard output.

    A pipe gets 80 columns without colour, so that its bytes do not depend on the window, unless ``COLUMNS`` or
    ``FORCE_COLOR`` ask for more.
    """
    terminal = sys.stdout.isatty()
    columns = shutil.get_terminal_size((80, 24)).columns if terminal or os.environ.get("COLUMNS") else 80
    color = bool(os.environ.get("FORCE_COLOR")) or (terminal and os.environ.get("TERM") != "dumb")
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "").replace("_", "")
    return (
        max(NARROWEST, min(columns, WIDEST)),
        color and not os.environ.get("NO_COLOR"),
        not encoding.startswith("utf"),
    )


def emit(text: str) -> None:
    """Writes to standard output; ends quietly where nobody reads on (``| head``)."""
    try:
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the interpreter flushes once more as it ends
        raise typer.Exit from None


def write(path: Path, text: str) -> None:
    write_bytes(path, text.encode("utf-8", "replace"))


def write_bytes(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all: beside its place first, then moved over it."""
    try:
        if path.exists() and not path.is_file():  # /dev/stdout, a named pipe
            path.write_bytes(data)
            return
        target = path.resolve()
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".profilefit-") as scratch:
            draft = Path(scratch, target.name)
            draft.write_bytes(data)
            draft.replace(target)
    except OSError as error:
        complain(f"{path}: cannot be written ({error.strerror or error}).")
        raise typer.Exit(USAGE) from None


def complain(message: str) -> None:
    """One message on standard error; control characters, which a file name may hold, are shown as "?"."""
    for line in message.splitlines():
        typer.echo("profilefit: " + "".join(c if c.isprintable() else "?" for c in line), err=True)


def unexpected(error: Exception) -> str:
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    return f"unexpected error ({type(error).__name__}: {error}). Please report it; {DEBUG}=1 shows the traceback."
