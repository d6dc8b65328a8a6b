"""How surveys look to members: what goes out, why not, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.messages import Option, Reply, Urgency
from bot.core.text import Text, bold, join, lines, moment, plain, quote, text
from bot.core.text import gettext as _
from flows.arrival import platform_name
from flows.dialog import in_language, main
from flows.results.cards import measured
from flows.router import EDITORS, MANAGERS
from flows.surveys.asked import ASKED, dialog_of
from flows.surveys.questions import person_of
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


def offer_card(invitation: int) -> str:
    """The member's card about sending it."""
    return f"survey-offer:{invitation}"


# to members


def which(
    turn: Turn, customer: Customer, activity: Activity | None, surveys: Sequence[Survey], *, call: bool = False
) -> Reply:
    """Several could be meant."""
    about = activity.id if activity else 0

    def pressed(row: Survey) -> str:
        return f"survey-call:{customer.id}:{row.id}" if call else f"survey-which:{customer.id}:{row.id}:{about}"

    picks = tuple(Option(text(in_language(row.title, turn.language)[:40]), pressed(row), wide=True) for row in surveys)
    if call:
        return Reply(_("What do you ask {name}?", name=customer.name), picks)
    return Reply(_("Which survey goes to {name}?", name=customer.name), picks)


def preview(turn: Turn, invitation: Invitation, shown: Reply, conversation: Conversation) -> Reply:
    """What would go out, to whom and where, in the language in which they read it."""
    name, platform = person_of(turn, invitation), platform_name(conversation.platform)
    read = plain(shown.text.resolve(turn.words_for(conversation)))
    body = lines(_("This goes to {name} by {platform}:", name=name, platform=platform), quote(read))
    send = Option(_("Send"), f"survey-send:{invitation.id}", style="primary")
    drop = Option(_("Don't send"), f"survey-drop:{invitation.id}")
    return Reply(body, (send, drop, *other_ways(invitation)), card=offer_card(invitation.id))


def other_ways(invitation: Invitation) -> tuple[Option, Option]:
    """Without a message of ours: a link to paste, or a call."""
    return (
        Option(_("Web link"), f"survey-link:{invitation.id}"),
        Option(_("I ask by phone"), f"survey-phone:{invitation.id}"),
    )


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
    ways = other_ways(invitation) if refusal.code in ("unreachable", "room", "blocked") else ()
    return Reply(body, (*((option,) if anyway and manager else ()), *ways), card=offer_card(invitation.id))


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


def told_why(
    turn: Turn, customer: Customer, rows: Sequence[Invitation], histories: Sequence[tuple[Survey, History]]
) -> Reply:
    """The last invitations with their reasons, and for each survey whether it could be sent now, or when."""
    listed = [_line(row) for row in rows if row.state != "draft"]
    free = not histories or any(may_ask(history) is None for _survey, history in histories)
    body = lines(
        bold(_("Surveys to {name}", name=customer.name)),
        *(listed or [_("None has been sent or planned.")]),
        *(_possible(turn, survey, history, alone=len(histories) == 1) for survey, history in histories),
        None if histories else _("Now it would not be sent: {why}", why=Refusal("off").why),
    )
    may = turn.member is not None and turn.member.role in EDITORS
    return Reply(body, (Option(_("Ask how it was"), f"survey:{customer.id}"),) if may and free and histories else ())


def _possible(turn: Turn, survey: Survey, history: History, *, alone: bool) -> Text:
    found, again = may_ask(history), allowed_from(history)
    said = _("Now it would not be sent: {why}", why=found.why) if found else _("It could be sent now.")
    when = waits_until(Refusal("any-survey", again)) if again else None
    head = None if alone else bold(in_language(survey.title, turn.words.language))
    return lines(head, said, when)


def _line(row: Invitation) -> Text:
    when = moment(row.sent or row.made, "short")
    if row.state in ("refused", "failed"):
        return _("• {when}: not sent. {why}", when=when, why=REASONS.get(row.reason, REASONS["failed"]))
    if row.state == "expired" and row.reason in REASONS:
        return _("• {when}: closed unanswered. {why}", when=when, why=REASONS[row.reason])
    if row.score is not None:
        return _("• {when}: answered {score}", when=when, score=row.score)
    return _("• {when}: {state}", when=when, state=STATES.get(row.state, text(row.state)))


