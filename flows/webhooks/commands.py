"""What an owner says about webhooks: add one, choose what it hears, test it, send again what did not arrive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.messages import Answered, Reply
from bot.core.text import Text, code, join, lines
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.replies import settled
from flows.router import OWNERS, answered, command, press
from flows.turn import Turn
from flows.webhooks import actions, cards
from flows.webhooks.published import NAMES, names_in
from flows.webhooks.rules import address_in, is_callable
from store.models import Endpoint, Member

Said_ = Reply | Text | Sequence[Reply | Text]

ADD = ("add", "new", "添加", "新增")


@command(
    "webhook",
    help=_("Tell other programs what happens here"),
    example=cards.EXAMPLE,
    for_=OWNERS,
    words=("webhooks", "网络钩子"),
    rooms=False,
)
def webhook(turn: Turn, words: Rest | None = None) -> Said_:
    url, rest = address_in(words or "")
    said = [word for word in rest.split() if word.casefold() not in ADD]
    if url:
        return _add(turn, url, " ".join(said))
    if words and words.split()[0].casefold() in ADD:
        return _("An address begins with https://. Example: {example}", example=code(cards.EXAMPLE))
    return _panel(turn, cards.listed(_all(turn)))


def _add(turn: Turn, url: str, rest: str) -> Said_:
    facts, odd = names_in(rest)
    if not is_callable(url):
        return _("“{url}” can't be called. Example: {example}", url=url[:60], example=code(cards.EXAMPLE))
    if odd:
        known = join(", ", [code(name) for name in NAMES])
        return lines(
            _("I know no fact “{fact}”. There are: {facts}", fact=odd[0][:40], facts=known),
            _("Example: {example}", example=code(cards.EXAMPLE)),
        )
    if (known_one := next((row for row in _all(turn) if row.url == url), None)) is not None:
        return (_("That one is there already."), _shown(turn, known_one))
    row, secret = actions.add(turn, url, facts or NAMES)
    actions.test(turn, row)
    return cards.added(row, secret)


@press("endpoints", for_=OWNERS)
def endpoints(turn: Turn) -> Reply:
    return _panel(turn, cards.listed(_all(turn)))


@press("endpoint", for_=OWNERS)
def endpoint(turn: Turn, endpoint: int) -> Reply:
    row = _own(turn, endpoint)
    return _shown(turn, row) if row else settled()


@press("endpoint-test", for_=OWNERS)
def endpoint_test(turn: Turn, endpoint: int) -> Reply:
    row = _own(turn, endpoint)
    if row is None:
        return settled()
    if row.state != "active":
        return Reply(_("It is switched off: switch it on first."), toast=True)
    actions.test(turn, row)
    return Reply(_("Sent: I tell you what comes of it."), toast=True)


@press("endpoint-facts", for_=OWNERS)
def endpoint_facts(turn: Turn, endpoint: int) -> Reply:
    row = _own(turn, endpoint)
    return _panel(turn, cards.chosen(row)) if row else settled()


@press("endpoint-fact", for_=OWNERS)
def endpoint_fact(turn: Turn, endpoint: int, fact: str) -> Reply:
    row = _own(turn, endpoint)
    return _panel(turn, cards.chosen(actions.choose(turn, row, fact))) if row and fact in NAMES else settled()


@press("endpoint-off", for_=OWNERS)
def endpoint_off(turn: Turn, endpoint: int) -> Reply:
    row = _own(turn, endpoint)
    return _shown(turn, actions.switch(turn, row, on=False)) if row and row.state == "active" else settled()


@press("endpoint-on", for_=OWNERS)
def endpoint_on(turn: Turn, endpoint: int) -> Reply:
    row = _own(turn, endpoint)
    return _shown(turn, actions.switch(turn, row, on=True)) if row and row.state == "off" else settled()


@press("endpoint-secret", for_=OWNERS)
def endpoint_secret(turn: Turn, endpoint: int) -> Reply | Text:
    row = _own(turn, endpoint)
    if row is None:
        return settled()
    if not turn.private:
        return _("Please write me that in our private chat.")
    return cards.shown_once(actions.new_secret(turn, row)[1])


@press("endpoint-gone", for_=OWNERS)
def endpoint_gone(turn: Turn, endpoint: int) -> Said_:
    row = _own(turn, endpoint)
    if row is None:
        return settled()
    actions.remove(turn, row)
    return (
        _("{place} hears nothing any more. {undo} takes it back.", place=code(cards.host(row)), undo=code("/undo")),
    )


@press("endpoint-failed", for_=OWNERS)
def endpoint_failed(turn: Turn, endpoint: int) -> Reply:
    row = _own(turn, endpoint)
    return _panel(turn, cards.failed(row, actions.letters(turn, row))) if row else settled()


@press("endpoint-again", for_=OWNERS)
def endpoint_again(turn: Turn, endpoint: int) -> Reply:
    row = _own(turn, endpoint)
    if row is None:
        return settled()
    if row.state != "active":
        return Reply(_("It is switched off: switch it on first."), toast=True)
    count = actions.send_again(turn, row)
    return _panel(turn, Reply(_("On their way again: {n}.", n=count), cards.one(row).options))


@answered("endpoint")
def became_of(turn: Turn, answer: Answered) -> None:
    """A letter arrived, or was given up."""
    _kind, id, *asked = answer.tell.split(":")
    row = turn.work.get(Endpoint, int(id))
    if row is None:
        return
    error = "" if answer.outcome == "sent" else answer.error or answer.outcome
    if not error:
        actions.arrived(turn, row)
    over = bool(error) and actions.given_up(turn, row, error)
    asker = turn.work.get(Member, int(asked[0])) if asked else None
    if asker is not None:
        turn.message_member(asker, cards.tested(row, error), "")
    if over and (owner := actions.teller(turn, row)) is not None:
        turn.message_member(owner, cards.switched_off(turn.work.get(Endpoint, row.id) or row), "")


def _all(turn: Turn) -> list[Endpoint]:
    return [row for row in turn.work.find(Endpoint) if row.state != "removed"]


def _own(turn: Turn, id: int) -> Endpoint | None:
    row = turn.work.get(Endpoint, id)
    return row if row is not None and row.state != "removed" else None


def _shown(turn: Turn, row: Endpoint) -> Reply:
    return _panel(turn, cards.one(row, len(actions.letters(turn, row))))


def _panel(turn: Turn, reply: Reply) -> Reply:
    """In the message whose button was pressed when that shows webhooks already; else in a new one."""
    card = turn.card()
    return replace(reply, card=card if card.startswith("hooks:") else f"hooks:{turn.key}")
