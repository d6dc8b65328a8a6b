"""What an owner says about bots: connect one, list, change or remove them. A token is never kept as it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.accounts import actions, cards, installs, rules
from flows.arguments import Rest
from flows.replies import settled
from flows.router import MEMBERS, NOT_MINE, OWNERS, NotMine, command, dialog, heard, press
from flows.turn import Turn
from store.models import Account

Said_ = Reply | Text | Sequence[Reply | Text]


@command(
    "connect",
    help=_("Connect a bot of your own"),
    example=_("/connect telegram customers"),
    for_=OWNERS,
    words=("连接机器人", "接入机器人"),
    rooms=False,
)
def connect(turn: Turn, words: Rest | None = None) -> Said_:
    text = words or ""
    platform = rules.platform_of(text)
    wanted = rules.wanted("" if platform else text)
    if platform:
        wanted = rules.wanted(" ".join(word for word in text.split() if not rules.platform_of(word)))
        return _take(turn, _begun(wanted.platform or platform, wanted.side), text)
    if wanted.odd and not wanted.platform:
        return Reply(_("I can connect Telegram and Slack so far."), cards.which().options)
    if not wanted.platform or not wanted.side:
        return cards.which()
    return _way(turn, wanted.platform, wanted.side)


@press("connect", for_=OWNERS)
def connect_pressed(turn: Turn, platform: str, side: str) -> Said_:
    """Also for a token that was sent without a word: its side was still to be said."""
    state = _state(turn)
    if state is not None and state["have"] and not state["side"] and side:
        return _go_on(turn, {**state, "side": side})
    if platform not in rules.PLATFORMS or side not in ("member", "customer", "both") or not turn.private:
        return cards.which() if turn.private else _("Please write me that in our private chat.")
    return _way(turn, platform, side)


@press("connect-own", for_=OWNERS)
def connect_own(turn: Turn, platform: str) -> Said_:
    """Not by our app's link, but with an app that the firm made itself."""
    if platform != "slack" or not turn.private:
        return settled()
    return _ask(turn, _begun(platform, rules.SLACK_SIDE))


def _way(turn: Turn, platform: str, side: str) -> Reply:
    """By a link where there is an app of ours to let in, else by tokens."""
    link = installs.link(turn) if platform == "slack" else ""
    return cards.install(link) if link else _ask(turn, _begun(platform, side))


@dialog("connect", for_=OWNERS, wants="text")
def answered(turn: Turn, state: Mapping[str, Any], said: Said) -> Said_ | NotMine:
    """A secret is taken; a sentence that is plainly something else goes on to where it belongs."""
    if rules.secrets_in(str(state["platform"]), said.text):
        return _take(turn, state, said.text)
    if " " in said.text.strip() and len(said.text) > 40:
        return NOT_MINE
    return cards.no_token(str(state["platform"]), rules.missing(str(state["platform"]), tuple(state["have"])))


@heard("first", for_=MEMBERS)
def token_in_passing(turn: Turn, said: Said) -> Said_ | NotMine:
    """A token among what is logged would be readable by everybody for ever, whatever was asked for just now."""
    platform = rules.platform_of(said.text)
    if not platform:
        return NOT_MINE
    if turn.me().role not in OWNERS or not turn.private:
        actions.hide(turn)
        return _(
            "That is a bot's token, so I kept nothing of it. Please delete your message; an owner can connect a bot."
        )
    state = _state(turn)
    if state is None or state["platform"] != platform:
        state = _begun(platform, rules.SLACK_SIDE if platform == "slack" else "")
    return _take(turn, state, said.text)


def _begun(platform: str, side: str, name: str = "") -> dict[str, Any]:
    return {"kind": "connect", "platform": platform, "side": side, "name": name or actions.new_name(), "have": {}}


def _ask(turn: Turn, state: Mapping[str, Any]) -> Reply:
    turn.remember(dict(state))
    return cards.ask(state["platform"], rules.missing(state["platform"], tuple(state["have"])))


