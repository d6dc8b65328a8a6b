"""How bots look in chat: the list, one of them, and what became of a token."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines
from bot.core.text import gettext as _
from flows.accounts.rules import PLATFORMS
from store.models import Account

_STATES: Mapping[str, Text] = {
    "active": _("works"),
    "off": _("is switched off"),
    "checking": _("is being looked at"),
    "refused": _("stands still: its token is refused"),
}
_SIDES: Mapping[str, Text] = {
    "member": _("for our people"),
    "customer": _("for customers"),
    "both": _("for our people and customers"),
}


def which() -> Reply:
    """Nothing, or not enough, was said."""
    return Reply(
        _("Which bot do you want to connect?"),
        (
            Option(_("Telegram for our people"), "connect:telegram:member", wide=True),
            Option(_("Telegram for customers"), "connect:telegram:customer", wide=True),
            Option(_("Slack"), "connect:slack:both", wide=True),
        ),
    )


def ask(platform: str, step: str) -> Reply:
    """The question for a secret."""
    asked = {
        ("telegram", "bot"): _(
            "Write {newbot} to @BotFather on Telegram and send me the token that it gives you. It looks like {example}",
            newbot=code("/newbot"),
            example=code("123456789:AAF…"),
        ),
        ("slack", "bot"): _(
            "Install your Slack app and send me its bot token ({place}). It looks like {example}",
            place="OAuth & Permissions",
            example=code("xoxb-…"),
        ),
        ("slack", "door"): _(
            "Now its signing secret ({place}); or, for Socket Mode, an app-level token like {example}",
            place="Basic Information",
            example=code("xapp-…"),
        ),
    }
    promise = _("I take your message away at once and keep the token sealed.")
    return Reply(lines(asked[platform, step], promise), (Option(_("Cancel"), "cancel"),))


def install(link: str) -> Reply:
    """The short way, by a link; the long one stays for an app of their own."""
    return Reply(
        lines(
            _("Add Rapport to your Slack workspace: open the link and say yes there."),
            _("It works once and for half an hour."),
        ),
        (
            Option(_("Add to Slack"), url=link, style="primary"),
            Option(_("With an app of our own"), "connect-own:slack"),
        ),
    )


def installed(row: Account) -> Reply:
    """The app was let in."""
    own, others = code("/link"), _COLLEAGUE
    told = _(
        "To be known there, say {link} here and write it the code; your people come in with {invitation}",
        link=own,
        invitation=others,
    )
    return Reply(lines(_("{bot} is connected.", bot=name(row)), told), (_see(row),))


def taken_away(row: Account) -> tuple[Text, tuple[Option, ...]]:
    """Somebody removed it at the platform."""
    said = lines(
        _("{bot} was removed from its workspace: it neither hears nor speaks there.", bot=name(row)),
        _("All that was said stays. To bring it back: {example}", example=code("/connect slack")),
    )
    return said, (Option(_("Bring it back"), "connect:slack:both"),)


def no_token(platform: str, step: str) -> Reply:
    """What was sent has no secret in it."""
    question = ask(platform, step)
    return Reply(lines(_("I see no token in that."), question.text), question.options)


def looking(platform: str) -> Text:
    """The token is on its way."""
    return lines(
        _("I'm asking {platform} about this token and tell you in a moment.", platform=PLATFORMS[platform]),
        _("If you still see your message with the token, please delete it."),
    )


def connected(row: Account, *, new: bool) -> Reply:
    """Good news."""
    if not new:
        return Reply(_("{bot} has its new token and goes on.", bot=name(row)))
    if row.platform == "slack":
        path = code(f"/hooks/slack/{row.name}")
        there = _(
            "Without Socket Mode, give your Slack app this path at our address for all requests: {path}", path=path
        )
        return Reply(lines(_("{bot} is connected.", bot=name(row)), there), (_see(row),))
    link = Option(_("Open it"), url=f"https://t.me/{row.handle}") if row.handle else None
    said = (
        _("{bot} is connected: whoever writes to it comes to us as a customer.", bot=name(row))
        if row.side == "customer"
        else _(
            "{bot} is connected: your people come in with an invitation. {example}", bot=name(row), example=_COLLEAGUE
        )
    )
    return Reply(said, tuple(option for option in (link, _see(row)) if option))


_COLLEAGUE = code("/colleague rep")


def token_refused(row: Account) -> Reply:
    """The platform does not know the token."""
    said = _("{platform} does not know this token: please copy it again.", platform=PLATFORMS[row.platform])
    return Reply(said, (_again(row),))


def served_already(handle: str) -> Reply:
    """One bot can't serve two accounts."""
    return Reply(_("{bot} is connected to this service already: please make another bot.", bot=_handle(handle)))


