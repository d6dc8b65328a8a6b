"""The secret addresses of calendars, asked for before a firm is known."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from store.models import Feed
from store.statements import Statement
from store.work import Work, columns

_FEED = Statement(lambda: select(*columns(Feed)).where(Feed.table().c.digest == bindparam("digest")), wide=True)


def feed_of(work: Work, digest: str) -> Feed | None:
    """Whose calendar that is."""
    return work.one(Feed, _FEED, digest=digest)
