"""Reads a CV or LinkedIn profile and shows how it fits the ML engineer's and the ML researcher's path.

The public names load what they need on first use, so that ``import profilefit`` costs next to nothing:

>>> import profilefit
>>> profilefit.render.__module__
'profilefit.reporting'
>>> sorted(set(profilefit.__all__) - set(dir(profilefit)))
[]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from profilefit.cohort.run import analyze_folder
    from profilefit.cohort.tables import tabulate
    from profilefit.cohort.worker import analyze_bytes
    from profilefit.errors import (
        DocumentTooLarge,
        EncryptedDocument,
        InvalidSkills,
        MissingExtra,
        NoTextLayer,
        Problem,
        ProfilefitError,
        UnknownRole,
        UnreadableDocument,
    )
    from profilefit.library import Library, load_library
    from profilefit.marking import Marked, annotate
    from profilefit.matching import assess
    from profilefit.models import Assessment, Document, Evidence, Profile, Report
    from profilefit.parsing import parse
    from profilefit.pipeline import analyze
    from profilefit.reading import Limits, read
    from profilefit.reporting import render
    from profilefit.reporting.html import in_notebook

__version__ = "0.1.0"

_HOMES = {
    "analyze": "profilefit.pipeline",
    "analyze_bytes": "profilefit.cohort.worker",
    "analyze_folder": "profilefit.cohort.run",
    "tabulate": "profilefit.cohort.tables",
    "read": "profilefit.reading",
    "parse": "profilefit.parsing",
    "annotate": "profilefit.marking",
    "assess": "profilefit.matching",
    "render": "profilefit.reporting",
    "in_notebook": "profilefit.reporting.html",
    "load_library": "profilefit.library",
    "Library": "profilefit.library",
    "Limits": "profilefit.reading",
    "Marked": "profilefit.marking",
    "Document": "profilefit.models",
    "Profile": "profilefit.models",
    "Assessment": "profilefit.models",
    "Evidence": "profilefit.models",
    "Report": "profilefit.models",
    "ProfilefitError": "profilefit.errors",
    "UnreadableDocument": "profilefit.errors",
    "EncryptedDocument": "profilefit.errors",
    "NoTextLayer": "profilefit.errors",
    "DocumentTooLarge": "profilefit.errors",
    "UnknownRole": "profilefit.errors",
    "InvalidSkills": "profilefit.errors",
    "MissingExtra": "profilefit.errors",
    "Problem": "profilefit.errors",
}

__all__ = [
    "Assessment",
    "Document",
    "DocumentTooLarge",
    "EncryptedDocument",
    "Evidence",
    "InvalidSkills",
    "Library",
    "Limits",
    "Marked",
    "MissingExtra",
    "NoTextLayer",
    "Problem",
    "Profile",
    "ProfilefitError",
    "Report",
    "UnknownRole",
    "UnreadableDocument",
    "__version__",
    "analyze",
    "analyze_bytes",
    "analyze_folder",
    "annotate",
    "assess",
    "in_notebook",
    "load_library",
    "parse",
    "read",
    "render",
    "tabulate",
]


def __getattr__(name: str) -> object:
    """Loads a public name on first use (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
