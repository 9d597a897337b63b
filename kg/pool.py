"""Does tasks in several processes, a few ahead of what is asked for, so that memory does not grow with their number."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from typing import TypeVar

#: Called after each task with the number of documents done and the number of all.
Progress = Callable[[int, int], None]

#: Tasks that wait for each process, so that none is idle while a long one is done.
_AHEAD = 8

_Task = TypeVar("_Task", bound=Sized)
_Outcome = TypeVar("_Outcome")


def pooled(
    tasks: Sequence[_Task],
    function: Callable[[_Task], _Outcome],
    *,
    jobs: int = 1,
    progress: Progress | None = None,
    lost: Callable[[_Task], _Outcome] | None = None,
) -> Iterator[_Outcome]:
    """What the function makes of each task, in their order, by as many processes as are allowed; a task is as long as
    there are documents in it.

    `lost` says what stands for a task whose process ended in the midst of it; without, BrokenProcessPool is raised.
    """
    if jobs == 1 or len(tasks) < 2:
        return _told(tasks, _in_order(tasks, function), progress)
    return _told(tasks, _at_once(tasks, function, jobs, partial(_pool, jobs), lost), progress)


def as_done(
    tasks: Sequence[_Task],
    function: Callable[[_Task], _Outcome],
    *,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Iterator[_Outcome]:
    """Like `pooled`, with outcomes as they are done, so that nobody waits for a long task, and by processes that share
    nothing with this one, as they must not where it holds a store open."""
    if jobs == 1 or len(tasks) < 2:
        return _told(tasks, _in_order(tasks, function), progress)
    pool = partial(_pool, jobs, fresh=True)
    return _told(tasks, _at_once(tasks, function, jobs, pool, None, ordered=False), progress)


def _told(
    tasks: Sequence[_Task], outcomes: Iterable[tuple[_Task, _Outcome]], progress: Progress | None
) -> Iterator[_Outcome]:
    """The outcomes, of each of which is told when it is there."""
    total, done = sum(map(len, tasks)), 0
    for task, outcome in outcomes:
        done += len(task)
        if progress:
            progress(done, total)
        yield outcome


def _in_order(tasks: Iterable[_Task], function: Callable[[_Task], _Outcome]) -> Iterator[tuple[_Task, _Outcome]]:
    """In this process: for one document a pool costs more than it saves."""
    for task in tasks:
        yield task, function(task)


def _at_once(
    tasks: Iterable[_Task],
    function: Callable[[_Task], _Outcome],
    jobs: int,
    begun: Callable[[], ProcessPoolExecutor],
    lost: Callable[[_Task], _Outcome] | None,
    *,
    ordered: bool = True,
) -> Iterator[tuple[_Task, _Outcome]]:
    upcoming = iter(tasks)
    waiting: deque[tuple[_Task, Future[_Outcome]]] = deque()
    pool = begun()
    try:
        while True:
            for task in islice(upcoming, jobs * _AHEAD - len(waiting)):
                waiting.append((task, _submitted(pool, function, task)))
            if not waiting:
                return
            task, future = waiting.popleft() if ordered else _next_done(waiting)
            try:
                yield task, future.result()
            except BrokenProcessPool:
                if lost is None:
                    raise
                # Which task ended its process is not told: each that was under way is tried alone.
                pool.shutdown()
                suspects = [task, *(other for other, _ in waiting)]
                waiting.clear()
                for suspect in suspects:
                    yield suspect, alone(suspect, function, lost)
                pool = begun()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _next_done(waiting: deque[tuple[_Task, Future[_Outcome]]]) -> tuple[_Task, Future[_Outcome]]:
    """Takes out of those that wait the first that is done, and waits until there is one."""
    wait([future for _, future in waiting], return_when=FIRST_COMPLETED)
    found = next(each for each in waiting if each[1].done())
    waiting.remove(found)
    return found


def _submitted(pool: ProcessPoolExecutor, function: Callable[[_Task], _Outcome], task: _Task) -> Future[_Outcome]:
    try:
        return pool.submit(function, task)
    except BrokenProcessPool as error:
        future: Future[_Outcome] = Future()
        future.set_exception(error)
        return future


def alone(task: _Task, function: Callable[[_Task], _Outcome], lost: Callable[[_Task], _Outcome]) -> _Outcome:
    """What the function makes of the task in a process of its own, or what stands for it where that process ended."""
    with _pool(1) as pool:
        try:
            return pool.submit(function, task).result()
        except BrokenProcessPool:
            return lost(task)


def _pool(jobs: int, *, fresh: bool = False) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn") if fresh else None
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=calm)


def calm() -> None:
    """Ctrl-C is for the process that holds the pool: it ends the others when their task is done. Where that process is
    killed, they end as well, as nobody would."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    holder = multiprocessing.parent_process()
    if holder is not None:
        threading.Thread(target=_end_with, args=(holder,), daemon=True).start()


def _end_with(holder: multiprocessing.process.BaseProcess) -> None:
    holder.join()
    os._exit(1)
