"""The command line: arguments, streams and exit codes.

Exit codes: 0 a report was written (gaps are no failure), 1 the input could not be read, 2 usage or invalid skills
data, 3 some of many files could not be read, 130 stopped by Ctrl-C. The report goes to standard output, everything else
to standard error. Nothing heavy is imported before a command needs it, so that ``--help`` and ``--version`` answer at
once.
"""

from __future__ import annotations

from profilefit.cli import analyze, annotate, skills, stats  # noqa: F401  (each adds its commands)
from profilefit.cli.app import app, run

__all__ = ["app", "run"]
