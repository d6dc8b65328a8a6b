"""The nightly clearing of the folder of files: contents that no row of any firm names, a day after they came."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime, timedelta
from itertools import islice

from bot.files import Shelf
from store import leases
from store.engine import Database
from store.naming import named

logger = logging.getLogger(__name__)

GRACE = 86400.0
"""Seconds that a content is left alone after somebody has brought it: its row may still be on its way."""
NAME = "clearing"
HOLD = timedelta(hours=1)
"""Whoever died at it is not waited for longer than this."""
NIGHT = 3
"""The hour of this machine's clock from which on a night's clearing may begin."""
BATCH = 2000
"""Files for which the rows are read once."""


def clear_nightly(database: Database, shelf: Shelf) -> int | None:
    """Of all processes on a database one clears a night; returns how many files went, None when it is not its turn."""
    owner = secrets.token_urlsafe(9)
    held = database.write(lambda work: leases.take(work, NAME, owner, hold=HOLD)).result()
    if held is None:
        return None
    count = clear(database, shelf)
    rest = _next_night(datetime.now().astimezone())
    database.write(lambda work: leases.renew(work, held, hold=rest)).result()
    return count


def clear(database: Database, shelf: Shelf, grace: float = GRACE) -> int:
    """Looks and removes in small parts, so that what is cut short anywhere goes on the next time."""
    _settle(database, shelf, grace)
    count = 0
    found = shelf.hashes(older=grace)
    while hashes := list(islice(found, BATCH)):
        with database.read() as work:
            kept = named(work, hashes)
        for hash in set(hashes) - kept:
            count += shelf.clear(hash, grace)
    if count:
        logger.info("files cleared", extra={"action": "files_cleared", "count": count})
    return count


def _settle(database: Database, shelf: Shelf, grace: float) -> None:
    """What a process that died has left half done."""
    leavings = list(shelf.leavings(grace))
    with database.read() as work:
        kept = named(work, {hash for _place, hash in leavings if hash})
    for place, hash in leavings:
        shelf.settle(place, hash, wanted=hash in kept, older=grace)


def _next_night(now: datetime) -> timedelta:
    """Until the hour at which the next clearing begins."""
    night = now.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    return (night if now < night else night + timedelta(days=1)) - now
