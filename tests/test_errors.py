"""Errors as the Python API raises them: they travel between processes, and wrong arguments name the mend."""

from __future__ import annotations

import io
import pickle
from pathlib import Path

import pytest

from profilefit import analyze, load_library
from profilefit.cohort.cluster import UnreachableCluster
from profilefit.cohort.engine import BrokenWorker
from profilefit.cohort.remote import UnreachableFile, UnreachableStorage
from profilefit.cohort.store import UnusableStore
from profilefit.cohort.worker import Setup
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

ERRORS = [
    UnreadableDocument("cv.pdf", "it is damaged"),
    EncryptedDocument("cv.pdf", "it asks for a password"),
    NoTextLayer("cv.pdf", "it is a scan"),
    DocumentTooLarge("cv.pdf", "it is too large"),
    MissingExtra("the PDF engine pdfium", "pdfium"),
    UnknownRole("ml-enginer", ["ml-engineer"]),
    InvalidSkills([Problem("lexicon/ours.toml", "gridloom", "no yes sentence")]),
    UnreachableCluster("tcp://host:1", "nobody answers"),
    BrokenWorker("out of memory"),
    UnreachableStorage("s3://bucket", OSError("no such bucket")),
    UnreachableFile("s3://bucket/cv.pdf", "it cannot be fetched"),
    UnusableStore(Path("cache.sqlite"), "it is locked"),
]


_TEXTS = {
    "recipe": b"Peel the onions.\nFry them slowly in butter until they are brown.",
    "cv": b"Jane Roe\nSkills\nKnitting",
}


def _kinds(kind: type[ProfilefitError]) -> set[type[ProfilefitError]]:
    return {kind}.union(*map(_kinds, kind.__subclasses__()))


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_comes_back_whole_from_another_process(error: ProfilefitError) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), str(back), vars(back)) == (type(error), str(error), vars(error))


def test_every_error_is_tried() -> None:
    assert {type(error) for error in ERRORS} == _kinds(ProfilefitError) - {ProfilefitError}


def test_a_text_that_is_no_cv_is_told() -> None:
    codes = {name: [note.code for note in analyze(io.BytesIO(text)).notes] for name, text in _TEXTS.items()}
    assert codes == {"recipe": ["no-cv"], "cv": []}


def test_wrong_arguments_say_what_to_give() -> None:
    cv = b"Jane Roe\nSkills\nPython"
    with pytest.raises(TypeError, match="BytesIO"):
        analyze(cv)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="binary mode"):
        analyze(io.StringIO("Jane Roe"))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not both"):
        analyze(io.BytesIO(cv), skills="ours", library=load_library())
    with pytest.raises(ValueError, match="unknown PDF engine"):
        Setup.of(pdf_engine="pdfum")  # type: ignore[arg-type]
    with pytest.raises(UnreadableDocument, match="no path"):
        analyze("")
