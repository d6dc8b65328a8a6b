"""Where a person's command or press may be answered without being in the channel: five times, for half an hour."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from adapters.slack.incoming import Json, channel_of, part_of

SECONDS = 30 * 60.0
USES = 5
MOST = 1000


@dataclass
class _Kept:
    url: str
    until: float
    left: int = USES


class ResponseUrls:
    """Kept in memory only: after a restart, or in another process, the answer goes the usual way or not at all."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str], _Kept] = OrderedDict()

    def remember(self, payload: Json) -> None:
        """By channel, and for messages that only one person sees also by the message, which calls can't change."""
        url = payload.get("response_url")
        channel, container = channel_of(payload), part_of(payload, "container")
        if not isinstance(url, str) or not channel:
            return
        self._keep((channel, ""), url)
        if container.get("is_ephemeral"):
            self._keep((channel, str(container.get("message_ts"))), url)

    def take(self, channel: str, message: str = "") -> str:
        """A url that still works, one use of it spent; empty when there is none."""
        kept = self._kept.get((channel, message))
        if kept is None or kept.left <= 0 or kept.until < self._clock():
            return ""
        kept.left -= 1
        return kept.url

    def _keep(self, key: tuple[str, str], url: str) -> None:
        self._kept.pop(key, None)
        self._kept[key] = _Kept(url, self._clock() + SECONDS)
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
