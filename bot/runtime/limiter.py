"""How fast an account may send: GCRA for the account, each chat and each room, and pauses that a platform asked for.

One process owns an account (`leases.py`), so this lives in memory and is exact. Times are seconds on a clock that
never jumps. A campaign may use the whole rate of an account: who waits for an answer passes it in the outbox, and waits
no longer than for the few messages that are on their way.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf

from bot.core.capabilities import Capabilities

LATE = 4
"""Messages of an account that may be made up for when we were late; no window holds more because of it."""
BURST = 3
"""Messages a chat may get at once before its rate counts; platforms tolerate short bursts."""
SLOWER, FASTER = 0.8, 0.01
"""After a refusal the rate is cut to 80 %, and a hundredth comes back every minute."""
SAME_CAUSE = 1.0
"""Refusals within so many seconds answer requests that were on their way together: they cut the rate once."""
SLOWEST = 0.1
MANY = 10_000
STEADY = 100
"""Answers in a row that tell how long one takes."""
AHEAD = 0.1
"""Seconds that a steady answer saves, at most: a tenth of the rate, should the way suddenly become a shorter one."""


@dataclass(slots=True)
class Bucket:
    """Generic cell rate algorithm: `interval` seconds a message, `burst` messages at once."""

    interval: float
    burst: int = 1
    due: float = 0.0

    def ready_at(self) -> float:
        """When the next message fits."""
        return self.due - (self.burst - 1) * self.interval

    def take(self, now: float, share: float = 1.0) -> None:
        """Counts a message that is sent now, at this share of the rate."""
        self.due = max(self.due, now) + self.interval / share

    def empty(self, now: float) -> Bucket:
        """As it is right after a whole burst."""
        self.due = now + self.burst * self.interval
        return self


class Window:
    """The last second of an account, as its platform sees it: no such second holds more messages than the rate.

    A message is counted there at some moment between its leaving and its answer, so it stays in the window until its
    answer is a second old, whatever the network, the platform or we ourselves were late with. While no answer is much
    quicker than most, the next message needs that time too and may leave so much sooner.
    """

    def __init__(self, rate: float) -> None:
        self._count = max(1, int(rate))
        self._span = self._count / rate
        self._on_the_way = 0
        self._answered = deque[float](maxlen=self._count)
        self._took = deque[float](maxlen=STEADY)
        self._ahead = 0.0

    def ready_at(self, factor: float) -> float:
        """When the next message fits; endless while only an answer can make room."""
        over = self._on_the_way + len(self._answered) - self._count
        if over < 0:
            return -inf
        return self._answered[over] + self._span / factor - self._ahead if over < len(self._answered) else inf

    def take(self) -> None:
        self._on_the_way += 1

    def answered(self, now: float, took: float) -> None:
        self._on_the_way -= 1
        self._answered.append(now)
        self._took.append(took)
        if len(self._took) == STEADY:
            lately = sorted(self._took)
            self._ahead = min(AHEAD, max(0.0, lately[0] - (lately[STEADY // 2] - lately[0])))


@dataclass(slots=True)
class Limiter:
    """The limits of one account."""

    capabilities: Capabilities
    now: Callable[[], float] = time.monotonic
    factor: float = 1.0
    _account: Bucket = field(init=False)
    _window: Window | None = field(init=False)
    _chats: dict[str, list[Bucket]] = field(default_factory=dict)
    _paused: dict[str, float] = field(default_factory=dict)
    _all_paused: float = 0.0
    _cut_at: float = -inf
    _late_from: float = -inf

    def __post_init__(self) -> None:
        rate = self.capabilities.rate
        self._account = Bucket(1 / rate, 1 + min(LATE, int(rate) // 2)) if rate else Bucket(0.0)
        self._account.due = self.now() + (self._account.burst - 1) * self._account.interval
        self._window = Window(rate) if rate else None

    def start_late(self) -> None:
        """A new owner can't know what the last one just sent, or what of it is still on its way.

        It waits until that is a second old, and counts every burst as used.
        """
        self._late_from = self.now() + self.capabilities.latency
        self._account.empty(self._late_from + 1.0)

    def ready_in(self, chat: str, *, room: bool) -> float:
        """Seconds until a message to this chat may leave; 0 for now."""
        window = self._window.ready_at(self.factor) if self._window else -inf
        at = max(self._all_paused, self._account.ready_at(), window, self._chat_ready(chat, room=room))
        return max(0.0, at - self.now())

    def take(self, chat: str, *, room: bool) -> float:
        """Counts a message that leaves now; `answered` has to follow, with the moment that this returns."""
        now = self.now()
        self._recover(now)
        self._account.take(now, self.factor)
        if self._window:
            self._window.take()
        for bucket in self._buckets(chat, room=room):
            bucket.take(now)
        return now

    def answered(self, left: float) -> None:
        """The message that left then is on its way no more: it was answered, or nobody waits for its answer."""
        if self._window:
            self._window.answered(now := self.now(), now - left)

    def resting(self) -> list[str]:
        """Chats that may get nothing now, so that they take no place from others."""
        now = self.now()
        self._forget(now)
        return [*(chat for chat, at in self._ready_times() if at > now), *self._paused]

    def paused_for(self) -> float:
        """Seconds for which the whole account may send nothing."""
        return max(0.0, self._all_paused - self.now())

    def next_ready(self) -> float:
        """Seconds until one of the resting chats may get something; a long time when none rests."""
        now = self.now()
        times = [*(at for _chat, at in self._ready_times()), *self._paused.values()]
        return min((at - now for at in times if at > now), default=60.0)

    def pause(self, chat: str, seconds: float) -> None:
        """Nothing to this chat, or with an empty one to nobody, before so many seconds are over."""
        until = self.now() + seconds
        if chat:
            self._paused[chat] = max(self._paused.get(chat, 0.0), until)
        else:
            self._all_paused = max(self._all_paused, until)

    def refused(self, chat: str, seconds: float, *, whole_account: bool) -> bool:
        """The platform asked for a pause: none of it is cut short, and the rate is lower after it.

        True when the whole account pauses: also when a second chat is refused during the first one's pause, because
        some platforms (Telegram) never say that a limit is the account's.
        """
        now = self.now()
        whole_account = whole_account or any(at > now for other, at in self._paused.items() if other != chat)
        self.pause("" if whole_account else chat, seconds)
        if now - self._cut_at >= SAME_CAUSE:
            self.factor = max(SLOWEST, self.factor * SLOWER)
            self._cut_at = now
        return whole_account

    def _recover(self, now: float) -> None:
        if self.factor < 1.0 and (minutes := (now - self._cut_at) // 60) > 0:
            self.factor = min(1.0, self.factor + FASTER * minutes)
            self._cut_at += 60 * minutes

    def _ready_times(self) -> list[tuple[str, float]]:
        return [(chat, max(b.ready_at() for b in buckets)) for chat, buckets in self._chats.items() if buckets]

    def _chat_ready(self, chat: str, *, room: bool) -> float:
        found = [bucket.ready_at() for bucket in self._buckets(chat, room=room)]
        return max([*found, self._paused.get(chat, 0.0)])

    def _buckets(self, chat: str, *, room: bool) -> list[Bucket]:
        if chat not in self._chats:
            self._chats[chat] = [bucket.empty(self._late_from) for bucket in self._fresh(room=room)]
        return self._chats[chat]

    def _fresh(self, *, room: bool) -> list[Bucket]:
        can, buckets = self.capabilities, []
        if can.chat_rate:
            buckets.append(Bucket(1 / can.chat_rate, BURST))
        if room and can.room_rate:
            buckets.append(_a_minute(can.room_rate))
        return buckets

    def _forget(self, now: float) -> None:
        if len(self._chats) > MANY:
            self._chats = {chat: kept for chat, kept in self._chats.items() if any(b.due > now for b in kept)}
        self._paused = {chat: until for chat, until in self._paused.items() if until > now}


def _a_minute(rate: float) -> Bucket:
    """At most `rate` in any minute, its burst included."""
    return Bucket(60 / (rate - BURST + 1), BURST) if rate > BURST else Bucket(60 / rate)
