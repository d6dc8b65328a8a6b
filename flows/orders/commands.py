"""What members say of orders, invoices, payments, needs and preferences."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal

from bot.core.errors import BadInput
from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, join, lines, moment, text
from bot.core.text import gettext as _
from flows.activities.sums import in_figures
from flows.arguments import Rest
from flows.orders.actions import NAMES, cancel_purchase, take_purchase, take_trace
from flows.orders.offering import booked, told
from flows.replies import settled
from flows.router import MEMBERS, command, press
from flows.tiers.cards import change_line
from flows.tiers.words import money
from flows.turn import Turn
from flows.understanding import Context, read_money, read_time
from store.models import Activity, Customer, Need, Preference, Purchase, Standing

Outcome = Reply | Text
LARGEST = Decimal(10) ** 13
_BARE = re.compile(r"(?<![\w.])(\d[\d,]*(?:\.\d+)?)(?![\w%])")
_NUMBER = re.compile(r"(?:^|\s)(?:no\.?|nr\.?|#|单号[:：]?|编号[:：]?)\s*([A-Za-z0-9][\w/-]{2,40})", re.IGNORECASE)


@command("order", help=_("An order of a customer"), example=_("/order Acme 120000 pumps"), words=("下单", "新订单"))
def order(turn: Turn, customer: Customer, text: Rest) -> Outcome:
    return _taken(turn, customer, "order", text)


@command("invoice", help=_("An invoice to a customer"), example=_("/invoice Acme 120000"), words=("开票",))
def invoice(turn: Turn, customer: Customer, text: Rest) -> Outcome:
    return _taken(turn, customer, "invoice", text)


@command("payment", help=_("A payment of a customer"), example=_("/payment Acme 60000"), words=("回款", "收款"))
def payment(turn: Turn, customer: Customer, text: Rest) -> Outcome:
    return _taken(turn, customer, "payment", text)


def _taken(turn: Turn, customer: Customer, kind: str, said: str) -> Outcome:
    amount, currency, at, what, number = _read(turn, said)
    return _down(
        turn, take_purchase(turn, customer, amount, kind=kind, what=what, currency=currency, number=number, at=at)
    )


def _down(turn: Turn, taken: tuple[Purchase, Customer, list[Standing]]) -> Reply:
    """What was written down, with what it changed."""
    row, customer, moves = taken
    kind = row.kind
    card = f"purchase:{row.id}"
    sum_ = money(row.amount, row.currency)
    turn.did(_("{kind} of {name} over {sum}", kind=NAMES[kind], name=customer.name, sum=sum_), card)
    other = row.currency != turn.workspace.currency and kind == "order"
    said_ = lines(
        text(bold(customer.name), " · ", NAMES[kind], " ", sum_, f" · {row.what}" if row.what else ""),
        _("Orders of the last 12 months: {sum}", sum=money(customer.value, turn.workspace.currency)),
        _("A sum in {currency} does not count towards the tier.", currency=row.currency) if other else None,
        *(change_line(turn, move) for move in moves),
    )
    return Reply(said_, (Option(_("Undo"), f"undo:{card}"), Option(_("Show card"), f"who:{customer.id}")), card=card)


def _read(turn: Turn, said: str) -> tuple[Decimal, str, datetime | None, str, str]:
    """Sum, currency, day, product and number from "120k Pump A no. 4711 yesterday"; raises BadInput without a sum."""
    number = ""
    if match := _NUMBER.search(said):
        number, said = match[1], said[: match.start()] + " " + said[match.end() :]
    context = Context(now=turn.local, country=turn.workspace.country, language=turn.language)
    at, said = _day(turn, said, context)
    if read_money(said, context) is None and _BARE.search(said) is None:
        said = in_figures(said)
    found = read_money(said, context)
    bare = _BARE.search(said)
    if bare is not None and (found is None or found.currency is None):
        if found is None or bare.start() <= found.place.start:
            amount, currency, span = Decimal(bare[1].replace(",", "")), "", bare.span()
        else:
            amount, currency, span = Decimal(str(found.amount)), "", (found.place.start, found.place.end)
    elif found is not None:
        amount, currency, span = Decimal(str(found.amount)), found.currency or "", (found.place.start, found.place.end)
    else:
        raise BadInput(_("I see no sum there. Example: {example}", example=code(_("/order Acme 120000 pumps"))))
    if not 0 < amount < LARGEST:
        raise BadInput(_("I see no sum there. Example: {example}", example=code(_("/order Acme 120000 pumps"))))
    what = " ".join((said[: span[0]] + " " + said[span[1] :]).split()).strip(" ,，。;；")
    return amount, currency, at, re.sub(r"^(?:for|of|over|元)\s*", "", what), number


def _day(turn: Turn, said: str, context: Context) -> tuple[datetime | None, str]:
    """A day that is named and has come; what else could be a time stays where it is."""
    found = read_time(said, context)
    if found is None or not isinstance(found.start, date) or isinstance(found.start, datetime):
        return None, said
    if found.start > turn.local.date():
        return None, said
    at = datetime.combine(found.start, time(12), tzinfo=turn.zone)
    return min(at, turn.at), said[: found.span[0]] + " " + said[found.span[1] :]


@press("purchase-told")
def purchase_told(turn: Turn, activity: int) -> Outcome:
    """A line told of it: it is written down once."""
    line = turn.work.get(Activity, activity)
    customer = turn.work.customers.get(line.customer) if line else None
    if line is None or customer is None or not line.amount or not (kind := told(line.text)):
        return settled()
    if booked(turn, line) is not None:
        return purchases_of(turn, customer)
    sum_ = Decimal(line.amount)
    return _down(turn, take_purchase(turn, customer, sum_, kind=kind, currency=line.currency, at=line.at))


@press("purchase-cancel")
def purchase_cancel(turn: Turn, purchase: int) -> Outcome:
    row = turn.work.get(Purchase, purchase)
    if row is None or row.state != "open":
        return settled()
    customer = cancel_purchase(turn, row)
    turn.did(_("{kind} over {sum} cancelled", kind=NAMES[row.kind], sum=money(row.amount, row.currency)))
    said = _("Cancelled: {kind} over {sum}.", kind=NAMES[row.kind], sum=money(row.amount, row.currency))
    return lines(bold(customer.name) if customer else None, said)


@command(
    "orders",
    help=_("Orders, invoices and payments of a customer"),
    example=_("/orders Acme"),
    for_=MEMBERS,
    words=(
        "orders",
        "orders of",
        "orders from",
        "order history",
        "order history of",
        "payments of",
        "payments from",
        "订单",
    ),
)
def orders(turn: Turn, customer: Customer) -> Outcome:
    return purchases_of(turn, customer)


@press("orders", for_=MEMBERS)
def orders_pressed(turn: Turn, customer: int) -> Outcome:
    found = turn.work.customers.get(customer)
    return purchases_of(turn, found) if found else Reply(_("This customer is no longer there."), toast=True)


def purchases_of(turn: Turn, customer: Customer) -> Reply:
    """The newest of each kind, and a way to cancel one of ours."""
    rows = sorted(turn.work.find(Purchase, customer=customer.id, state="open"), key=lambda row: row.at)[-10:]
    if not rows:
        return Reply(
            lines(
                _("{name} has no orders yet.", name=customer.name),
                _("To write one down: {example}", example=code(f"/order {customer.name} 120000")),
            )
        )
    shown = [text("• ", purchase_line(row)) for row in reversed(rows)]
    cancel = Option(_("Cancel the last one"), f"purchase-cancel:{rows[-1].id}")
    may = turn.me().role != "viewer"
    return Reply(lines(bold(customer.name), *shown), (cancel,) if may else ())


def purchase_line(row: Purchase) -> Text:
    """Day, kind, sum and product."""
    parts = text(moment(row.at, "day"), " · ", NAMES.get(row.kind, row.kind), " ", money(row.amount, row.currency))
    return parts + (f" · {row.what}" if row.what else "") + (f" · {row.number}" if row.number else "")


@command("did", help=_("What a customer did on our site or in our app"), example=_("/did Acme viewed Pump B"))
def did(turn: Turn, customer: Customer, text: Rest) -> Outcome:
    what, _space, about = text.strip().partition(" ")
    row = take_trace(turn, customer, _VERBS.get(what, what.casefold()), about)
    done = _DONE.get(row.what, row.what)
    turn.did(_("{name}: {what} {about}", name=customer.name, what=done, about=row.about), f"trace:{row.id}")
    said = _("Written down: {name} {what} {about}", name=customer.name, what=done, about=row.about)
    return Reply(said, (Option(_("Undo"), f"undo:trace:{row.id}"),), card=f"trace:{row.id}")


_DONE = {"viewed": _("viewed"), "clicked": _("clicked"), "downloaded": _("downloaded")}
_VERBS = {
    "浏览": "viewed",
    "看了": "viewed",
    "查看": "viewed",
    "点击": "clicked",
    "下载": "downloaded",
    "saw": "viewed",
}


# what they need, and how they want it


@command(
    "need",
    help=_("What a customer needs, by date"),
    example=_("/need Acme MES integration"),
    for_=MEMBERS,
    words=("需求",),
)
def need(turn: Turn, customer: Customer, words: Rest | None = None) -> Outcome:
    said = re.sub(r"^(?:add|新增|添加)[\s:：]+", "", (words or "").strip(), flags=re.IGNORECASE)
    if said and turn.me().role != "viewer":
        row = turn.work.add(Need(customer=customer.id, text=said[:300], member=turn.me().id, at=turn.at))
        turn.did(_("{name} needs: {what}", name=customer.name, what=row.text), f"need:{customer.id}")
    return _needs(turn, customer, undo=bool(said))


def _needs(turn: Turn, customer: Customer, *, undo: bool) -> Reply:
    rows = [row for row in turn.work.find(Need, customer=customer.id) if row.state == "open"]
    if not rows:
        example = code(f"/need {customer.name} MES")
        return Reply(
            _("No need of {name} is known. Write it like this: {example}", name=customer.name, example=example)
        )
    shown = [text("• ", moment(row.at, "day"), " · ", row.text) for row in reversed(rows[-8:])]
    settle = [Option(_("Settled: {what}", what=row.text[:24]), f"need-settled:{row.id}") for row in rows[-3:]]
    back = [Option(_("Undo"), f"undo:need:{customer.id}")] if undo else []
    return Reply(lines(_("{name} needs:", name=customer.name), *shown), (*back, *settle), card=f"need:{customer.id}")


@press("need-settled")
def need_settled(turn: Turn, need: int) -> Outcome:
    row = turn.work.get(Need, need)
    customer = turn.work.customers.get(row.customer) if row else None
    if row is None or customer is None or row.state != "open":
        return settled()
    turn.work.change(row, state="settled")
    turn.did(_("Need of {name} settled: {what}", name=customer.name, what=row.text), f"need:{customer.id}")
    return _needs(turn, customer, undo=True)


@command(
    "prefer",
    help=_("How a customer wants to be treated"),
    example=_("/prefer Acme no-calls"),
    for_=MEMBERS,
    words=("偏好",),
)
def prefer(turn: Turn, customer: Customer, words: Rest | None = None) -> Outcome:
    wanted = [word[:40] for word in re.split(r"[\s,，、]+", (words or "").strip()) if word]
    if wanted and turn.me().role != "viewer":
        known = {row.name for row in turn.work.find(Preference, customer=customer.id)}
        for name in wanted:
            if name not in known:
                turn.work.add(Preference(customer=customer.id, name=name, member=turn.me().id, at=turn.at))
        turn.did(_("{name} prefers: {what}", name=customer.name, what=join(", ", wanted)), f"prefer:{customer.id}")
    names = [row.name for row in turn.work.find(Preference, customer=customer.id)]
    if not names:
        example = code(f"/prefer {customer.name} no-calls")
        return _("I know no wishes of {name} yet. Write them like this: {example}", name=customer.name, example=example)
    undo = (Option(_("Undo"), f"undo:prefer:{customer.id}"),) if wanted else ()
    said = _("{name} prefers: {what}", name=customer.name, what=join(", ", names))
    return Reply(said, undo, card=f"prefer:{customer.id}")
