"""What activities are called."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.text import Text, text
from bot.core.text import gettext as _

KINDS: Mapping[str, Text] = {
    "call": _("call"),
    "meeting": _("meeting"),
    "visit": _("visit"),
    "email": _("e-mail"),
    "message": _("message"),
    "demo": _("demo"),
    "note": _("note"),
    "request": _("request"),
}
"""Every kind of activity, with its name."""


def kind_name(kind: str) -> Text:
    """The kind as a person says it."""
    return KINDS.get(kind) or text(kind)


DELETED = "deleted"
"""The result of a message that its writer took back; its words stay in the file, marked."""
