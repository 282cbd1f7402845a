"""A study whose workers are told what to do by a test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from profilefit import load_library
from profilefit.cohort.run import Cohort, analyze_sources
from profilefit.cohort.sources import find_sources
from profilefit.cohort.worker import Setup


def study(names: str | Path | Sequence[str | Path], setup: Setup, **options: Any) -> Cohort:
    """As ``analyze_folder``, with a setup of one's own."""
    sources = find_sources([names] if isinstance(names, (str, Path)) else names)
    return analyze_sources(sources, setup, load_library(), setup.roles, **options)
