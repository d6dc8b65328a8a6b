# ruff: noqa: E501 -- a pattern is one line
"""What members ask about customers who may go, and what they say of those who are gone."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from bot.core.messages import Reply, Said
from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows.activities import general, questions
from flows.activities.lines import meant, understood
from flows.arguments import READERS, Found, Rest
from flows.care.occasions import whose
from flows.churn import actions, cards, figures
from flows.customers.sight import sees
from flows.router import EDITORS, MEMBERS, NOT_MINE, NotMine, command, heard
from flows.segments.cards import potential as rising
from flows.turn import Turn
from store.models import Customer, Standing

Outcome = Reply | Text | NotMine | None
LIVE = 300
"""So many buyers are looked at while somebody waits; beyond that the nightly look counts."""
_WHY = re.compile(
    r"\bwhy\b.{0,60}\b(churn\w*|attrition|los(e|ing|t) (so many )?(customers|clients)|(customers|clients).{0,24}\bleav\w*|leave us)"
    r"|\b(churn|attrition)\b.{0,24}\b(why|reasons?|cause\w*|up|ris\w+|rose|grow\w*)\b"
    r"|(为什么|为啥|怎么|为何|什么原因|原因).{0,20}(流失|丢客户|客户.{0,6}(走|离开))"
    r"|(流失率?|流失的?客户).{0,16}(为什么|为啥|原因|上升|变高|变多|增加|高了|多了)",
    re.I,
)
_LOST = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"(?:we(?:'ve| have)? )?lost (?:the )?(?:customer |client )?(?P<of>.{1,60}?)(?: as a (?:customer|client))?(?:(?:,| -|:)? (?:because(?: of)?|due to|to|over|:) (?P<why>.+))?",
        r"(?P<of>.{1,60}?) (?:has |have )?(?:left us|churned|is lost|is gone)(?:(?:,| -|:)? (?:because(?: of)?|due to|for|:) (?P<why>.+))?",
        r"(?:我们)?(?:丢了|失去了|流失了)(?P<of>[^，,。]{1,30}?)(?:这个客户|客户)?(?:[，,:：]?\s*(?:因为|由于|原因是?[:：]?)\s*(?P<why>.+))?",
        r"(?P<of>[^，,。]{1,30}?)(?:已经)?(?:流失了?|丢了|不做了|跑了)(?:[，,:：]?\s*(?:因为|由于|原因是?[:：]?)\s*(?P<why>.+))?",
    )
)
_MARKED = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"(?:mark|set|flag) (?P<of>.{1,60}?) (?:as|to) (?:lost|churned|gone)(?:(?:,| -|:)? (?:because(?: of)?|due to|over|:) (?P<why>.+))?",
        r"(?:把|将)?(?P<of>[^，,。]{1,30}?)(?:标记?|设|记)(?:为|成)(?:已?流失|丢失)(?:客户)?(?:[，,:：]?\s*(?:因为|由于|原因是?[:：]?)\s*(?P<why>.+))?",
    )
)
"""Said of a customer with an open deal it is the deal that is lost."""
_WORDS = {
    "price": "price expensive too dear cost 价格 太贵 贵",
    "rival": "competitor rival competition 竞争对手 对手 同行 友商",
    "service": "service support 服务 售后",
    "quality": "quality defects 质量",
    "need": "no need 不需要 没需求",
    "closed": "closed bankrupt 倒闭 关门 停业",
    "silence": "no answer silent 不回复 联系不上",
}


@command(
    "risk",
    help=_("Customers who may leave, with the reasons"),
    example=_("/risk Acme"),
    for_=MEMBERS,
    words=("at risk", "who may leave", "churn risk", "流失风险", "流失预警", "谁要流失"),
)
def risk(turn: Turn, words: Rest | None = None) -> Outcome:
    """Everybody, or one customer with every reason."""
    if not (words or "").strip():
        return risks(turn)
    found = READERS[Customer](turn, words or "")
    if not isinstance(found, Found):
        why = getattr(found, "why", _("Which customer?"))
        return lines(why, _("Example: {example}", example=code(_("/risk Acme"))))
    return one(turn, found.value)


def one(turn: Turn, customer: Customer) -> Reply:
    """As it is at this moment."""
    assessed = actions.look(turn, [customer])[0]
    return cards.risk_card(turn, assessed, actions.running(turn, customer.id), actions.lost(turn, customer.id))


def risks(turn: Turn) -> Reply | Text:
    """The list as of now where that is quick, else as of this morning."""
    buyers = turn.work.standing.buyers(0, limit=LIVE + 1)
    if len(buyers) <= LIVE and turn.me().role != "viewer":
        before = list(turn.work.changes)
        actions.assess(turn, buyers)
        turn.work.changes = before
    rows: list[tuple[Standing, Customer]] = []
    for row in turn.work.churn.graded():
        customer = turn.work.customers.get(row.customer)
        if customer is not None and customer.state == "active" and sees(turn, customer):
            rows.append((row, customer))
    return cards.risk_list(turn, rows)


@command(
    "potential",
    help=_("Customers on the rise, with the reason"),
    for_=MEMBERS,
    words=("potential", "potential customers", "潜力客户", "潜力"),
)
def potential(turn: Turn) -> Reply | Text:
    return rising(turn)


@command(
    "ask",
    help=_("A question in your own words"),
    example=_("/ask why churn up"),
    for_=MEMBERS,
)
def ask(turn: Turn, words: Rest) -> Any:
    """Why customers leave; any other question is answered as if it had been asked without the slash."""
    if _WHY.search(words):
        return why(turn)
    reading = understood(turn, words, turn.at)
    customers = meant(turn, reading)
    if len(customers) == 1:
        return questions.answer(turn, customers[0], words)
    return general.answer(turn, reading) or general.none_named(turn)


def why(turn: Turn) -> Reply:
    return cards.why_card(turn, figures.cases(turn), figures.given(turn))


@command(
    "lost",
    help=_("A customer is lost, and why"),
    example=_("/lost Acme price"),
    words=("lost customer", "客户流失", "流失客户"),
)
def lost(turn: Turn, customer: Customer, words: Rest | None = None) -> Outcome:
    if actions.lost(turn, customer.id) is not None:
        return one(turn, customer)
    if not (words or "").strip():
        return ask_why(turn, customer)
    return written(turn, customer, words or "")


def ask_why(turn: Turn, customer: Customer) -> Reply:
    """The reason first."""
    if turn.private:
        turn.remember({"kind": "loss", "customer": customer.id})
    return cards.ask_reason(customer)


def written(turn: Turn, customer: Customer, reason: str) -> Reply:
    """Written down with its reason."""
    loss = actions.lose(turn, customer, reason_of(reason))
    turn.did(_("{name} lost", name=customer.name), f"loss:{customer.id}")
    return cards.loss_card(customer, loss)


def reason_of(words: str) -> str:
    """One of ours where the words are one, else the words."""
    said = words.strip().strip("。.!！").casefold()
    if said in cards.REASONS:
        return said
    return next((key for key, names in _WORDS.items() if said in names.split() or said == names), words.strip())


@heard("first", for_=EDITORS)
def lost_said(turn: Turn, said: Said) -> Outcome:
    """ "We lost Acme to a competitor", "华为流失了，因为价格": only where exactly one customer is called so."""
    line = unicodedata.normalize("NFKC", said.text).strip().rstrip(".。!")
    if not turn.private or len(line) > 120 or "\n" in line or said.forwarded_from:
        return NOT_MINE
    for pattern in (*_LOST, *_MARKED):
        match = pattern.fullmatch(line)
        people = _exactly(turn, match["of"].strip()) if match else []
        if match and len(people) == 1 and not (pattern in _MARKED and _is_at_stake(turn, people[0])):
            return lost(turn, people[0], Rest(match["why"] or ""))
    return NOT_MINE


@heard("first", for_=MEMBERS)
def why_said(turn: Turn, said: Said) -> Outcome:
    """ "Why did churn rise this month?", "为什么流失变多了？": asked last, for 标记为流失，原因：倒闭 asks nothing."""
    if len(said.text) > 120 or said.forwarded_from or not _WHY.search(unicodedata.normalize("NFKC", said.text)):
        return NOT_MINE
    return why(turn)


def _is_at_stake(turn: Turn, customer: Customer) -> bool:
    return any(deal.state == "open" for deal in turn.work.deals.of_customer(customer.id))


def _exactly(turn: Turn, named: str) -> list[Customer]:
    if not turn.work.search.named([named]).get(named):
        return []
    return list({customer.id: customer for customer, contact in whose(turn, named) if contact is None}.values())