def another_bot(row: Account, handle: str) -> Reply:
    """A new token must be the same bot's: people's chats belong to it."""
    return Reply(
        _(
            "That token is of {other}, not of {bot}. To add another bot: {example}",
            other=_handle(handle),
            bot=name(row),
            example=code("/connect"),
        )
    )


def unreachable(row: Account) -> Reply:
    """It is tried on."""
    return Reply(_("{platform} can't be reached just now: I keep trying.", platform=PLATFORMS[row.platform]))


def stopped(row: Account) -> tuple[Text, tuple[Option, ...]]:
    """A token that worked is refused."""
    said = lines(
        _(
            "{platform} refuses the token of {bot}: it neither hears nor speaks.",
            platform=_platform(row),
            bot=name(row),
        ),
        _("What waits there is kept for a day.") if row.token else _("Its token is set where the service runs."),
    )
    return said, (_again(row),) if row.token else ()


def listed(rows: Sequence[Account]) -> Reply:
    """Every bot in a line, and a button for each that is the owner's to change."""
    told = (
        lines(*(_line(row) for row in rows)) if rows else _("No bot is connected yet, so everybody talks on the pages.")
    )
    own = [Option(Text((_plain(row),)), f"account:{row.id}", wide=True) for row in rows if row.token or row.offered]
    connect = Option(_("Connect a bot"), "connect::", style="primary", wide=True)
    return Reply(lines(bold(_("Bots")), told), (*own, connect))


def _line(row: Account) -> Text:
    said = _("{bot}, {side}, {state}.", bot=name(row), side=_SIDES[row.side], state=_STATES.get(row.state, row.state))
    return said if row.token or row.offered else said + " " + _("(set where the service runs)")


def one(row: Account, *, here: bool = False) -> Reply:
    """One bot with what can be done to it; not through itself, or nobody would hear the answer."""
    if here:
        said = _("You are talking through this bot: to change it, write me on another one or on the pages.")
        return Reply(lines(_line(row), said), (_all(),))
    switch = (
        Option(_("Switch on"), f"account-on:{row.id}")
        if row.state == "off"
        else Option(_("Switch off"), f"account-off:{row.id}")
    )
    options = (
        *((switch,) if row.token else ()),
        _again(row),
        Option(_("Remove"), f"account-gone:{row.id}", style="danger"),
    )
    return Reply(_line(row), (*options, _all()))


def sure(row: Account) -> Reply:
    """Before a bot is taken away."""
    return Reply(
        lines(
            _("Remove {bot}? It falls silent at once and I forget its token; all that was said stays.", bot=name(row)),
        ),
        (
            Option(_("Yes, remove it"), f"account-gone:{row.id}:yes", style="danger"),
            Option(_("Keep it"), f"account:{row.id}"),
        ),
    )


def gone(row: Account) -> Reply:
    """It is away; where its token can be made worthless too."""
    end = (
        _("Send {revoke} to @BotFather, so that the old token is worth nothing anywhere.", revoke=code("/revoke"))
        if row.platform == "telegram"
        else _("Remove the app in Slack too, so that its token is worth nothing anywhere.")
    )
    return Reply(lines(_("{bot} is removed.", bot=name(row)), end), (_all(),))


def name(row: Account) -> Text:
    """What people call the bot."""
    return Text((_plain(row),))


def _plain(row: Account) -> str:
    platform = PLATFORMS.get(row.platform, row.platform.capitalize())
    return f"{platform} @{row.handle}" if row.handle else platform


def _platform(row: Account) -> str:
    return PLATFORMS.get(row.platform, row.platform)


def _handle(handle: str) -> str:
    return f"@{handle}"


def _again(row: Account) -> Option:
    return Option(_("New token"), f"account-token:{row.id}")


def _see(row: Account) -> Option:
    return Option(_("Show it"), f"account:{row.id}")


def _all() -> Option:
    return Option(_("All bots"), "accounts")
