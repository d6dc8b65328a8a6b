"""How surveys look: the question to the customer, and to members what was asked, why not, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.messages import Option, Reply, Urgency
from bot.core.text import Text, bold, join, lines, moment, quote, text
from bot.core.text import gettext as _
from flows.activities.words import kind_name
from flows.arrival import platform_name
from flows.dialog import Dialog, State, Step, in_language, step_of, thanks
from flows.router import EDITORS, MANAGERS
from flows.surveys.asked import ASKED, followed
from flows.surveys.ready import SCORE
from flows.surveys.rules import (
    REASONS,
    History,
    Refusal,
    allowed_from,
    csat,
    may_ask,
    may_override,
    percent,
    refusals,
    waits_until,
)
from flows.turn import Turn
from store.models import Activity, Conversation, Customer, Invitation, Survey

STATES: Mapping[str, Text] = {
    "draft": _("not sent yet"),
    "waiting": _("waiting"),
    "sending": _("on its way"),
    "sent": _("sent, no answer yet"),
    "unknown": _("sent, but the platform did not say whether it arrived"),
    "started": _("being answered"),
    "finished": _("answered"),
    "skipped": _("skipped by the customer"),
    "stopped": _("stopped by the customer"),
    "expired": _("not answered in 14 days"),
}


def card_of(invitation: int) -> str:
    """The customer's message with the question."""
    return f"survey:{invitation}"


def offer_card(invitation: int) -> str:
    """The member's card about sending it."""
    return f"survey-offer:{invitation}"


def person_of(turn: Turn, invitation: Invitation) -> str:
    """Whom we ask: the contact where we know them, else the customer."""
    contact = turn.work.customers.contact(invitation.contact) if invitation.contact else None
    customer = turn.work.customers.get(invitation.customer)
    return contact.name if contact else customer.name if customer else ""


# to the customer


def question(turn: Turn, dialog: Dialog, state: State, invitation: Invitation, language: str) -> Reply:
    """The open question, edited in place from the first to the last."""
    step = step_of(dialog, state.step)
    given = state.answers.get(SCORE)
    if step.kind == "scale" and given is None:
        body, picks = _first(turn, step, invitation, language), _labelled(step, invitation, language)
    else:
        body = lines(_given(dialog, state, language), bold(in_language(step.ask, language)), _how(step))
        picks = _scores(dialog, invitation, given)
    back = Option(_("Back"), f"survey-back:{invitation.id}:{step.name}") if step.name != SCORE else None
    skip = Option(_("Skip"), f"survey-skip:{invitation.id}:{step.name}")
    stop = Option(_("Stop surveys"), f"survey-stop:{invitation.id}")
    return Reply(body, (*picks, *((back,) if back else ()), skip, stop), card=card_of(invitation.id))


def _first(turn: Turn, step: Step, invitation: Invitation, language: str) -> Text:
    return lines(
        _("Hello {name}, this is {firm}.", name=person_of(turn, invitation), firm=turn.workspace.name),
        _about(followed(turn, invitation)),
        bold(in_language(step.ask, language)),
        _("{firm} sees your answer with your name. “stop surveys” ends such questions.", firm=turn.workspace.name),
    )


def _about(activity: Activity | None) -> Text:
    if activity is None:
        return _("A short question about working with us.")
    return _("It is about the {kind} on {day}.", kind=kind_name(activity.kind), day=moment(activity.at, "day"))


def _given(dialog: Dialog, state: State, language: str) -> Text | None:
    score = state.answers.get(SCORE)
    if score is None:
        return None
    label = in_language(step_of(dialog, SCORE).labels.get(str(score), {}), language)
    return _("You answered {score}: {label}.", score=score, label=label)


def _how(step: Step) -> Text | None:
    return _("A line is enough. To change the score, press another.") if step.kind == "words" else None


def _labelled(step: Step, invitation: Invitation, language: str) -> tuple[Option, ...]:
    return tuple(
        Option(
            text(f"{value} · ", in_language(step.labels.get(str(value), {}), language)),
            f"score:{invitation.id}:{value}",
            wide=True,
        )
        for value in range(step.low, step.high + 1)
    )


def _scores(dialog: Dialog, invitation: Invitation, given: int | None) -> tuple[Option, ...]:
    step = step_of(dialog, SCORE)
    return tuple(
        Option(text(f"✓ {value}" if value == given else str(value)), f"score:{invitation.id}:{value}")
        for value in range(step.low, step.high + 1)
    )


def over(dialog: Dialog, state: State, invitation: Invitation, language: str, *, changed: bool = False) -> Reply:
    """The thanks, which differ by score; another score can still be pressed."""
    score = state.answers.get(SCORE)
    body = lines(
        _("Changed to {score}.", score=score) if changed and score is not None else _given(dialog, state, language),
        in_language(thanks(dialog, state), language),
    )
    return Reply(body, _scores(dialog, invitation, score), card=card_of(invitation.id))


def closed(invitation: Invitation) -> Reply:
    """The honest answer to somebody who comes too late."""
    return Reply(
        lines(
            _("This question is closed and takes no more answers: it was open for 14 days."),
            _("If something is on your mind, write it here. A person reads it."),
        ),
        card=card_of(invitation.id),
    )


