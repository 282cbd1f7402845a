"""Worker processes and the files that they are at.

Each worker is a fresh Python process with a pipeline of its own, spoken to over pipes by a thread of the parent, which
itself never loads the pipeline. A worker has one file at a time, so that a file that hangs, eats memory or crashes the
interpreter costs itself and nothing else: its worker is ended and another one started.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import Any

from profilefit.cohort.worker import Setup
from profilefit.errors import ProfilefitError

#: Files for which another process is worth its start.
FILES_A_WORKER = 25
#: Files that wait for each worker, so that none waits for the parent.
_AHEAD = 2
#: Files after which a worker is replaced: spaCy remembers every word it has seen.
_LIFE = 4000
#: Seconds between two looks at the clocks of the workers.
_LOOK = 0.1
#: Seconds that a worker may take to load the pipeline, on whatever machine.
_START = 300.0

_START_LINE = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from profilefit.cohort.worker import serve; serve()"
)


class BrokenWorker(ProfilefitError):
    """A worker process could not be started, which no other one would do better."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"a worker process could not start ({reason}); PROFILEFIT_DEBUG=1 shows what it wrote")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A file's record, or why there is none; ``passing`` where that may be otherwise the next time."""

    path: str
    record: dict[str, Any] | None = None
    failure: str | None = None
    passing: bool = False


def default_jobs() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def examine_files(
    paths: Iterable[str], count: int, setup: Setup, jobs: int | None = None
) -> Generator[Outcome, None, None]:
    """The outcome of each file, in the order in which they come.

    Args:
        paths: of the files; taken one by one, a few ahead of the workers.
        count: how many they are; few files get fewer workers.
        setup: what each worker does.
        jobs: workers at most; one for each processor by default.
    Raises:
        BrokenWorker: no worker can be started.
    """
    with Crew(setup, max(1, min(jobs or default_jobs(), -(-count // FILES_A_WORKER)))) as crew:
        yield from crew.examine(paths)


class Crew:
    """Worker processes that wait for files, started as there are some; used by one thread at a time.

    Args:
        setup: what each of them does.
        size: how many there are at most.
    """

    def __init__(self, setup: Setup, size: int) -> None:
        self._setup = setup
        self._size = size
        self._workers: list[_Worker] = []
        self._inbox: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._outbox: queue.SimpleQueue[Outcome | BaseException] = queue.SimpleQueue()

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self.dismiss()

    def examine(self, paths: Iterable[str]) -> Generator[Outcome, None, None]:
        """The outcome of each file, in the order in which they come. Raises ``BrokenWorker``: none can be started."""
        source = iter(paths)
        waiting = 0
        while True:
            while waiting < self._size * (1 + _AHEAD) and (path := next(source, None)) is not None:
                self._inbox.put(path)
                waiting += 1
                if len(self._workers) < min(self._size, waiting):
                    self._workers.append(_Worker(self._setup, self._inbox, self._outbox))
                    self._workers[-1].start()
            if not waiting:
                return
            outcome = self._next()
            if isinstance(outcome, BaseException):
                raise outcome
            waiting -= 1
            yield outcome

    def dismiss(self) -> None:
        """Ends every process, whatever it is at."""
        for worker in self._workers:
            worker.dismiss()
        for _ in self._workers:
            self._inbox.put(None)
        for worker in self._workers:
            worker.join()
        self._workers.clear()

    def _next(self) -> Outcome | BaseException:
        while True:
            for worker in self._workers:
                worker.look_at_the_clock()
            try:
                return self._outbox.get(timeout=_LOOK)
            except queue.Empty:
                continue


class _Worker(threading.Thread):
    """One worker process after the other, and the conversation with it."""

    def __init__(
        self, setup: Setup, inbox: queue.SimpleQueue[str | None], outbox: queue.SimpleQueue[Outcome | BaseException]
    ) -> None:
        super().__init__(daemon=True)
        self._setup = setup
        self._inbox = inbox
        self._outbox = outbox
        self._lock = threading.Lock()  # over the four below: the main thread ends processes, too
        self._process: subprocess.Popen[str] | None = None
        self._deadline: float | None = None
        self._late = False
        self._dismissed = False
        self._done = 0

    # ── what the main thread calls ───────────────────────────────────────────────────────────────────────────────

    def look_at_the_clock(self) -> None:
        """Ends the process if its file takes too long."""
        with self._lock:
            if self._process and self._deadline is not None and time.monotonic() > self._deadline:
                self._late = True
                self._process.kill()

    def dismiss(self) -> None:
        """Ends the process and starts none any more."""
        with self._lock:
            self._dismissed = True
            if self._process:
                self._process.kill()

    # ── the thread ───────────────────────────────────────────────────────────────────────────────────────────────

    def run(self) -> None:
        try:
            while (path := self._inbox.get()) is not None and not self._dismissed:
                self._outbox.put(self._examine(path))
        except BaseException as error:
            self._outbox.put(error)
        finally:
            self._end()

    def _examine(self, path: str) -> Outcome:
        """A file's outcome. What ended a process may have been the files before, or somebody else: a second process
        tries once more, unless it was for the time."""
        failure = ""
        for _ in range(2):
            if self._process is None or self._done >= _LIFE:
                self._start()
            answer = self._ask(json.dumps(path) + "\n", self._setup.seconds)
            self._done += 1
            if answer is not None and "memory" not in answer:
                return Outcome(path, answer.get("record"), answer.get("failure"), answer.get("passing", False))
            code = self._end()
            if self._late:
                return Outcome(path, failure=f"it takes longer than {self._setup.seconds:g} seconds; print it anew")
            if answer is not None:
                failure = f"it takes more than {self._setup.memory / 1e6:,.0f} MB of memory; print it anew"
            else:
                failure = f"the process that read it ended (code {code}). Please report it"
        return Outcome(path, failure=failure)

    def _start(self) -> None:
        self._end()
        command = [sys.executable, "-c", _START_LINE, json.dumps([os.path.abspath(place) for place in sys.path])]  # noqa: PTH100
        errors = None if os.environ.get("PROFILEFIT_DEBUG") else subprocess.DEVNULL
        pipe = subprocess.PIPE
        with self._lock:
            if self._dismissed:
                raise BrokenWorker("the run has ended")
            self._process = subprocess.Popen(
                command, stdin=pipe, stdout=pipe, stderr=errors, encoding="ascii", text=True
            )
            self._done = 0
        answer = self._ask(self._setup.as_line(), _START)
        if answer is None or "broken" in answer:
            code = self._end()
            raise BrokenWorker(answer["broken"] if answer else f"code {code}")

    def _ask(self, line: str, seconds: float) -> dict[str, Any] | None:
        """The reply to a line; ``None`` where the process ended before it was whole."""
        process = self._process
        assert process
        assert process.stdin
        assert process.stdout
        with self._lock:
            self._late = False
            self._deadline = time.monotonic() + seconds
        try:
            process.stdin.write(line)
            process.stdin.flush()
            reply = process.stdout.readline()
            return json.loads(reply) if reply.endswith("\n") else None
        except (OSError, ValueError):
            return None
        finally:
            with self._lock:
                self._deadline = None

    def _end(self) -> int | None:
        """Ends the process, and its exit code."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return None
        process.kill()
        assert process.stdin
        assert process.stdout
        for pipe in (process.stdin, process.stdout):
            try:
                pipe.close()
            except OSError:
                continue  # what it had not read any more
        return process.wait()
