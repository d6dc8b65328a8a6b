"""A link to the pages, asked for in chat: there is no password."""

from __future__ import annotations

from bot.core.messages import Option, Reply
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.router import MEMBERS, command
from flows.setup.actions import PAGE_LIFETIME
from flows.setup.entrance import page_link
from flows.turn import Turn


@command(
    "web",
    help=_("A link to your chats in the browser"),
    example=_("/web"),
    for_=MEMBERS,
    words=("page link", "web link", "网页链接", "网页"),
    rooms=False,
)
def web(turn: Turn) -> Reply | Text:
    link = page_link(turn.work, turn.me())
    if not link:
        return _("Nobody serves the pages just now.")
    minutes = int(PAGE_LIFETIME.total_seconds() // 60)
    return Reply(
        _("This opens your chats in a browser, once and within {n} minutes. Keep it to yourself.", n=minutes),
        (Option(_("Open my chats"), url=link, wide=True),),
    )
