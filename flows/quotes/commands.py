"""What people say about quotes and contracts."""

from __future__ import annotations

import re
from typing import Any

from bot.core.messages import Edited, Option, Reply
from bot.core.text import Text, bold, code, lines
from bot.core.text import gettext as _
from flows.arguments import READERS, Found, Rest
from flows.quotes import actions, cards
from flows.quotes.contracts import fill, template, write_contract
from flows.quotes.rules import read_lines
from flows.router import EDITORS, MANAGERS, MEMBERS, NOT_MINE, command, heard
from flows.turn import Turn
from store.firms import set_settings
from store.models import Customer, Quote

_CURRENCY = re.compile(r"\b(CNY|RMB|USD|EUR|GBP|JPY|HKD)\b|(美元|欧元|日元|港币)", re.I)
_ZH = {"美元": "USD", "欧元": "EUR", "日元": "JPY", "港币": "HKD", "RMB": "CNY"}


@command(
    "quote",
    help=_("A quote, approved where it must be"),
    example=_("/quote Acme 50 x pump 1200; training 3k; -5%"),
    words=("quote for", "报价单", "出报价"),
)
def quote(turn: Turn, customer: Customer, text: Rest | None = None) -> Reply | Text:
    if not text:
        return _latest(turn, customer)
    found, discount, strange = read_lines(text)
    if strange or not found:
        return lines(_("I could not read “{line}”.", line=(strange or [text])[0][:60]), example())
    written = actions.write_quote(turn, customer, found, discount, currency=_currency(text), source=_source(turn))
    turn.did(_("quote for {name}", name=customer.name), cards.card_of(written))
    return cards.quote_card(turn, written)


def _currency(words: str) -> str:
    match = _CURRENCY.search(words)
    return _ZH.get(match[0].upper(), match[0].upper()) if match else ""


def _latest(turn: Turn, customer: Customer) -> Reply | Text:
    rows = turn.work.find(Quote, customer=customer.id)
    return cards.quote_card(turn, rows[-1]) if rows else lines(_("No quote was written yet."), example())


def example() -> Text:
    return _("Example: {example}", example=code(_("/quote Acme 50 x pump 1200; training 3k; -5%")))


@heard("edited", for_=EDITORS)
def edited(turn: Turn, edited: Edited) -> Any:
    """The sentence was edited: the quote is what it says now, and needs its yes again."""
    source = f"{turn.where.key if turn.where else ''}#{edited.message}"
    rows = turn.work.find(Quote, source=source)
    if not rows:
        return NOT_MINE
    words = re.sub(r"^\s*(/quote|quote for|报价单|出报价)\s*", "", edited.text, flags=re.I)
    customer = READERS[Customer](turn, words)
    found, discount, strange = read_lines(customer.rest if isinstance(customer, Found) else words)
    if strange or not found:
        return lines(_("I could not read “{line}”.", line=(strange or [words])[0][:60]), example())
    changed = actions.change_quote(turn, rows[-1], found, discount)
    turn.did(_("quote changed"), cards.card_of(changed))
    return cards.quote_card(turn, changed)


def _source(turn: Turn) -> str:
    body: Any = turn.event.body if turn.event else None
    message = getattr(body, "message", "")
    return f"{turn.where.key}#{message}" if turn.where and message else ""


@command(
    "contract",
    help=_("A contract from the firm's template"),
    example=_("/contract Acme"),
    for_=MEMBERS,
    words=("contract for", "出合同", "合同模板"),
)
def contract(turn: Turn, text: Rest | None = None) -> Reply | Text:
    """For a customer; or "template …" to set the words in which contracts are written."""
    words = (text or "").strip()
    for start in ("template", "模板"):
        if words.casefold().startswith(start):
            return _template(turn, words[len(start) :].strip())
    outcome = READERS[Customer](turn, words)
    if not isinstance(outcome, Found):
        return lines(_("Which customer?"), _("Example: {example}", example=code(_("/contract Acme"))))
    approved = [
        q for q in turn.work.find(Quote, customer=outcome.value.id, kind="quote") if q.state in ("approved", "sent")
    ]
    if not approved:
        return lines(_("There is no quote that may go out yet."), example())
    written = write_contract(turn, approved[-1])
    turn.did(_("contract for {name}", name=outcome.value.name), cards.card_of(written))
    return cards.quote_card(turn, written)


def _template(turn: Turn, words: str) -> Reply | Text:
    if turn.me().role not in MANAGERS:
        return _("Only managers and owners set the template.")
    if not words:
        return lines(bold(_("The words of a contract")), template(turn))
    if problem := fill(turn, words, {}, check=True):
        return lines(
            _("I know no “{word}”. You can use:", word=problem),
            code("{customer} {lines} {total} {date} {firm} {member}"),
        )
    set_settings(turn.work, turn.workspace, contract=words[:8000])
    return Reply(
        lines(_("Contracts are written like this from now on:"), words[:500]),
        (Option(_("Standard words"), "contract-usual"),),
    )
