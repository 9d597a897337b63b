"""Tasks in several processes: in their order, a few at once, and none costs another."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import overload

import pytest

from kg.pool import as_done, pooled

#: A task is a text here, which is as long as it has documents; these words are orders.
DIES, DIES_ONCE, RAISES = "dies", "dies once", "raises"


def done(task: str) -> str:
    if task == DIES:
        os._exit(1)
    if task == RAISES:
        raise ValueError(task)
    return task.upper()


def done_at_the_second_time(task: str) -> str:
    """A task that is the path of a file ends its process where the file is not there yet."""
    if task.startswith("/") and not Path(task).exists():
        Path(task).touch()
        os._exit(1)
    return task.upper()


def slower_the_sooner(task: str) -> str:
    time.sleep(0.2 if task == "a" else 0)
    return task


def waits_for_its_file(task: str) -> str:
    """A task that is the path of a file ends when the file is there."""
    end = time.monotonic() + 60
    while task.startswith("/") and not Path(task).exists():
        assert time.monotonic() < end, "nothing else was done meanwhile"
        time.sleep(0.01)
    return task


def lost(task: str) -> str:
    return f"lost: {task}"


TASKS = list("abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_outcomes_come_in_the_order_of_the_tasks(jobs: int) -> None:
    assert list(pooled(TASKS, slower_the_sooner, jobs=jobs)) == TASKS


def test_where_order_is_of_no_account_all_others_are_done_while_one_takes_long(tmp_path: Path) -> None:
    long = tmp_path / "others are done"
    outcomes = []
    for outcome in as_done([str(long), *TASKS], waits_for_its_file, jobs=2):
        outcomes.append(outcome)
        if len(outcomes) == len(TASKS):
            long.touch()
    assert sorted(outcomes[:-1]) == TASKS
    assert outcomes[-1] == str(long)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("tasks", [[], ["a"], ["a", "bcd"]])
def test_however_few_tasks_there_are_each_is_done_and_counted_by_its_documents(jobs: int, tasks: list[str]) -> None:
    steps: list[tuple[int, int]] = []
    outcomes = list(pooled(tasks, done, jobs=jobs, progress=lambda *step: steps.append(step)))
    assert outcomes == [task.upper() for task in tasks]
    total = len("".join(tasks))
    assert steps == [(len("".join(tasks[: n + 1])), total) for n in range(len(tasks))]


@pytest.mark.parametrize("places", [[0], [13], [25], [3, 4, 20]])
def test_a_process_that_dies_costs_its_task_only(places: list[int]) -> None:
    tasks = [DIES if number in places else task for number, task in enumerate(TASKS)]
    outcomes = list(pooled(tasks, done, jobs=2, lost=lost))
    assert outcomes == [lost(task) if task == DIES else task.upper() for task in tasks]


def test_a_task_that_died_for_want_of_memory_beside_others_is_done_alone(tmp_path: Path) -> None:
    tasks = [*TASKS[:5], str(tmp_path / "file"), *TASKS[5:]]
    assert list(pooled(tasks, done_at_the_second_time, jobs=2, lost=lost)) == [task.upper() for task in tasks]


def test_without_a_word_for_what_is_lost_the_error_is_raised() -> None:
    with pytest.raises(BrokenProcessPool):
        list(pooled([*TASKS, DIES], done, jobs=2))


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_task_raises_is_raised_here(jobs: int) -> None:
    with pytest.raises(ValueError, match=RAISES):
        list(pooled(["a", RAISES, "b"], done, jobs=jobs, lost=lost))


class Watched(Sequence[str]):
    """Many tasks, which count how many of them were taken."""

    def __init__(self) -> None:
        self.taken = 0

    def __len__(self) -> int:
        return 1_000

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        return "a"

    def __iter__(self) -> Iterator[str]:
        for _ in range(len(self)):
            self.taken += 1
            yield "a"


def test_only_a_few_tasks_are_under_way_at_once() -> None:
    tasks = Watched()
    outcomes = pooled(tasks, done, jobs=2)
    for _ in range(3):
        next(outcomes)
    # All are counted once, to know how many documents there are.
    assert tasks.taken - len(tasks) < 30
    outcomes.close()  # type: ignore[attr-defined]


def test_ctrl_c_where_outcomes_are_used_ends_the_processes(tmp_path: Path) -> None:
    def interrupted() -> None:
        for outcome in pooled(TASKS, process_number, jobs=2):
            seen.append(int(outcome))
            if len(seen) == 4:
                raise KeyboardInterrupt

    seen: list[int] = []
    with pytest.raises(KeyboardInterrupt) as caught:
        interrupted()
    del caught
    assert not [number for number in seen if alive(number)]


def process_number(task: str) -> str:
    return str(os.getpid())


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True
