"""How endpoints look in chat: the list, one of them, the facts it hears, what was given up."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from bot.core.messages import Option, Reply
from bot.core.text import Part, Text, bold, code, join, lines, moment
from bot.core.text import gettext as _
from flows.webhooks.published import PUBLISHED, label_of
from flows.webhooks.rules import ABSENT, TOO_LATE
from store.models import Endpoint, Outbox

EXAMPLE = _("/webhook add https://example.com/hook scores")

_REASONS: Mapping[str, Text] = {
    TOO_LATE: _("nobody answered for a day"),
    ABSENT: _("the webhook was off"),
    "the receiver is gone": _("the receiver says that it is gone for good (410)"),
    "the address is inside a network": _("that address is inside a network, and not allowed here"),
    "only https is allowed": _("only https is allowed"),
    "not an address": _("that is no web address"),
    "not a web address": _("that is no web address"),
    "no names and passwords in the address": _("an address must not hold a name and password"),
}


def reason(said: str) -> Part:
    """Why a letter was given up."""
    return _REASONS.get(said, code(said))


def listed(rows: Sequence[Endpoint]) -> Reply:
    """Every endpoint in a line."""
    if not rows:
        first = _("No other program is told anything yet. To begin: {example}", example=code(EXAMPLE))
        return Reply(lines(bold(_("Webhooks")), first))
    options = tuple(Option(Text((host(row),)), f"endpoint:{row.id}", wide=True) for row in rows)
    return Reply(lines(bold(_("Webhooks")), *(_line(row) for row in rows)), options)


def _line(row: Endpoint) -> Text:
    if row.state == "active":
        return _("{place} hears: {facts}.", place=code(host(row)), facts=_facts(row))
    return _("{place} is switched off.", place=code(host(row)))


def one(row: Endpoint, given_up: int = 0) -> Reply:
    """One endpoint with all that can be done to it."""
    switch = (
        Option(_("Switch off"), f"endpoint-off:{row.id}")
        if row.state == "active"
        else Option(_("Switch on"), f"endpoint-on:{row.id}", style="primary")
    )
    failed = Option(_("Not arrived: {n}", n=given_up), f"endpoint-failed:{row.id}") if given_up else None
    trouble = _("The last letter did not arrive: {reason}.", reason=reason(row.reason)) if row.reason else None
    options = (
        Option(_("Send a test"), f"endpoint-test:{row.id}"),
        Option(_("Choose facts"), f"endpoint-facts:{row.id}"),
        failed,
        switch,
        Option(_("New secret"), f"endpoint-secret:{row.id}"),
        Option(_("Remove"), f"endpoint-gone:{row.id}", style="danger"),
        Option(_("All webhooks"), "endpoints"),
    )
    text = lines(code(row.url), _line(row), trouble)
    return Reply(text, tuple(option for option in options if option))


def chosen(row: Endpoint) -> Reply:
    """Each fact as a button that turns it on or off."""
    options = tuple(
        Option(Text(("✓ " if each.name in row.facts else "– ",)) + each.label, f"endpoint-fact:{row.id}:{each.name}")
        for each in PUBLISHED.values()
    )
    back = Option(_("Done"), f"endpoint:{row.id}", wide=True)
    return Reply(_("What shall {place} hear?", place=code(host(row))), (*options, back))


def added(row: Endpoint, secret: Text) -> Reply:
    """With the secret, which is shown this once."""
    text = lines(
        _("{place} hears from now on: {facts}.", place=code(host(row)), facts=_facts(row)),
        shown_once(secret),
        _("I have just sent a test and tell you what comes of it."),
    )
    return Reply(
        text, (Option(_("Choose facts"), f"endpoint-facts:{row.id}"), Option(_("Show it"), f"endpoint:{row.id}"))
    )


def shown_once(secret: Text) -> Text:
    """The secret and what it is for."""
    return lines(_("Its secret, shown only now; every letter is signed with it as standardwebhooks.com says:"), secret)


def failed(row: Endpoint, letters: Sequence[Outbox]) -> Reply:
    """What was given up, the newest first."""
    back = Option(_("Back"), f"endpoint:{row.id}")
    if not letters:
        return Reply(_("Everything arrived at {place}.", place=code(host(row))), (back,))
    shown = [
        _(
            "{fact}, {when}: {reason}",
            fact=label_of(_type(letter)),
            when=moment(letter.queued, "short"),
            reason=reason(letter.error),
        )
        for letter in letters
    ]
    again = Option(_("Send all again"), f"endpoint-again:{row.id}", style="primary")
    text = lines(_("Not arrived at {place}:", place=code(host(row))), *shown)
    return Reply(text, (again, back))


def switched_off(row: Endpoint) -> Reply:
    """A word to the owner."""
    return Reply(
        lines(
            _("I switched the webhook to {place} off: {reason}.", place=code(host(row)), reason=reason(row.reason)),
            _("What did not arrive is kept, and can be sent again."),
        ),
        (Option(_("Show it"), f"endpoint:{row.id}"), Option(_("Switch on"), f"endpoint-on:{row.id}")),
    )


def tested(row: Endpoint, error: str) -> Reply:
    """What became of a test."""
    see = (Option(_("Show it"), f"endpoint:{row.id}"),)
    if not error:
        return Reply(_("The test arrived at {place}.", place=code(host(row))), see)
    return Reply(_("The test did not arrive at {place}: {reason}.", place=code(host(row)), reason=reason(error)), see)


def not_yet(row: Endpoint) -> Reply:
    """Nothing has come back of a test."""
    return Reply(_("{place} does not answer yet: I keep trying, and tell you.", place=code(host(row))))


def host(row: Endpoint) -> str:
    """What tells an endpoint from others on a phone."""
    parts = urlsplit(row.url)
    shown = f"{parts.netloc}{parts.path}".rstrip("/")
    return shown if len(shown) <= 40 else shown[:39] + "…"


def _facts(row: Endpoint) -> Text:
    return join(", ", [label_of(name) for name in row.facts]) if row.facts else _("nothing yet")


def _type(letter: Outbox) -> str:
    try:
        return str(json.loads("".join(run[0] for run in letter.payload["text"]))["type"])
    except (ValueError, KeyError, TypeError):
        return ""
