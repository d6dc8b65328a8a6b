"""How alerts look: one card, the same for everyone, rewritten wherever it stands. It never names who served."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.messages import Option, Reply, Urgency
from bot.core.text import Part, Text, bold, code, lines, moment, quote, text
from bot.core.text import gettext as _
from flows.activities.words import kind_name
from flows.alerts.rules import LOW, SO_SO, complains, when_called
from flows.turn import Turn
from flows.words import zone_of
from store.models import Activity, Alert, Customer, Invitation, Member, Reminder, Survey

TOP = {"nps": 10, "ces": 7}
"""The highest score of a scale other than 1 to 5."""


def card_of(alert: int) -> str:
    """The alert's card."""
    return f"alert:{alert}"


def alert_card(turn: Turn, alert: Alert, *, hint: bool = False) -> Reply:
    """Customer, score, words, and who has it."""
    return Reply(
        lines(
            bold(_head(turn, alert)),
            _about(turn, alert),
            quote(alert.words) if alert.words else None,
            *_standing(turn, alert),
            _("To see these in a team room, write {command} there.", command=code("/alerts low scores"))
            if hint
            else None,
        ),
        _options(alert),
        card=card_of(alert.id),
        urgency=Urgency.ALERT,
    )


def _head(turn: Turn, alert: Alert) -> Text:
    values: dict[str, Part] = {"score": alert.score or 0, "customer": customer_name(turn, alert)}
    kind = kind_of(turn, alert)
    if alert.topic == SO_SO and alert.state != "withdrawn" and complains(alert.score, kind or "csat", alert.words):
        return _("Complains, with {score} of {top} · {customer}", top=TOP.get(kind, 5), **values)
    if kind in TOP:
        top = TOP[kind]
        if alert.state == "withdrawn":
            return _("Now {score} of {top} · {customer}", top=top, **values)
        if kind == "nps":
            return _("Would not recommend us: {score} of {top} · {customer}", top=top, **values)
        return _("Found it hard: {score} of {top} · {customer}", top=top, **values)
    if alert.topic == LOW and alert.state != "withdrawn" and (alert.score or 0) <= 2:
        return _("Low score: {score} of 5 · {customer}", **values)
    if alert.state != "withdrawn" and alert.score == 3:
        return _("So-so: {score} of 5 · {customer}", **values)
    return _("Now {score} of 5 · {customer}", **values)


def kind_of(turn: Turn, alert: Alert) -> str:
    """The kind of the survey that was answered."""
    invitation = turn.work.get(Invitation, alert.invitation) if alert.invitation else None
    survey = turn.work.get(Survey, invitation.survey) if invitation else None
    return survey.kind if survey else "csat"


def _about(turn: Turn, alert: Alert) -> Text | None:
    """Who answered, and about what; never who served."""
    invitation = turn.work.get(Invitation, alert.invitation) if alert.invitation else None
    activity = turn.work.get(Activity, invitation.activity) if invitation and invitation.activity else None
    person = person_of(turn, alert)
    if activity is None:
        return text(person) if person != customer_name(turn, alert) else None
    about = _("{kind} on {day}", kind=kind_name(activity.kind), day=moment(activity.at, "day"))
    return text(person, " · ", about) if person != customer_name(turn, alert) else about


def _standing(turn: Turn, alert: Alert) -> list[Text]:
    if alert.state == "withdrawn":
        return [_("The customer changed the score: nothing to do.")]
    if alert.state == "open":
        return [_("Nobody has it yet.")] if alert.topic == LOW else []
    who, by = _named(turn, alert.claimed_by), _named(turn, alert.assigned_by)
    at = moment(alert.claimed or alert.made, "time")
    claimed = _("Claimed by {name} {time}", name=who, time=at)
    given = _("Given to {name} by {by} {time}", name=who, by=by, time=at)
    told = _("{person} was told that {name} will call.", person=person_of(turn, alert), name=_told_name(turn, alert))
    return [given if by and by != who else claimed, told if alert.told else _("The customer has not been told.")]


def _told_name(turn: Turn, alert: Alert) -> str:
    return _named(turn, alert.told_name) or _named(turn, alert.claimed_by)


def _options(alert: Alert) -> tuple[Option, ...]:
    show = Option(_("Open"), f"alert-open:{alert.id}")
    assign = Option(_("Assign"), f"assign:{alert.id}")
    if alert.state == "withdrawn":
        return (show,)
    if alert.topic != LOW:
        return (show,)
    if alert.state == "open":
        return (Option(_("Claim"), f"claim:{alert.id}", style="primary"), assign, show)
    back = Option(_("Give back"), f"give-back:{alert.id}")
    return (show, assign) if alert.told else (show, assign, back)


def customer_name(turn: Turn, alert: Alert) -> str:
    """The firm."""
    customer: Customer | None = turn.work.customers.get(alert.customer)
    return customer.name if customer else ""


def person_of(turn: Turn, alert: Alert) -> str:
    """The person who answered, else the firm."""
    invitation = turn.work.get(Invitation, alert.invitation) if alert.invitation else None
    contact = turn.work.customers.contact(invitation.contact) if invitation and invitation.contact else None
    return contact.name if contact else customer_name(turn, alert)


def _named(turn: Turn, member: int | None) -> str:
    found = turn.work.get(Member, member) if member else None
    return found.name if found else ""


def to_customer(turn: Turn, alert: Alert, member: Member, reminder: Reminder) -> Text:
    """The one approved sentence: who will call, and on which day of the customer's."""
    customer = turn.work.customers.get(alert.customer)
    zone = (customer.zone if customer else "") or turn.workspace.zone
    values: dict[str, Part] = {"name": member.name, "firm": turn.workspace.name}
    match when_called(reminder.due, turn.now, zone_of(zone)):
        case "today":
            return _("{name} of {firm} will call you today.", **values)
        case "tomorrow":
            return _("{name} of {firm} will call you tomorrow.", **values)
        case _:
            return _("{name} of {firm} will call you on {day}.", day=moment(reminder.due, "day"), **values)


def task_card(turn: Turn, alert: Alert, reminder: Reminder | None) -> Reply:
    """A so-so answer, for the one person whose task it is."""
    shown = alert_card(turn, alert)
    if reminder is None or reminder.state != "open" or alert.state == "withdrawn":
        return shown
    body = lines(shown.text, _("A personal call is on your list for {when}.", when=moment(reminder.due)))
    done = Option(_("Done"), f"done:{reminder.id}", style="primary")
    return Reply(body, (done, *shown.options), card=shown.card, urgency=Urgency.ALERT)


def picks(turn: Turn, alert: Alert, members: Sequence[Member]) -> Reply:
    """Whom to give it to."""
    return Reply(
        _("Who takes care of {customer}?", customer=customer_name(turn, alert)),
        tuple(Option(text(member.name), f"assign-to:{alert.id}:{member.id}") for member in members),
        card=f"assign:{alert.id}",
    )


def late_card(turn: Turn, alert: Alert, owner: Member | None) -> Reply:
    """For the managers: nobody has acted on a so-so answer for a working day."""
    return Reply(
        lines(
            bold(_head(turn, alert)),
            quote(alert.words) if alert.words else None,
            _("A working day has passed and nobody has called."),
            _("It is on the list of {name}.", name=owner.name) if owner else None,
        ),
        (Option(_("Open"), f"alert-open:{alert.id}"),),
        card=f"alert-late:{alert.id}",
        urgency=Urgency.ALERT,
    )
