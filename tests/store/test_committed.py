"""Waiting in a loop for what other threads commit."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future

import pytest

from store.committed import committed, together


async def test_what_was_written_comes_back_from_another_thread() -> None:
    future: Future[int] = Future()
    threading.Timer(0.01, future.set_result, [7]).start()
    assert await committed(future) == 7


async def test_what_went_wrong_is_raised_where_it_was_waited_for() -> None:
    future: Future[int] = Future()
    threading.Timer(0.01, future.set_exception, [ValueError("no")]).start()
    with pytest.raises(ValueError, match="no"):
        await committed(future)


async def test_what_had_ended_before_is_there_at_once() -> None:
    future: Future[int] = Future()
    future.set_result(7)
    assert await asyncio.wait_for(committed(future), 1) == 7


async def test_who_stops_waiting_takes_back_what_was_not_begun() -> None:
    waiting, begun = Future[int](), Future[int]()
    begun.set_running_or_notify_cancel()
    tasks = [asyncio.create_task(committed(future)) for future in (waiting, begun)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert (waiting.cancelled(), begun.cancelled()) == (True, False)
    begun.set_result(1)
    await asyncio.sleep(0.01)


async def test_a_write_that_is_taken_back_ends_the_waiting() -> None:
    future: Future[int] = Future()
    threading.Timer(0.01, future.cancel).start()
    with pytest.raises(asyncio.CancelledError):
        await committed(future)


async def test_a_group_wakes_its_loop_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loop, woken = asyncio.get_running_loop(), list[object]()
    wake = loop.call_soon_threadsafe

    def counted(callback: Callable[..., object], *rest: object) -> object:
        woken.append(callback)
        return wake(callback, *rest)

    monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
    futures = [Future[int]() for _ in range(20)]
    all_of_them = asyncio.gather(*map(committed, futures))
    await asyncio.sleep(0)

    def end() -> None:
        with together():
            for number, future in enumerate(futures):
                future.set_result(number)

    thread = threading.Thread(target=end)
    thread.start()
    assert await asyncio.wait_for(all_of_them, 5) == list(range(20))
    thread.join()
    assert len(woken) == 1


def test_a_loop_that_is_closed_takes_nobody_along() -> None:
    future: Future[int] = Future()

    async def leave() -> None:
        task = asyncio.create_task(committed(future))
        await asyncio.sleep(0)
        assert not task.done()

    future.set_running_or_notify_cancel()
    asyncio.run(leave())
    with together():
        future.set_result(1)
