"""How keeping looks in chat: what is kept how long, what a shorter time would take, what went in the night."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, join, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.keeping.rules import CHOICES, FOREVER, KINDS

CARD = "keep"
NAMES: Mapping[str, Text] = {
    "messages": _("messages"),
    "notes": _("notes of calls and visits"),
    "voice": _("voice notes"),
    "files": _("files and pictures"),
    "answers": _("free text of surveys"),
    "sheets": _("imported sheets"),
    "undo": _("what can be undone"),
}
EXAMPLE = _("keep voice notes for 90 days")
COUNTED: Mapping[str, Callable[[int], Text]] = {
    "messages": lambda n: ngettext("{n} message", "{n} messages", n),
    "notes": lambda n: ngettext("{n} note of a contact", "{n} notes of contacts", n),
    "voice": lambda n: ngettext("{n} voice note", "{n} voice notes", n),
    "files": lambda n: ngettext("{n} file", "{n} files", n),
    "answers": lambda n: ngettext("{n} answer in words", "{n} answers in words", n),
    "sheets": lambda n: ngettext("{n} imported sheet", "{n} imported sheets", n),
    "undo": lambda n: ngettext("{n} act that could be undone", "{n} acts that could be undone", n),
}


def span(days: int) -> Text:
    """How long, in the largest whole unit."""
    if days == FOREVER:
        return _("for ever")
    if days % 365 == 0:
        return ngettext("{n} year", "{n} years", days // 365)
    return ngettext("{n} day", "{n} days", days)


def overview(kept: Mapping[str, int], machinery: int) -> Reply:
    """Everything on one card; a tap on a kind changes it."""
    body = lines(
        bold(_("How long things are kept")),
        *(text("• ", NAMES[kind], ": ", bold(span(kept.get(kind, FOREVER)))) for kind in KINDS),
        _("Always: raw updates and sent messages of the service {span}, what could not be handled until you look.",
          span=span(machinery)),
        _("What open tickets, promises, reminders and surveys need stays. Customers stay until you erase one."),
        None if kept else _("Example: {example}", example=code(EXAMPLE)),
    )  # fmt: skip
    return Reply(body, tuple(Option(NAMES[kind], f"keep-kind:{kind}") for kind in KINDS), card=CARD)


def choose(kind: str, now: int) -> Reply:
    """How long one kind shall be kept."""
    example = _("/keep {kind} 60 days", kind=NAMES[kind])
    body = lines(
        bold(NAMES[kind]),
        _("Kept now: {span}", span=span(now)),
        _("Or say it: {example}", example=code(example)),
    )
    options = [Option(span(days), f"keep-days:{kind}:{days}") for days in CHOICES if days != now]
    return Reply(body, (*options, Option(_("Back"), "keep")), card=CARD)


def preview(kind: str, days: int, count: int, day: date) -> Reply:
    """Nothing has happened yet."""
    body = lines(
        bold(_("Keep {kind} for {span}?", kind=NAMES[kind], span=span(days))),
        _("Tonight {things} from before {day} would go for good.",
          things=bold(COUNTED[kind](count)), day=moment(day, "day")),
        _("What open tickets, promises, reminders and surveys need stays."),
        _("Undo reaches back no further then.") if kind in ("messages", "notes") else None,
    )  # fmt: skip
    return Reply(
        body,
        (
            Option(_("Yes, from tonight on"), f"keep-yes:{kind}:{days}", style="danger"),
            Option(_("Leave it as it is"), "keep-no"),
        ),
        card=CARD,
    )


def done(kind: str, days: int) -> Reply:
    """What holds from now on."""
    said = (
        _("{kind}: kept for ever.", kind=bold(NAMES[kind]))
        if days == FOREVER
        else _(
            "{kind}: kept for {span}. Each night at three what is older goes.", kind=bold(NAMES[kind]), span=span(days)
        )
    )
    return Reply(said, (Option(_("Undo"), f"undo:{CARD}"), Option(_("All kinds"), "keep")), card=CARD)


def unread() -> Text:
    """The words name no time that can be kept to."""
    return lines(
        _("For how long? From one day to ten years, or for ever."),
        _("Example: {example}", example=code(EXAMPLE)),
    )


def unknown(words: str) -> Text:
    """The words name no kind."""
    return lines(
        _("I don't know what “{words}” is. I know: {kinds}.", words=words[:40], kinds=join(", ", list(NAMES.values()))),
        _("Example: {example}", example=code(EXAMPLE)),
    )


def told(removed: Mapping[str, int]) -> Reply:
    """In the morning, to the owners: counts, never contents."""
    things = join(", ", [COUNTED[kind](removed[kind]) for kind in KINDS if removed.get(kind)])
    body = _("Too old by your rules, and gone for good since tonight: {things}.", things=things)
    return Reply(body, (Option(_("How long things are kept"), "keep"),))
