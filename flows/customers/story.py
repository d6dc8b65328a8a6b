"""What a card tells beside the bare facts: last touches, what changed, the summary, the likely next step."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.text import Text, bold, join, lines, moment, ngettext, quote, text
from bot.core.text import gettext as _
from flows.activities.words import kind_name
from flows.customers.summary import Told, summary
from flows.tiers.cards import change_line
from flows.tiers.settings import rhythm_of
from flows.tiers.words import money, reason
from flows.turn import Turn
from store.models import Activity, Contact, Customer, Member, Need, Promise, Purchase, Reminder

LATELY = timedelta(days=90)
READ = 60
"""Activities from which the summary is made."""


def touch_lines(turn: Turn, customer: Customer, recent: list[Activity]) -> list[Text]:
    """The last touch in each direction, and whether we owe a reply."""
    out: list[Text] = []
    ours = next((a for a in recent if a.direction == "out" and a.kind != "note"), None)
    theirs = next((a for a in recent if a.direction == "in"), None)
    if ours is not None:
        who = turn.work.get(Member, ours.member) if ours.member else None
        by = f", {who.name}" if who else ""
        out.append(_("Last from us: {when}, {kind}{by}", when=_day(turn, ours.at), kind=kind_name(ours.kind), by=by))
    if theirs is not None:
        out.append(_("Last from them: {when}, {kind}", when=_day(turn, theirs.at), kind=kind_name(theirs.kind)))
    if since := owed_since(customer):
        out.append(bold(_("We owe a reply since {day}.", day=_day(turn, since))))
    return out


def owed_since(customer: Customer) -> datetime | None:
    """When they wrote last, where nobody of ours has been in touch since."""
    if customer.last_in is None or (customer.last_out is not None and customer.last_out >= customer.last_in):
        return None
    return customer.last_in


def _day(turn: Turn, at: datetime) -> Text:
    return moment(at.astimezone(turn.zone).date(), "day")


def summary_lines(turn: Turn, customer: Customer, recent: list[Activity]) -> list[Text]:
    """Three lines: what they need, how business stands, what to watch."""
    told = [Told(a.text, a.at, a.direction == "in") for a in recent if a.text]
    told += [Told(row.text, row.at, True) for row in turn.work.find(Need, customer=customer.id) if row.state == "open"]
    told += [
        Told(str(value), invitation.finished or invitation.made, True)
        for invitation in turn.work.feedback.invitations(customer.id, limit=5)
        for value in turn.work.feedback.answers(invitation.id).values()
        if isinstance(value, str) and len(value) > 3
    ]
    found = summary(told)
    business = "; ".join(found.business)
    bought = _bought(turn, customer)
    return [
        line
        for line in (
            _("Needs: {what}", what="; ".join(found.needs)) if found.needs else None,
            _("Business: {what}", what=join("; ", [part for part in (bought, business) if part]))
            if bought or business
            else None,
            _("Watch: {what}", what="; ".join(found.watch)) if found.watch else None,
        )
        if line is not None
    ]


def _bought(turn: Turn, customer: Customer) -> Text | None:
    orders = [row for row in turn.work.find(Purchase, customer=customer.id, kind="order", state="open")]
    if not orders:
        return None
    last = max(orders, key=lambda row: row.at)
    what = f" · {last.what}" if last.what else ""
    return text(
        ngettext("{n} order", "{n} orders", len(orders)),
        ", ",
        _("the last on {day} over {sum}", day=_day(turn, last.at), sum=money(last.amount, last.currency)),
        what,
    )


def change_lines(turn: Turn, customer: Customer) -> list[Text]:
    """What became different in ninety days."""
    since = turn.now - LATELY
    moves = [m for m in turn.work.standing.history(customer.id) if m.at >= since and m.was and m.kind != "step"]
    needs = [row for row in turn.work.find(Need, customer=customer.id) if row.at >= since and row.state == "open"]
    people = [
        c for c in turn.work.find(Contact, customer=customer.id) if c.created >= since and c.created > customer.created
    ]
    orders = [p for p in turn.work.find(Purchase, customer=customer.id, kind="order", state="open") if p.at >= since]
    out: list[Text] = [change_line(turn, move) for move in moves[-3:]]
    if orders:
        total = sum(row.amount for row in orders if row.currency == turn.workspace.currency)
        said = ngettext("{n} new order", "{n} new orders", len(orders))
        out.append(text(said, ": ", money(total, turn.workspace.currency)) if total else said)
    out += [_("New need: {what}", what=row.text[:80]) for row in needs[-2:]]
    out += [_("New contact: {name}", name=contact.name) for contact in people[-2:]]
    if not out:
        return []
    return [lines(_("Changed in 90 days:"), *(text("• ", line) for line in out))]


def next_lines(
    turn: Turn, customer: Customer, recent: list[Activity], reminders: list[Reminder], promises: list[Promise]
) -> list[Text]:
    """The next step, and what they will likely want, each with its reason."""
    pressing = _pressing(turn, customer, reminders, promises)
    likely = turn.work.standing.likely(customer.id)
    if pressing is None and likely is not None:
        step: tuple[Text, Text] = _("offer {product}", product=likely[0]), _alike(likely)
    elif pressing is None and not recent:
        step = _("make the first contact"), _("nothing has been logged yet")
    else:
        step = pressing or (_("agree on a next step"), _("nothing is planned"))
    found = [_("Next: {what} ({why})", what=bold(step[0]), why=step[1])]
    if likely is not None:
        found.append(_("Likely next: {product}, because {why}", product=bold(likely[0]), why=_alike(likely)))
    return found[:1] if pressing is None else found


def _alike(likely: tuple[str, int, int, str]) -> Text:
    _product, both, buyers, because = likely
    if because.startswith("#"):
        return _("{both} of {buyers} with {tag} bought it", both=str(both), buyers=str(buyers), tag=because)
    return _(
        "{both} of {buyers} who bought {because} bought it too", both=str(both), buyers=str(buyers), because=because
    )


def _pressing(
    turn: Turn, customer: Customer, reminders: list[Reminder], promises: list[Promise]
) -> tuple[Text, Text] | None:
    """An answer, a promise, a task, a warning, silence."""
    if customer.stage == "lead":
        return _("find out what they need"), _("a new lead")
    if since := owed_since(customer):
        return _("answer them"), _("they wrote on {day}", day=_day(turn, since))
    ours = [p for p in promises if p.by == "us" and p.due is not None]
    if ours and ours[0].due is not None and ours[0].due <= turn.now + timedelta(days=7):
        return _("keep the promise: {what}", what=ours[0].what), _("due {day}", day=_day(turn, ours[0].due))
    if reminders:
        first = min(reminders, key=lambda reminder: reminder.due)
        return text(first.text or _("follow up")), _("on the list for {day}", day=_day(turn, first.due))
    if customer.stage == "warning" and (last := turn.work.standing.last(customer.id, "stage")):
        return _("call and ask what is wrong"), reason(last.why, turn.workspace.currency)
    silent = (turn.now - (customer.last_touch or customer.created)).days
    rhythm = rhythm_of(turn.workspace, customer.tier)
    if rhythm and silent >= rhythm:
        return _("get in touch"), _(
            "{n} days of silence; tier {tier} has {rhythm}", n=str(silent), tier=customer.tier, rhythm=str(rhythm)
        )
    return None


def told(turn: Turn, activity: Activity) -> Text:
    """An activity with who and what, in a line or two."""
    who = turn.work.get(Member, activity.member) if activity.member else None
    by = f" · {who.name}" if who else (text(" · ", _("from them")) if activity.direction == "in" else "")
    ahead = text(" · ", _("planned")) if activity.status == "planned" else text()
    head = text(moment(activity.at, "short"), " · ", kind_name(activity.kind), ahead, by)
    words = " ".join(activity.text.split())
    return lines(head, quote(words[:200])) if words else head
