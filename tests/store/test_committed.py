"""Waiting in a loop for what other threads commit."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from store.committed import committed, together
from store.lanes import Groups, Lanes, Waiting
from store.work import Work


def seven(_: Work) -> int:
    return 7


def fails(_: Work) -> int:
    raise ValueError("no")


def run(waiting: Waiting) -> None:
    if waiting.future.set_running_or_notify_cancel():
        try:
            result = waiting.act(None)
        except ValueError as error:
            waiting.future.set_exception(error)
        else:
            waiting.future.set_result(result)


@contextmanager
def thread_of(queue: Groups, groups: list[int]) -> Iterator[None]:
    """Runs what is put in, group by group."""

    def work() -> None:
        while group := queue.take(64):
            groups.append(len(group))
            with together():
                for waiting in group:
                    run(waiting)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        queue.close()
        thread.join()


async def test_what_was_written_comes_back_from_another_thread() -> None:
    queue = Groups(10)
    with thread_of(queue, []):
        assert await asyncio.wait_for(committed(queue, seven, ""), 5) == 7


async def test_what_went_wrong_is_raised_where_it_was_waited_for() -> None:
    queue = Groups(10)
    with thread_of(queue, []), pytest.raises(ValueError, match="no"):
        await asyncio.wait_for(committed(queue, fails, ""), 5)


async def test_who_stops_waiting_takes_back_what_was_not_begun() -> None:
    queue, ran = Groups(10), list[str]()
    acts: list[Callable[[Work], Any]] = [lambda _: ran.append("begun"), lambda _: ran.append("waiting")]
    tasks = [asyncio.create_task(committed(queue, act, "")) for act in acts]
    await asyncio.sleep(0)
    begun, waiting = queue.take(2)
    assert begun.future.set_running_or_notify_cancel()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert not waiting.future.set_running_or_notify_cancel()
    begun.future.set_result(1)  # nobody waits any more, and nothing is wrong
    await asyncio.sleep(0.01)


async def test_many_wake_the_thread_once_and_a_group_wakes_its_loop_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loop, woken, groups = asyncio.get_running_loop(), list[object](), list[int]()
    wake = loop.call_soon_threadsafe

    def counted(callback: Callable[..., object], *rest: object) -> object:
        woken.append(callback)
        return wake(callback, *rest)

    queue = Groups(100)
    monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
    with thread_of(queue, groups):
        await asyncio.wait_for(asyncio.gather(*(committed(queue, seven, f"{n}:") for n in range(20))), 5)
    assert (groups, len(woken)) == ([20], 1)


async def test_several_threads_each_take_one_of_those_that_were_put_in_together() -> None:
    queue, meet = Lanes(100), threading.Barrier(4)

    def work() -> None:
        while (waiting := queue.take()) is not None:
            run(waiting)
            queue.done(waiting)

    def together_with_others(_: Work) -> int:
        return meet.wait(5)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    found = await asyncio.wait_for(
        asyncio.gather(*(committed(queue, together_with_others, f"lane{n}:") for n in range(4))), 10
    )
    queue.close()
    for thread in threads:
        thread.join()
    assert sorted(found) == [0, 1, 2, 3]


def test_a_loop_that_is_closed_takes_nobody_along() -> None:
    queue = Groups(10)

    async def leave() -> None:
        task = asyncio.create_task(committed(queue, seven, ""))
        await asyncio.sleep(0)
        assert not task.done()
        (waiting,) = queue.take(1)
        assert waiting.future.set_running_or_notify_cancel()
        left.append(waiting)

    left = list[Waiting]()
    asyncio.run(leave())
    with together():
        left[0].future.set_result(1)
