"""A secret that somebody is shown once: it travels sealed, and only who sends it can open it."""

from __future__ import annotations

from bot.core.errors import NotAllowed
from bot.core.text import Text, sealed
from bot.core.text import gettext as _
from flows.turn import Turn
from store.sealing import seal


def public_key(turn: Turn) -> str:
    """With which this service seals; raises NotAllowed where it has none yet."""
    public = str(turn.workspace.settings.get("seal", ""))
    if not public:
        raise NotAllowed(_("This service can't keep secrets yet: please have it restarted, then try again."))
    return public


def shown_once(turn: Turn, secret: str) -> Text:
    """Something to copy; sealed for nothing but being shown to this firm, so it is worth nothing in another row."""
    subject = f"shown:{turn.workspace.id}"
    return sealed(seal(public_key(turn), secret, subject=subject), subject)