def numbers(turn: Turn, survey: Survey, language: str) -> Reply:
    """What came of a survey: sent, answered, CSAT with its n, how often each score, the latest words."""
    states, scores = turn.work.feedback.states(survey.id), turn.work.feedback.scores(survey.id)
    sent, answered = sum(states.get(state, 0) for state in ASKED), sum(scores.values())
    said = turn.work.feedback.words(survey.id, [step.name for step in dialog_of(survey).steps if step.kind == "words"])
    body = lines(
        bold(text(in_language(survey.title, language), f" ({survey.name})")),
        None if survey.active else _("Switched off."),
        _("Sent: {sent}, answered: {answered} ({rate} %)", sent=sent, answered=answered, rate=percent(answered, sent)),
        _("CSAT: {csat} % (n = {count})", csat=csat(scores), count=answered) if survey.kind == "csat" else None,
        measured(survey.kind, scores) if survey.kind in ("nps", "ces") and answered else None,
        join(" · ", [text(f"{score}: {scores.get(score, 0)}") for score in reversed(_values(survey))]),
        _("Not sent: {count}", count=states.get("refused", 0) + states.get("failed", 0)),
        *(_comment(turn, *row) for row in said),
    )
    return Reply(body, _acts(survey), card=f"survey-numbers:{survey.id}")


def _values(survey: Survey) -> Sequence[int]:
    """Every score that can be given."""
    step = main(dialog_of(survey))
    return step.values if step else ()


def _acts(survey: Survey) -> tuple[Option, ...]:
    to = "off" if survey.active else "on"
    return (
        Option(_("Send it"), f"survey-many:{survey.id}", style="primary"),
        Option(_("When by itself"), f"survey-rule:{survey.id}"),
        Option(_("Change the questions"), f"survey-revise:{survey.id}"),
        Option(_("Try it"), f"survey-try:{survey.id}"),
        Option(_("Switch off") if survey.active else _("Switch on"), f"survey-switch:{survey.id}:{to}"),
        Option(_("New survey"), "survey-new"),
    )


def listed(turn: Turn, surveys: Sequence[Survey], drafts: Sequence[Survey]) -> Reply:
    """Every survey on a line, with how many answered; drafts below."""
    said = [_in_list(turn, survey) for survey in surveys]
    begun = [text("• ", in_language(row.title, turn.language), " · ", _("draft")) for row in drafts]
    picks = [Option(text(in_language(row.title, turn.language)[:30]), f"survey-show:{row.id}") for row in surveys]
    open_ = [
        Option(text(in_language(row.title, turn.language)[:24], " · ", _("draft")), f"survey-show:{row.id}")
        for row in drafts
    ]
    empty = _("No survey yet. Make the first one from a template.") if not surveys and not drafts else None
    new = Option(_("New survey"), "survey-new", style="primary")
    return Reply(lines(bold(_("Surveys")), *said, *begun, empty), (*picks, *open_, new), card="surveys")


def _in_list(turn: Turn, survey: Survey) -> Text:
    states, scores = turn.work.feedback.states(survey.id), turn.work.feedback.scores(survey.id)
    sent, answered = sum(states.get(state, 0) for state in ASKED), states.get("finished", 0)
    title = in_language(survey.title, turn.language)
    off = None if survey.active else _("off")
    parts = [
        text("• ", title, f" ({survey.name})"),
        off,
        _("{answered} of {sent} answered", answered=answered, sent=sent),
    ]
    if survey.kind == "csat" and scores:
        parts.append(_("CSAT: {csat} % (n = {count})", csat=csat(scores), count=sum(scores.values())))
    return join(" · ", [part for part in parts if part is not None])


def _comment(turn: Turn, customer: int, score: int | None, words: str) -> Text:
    found = turn.work.customers.get(customer)
    return text("• ", found.name if found else "", f" ({score}): " if score else ": ", quote(words[:140]))


def campaign(reply: Reply, tell: str) -> Reply:
    """The reply as something nobody asked for: behind everything else, and never twice."""
    return Reply(reply.text, reply.options, card=reply.card, tell=tell, urgency=Urgency.CAMPAIGN, if_unsure="leave")