def _take(turn: Turn, state: Mapping[str, Any], text: str) -> Said_:
    """Seals what is there before anything else is done with it."""
    found = rules.secrets_in(state["platform"], text)
    have = {**state["have"], **actions.sealed(turn, state["name"], found)}
    actions.hide(turn)
    return _go_on(turn, {**state, "have": have})


def _go_on(turn: Turn, state: Mapping[str, Any]) -> Said_:
    platform, have = state["platform"], state["have"]
    if not state["side"]:
        turn.remember(dict(state))
        choices = (
            Option(_("For our people"), f"connect:{platform}:member"),
            Option(_("For customers"), f"connect:{platform}:customer"),
        )
        return Reply(
            _("A bot's token: I sealed it. Whom shall the bot talk to?"), (*choices, Option(_("Cancel"), "cancel"))
        )
    if rules.missing(platform, tuple(have)):
        return _ask(turn, state)
    turn.remember(None)
    actions.offer(turn, name=state["name"], platform=platform, side=state["side"], secrets=have)
    return cards.looking(platform)


def _state(turn: Turn) -> Mapping[str, Any] | None:
    state = turn.conversation.dialog if turn.conversation else None
    return state if state and state.get("kind") == "connect" else None


@command(
    "accounts",
    help=_("Our bots, and what to do with them"),
    for_=OWNERS,
    words=("机器人账号", "我们的机器人"),
    rooms=False,
)
def accounts(turn: Turn) -> Reply:
    return _all(turn)


@press("accounts", for_=OWNERS)
def accounts_pressed(turn: Turn) -> Reply:
    return _all(turn)


def _all(turn: Turn) -> Reply:
    rows = [row for row in turn.work.find(Account) if row.platform in rules.PLATFORMS and row.state != "revoked"]
    return _panel(turn, cards.listed([row for row in rows if row.state != "off" or row.token]))


@press("account", for_=OWNERS)
def account(turn: Turn, account: int) -> Reply:
    row = _own(turn, account)
    return _panel(turn, cards.one(row, here=_through(turn, row))) if row else settled()


@press("account-off", for_=OWNERS)
def account_off(turn: Turn, account: int) -> Reply:
    row = _own(turn, account)
    if row is None or row.state == "off":
        return settled()
    through = _through(turn, row)
    return _panel(turn, cards.one(row if through else actions.switch(turn, row, on=False), here=through))


@press("account-on", for_=OWNERS)
def account_on(turn: Turn, account: int) -> Reply:
    row = _own(turn, account)
    if row is None or row.state != "off":
        return settled()
    return _panel(turn, cards.one(actions.switch(turn, row, on=True)))


@press("account-token", for_=OWNERS)
def account_token(turn: Turn, account: int) -> Said_:
    row = _own(turn, account)
    if row is None:
        return settled()
    if not turn.private:
        return _("Please write me that in our private chat.")
    link = installs.link(turn) if installs.is_installed(row) else ""
    return cards.install(link) if link else _ask(turn, _begun(row.platform, row.side, row.name))


@press("account-gone", for_=OWNERS)
def account_gone(turn: Turn, account: int, sure: str = "") -> Reply:
    row = _own(turn, account)
    if row is None:
        return settled()
    if _through(turn, row):
        return _panel(turn, cards.one(row, here=True))
    if sure != "yes":
        return _panel(turn, cards.sure(row))
    actions.revoke(turn, row)
    return _panel(turn, cards.gone(row))


def _own(turn: Turn, id: int) -> Account | None:
    """A bot that was connected here, in chat, and is not removed."""
    row = turn.work.get(Account, id)
    return row if row is not None and (row.token or row.offered) and row.state != "revoked" else None


def _through(turn: Turn, row: Account) -> bool:
    return turn.account is not None and turn.account.id == row.id


def _panel(turn: Turn, reply: Reply) -> Reply:
    """In the message whose button was pressed when that shows bots already; else in a new one, where people look."""
    card = turn.card()
    return replace(reply, card=card if card.startswith("bots:") else f"bots:{turn.key}")
