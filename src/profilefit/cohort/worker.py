"""A worker process: it loads the pipeline once, then reads one file after another until nobody asks any more.

Requests and replies are lines of JSON on standard input and output. The process has limits of its own: a file that
takes too much memory ends in a ``MemoryError``, and an alarm ends a process that hangs even if its parent is gone.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from profilefit.cohort.remote import UnreachableFile, fetch, is_url
from profilefit.errors import UnreadableDocument

if TYPE_CHECKING:
    from profilefit.reading.pdf import PdfEngine

#: Seconds beyond the time limit after which the process ends by itself.
_GRACE = 10.0
#: Seconds without a file after which it does: whoever started it may have forgotten it, on some machine of many.
_IDLE = 600.0

Examine = Callable[[str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Setup:
    """What every worker of a run is told before its first file.

    Attributes:
        roles: ids and files of roles, ``None`` for all of the library.
        role_files: files of further roles.
        skills: a data directory laid over the shipped one.
        pdf_engine: what draws PDF pages.
        seconds: for one file.
        memory: bytes that one file may take beyond what a worker needs anyway.
        examiner: the function that makes what examines a file, as ``module:function``.
    """

    roles: tuple[str, ...] | None
    role_files: tuple[str, ...] = ()
    skills: str | None = None
    pdf_engine: str = "pdfminer"
    seconds: float = 60.0
    memory: int = 1_500_000_000
    examiner: str = f"{__name__}:make_examiner"

    @classmethod
    def of(
        cls,
        roles: str | Path | Sequence[str | Path] | None = None,
        skills: str | Path | None = None,
        pdf_engine: PdfEngine = "pdfminer",
        **limits: Any,
    ) -> Setup:
        """From arguments as ``analyze`` takes them, and limits by their names here."""
        from profilefit.library import find_role_files
        from profilefit.reading.pdf import check_engine

        check_engine(pdf_engine)
        wanted, files = find_role_files(roles if roles is not None else ())
        return cls(
            roles=None if roles is None else tuple(str(r.absolute() if r in files else r) for r in wanted),
            role_files=tuple(str(file.absolute()) for file in files),
            skills=None if skills is None else str(Path(skills).absolute()),
            pdf_engine=pdf_engine,
            **limits,
        )

    def as_line(self) -> str:
        """As the first line that a worker reads."""
        return json.dumps(asdict(self)) + "\n"

    @classmethod
    def from_line(cls, line: str) -> Setup:
        """The other way round."""
        values = json.loads(line)
        for name in ("roles", "role_files"):
            values[name] = tuple(values[name]) if values[name] is not None else None
        return cls(**values)


def make_examiner(setup: Setup) -> Examine:
    """The usual work on a file: read it, assess it, keep the facts."""
    from profilefit.reading import Limits

    find_facts = _pipeline(setup)
    most = Limits().bytes + 1  # a larger file is refused, however it goes on

    def examine(path: str) -> dict[str, Any]:
        if is_url(path):
            return find_facts(BytesIO(fetch(path, most)), PurePosixPath(path).name)
        return find_facts(path, None)

    return examine


@cache
def _pipeline(setup: Setup) -> Callable[[str | BinaryIO, str | None], dict[str, Any]]:
    """Everything loaded that one setup needs: what turns a source, and its name, into a record."""
    from profilefit.cohort.record import record_of
    from profilefit.library import load_library
    from profilefit.pipeline import analyze, warm_up

    library = load_library(setup.skills, setup.role_files)
    engine = cast("PdfEngine", setup.pdf_engine)
    roles = None if setup.roles is None else [Path(r) if r in setup.role_files else r for r in setup.roles]
    warm_up()

    def find_facts(source: str | BinaryIO, name: str | None) -> dict[str, Any]:
        return record_of(analyze(source, library=library, roles=roles, pdf_engine=engine, name=name), library)

    return find_facts


def analyze_bytes(
    data: bytes,
    name: str = "-",
    *,
    roles: str | Path | Sequence[str | Path] | None = None,
    skills: str | Path | None = None,
    pdf_engine: PdfEngine = "pdfminer",
) -> dict[str, Any]:
    """What a study counts of one CV, for engines that hand over bytes to workers of their own: Spark, Beam, Ray.

    The function can be pickled; the pipeline is loaded once in each process, with the first call. There is no limit of
    time and memory for a file but those of reading it: a file that crashes the interpreter takes its process along.

    Args:
        data: the file's content.
        name: its name, for messages.
        roles, skills, pdf_engine: as ``analyze`` takes them.
    Returns:
        ``sha256`` of the content; the ``record``, which JSON can hold, or ``None`` with the reason under ``failure``.

    >>> analyze_bytes(b"Education: Master of Science, 2019")["record"]["degree"]
    'master'
    >>> analyze_bytes(b"")["failure"]
    'the file is empty; give a file that holds a CV'
    """
    find_facts = _pipeline(Setup.of(roles, skills, pdf_engine))
    answer = _answer(lambda name: find_facts(BytesIO(data), name), name)
    if "memory" in answer:
        answer = {"failure": "it takes more memory than there is; print it anew"}
    return {"sha256": sha256(data).hexdigest(), "record": answer.get("record"), "failure": answer.get("failure")}


def serve() -> None:
    """Answers requests until standard input ends. Nothing that a library prints gets between the replies."""
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends us
    replies = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
    requests = os.fdopen(os.dup(0), "r", encoding="ascii", newline="\n")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(2, 1)

    def reply(**values: Any) -> None:
        replies.write(json.dumps(values, separators=(",", ":")) + "\n")
        replies.flush()

    try:
        gc.disable()
        setup = Setup.from_line(requests.readline())
        module, _, function = setup.examiner.partition(":")
        examine: Examine = getattr(import_module(module), function)(setup)
        gc.freeze()
        gc.enable()
        _limit_memory(setup.memory)
    except Exception as error:
        reply(broken=f"{type(error).__name__}: {error}")
        return
    with contextlib.suppress(BrokenPipeError):  # the parent has gone
        reply(ready=True)
        for line in requests:
            _alarm(setup.seconds + _GRACE)
            answer = _answer(examine, json.loads(line))
            _alarm(_IDLE)
            reply(**answer)
            if "memory" in answer:
                return  # what is left of the heap is no place for the next file


def _answer(examine: Examine, path: str) -> dict[str, Any]:
    try:
        return {"record": examine(path)}
    except UnreachableFile as error:
        return {"failure": error.reason, "passing": True}
    except UnreadableDocument as error:
        return {"failure": error.reason}
    except MemoryError:
        return {"memory": True}
    except RecursionError:
        return {"failure": "it is nested too deeply to be read"}
    except Exception as error:  # a defect of ours in one file must not cost the others
        return {"failure": f"unexpected error ({type(error).__name__}: {error}). Please report it"}


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(more: int) -> None:
    """Bounds the address space at what is in use now and ``more`` bytes; where the system cannot, does nothing."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + more
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))
    except (ImportError, OSError, ValueError):
        return
