"""What the firm knows: live articles, questions without an answer, what was offered and how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from store.alone import alone
from store.models import Article, Gap
from store.statements import Statement
from store.types import word
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

NEWEST = 200
"""Questions without an answer that are looked at; older ones wait until these are done."""
_A, _G = Article.table(), Gap.table()
_LIVE = Statement(
    lambda: (
        select(*columns(Article))
        .where(_A.c.workspace == bindparam("workspace"), _A.c.state == word("live"))
        .order_by(_A.c.number)
    )
)
_LAST = Statement(lambda: select(func.max(_A.c.number)).where(_A.c.workspace == bindparam("workspace")))
_GAPS = Statement(
    lambda: (
        select(*columns(Gap))
        .where(_G.c.workspace == bindparam("workspace"), _G.c.state == word("open"))
        .order_by(_G.c.id.desc())
        .limit(NEWEST)
    )
)


class Knowledge:
    """Asks what is written down, and what is not."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def live(self, *kinds: str) -> list[Article]:
        """The articles in use, of these kinds (all without any), by number."""
        return [article for article in self._work.all(Article, _LIVE) if not kinds or article.kind in kinds]

    def numbered(self, number: int) -> Article | None:
        """The article that people call so."""
        return self._work.first(Article, number=number)

    def next_number(self) -> int:
        """The firm's next number; nobody else takes one until this transaction ends."""
        alone(self._work, f"article:{self._work.workspace}")
        return int(self._work.value(_LAST) or 0) + 1

    def gaps(self) -> list[Gap]:
        """Questions without an answer, the newest first."""
        return self._work.all(Gap, _GAPS)
