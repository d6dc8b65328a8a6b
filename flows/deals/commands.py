# ruff: noqa: E501 -- a rule is one line
"""What people say about deals: open or move one, see the pipeline and the funnel, edit its stages, end a contract."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, code, lines, moment, text
from bot.core.text import gettext as _
from flows.arguments import READERS, Found, Rest, Several
from flows.asking import may_order, run
from flows.customers.sight import seen
from flows.deals import actions, cards, moving
from flows.deals.rules import Step, bottleneck, cycle, funnel, stage_named
from flows.deals.stages import edit_stages
from flows.reminders.rules import instant
from flows.replies import below
from flows.router import COMMANDS, EDITORS, MANAGERS, MEMBERS, NOT_MINE, NotMine, command, heard, press
from flows.turn import Turn
from flows.understanding import Context, read_money, read_time
from flows.understanding.lazily import lazy
from flows.undo.actions import last
from store.models import Customer, Deal, Stage

FRESH = timedelta(minutes=30)
"""So long a few words may still be about the deal that was opened or changed last."""
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
        return _of_customer(turn, customer, running)
    stage, words = _stage(turn, words)
    amount, currency, words = _sum(turn, words)
    expected, words = _day(turn, words)
    what = " ".join(words.split()).strip(" ,，·")
    if amount is None and _PLAIN.fullmatch(what):
        amount, what = round(Decimal(what.replace(",", ""))), ""
    if problem := _no_sum(amount, what):
        return lines(problem, _("Example: {example}", example=code(_("/deal Acme 200k quote"))))
    same = [d for d in running if not what or d.what.casefold() == what.casefold()]
    if len(same) == 1 and (not what or same[0].what):
        return _changed(turn, same[0], amount, currency, stage, expected)
    first = stage or actions.stages(turn)[0]
    if first.kind == "lost":
        return lines(_("There is no open deal with {name} to lose.", name=customer.name))
    made = actions.open_deal(turn, customer, what, amount, currency, first, expected=expected)
    turn.did(_("deal with {name}", name=customer.name), cards.card_of(made))
    return ask_step(turn, made)


def _of_customer(turn: Turn, customer: Customer, running: list[Deal]) -> Reply | Text:
    if len(running) == 1:
        return cards.deal_card(turn, running[0])
    if not running:
        return lines(
            _("No deal is open with {name}.", name=customer.name),
            _("Example: {example}", example=code(_("/deal Acme 200k quote"))),
        )
    picks = tuple(Option(cards.title(turn, d), f"deal:{d.id}", wide=True) for d in running[:8])
    return Reply(_("Which one do you mean?"), picks)


def _changed(
    turn: Turn, found: Deal, amount: int | None, currency: str, stage: Stage | None, expected: datetime | None
) -> Reply:
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


def _sum(turn: Turn, words: str) -> tuple[int | None, str, str]:
    """1.2m and no other word is no length."""
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
_PLAIN = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,2})?")
"""A number that nothing else is said of is the sum."""
_MOST = 10**13
"""More than anything is sold for; a slip."""


def _no_sum(amount: int | None, what: str) -> Text | None:
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


def _day(turn: Turn, words: str, *, last: bool = False) -> tuple[datetime | None, str]:
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


@heard("said", for_=EDITORS)
def told_to_move(turn: Turn, said: Said) -> Any:
    """ "Move the Acme deal to won": only where the customer and the stage are known and a deal is open or spoken of."""
    wanted = stage_wished(turn, said.text) if turn.private and not said.forwarded_from else None
    if wanted is None:
        return NOT_MINE
    asked, stage = wanted
    named = READERS[Customer](turn, asked.whose)
    if isinstance(named, Several):
        return run(turn, COMMANDS["deal"], f"{asked.whose} {stage.name}") if asked.plainly else NOT_MINE
    if not isinstance(named, Found):
        return NOT_MINE
    meant, running = _meant(turn, named)
    if len(meant) == 1:
        return _changed(turn, meant[0], None, "", turn.work.get(Stage, stage.id), None)
    if not running and said.text.rstrip(" 。！!").endswith("了"):
        return NOT_MINE  # "鼎盛那个单子谈到报价了" tells something: it is written down
    return _of_customer(turn, named.value, running) if asked.plainly and not named.rest else NOT_MINE


def _meant(turn: Turn, named: Found) -> tuple[list[Deal], list[Deal]]:
    """The open deals with a customer that the words beside the name mean, and all that are open."""
    running = [d for d in turn.work.deals.of_customer(named.value.id) if d.state == "open"]
    what = named.rest.casefold()
    return [d for d in running if not what or d.what.casefold() == what], running


@heard("said", for_=EDITORS)
def told_of_deal(turn: Turn, said: Said) -> Any:
    """ "The Acme deal is 85k, not 80k", "lost the Acme deal, too dear": only where one open deal is meant."""
    if not turn.private or said.forwarded_from:
        return NOT_MINE
    told = moving.other_sum(said.text)
    lost = moving.loss(said.text) if told is None else None
    about = told or lost
    named = READERS[Customer](turn, about.whose) if about else None
    meant = _meant(turn, named)[0] if isinstance(named, Found) else []
    if about is None or len(meant) != 1:
        return NOT_MINE
    if told is not None:
        return worth(turn, meant[0], told.what)
    stage = next((stage for stage in actions.stages(turn) if stage.kind == "lost"), None)
    if stage is None:
        return NOT_MINE
    return lose(turn, meant[0], stage, about.what) if about.what else ask_reason(turn, meant[0], stage)


def worth(turn: Turn, found: Deal, said: str) -> Any:
    """The deal with another sum; NOT_MINE where the words are none that a deal may have."""
    amount, currency, rest = _sum(turn, said)
    if amount is None and _PLAIN.fullmatch(said) and len(said) > 2:
        amount, rest = round(Decimal(said.replace(",", ""))), ""
    if amount is None or rest.strip() or _no_sum(amount, ""):
        return NOT_MINE
    return _changed(turn, found, amount, currency, None, None)


def of_this_one(turn: Turn, found: Deal, line: str) -> Any:
    """Another stage, or the day on which it closes, where this deal is spoken of; else NOT_MINE."""
    named = moving.this_to(line)
    if named and (stage := stage_named(named, actions.steps(turn), actions.keys(turn))):
        return below(turn, _changed(turn, found, None, "", turn.work.get(Stage, stage.id), None))
    said = moving.closes(line)
    expected, rest = _day(turn, said) if said else (None, "")
    return _changed(turn, found, None, "", None, expected) if expected and not rest.strip() else NOT_MINE


@heard("said", for_=EDITORS)
def told_of_this_one(turn: Turn, said: Said) -> Any:
    """ "Move it to proposal", right after a deal was opened or changed: that one is meant."""
    if not turn.private or said.forwarded_from or not (moving.this_to(said.text) or moving.closes(said.text)):
        return NOT_MINE
    change = last(turn)
    topic, _colon, id = (change.card if change else "").partition(":")
    found = turn.work.deals.get(int(id)) if topic == "deal" and id.isdigit() else None
    fresh = change is not None and turn.now - change.at <= FRESH
    return of_this_one(turn, found, said.text) if found is not None and found.state == "open" and fresh else NOT_MINE


def lose(turn: Turn, found: Deal, stage: Stage, reason: str) -> Reply:
    """It is lost, and this is why."""
    moved = actions.move_deal(turn, found, stage, reason=reason)
    turn.did(_("{deal} → {stage}", deal=cards.title(turn, moved), stage=stage.name), cards.card_of(moved))
    return cards.deal_card(turn, moved)


def is_of_a_deal(turn: Turn, line: str) -> bool:
    """Whether a line asks for another stage or tells another sum or a loss of a deal that it names."""
    about = moving.other_sum(line) or moving.loss(line)
    return stage_wished(turn, line) is not None or (
        about is not None and isinstance(READERS[Customer](turn, about.whose), Found)
    )


def stage_wished(turn: Turn, line: str) -> tuple[moving.Wish, Step] | None:
    """Whose deal is to stand at which stage of ours; None where the line asks for none."""
    asked = moving.wish(line)
    stage = stage_named(asked.stage, actions.steps(turn), actions.keys(turn)) if asked else None
    return (asked, stage) if asked and stage else None


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


_ENDS = lazy(
    r"\s*(?:the |our )?(?:(?P<who>.{2,60}?)(?:['’]s?|s)? (?:contract|agreement)|(?:contract|agreement) (?:of|with|for) (?P<of>.{2,60}?)) (?:now )?(?:ends?|expires?|runs? out|is up|runs? (?:until|till|to)|is until|goes until)(?: on| at| in| by)? (?P<when>.{3,40}?)[.! ]*"
    r"|(?:我们)?[跟和与]?(?P<zh>[^，,。]{2,30}?)的?(?:合同|协议)(?:期)?(?:是|还是|就是)?(?:签)?(?:到|至|截止到?|在)(?P<zh_when>[^，,。]{2,14}?)(?:到期|为止|结束|截止|终止)?[。！! ]*"
    r"|(?:我们)?[跟和与]?(?P<zh2>[^，,。]{2,30}?)的?(?:合同|协议)(?P<zh2_when>[^，,。]{2,14}?)(?:就|要)?(?:到期|结束|截止|终止)[。！! ]*",
    re.IGNORECASE,
)


@heard("said", for_=EDITORS)
def told_of_contract(turn: Turn, said: Said) -> Any:
    """ "Acme's contract ends 31 Dec": nothing but a day may stand behind it."""
    match = _ENDS.fullmatch(said.text) if turn.private and not said.forwarded_from else None
    if match is None:
        return NOT_MINE
    asked = match["who"] or match["of"] or match["zh"] or match["zh2"]
    when = match["when"] or match["zh_when"] or match["zh2_when"]
    found = next(
        (out for name in (asked, f"{asked}s") if isinstance(out := READERS[Customer](turn, name), Found)), None
    )
    day, words = _day(turn, when, last=True)
    if found is None or found.rest or day is None or words.strip():
        return NOT_MINE
    return until(turn, found.value, Rest(when))


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
    day, _words = _day(turn, text or "", last=True)
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
