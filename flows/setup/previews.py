"""What a link to one of our own pages shows in a chat that draws previews: who asks is known, who reads along too."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.core.messages import Linked, Reply
from bot.core.text import Text, bold, lines
from bot.core.text import gettext as _
from flows.router import MEMBERS, heard
from flows.setup.entrance import page_address
from flows.turn import Turn

Preview = Callable[[Turn], Text]


@heard("linked", for_=MEMBERS)
def linked(turn: Turn, link: Linked) -> Reply | None:
    """Nothing for other sites, for pages that we don't know, and in a room with somebody from outside."""
    ours = page_address(turn.work)
    if not ours or turn.here().outsider or not f"{link.url}/".startswith(f"{ours}/"):
        return None
    page = link.url.removeprefix(ours).partition("?")[0].strip("/").partition("/")[0]
    shown = PREVIEWS.get(page)
    return Reply(shown(turn), to=link.preview) if shown else None


def _pages(turn: Turn) -> Text:
    return lines(bold(turn.workspace.name), _("Log, ask and see your day in the browser."))


def _personal(turn: Turn) -> Text:
    return lines(
        bold(_("A personal link")), _("It works once, and whoever opens it first comes in: better not in a room.")
    )


PREVIEWS: Mapping[str, Preview] = {"": _pages, "chat": _pages, "enter": _personal, "c": _personal}
"""First word of a page's path → what may be said of it."""
