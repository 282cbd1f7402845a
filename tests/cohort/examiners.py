"""What a worker does in tests of the engine: no CV is read, the file says what happens to the process."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from profilefit.cohort.remote import UnreachableFile
from profilefit.cohort.worker import Setup
from profilefit.errors import UnreadableDocument


def make(setup: Setup) -> Callable[[str], dict[str, Any]]:
    return _examine


def broken(setup: Setup) -> Callable[[str], dict[str, Any]]:
    raise RuntimeError("nothing to work with")


def _examine(path: str) -> dict[str, Any]:
    data = Path(path).read_bytes()
    if pids := os.environ.get("TEST_PIDS"):
        with Path(pids).open("a") as file:
            file.write(f"{os.getpid()}\n")
    match data.split(b" ")[0]:
        case b"hang":
            while True:
                pass
        case b"bomb":
            hold = [bytearray(50_000_000) for _ in range(100)]
            raise AssertionError(f"{len(hold)} blocks of memory were given")
        case b"crash":
            os.kill(os.getpid(), signal.SIGKILL)
        case b"defect":
            raise KeyError("a defect")
        case b"bad":
            raise UnreadableDocument(path, "it is bad; make it good")
        case b"away":
            raise UnreachableFile(path, "it is away")
        case b"chatty":
            print("{}")  # noqa: T201
    time.sleep(float(os.environ.get("TEST_SECONDS", "0")))
    return record(hashlib.sha256(data).hexdigest())


def record(sha256: str) -> dict[str, Any]:
    """Facts that follow from the hash alone."""
    number = int(sha256[:8], 16)
    degree = (None, "secondary", "bachelor", "master", "doctorate")[number % 5]
    status = ("missing", "partial", "met")[number % 3]
    role = "ml-engineer"
    return {
        "sha256": sha256, "format": "text", "kind": "cv", "language": "en",
        "group": ("ml_engineer", "ml_researcher", "nlp", "other")[number % 4],
        "family": None, "track": None, "specialty": None, "seniority": None,
        "degree": degree, "degree_in_progress": None, "papers": number % 7, "software": number % 3,
        "engineering": None if number % 11 == 0 else number % 101 / 100, "mix_evidence": number % 9,
        "education": [[degree, "MSc", None, "Universität Ulm", "2018", None, "unknown"]],
        "positions": [["Engineer", None, "engineer", None, None, None, "2020", None, True]],
        "skills": [["python", "languages", "used", False], ["sql", "databases", "listed", number % 2 == 0]],
        "fits": [[role, number % 97 / 97, 1, 1, 1]],
        "requirements": [[role, "E1", status, number % 4, 0.35], [role, "E2", "met", 2, 0.7]],
        "gaps": [[role, "E1", "aws"], [role, "E4", "tflite"]][: number % 3],
    }  # fmt: skip
