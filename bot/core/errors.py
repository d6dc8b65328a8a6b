"""Every error of ours, as one tree.

Problem                         what a person can mend: its text is shown to them
├── BadInput                    an argument, a cell or a setting that can't be read
├── NotAllowed                  this person may not do this
├── NotFound                    there is no such thing (also: it belongs to somebody else's workspace)
└── TooLate                     the thing was decided, closed or changed meanwhile
DeliveryError                   why an adapter could not send; the sender knows what each one means
├── TryLater                    surely not accepted: again after `seconds`, for this chat or the whole account
├── Unsure                      perhaps accepted: the connection broke after the request was out
├── NeverDeliverable            this message can never reach this address
├── Moved                       the conversation lives at another address now
├── Unreachable                 from here the platform can't be reached at all: another machine may try
└── WrongCredentials            the platform does not know us (any more)
StoreError
├── Changed                     somebody else changed the row first: the turn is run again
├── Busy                        too much is waiting: come again
└── Closed                      the database is shutting down
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.messages import Address
    from bot.core.text import Text


class Problem(Exception):
    """What a person can mend; `text` says what happened, what to do, and gives an example."""

    def __init__(self, text: Text) -> None:
        super().__init__(type(self).__name__)
        self.text = text


class BadInput(Problem):
    """An argument, a cell or a setting that can't be read."""


class NotAllowed(Problem):
    """This person may not do this."""


class NotFound(Problem):
    """There is no such thing, or it belongs to another workspace: the two are told apart by nobody."""


class TooLate(Problem):
    """The thing was decided, closed or changed meanwhile."""


class DeliveryError(Exception):
    """Why an adapter could not send."""


LONGEST = 24 * 3600.0
"""Seconds for which a platform's word to wait is believed; what it says may be no number at all."""


class TryLater(DeliveryError):
    """Surely not accepted; `whole_account` when the platform limits the bot and not just this chat."""

    def __init__(self, seconds: float = 1.0, *, whole_account: bool = False, limited: bool = False) -> None:
        super().__init__(f"try again in {seconds:g} s")
        self.seconds = min(max(0.0, seconds), LONGEST)
        self.whole_account = whole_account
        self.limited = limited
        """True when the platform asked for the pause: the attempt does not count."""


class Unsure(DeliveryError):
    """Perhaps accepted: only `Reply.if_unsure` can tell whether to send it again."""


class NeverDeliverable(DeliveryError):
    """This message can never be delivered; `unreachable` when nothing else would reach that chat either."""

    def __init__(self, reason: str, *, unreachable: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.unreachable = unreachable


class Moved(DeliveryError):
    """The conversation lives at another address now (a Telegram group became a supergroup)."""

    def __init__(self, address: Address) -> None:
        super().__init__(f"moved to {address.key}")
        self.address = address


class Unreachable(DeliveryError):
    """For some time nothing has come from the platform, not even a refusal; raised by `listen`."""


class WrongCredentials(DeliveryError):
    """The platform refuses our token: the account pauses until it has a new one."""


class StoreError(Exception):
    """The store could not do it."""


class Changed(StoreError):
    """Somebody else changed the row first; the turn is run again from the start."""


class Busy(StoreError):
    """Too much is waiting to be written; nothing was kept, so whoever asked comes again."""


class Closed(StoreError):
    """The database is shutting down."""