# to members


def preview(turn: Turn, invitation: Invitation, shown: Reply, conversation: Conversation) -> Reply:
    """What would go out, to whom and where."""
    name, platform = person_of(turn, invitation), platform_name(conversation.platform)
    body = lines(_("This goes to {name} by {platform}:", name=name, platform=platform), quote(shown.text))
    send = Option(_("Send"), f"survey-send:{invitation.id}", style="primary")
    return Reply(body, (send, Option(_("Don't send"), f"survey-drop:{invitation.id}")), card=offer_card(invitation.id))


def refused(turn: Turn, invitation: Invitation, history: History) -> Reply:
    """Why it was not sent, and what can be done."""
    refusal = may_ask(history) or Refusal(invitation.reason or "failed")
    manager = turn.member is not None and turn.member.role in MANAGERS
    anyway = may_override(history)
    body = lines(
        bold(_("Not sent to {name}.", name=person_of(turn, invitation))),
        *(lines(found.why, waits_until(found)) for found in _all(history, refusal)),
        _("A manager can send it anyway.") if anyway and not manager else None,
    )
    option = Option(_("Send anyway"), f"survey-anyway:{invitation.id}", style="danger")
    return Reply(body, (option,) if anyway and manager else (), card=offer_card(invitation.id))


def _all(history: History, first: Refusal) -> Sequence[Refusal]:
    return list(refusals(history)) or [first]


def outcome(turn: Turn, invitation: Invitation) -> Reply:
    """Where it stands, for whoever sent it."""
    name = person_of(turn, invitation)
    match invitation.state:
        case "sending":
            said = _("Sending to {name}…", name=name)
        case "failed" | "refused":
            why = REASONS.get(invitation.reason, REASONS["failed"])
            said = lines(bold(_("Could not be sent to {name}.", name=name)), why)
        case "unknown":
            said = _("Sent to {name}, but the platform did not say whether it arrived. I do not repeat it.", name=name)
        case _:
            said = _("Sent to {name} {when}.", name=name, when=moment(invitation.sent or invitation.made, "time"))
    return Reply(said, card=offer_card(invitation.id))


def told_why(turn: Turn, customer: Customer, rows: Sequence[Invitation], history: History | None) -> Reply:
    """The last invitations with their reasons, and when it will be possible again."""
    listed = [_line(row) for row in rows if row.state != "draft"]
    found = may_ask(history) if history else Refusal("off")
    again = allowed_from(history) if history else None
    body = lines(
        bold(_("Surveys to {name}", name=customer.name)),
        *(listed or [_("None has been sent or planned.")]),
        _("Now it would not be sent: {why}", why=found.why) if found else _("It could be sent now."),
        waits_until(Refusal("any-survey", again)) if again else None,
    )
    may = turn.member is not None and turn.member.role in EDITORS
    return Reply(body, (Option(_("Ask how it was"), f"survey:{customer.id}"),) if may and found is None else ())


def _line(row: Invitation) -> Text:
    when = moment(row.sent or row.made, "short")
    if row.state in ("refused", "failed"):
        return _("• {when}: not sent. {why}", when=when, why=REASONS.get(row.reason, REASONS["failed"]))
    if row.score is not None:
        return _("• {when}: answered {score}", when=when, score=row.score)
    return _("• {when}: {state}", when=when, state=STATES.get(row.state, text(row.state)))


def numbers(turn: Turn, survey: Survey, language: str) -> Reply:
    """What came of a survey: sent, answered, CSAT with its n, how often each score, the latest words."""
    states, scores = turn.work.feedback.states(survey.id), turn.work.feedback.scores(survey.id)
    sent, answered = sum(states.get(state, 0) for state in ASKED), sum(scores.values())
    said = turn.work.feedback.words(survey.id)
    body = lines(
        bold(text(in_language(survey.title, language), f" ({survey.name})")),
        None if survey.active else _("Switched off."),
        _("Sent: {sent}, answered: {answered} ({rate} %)", sent=sent, answered=answered, rate=percent(answered, sent)),
        _("CSAT: {csat} % (n = {count})", csat=csat(scores), count=answered),
        join(" · ", [text(f"{score}: {scores.get(score, 0)}") for score in range(5, 0, -1)]),
        _("Not sent: {count}", count=states.get("refused", 0) + states.get("failed", 0)),
        *(_comment(turn, *row) for row in said),
    )
    off = Option(_("Switch off"), f"survey-switch:{survey.id}:off")
    on = Option(_("Switch on"), f"survey-switch:{survey.id}:on")
    return Reply(body, (off if survey.active else on,), card=f"survey-numbers:{survey.id}")


def _comment(turn: Turn, customer: int, score: int | None, words: str) -> Text:
    found = turn.work.customers.get(customer)
    return text("• ", found.name if found else "", f" ({score}): " if score else ": ", quote(words[:140]))


def campaign(reply: Reply, tell: str) -> Reply:
    """The reply as something nobody asked for: behind everything else, and never twice."""
    return Reply(reply.text, reply.options, card=reply.card, tell=tell, urgency=Urgency.CAMPAIGN, if_unsure="leave")
