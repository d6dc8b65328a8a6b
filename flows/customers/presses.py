"""Ready tags, one tap each; and who somebody is that opened a personal link."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, lines, plain, text
from bot.core.text import gettext as _
from flows.customers.actions import invitation_links
from flows.customers.door import leave_what_was, tell_inviter, welcome
from flows.replies import settled
from flows.router import CUSTOMERS, NOT_MINE, NotMine, dialog, press
from flows.turn import Turn
from store.models import Member, Tag

_SAID_YES = r"(?:yes|yep|yeah|yup|sure|correct|right)"
_SAID_NO = r"(?:no|nope)"
_ITS_ME = re.compile(
    rf"{_SAID_YES}(?:[,.! ]+(?:(?:that(?:'s| is)|it(?:'s| is)|this is) (?:me|us|right|correct)|i am|we are))?[.! ]*"
    r"|(?:that(?:'s| is)|it(?:'s| is)|this is) (?:me|us|right|correct)[.! ]*|(?:i am|we are)[.! ]*"
    r"|(?:(?:是的?|对的?|没错|嗯)[，,。！! ]*)?(?:就?是我们?|我是|我们是|是的?|对的?|没错)[啊呀哦。！! ]*",
    re.IGNORECASE,
)
_NOT_ME = re.compile(
    rf"{_SAID_NO}[.! ]*|(?:{_SAID_NO}[,.! ]+)?(?:(?:that(?:'s| is)|it(?:'s| is)|this is) )?not (?:me|us)[.! ]*"
    rf"|(?:{_SAID_NO}[,.! ]+)?wrong (?:person|number)[.! ]*"
    r"|(?:不[，,。！! ]*)?(?:不是我们?|我不是|我们不是|不是的?|不对|[找认]错人了?)[啊呀哦。！! ]*",
    re.IGNORECASE,
)
READY = (_("strong-intent"), _("old-customer"), _("signed"))
MOST = 8


@press("tags")
def tags(turn: Turn, customer: int) -> Reply:
    found = turn.work.customers.get(customer)
    if found is None or found.state != "active":
        return _gone()
    worn = set(turn.work.customers.tags(customer))
    ready = {plain(word.resolve(turn.words)): f"r{number}" for number, word in enumerate(READY)}
    usual = {row.name: f"t{row.id}" for row in turn.work.standing.usual_tags(MOST)}
    words = [(word, key) for word, key in {**usual, **ready}.items() if word not in worn]
    words.sort(key=lambda pair: pair[1][0])
    choices = tuple(Option(text(f"#{word[:30]}"), f"tag-on:{customer}:{key}") for word, key in words[:MOST])
    head = text(bold(found.name), *(f" #{tag}" for tag in sorted(worn)))
    return Reply(lines(head, _("One tap puts a tag on.")), choices, card=f"tags:{customer}")


@press("tag-on")
def tag_on(turn: Turn, customer: int, key: str) -> Reply:
    found, word = turn.work.customers.get(customer), _word(turn, key)
    if found is None or found.state != "active" or not word:
        return _gone()
    turn.work.customers.tag(customer, [word])
    turn.did(_("{name} tagged {tags}", name=found.name, tags=f"#{word}"), f"tags:{customer}")
    shown = tags(turn, customer)
    return Reply(shown.text, (Option(_("Undo"), f"undo:tags:{customer}"), *shown.options), card=shown.card)


def _word(turn: Turn, key: str) -> str:
    """A ready tag by its place, one of the firm's own by a row that carries it."""
    number = key[1:]
    if not number.isdigit() or len(number) > 17:
        return ""
    if key[0] == "r":
        return plain(READY[int(number)].resolve(turn.words)) if int(number) < len(READY) else ""
    row = turn.work.get(Tag, int(number))
    return row.name if row else ""


def _gone() -> Reply:
    return Reply(_("This customer is no longer there."), toast=True)


@press("its-me", for_=CUSTOMERS)
def its_me(turn: Turn) -> Reply | Text:
    state = turn.conversation.dialog if turn.conversation else None
    if not state or state.get("kind") != "who-are-you" or turn.identity is None or turn.conversation is None:
        return settled()
    leave_what_was(turn, state["customer"])
    bound = {"customer": state["customer"], "contact": state["contact"]}
    turn.identity = turn.work.change(turn.identity, **bound)
    turn.conversation = turn.work.change(turn.conversation, **bound, dialog=None)
    turn.__dict__.pop("customer", None)
    turn.__dict__.pop("words", None)
    tell_inviter(turn, state["by"])
    return welcome(turn)


@dialog("who-are-you", for_=CUSTOMERS, wants="text")
def said_who(turn: Turn, state: Mapping[str, Any], said: Said) -> Reply | Text | NotMine:
    """The same in words; whatever else they write gets to a person, and the question stays open."""
    if _ITS_ME.fullmatch(said.text.strip()):
        return its_me(turn)
    return not_me(turn) if _NOT_ME.fullmatch(said.text.strip()) else NOT_MINE


@press("not-me", for_=CUSTOMERS)
def not_me(turn: Turn) -> Reply | Text:
    state = turn.conversation.dialog if turn.conversation else None
    if not state or state.get("kind") != "who-are-you":
        return settled()
    turn.remember(None)
    customer = turn.work.customers.get(state["customer"])
    member = turn.work.get(Member, state["by"]) if state["by"] else None
    if customer and member:
        links = "\n".join(invitation_links(turn, customer, state["contact"], by=member.id))
        said = lines(
            _("Somebody else opened your invitation for {name}, and said so. A new one:", name=customer.name), links
        )
        turn.message_member(member, Reply(said))
    return _("Thank you. Then that link was not for you, and nothing of it was shown. You can still write to us here.")
