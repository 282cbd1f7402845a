"""The same work on many machines: batches of files for the workers of a Dask cluster, outcomes as they come.

Each Dask worker keeps worker processes of ours, one for each of its threads, so that a hostile file costs itself there,
too. The client lists the files, keeps the results and counts; what goes over the network are names and records.
"""

from __future__ import annotations

import queue
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from uuid import uuid4

from distributed import Client, Future, KilledWorker, LocalCluster, Worker, WorkerPlugin, as_completed, get_worker

from profilefit.cohort.engine import FILES_A_WORKER, BrokenWorker, Crew, Outcome, default_jobs
from profilefit.cohort.remote import is_url
from profilefit.cohort.store import code_version
from profilefit.cohort.worker import Setup
from profilefit.errors import ProfilefitError
from profilefit.quiet import quiet

#: The address that stands for a cluster on this machine, made for this run.
LOCAL = "local"
#: Files that go to a worker together: few enough that results come soon and no worker ends long after the others.
_BATCH = 20
#: Batches for each thread of the cluster that are on their way.
_AHEAD = 3
#: Seconds that the scheduler, and the first worker, may take to answer.
_PATIENCE = 30


class UnreachableCluster(ProfilefitError):
    """No scheduler answers, or no worker has joined it."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"{address}: {reason}; see that the Dask scheduler and its workers run")


def examine_on_cluster(
    paths: Iterable[str], count: int, setup: Setup, jobs: int | None, address: str
) -> Generator[Outcome, None, None]:
    """The outcome of each file, in the order in which they come.

    Args:
        paths: of the files, as every worker can open them; taken one by one, a few batches ahead of the workers.
        count: how many they are; few files go in small batches.
        setup: what each worker does.
        jobs: worker processes of a cluster on this machine; others have as many as they have threads.
        address: of the scheduler, or ``LOCAL``.
    Raises:
        UnreachableCluster: there is no cluster.
        BrokenWorker: a worker has another version of profilefit, or cannot load it.
    """
    if not count:
        return
    threads = max(1, min(jobs or default_jobs(), -(-count // FILES_A_WORKER)))
    with quiet("distributed"), _client(address, threads) as client:
        pipelines = Pipelines(setup, code_version())
        client.register_plugin(pipelines)
        try:
            yield from _outcomes(client, pipelines.name, iter(paths), count)
        finally:
            client.unregister_worker_plugin(pipelines.name)


@contextmanager
def _client(address: str, threads: int) -> Iterator[Client]:
    if address == LOCAL:
        # Threads are enough: each has a process of ours. The scheduler's page is for this machine alone.
        cluster = LocalCluster(
            n_workers=1, threads_per_worker=threads, processes=False, dashboard_address="127.0.0.1:0", memory_limit=0
        )
        with cluster, Client(cluster) as client:
            yield client
        return
    try:
        client = Client(address, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise UnreachableCluster(address, "no scheduler answers") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            raise UnreachableCluster(address, "it has no workers") from error
        yield client


def _outcomes(client: Client, name: str, paths: Iterator[str], count: int) -> Iterator[Outcome]:
    batches: dict[Future, dict[str, str]] = {}  # what the workers call the files, and we
    done = as_completed()
    while True:
        threads = sum(client.nthreads().values()) or 1  # workers may come and go
        size = max(1, min(_BATCH, count // (threads * _AHEAD)))
        while len(batches) < threads * _AHEAD and (batch := list(islice(paths, size))):
            names = {path if is_url(path) else str(Path(path).absolute()): path for path in batch}
            future = client.submit(_examine, name, list(names), pure=False)
            batches[future] = names
            done.add(future)
        if not batches:
            return
        future = next(done)
        names = batches.pop(future)
        error = future.exception()
        if error is None:
            yield from (replace(outcome, path=names[outcome.path]) for outcome in future.result())
        elif isinstance(error, KilledWorker):
            reason = "the workers that read it were lost, one after the other; run it again"
            yield from (Outcome(path, failure=reason, passing=True) for path in names.values())
        elif isinstance(error, ProfilefitError):
            raise error
        else:
            raise BrokenWorker(f"{type(error).__name__}: {error}") from error


def _examine(name: str, paths: list[str]) -> list[Outcome]:
    """On a Dask worker: a batch, by the pipelines that wait there."""
    pipelines: Pipelines = get_worker().plugins[name]
    return pipelines.examine(paths)


class Pipelines(WorkerPlugin):  # type: ignore[misc]
    """What stays on a Dask worker from one batch to the next: a process with a loaded pipeline for each thread.

    Args:
        setup: what each process does.
        code: the version of the client's code; another one would give other results.
    """

    def __init__(self, setup: Setup, code: str) -> None:
        self.name = f"profilefit-{uuid4().hex}"
        self._setup = setup
        self._code = code

    def setup(self, worker: Worker) -> None:
        if code_version() != self._code:
            raise BrokenWorker(f"{worker.address} has another version of profilefit or of what it reads with")
        self._crews: list[Crew] = []
        self._free: queue.LifoQueue[Crew] = queue.LifoQueue()

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002
        for crew in self._crews:
            crew.dismiss()

    def examine(self, paths: list[str]) -> list[Outcome]:
        """The outcomes of a batch, in the order in which they came."""
        try:
            crew = self._free.get_nowait()
        except queue.Empty:
            crew = Crew(self._setup, 1)
            self._crews.append(crew)
        try:
            outcomes = list(crew.examine(paths))
        except BaseException:
            crew.dismiss()  # what it was at would be taken for the next batch's
            raise
        self._free.put(crew)
        return outcomes
