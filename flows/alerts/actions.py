"""Raising alerts from scores: a low one for the team, a so-so one as a task for one person."""

from __future__ import annotations

from bot.core.messages import Reply, Urgency
from bot.core.text import gettext as _
from flows.alerts import cards
from flows.alerts.claims import task_text, works_on
from flows.alerts.rules import LOW, SO_SO, a_working_day_later, band_of, complains, next_morning
from flows.alerts.showing import active_member, drop_task, first_show, looking_after, show, task_of
from flows.reminders.actions import set_reminder
from flows.reminders.rules import out_of_quiet
from flows.router import MANAGERS
from flows.surveys.facts import ScoreGiven
from flows.turn import Turn
from flows.words import zone_of
from store.models import Alert, Invitation, Member

LATE, SHOW = "so-so", "so-so-show"
"""Timers: nobody acted on a so-so answer; its owner's night is over."""


def on_score(turn: Turn, fact: ScoreGiven) -> None:
    """A low score alerts the team, a so-so one is a private task; a changed score changes what nobody acted upon."""
    subject, band = f"invitation:{fact.invitation}", band_of(fact.score, fact.kind)
    if complains(fact.score, fact.kind, fact.words):
        band = SO_SO
    low, so_so = (turn.work.first(Alert, topic=topic, subject=subject) for topic in (LOW, SO_SO))
    for alert in (low, so_so):
        if alert is not None and alert.topic != band:
            _changed_away(turn, alert, fact)
    if band == LOW:
        _low(turn, low, fact)
    elif band == SO_SO and (low is None or low.state != "claimed"):
        _so_so(turn, so_so, fact)


def _low(turn: Turn, alert: Alert | None, fact: ScoreGiven) -> None:
    if alert is None:
        first_show(turn, _new(turn, LOW, fact))
        return
    state = "open" if alert.state == "withdrawn" else alert.state
    show(turn, turn.work.change(alert, state=state, **_said(alert, fact)))


def _said(alert: Alert, fact: ScoreGiven) -> dict[str, object]:
    return {"score": fact.score, "words": fact.words[:1000] or alert.words}


def _new(turn: Turn, topic: str, fact: ScoreGiven) -> Alert:
    invitation = turn.work.get(Invitation, fact.invitation)
    assert invitation is not None  # noqa: S101 - the score was just written on it
    return turn.work.add(
        Alert(
            topic=topic,
            subject=f"invitation:{fact.invitation}",
            customer=invitation.customer,
            invitation=invitation.id,
            score=fact.score,
            words=fact.words[:1000],
            made=turn.now,
        )
    )


def _changed_away(turn: Turn, alert: Alert, fact: ScoreGiven) -> None:
    """The score left this band: what nobody acted upon is withdrawn, a claim stays and its owner hears."""
    if alert.topic == SO_SO:
        drop_task(turn, alert)
    state = "withdrawn" if alert.state == "open" else alert.state
    alert = turn.work.change(alert, state=state, **_said(alert, fact))
    show(turn, alert)
    if alert.state == "claimed" and (owner := active_member(turn, alert.claimed_by)):
        name = cards.person_of(turn, alert)
        said = _("{name} has changed the score to {score}. Your task stays.", name=name, score=fact.score)
        turn.message_member(owner, Reply(said, urgency=Urgency.ALERT), "")


def _so_so(turn: Turn, alert: Alert | None, fact: ScoreGiven) -> None:
    """A task for the owner, and for nobody else's eyes."""
    if alert is not None and alert.state == "open":
        show(turn, turn.work.change(alert, **_said(alert, fact)))
        return
    owner = next(iter(looking_after(turn, _customer_of(turn, fact))), None)
    if owner is None:
        return
    alert = _new(turn, SO_SO, fact) if alert is None else turn.work.change(alert, state="open", **_said(alert, fact))
    zone = zone_of(owner.zone or turn.workspace.zone)
    due = next_morning(turn.now, zone, lambda day: works_on(turn, day))
    reminder = set_reminder(turn, owner, due, task_text(turn, alert, owner), customer=alert.customer)
    alert = turn.work.change(alert, reminder=reminder.id)
    _show_by_day(turn, alert, owner)
    later = a_working_day_later(turn.now, zone, lambda day: works_on(turn, day))
    turn.work.timers.move(LATE, str(alert.id), later)


def _show_by_day(turn: Turn, alert: Alert, owner: Member) -> None:
    """A task for tomorrow wakes nobody tonight."""
    zone = zone_of(owner.zone or turn.workspace.zone)
    due = out_of_quiet(turn.now, zone, owner.quiet_from, owner.quiet_until)
    if due > turn.now:
        turn.work.timers.move(SHOW, str(alert.id), due)
    else:
        show_task(turn, alert)


def show_task(turn: Turn, alert: Alert) -> None:
    """To the one whose task it is, while it is one."""
    task = task_of(turn, alert)
    owner = active_member(turn, task.member) if task else None
    if task is not None and owner is not None and alert.state == "open" and task.state == "open":
        turn.message_member(owner, cards.task_card(turn, alert, task), "score")


def nobody_acted(turn: Turn, alert: Alert) -> None:
    """A working day has passed: the managers hear, unless the task was done or somebody was in touch."""
    task = task_of(turn, alert)
    if alert.state != "open" or task is None or task.state != "open" or _in_touch_since(turn, alert):
        return
    owner = active_member(turn, task.member)
    for member in turn.work.people.members():
        if member.role in MANAGERS and member.id != task.member:
            turn.message_member(member, cards.late_card(turn, alert, owner), "score")


def _in_touch_since(turn: Turn, alert: Alert) -> bool:
    return any(a.member is not None and a.logged > alert.made for a in turn.work.activities.last(alert.customer))


def _customer_of(turn: Turn, fact: ScoreGiven) -> int:
    invitation = turn.work.get(Invitation, fact.invitation)
    return invitation.customer if invitation else 0


def withdraw(turn: Turn, subject: str) -> None:
    """The score was never given: nobody has to act on it, and who has begun to is told."""
    for alert in turn.work.find(Alert, subject=subject):
        drop_task(turn, alert)
        if alert.state == "open":
            alert = turn.work.change(alert, state="withdrawn")
            show(turn, alert)
        elif alert.state == "claimed" and (owner := active_member(turn, alert.claimed_by)):
            said = _("The answers of {name} were taken back: they were written down by mistake.",
                     name=cards.person_of(turn, alert))  # fmt: skip
            turn.message_member(owner, Reply(said, urgency=Urgency.ALERT), "")
