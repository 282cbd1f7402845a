"""The program that the commands belong to, and how a command line ends."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from profilefit import __version__
from profilefit.cli.streams import UNREADABLE, USAGE, complain, unexpected
from profilefit.errors import ProfilefitError, UnreadableDocument


class _Commands(TyperGroup):
    """The commands; one who names a file instead is told which of them takes it."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first argument names, and what is left for it, as typer's own click has it."""
        if args and self.get_command(ctx, args[0]) is None and (path := Path(args[0])).exists():
            ctx.fail(f"say what to do: profilefit {'stats' if path.is_dir() else 'analyze'} {args[0]}")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    name="profilefit",
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: rich takes longer to load than all else that answers --help
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Reads a CV or LinkedIn profile and shows how it fits the machine learning engineer's and the machine "
    "learning researcher's path, what is missing, and the words each verdict rests on.",
)
skills_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Look at and check the skills data: skills, degrees, roles."
)
app.add_typer(skills_app, name="skills")


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs one command line and returns its exit code; no exception and no traceback leaves it.

    Args:
        arguments: without the program's name; those of the process by default.
    """
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # other packages' deprecations are no news for a user
    try:
        app(args=list(arguments) if arguments is not None else None, prog_name="profilefit")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except UnreadableDocument as error:
        complain(str(error))
        return UNREADABLE
    except ProfilefitError as error:
        complain(str(error))
        return USAGE
    except Exception as error:
        complain(unexpected(error))
        return UNREADABLE
    return 0


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"profilefit {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Options that stand before a command."""
