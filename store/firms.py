"""What is asked before a workspace is known: which firms there are, and whose a bot account is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select, update

from store.models import Account, Workspace
from store.statements import Statement
from store.types import Json
from store.work import Work, columns

_FIRMS = Statement(lambda: select(*columns(Workspace)).order_by(Workspace.table().c.id), wide=True)
_ACCOUNT = Statement(
    lambda: select(*columns(Account)).where(
        Account.table().c.platform == bindparam("platform"), Account.table().c.name == bindparam("name")
    ),
    wide=True,
)
_SETTINGS = Statement(
    lambda: (
        update(Workspace.table())
        .where(Workspace.table().c.id == bindparam("workspace"))
        .values(settings=bindparam("new_settings", type_=Json()))
    )
)


PAUSED = "paused"
"""In the settings of a firm that rests: the bots that are switched on when it is resumed."""
MOVED = "moved"
"""In the settings of a firm that came from elsewhere and was not resumed yet: how many rows it had there."""
ARRIVING = "arriving"
"""In the settings of a firm that is being taken in: when it last went on."""


def firms(work: Work) -> list[Workspace]:
    """Every firm here, the oldest first."""
    return [firm for firm in every_firm(work) if not firm.settings.get(ARRIVING)]


def every_firm(work: Work) -> list[Workspace]:
    """Also those that are only arriving."""
    return work.all(Workspace, _FIRMS)


def account(work: Work, platform: str, name: str) -> Account | None:
    """The bot account, whosever it is."""
    return work.one(Account, _ACCOUNT, platform=platform, name=name)


def set_settings(work: Work, firm: Workspace, **values: Any) -> None:
    """Sets these of the firm's settings and leaves the others; None takes one away."""
    settings = {name: value for name, value in {**firm.settings, **values}.items() if value is not None}
    if settings != firm.settings:
        work.run(_SETTINGS, workspace=firm.id, new_settings=settings)
        firm.settings = settings
