# ruff: noqa: E501 -- a rule is one line
"""Commands of deals: open or move one, see the pipeline and the funnel, edit its stages, end a contract."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, code, lines, moment, text
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.asking import may_order
from flows.customers.sight import seen
from flows.deals import actions, cards
from flows.deals.rules import bottleneck, cycle, funnel, stage_named
from flows.deals.stages import edit_stages
from flows.reminders.rules import instant
from flows.router import EDITORS, MANAGERS, MEMBERS, NOT_MINE, NotMine, command, heard, press
from flows.turn import Turn
from flows.understanding import Context, read_money, read_time
from store.models import Customer, Deal, Stage

NOON = time(12)


@command(
    "deal",
    help=_("Something a customer may buy"),
    example=_("/deal Acme 200k quote"),
    words=("deal", "商机", "新商机"),
)
def deal(turn: Turn, customer: Customer, text: Rest | None = None) -> Reply | Text:
    """A sum and a stage in any order; what is left is what it is about. Of one open deal it changes what is said."""
    words = text or ""
    running = [d for d in turn.work.deals.of_customer(customer.id) if d.state == "open"]
    if not words.strip():
        return of_customer(turn, customer, running)
    stage, words = _stage(turn, words)
    amount, currency, words = sum_in(turn, words)
    expected, words = day_in(turn, words)
    what = " ".join(words.split()).strip(" ,，·")
    if amount is None and PLAIN.fullmatch(what):
        amount, what = round(Decimal(what.replace(",", ""))), ""
    if problem := no_sum(amount, what):
        return lines(problem, _("Example: {example}", example=code(_("/deal Acme 200k quote"))))
    same = [d for d in running if not what or d.what.casefold() == what.casefold()]
    if len(same) == 1 and (not what or same[0].what):
        return changed(turn, same[0], amount, currency, stage, expected)
    first = stage or actions.stages(turn)[0]
    if first.kind == "lost":
        return lines(_("There is no open deal with {name} to lose.", name=customer.name))
    made = actions.open_deal(turn, customer, what, amount, currency, first, expected=expected)
    turn.did(_("deal with {name}", name=customer.name), cards.card_of(made))
    return ask_step(turn, made)


def of_customer(turn: Turn, customer: Customer, running: list[Deal]) -> Reply | Text:
    """The card of the one open deal, a choice of several, or how to open one."""
    if len(running) == 1:
        return cards.deal_card(turn, running[0])
    if not running:
        return lines(
            _("No deal is open with {name}.", name=customer.name),
            _("Example: {example}", example=code(_("/deal Acme 200k quote"))),
        )
    picks = tuple(Option(cards.title(turn, d), f"deal:{d.id}", wide=True) for d in running[:8])
    return Reply(_("Which one do you mean?"), picks)


def changed(
    turn: Turn, found: Deal, amount: int | None, currency: str, stage: Stage | None, expected: datetime | None
) -> Reply:
    """The deal with what was said of it, as one act that can be undone; what is None stays."""
    values: dict[str, object] = {}
    if amount is not None:
        values |= {"amount": amount, "currency": currency or found.currency}
    if expected is not None:
        values["expected"] = expected
    found = turn.work.change(found, **values)
    turn.did(_("deal changed: {deal}", deal=cards.title(turn, found)), cards.card_of(found))
    if stage is not None and stage.kind == "lost":
        return ask_reason(turn, found, stage)
    if stage is not None and stage.id != found.stage:
        found = actions.move_deal(turn, found, stage)
        return ask_step(turn, found)
    return cards.deal_card(turn, found)


def sum_in(turn: Turn, words: str) -> tuple[int | None, str, str]:
    """The sum in whole units, its currency and the words without it; 1.2m and no other word is no length."""
    context = Context(now=turn.local, country=turn.workspace.country, language=turn.language)
    words = _MILLION.sub(r"\1 million", words)
    found = read_money(words, context)
    if found is None:
        return None, "", words
    amount = int(Decimal(str(found.amount)).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    start, end = found.place.start, found.place.end
    return amount, found.currency or "", f"{words[:start]} {words[end:]}"


_MILLION = re.compile(r"^\s*(\d[\d.,]*) ?m\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"[-−–]?[¥$€£￥]?\d[\d.,]*\s*(?:e\d+|[a-z]{1,3}|[千万亿百十]+)?元?", re.IGNORECASE)
PLAIN = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,2})?")
"""A number that nothing else is said of is the sum."""
_MOST = 10**13
"""More than anything is sold for; a slip."""


def no_sum(amount: int | None, what: str) -> Text | None:
    """Why these words name no sum that a deal can have."""
    if _NUMBER.fullmatch(what):
        return _("I could not read the sum “{sum}”.", sum=what[:40])
    if amount is not None and amount <= 0:
        return _("A deal is worth more than nothing. Leave the sum out where you do not know it yet.")
    return _("That sum is too large.") if amount is not None and amount > _MOST else None


def _stage(turn: Turn, words: str) -> tuple[Stage | None, str]:
    known, keys = actions.steps(turn), actions.keys(turn)
    parts = words.split()
    for at, word in enumerate(parts):
        if (step := stage_named(word, known, keys)) is not None:
            return turn.work.get(Stage, step.id), " ".join(parts[:at] + parts[at + 1 :])
    return None, words


def day_in(turn: Turn, words: str, *, last: bool = False) -> tuple[datetime | None, str]:
    """The day in the words, of a whole month the first or the last one, and the words without it."""
    found = read_time(words, Context(now=turn.local, country=turn.workspace.country, language=turn.language))
    if found is None:
        return None, words
    start, end = found.span
    named = found.start
    if last and found.grain in ("month", "quarter", "year") and found.end is not None:
        named = found.end - timedelta(days=1)
    day = named if isinstance(named, datetime) else instant(datetime.combine(named, NOON), turn.zone)
    return day, f"{words[:start]} {words[end:]}".removesuffix(" by").replace(" by  ", " ")


_ENDING = re.compile(
    r"(?:帮我)?(?:查|看)?(?:一下|看)?(?:最近|近期|现在|这个月|下个月|今年)?(?:有)?(?:哪些|什么|谁的?|快)(?:客户)?的?(?:要|快要?)?(?:到期)?的?合同(?:最近|近期|这个月|下个月|今年)?(?:要|快要?|会)?(?:到期|续签?)?(?:了|的|有哪些)*[？?。]*"
    r"|(?:what|which)(?: customers?['’]?)? contracts? (?:end|expire|run out|are ending|are expiring|are up)(?: soon| next)?[?.]*",
    re.IGNORECASE,
)
AHEAD = timedelta(days=90)
"""So far ahead a contract is about to end."""


@heard("first", for_=MEMBERS)
def asked_what_ends(turn: Turn, said: Said) -> Reply | NotMine:
    """ "Which contracts end soon?", 哪些合同快到期了."""
    if not may_order(turn, said) or not _ENDING.fullmatch(said.text.strip()):
        return NOT_MINE
    found = sorted(turn.work.care.contract_ends(turn.now, turn.now + AHEAD), key=lambda deal: deal.until or turn.now)
    ending = [(deal, customer) for deal in found if (customer := turn.work.customers.get(deal.customer))]
    if not ending:
        return Reply(_("No contract that I know of ends in the next three months."))
    shown = [
        text("• ", customer.name, " · ", moment(deal.until, "day"))
        for deal, customer in ending[:20]
        if deal.until is not None
    ]
    cards_ = tuple(Option(text(customer.name), f"who:{customer.id}", wide=True) for _deal, customer in ending[:8])
    return Reply(lines(bold(_("Contracts that end soon")), *shown), cards_)


def lose(turn: Turn, found: Deal, stage: Stage, reason: str) -> Reply:
    """It is lost, and this is why."""
    moved = actions.move_deal(turn, found, stage, reason=reason)
    turn.did(_("{deal} → {stage}", deal=cards.title(turn, moved), stage=stage.name), cards.card_of(moved))
    return cards.deal_card(turn, moved)


def ask_step(turn: Turn, found: Deal) -> Reply:
    """The card, with the question for the next step where the deal goes on."""
    if found.state != "open":
        return cards.deal_card(turn, found)
    if turn.private:
        turn.remember({"kind": "deal-step", "deal": found.id})
    return cards.deal_card(turn, found, note=bold(_("What is the next step, and when?")))


def ask_reason(turn: Turn, found: Deal, stage: Stage) -> Reply:
    """Why it was lost; until then it stays where it is."""
    if turn.private:
        turn.remember({"kind": "deal-lost", "deal": found.id, "stage": stage.id})
    return cards.reasons(found, stage)


@command(
    "pipeline",
    help=_("All open deals by stage"),
    for_=MEMBERS,
    words=(
        "pipeline",
        "my pipeline",
        "our pipeline",
        "my deals",
        "forecast",
        "销售漏斗",
        "我的商机",
        "我的单子",
        "在谈的单子",
        "商机列表",
        "管道",
        "预测",
        "销售预测",
    ),
)
def pipeline(turn: Turn, text: Rest | None = None) -> Reply:
    me = turn.me()
    own = me.role not in MANAGERS and turn.private
    deals = seen(turn, turn.work.deals.open(me.id if own else None))
    return cards.pipeline_card(turn, deals, _("Your pipeline") if own else _("The pipeline"))


@command("funnel", help=_("How many deals come how far"), for_=MEMBERS, words=("funnel", "转化率", "漏斗"))
def funnel_(turn: Turn) -> Reply | Text:
    moves = turn.work.deals.moves(turn.now - actions.YEAR)
    if not moves:
        return lines(_("No deal has moved yet."), _("Example: {example}", example=code(_("/deal Acme 200k quote"))))
    passed = funnel(actions.steps(turn), actions.reached(turn))
    narrow = bottleneck(passed)
    closed = turn.work.deals.closed(turn.now - actions.YEAR, turn.now + timedelta(minutes=1))
    days = cycle([actions.sale(d) for d in closed])
    body = lines(
        bold(_("Funnel of the last 12 months")),
        *(text("• ", p.name, f" · {p.count}", f" · {p.share}%" if p.share is not None else "") for p in passed),
        _("Most stay behind before {stage}.", stage=narrow.name) if narrow and (narrow.share or 0) < 100 else None,
        _("From the beginning to the yes: {n} days", n=days) if days is not None else None,
    )
    return Reply(body, (Option(_("Chart"), "chart:funnel"),))


@press("funnel", for_=MEMBERS)
def funnel_pressed(turn: Turn) -> Reply | Text:
    return funnel_(turn)


@command(
    "stages",
    help=_("The steps of the pipeline, and how to change them"),
    example=_("/stages add Demo 40% after Contact"),
    for_=MANAGERS,
    words=("stages", "销售阶段", "管道阶段"),
)
def stages(turn: Turn, text: Rest | None = None) -> Reply | Text:
    return edit_stages(turn, text or "")


@command(
    "until",
    help=_("When a customer's contract ends"),
    example=_("/until Acme 31 Dec 2026"),
    words=("contract until", "合同到期", "合同到期日"),
    for_=EDITORS,
)
def until(turn: Turn, customer: Customer, text: Rest | None = None) -> Reply | Text | NotMine:
    """ "合同到期前两天提醒我…" begins with the same words and is a reminder."""
    if "提醒" in (text or ""):
        return NOT_MINE
    day, _words = day_in(turn, text or "", last=True)
    if day is None:
        return lines(
            _("I could not read a day there."), _("Example: {example}", example=code(_("/until Acme 31 Dec 2026")))
        )
    found = actions.end_contract_on(turn, customer, day)
    turn.did(_("contract end of {name}", name=customer.name), cards.card_of(found))
    reminders = turn.work.reminders.anchored(customer.id, "contract")
    shown = cards.deal_card(turn, found)
    told = [_("I will remind you {when}", when=moment(r.due)) for r in reminders if r.due > turn.now]
    return Reply(lines(shown.text, *told), shown.options, card=shown.card)
