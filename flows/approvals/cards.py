"""How a decision looks: to who decides, before and after, and to who asked."""

from __future__ import annotations

from bot.core.messages import Option, Reply, Urgency
from bot.core.text import Text, bold, lines, moment, quote
from bot.core.text import gettext as _
from flows.approvals.subjects import look
from flows.turn import Turn
from store.models import Approval, Member


def card_of(approval: Approval) -> str:
    """One card wherever it is shown."""
    return f"approval:{approval.id}"


def _name(turn: Turn, id: int | None) -> str:
    member = turn.work.get(Member, id) if id else None
    return member.name if member else "?"


def decision_card(turn: Turn, approval: Approval) -> Reply:
    """What is asked, by whom; the buttons live as long as the question."""
    body = lines(
        bold(_("{name} asks for approval", name=_name(turn, approval.by))),
        look(turn, approval.subject),
        _("Your question: {words}", words=approval.question) if approval.question else None,
        _("Answer: {words}", words=approval.answer) if approval.answer else None,
        bold(outcome(turn, approval)) if approval.state != "waiting" else None,
    )
    options: tuple[Option, ...] = ()
    if approval.state == "waiting":
        options = (
            Option(_("Approve"), f"approve:{approval.id}", style="primary"),
            Option(_("Reject"), f"reject:{approval.id}", style="danger"),
            Option(_("Ask"), f"approval-ask:{approval.id}"),
        )
    return Reply(body, options, card=card_of(approval), urgency=Urgency.ALERT)


def outcome(turn: Turn, approval: Approval) -> Text:
    """What was decided, by whom and when."""
    if approval.state == "void":
        return _("It was changed since, so this question counts no more.")
    name, when = _name(turn, approval.decided_by), moment(approval.decided or turn.now, "short")
    if approval.state == "approved":
        return _("Approved by {name}, {when}", name=name, when=when)
    if approval.reason:
        return _("Rejected by {name}, {when}: {reason}", name=name, when=when, reason=approval.reason)
    return _("Rejected by {name}, {when}", name=name, when=when)


def told(turn: Turn, approval: Approval) -> Reply:
    """To who asked."""
    subject, _sep, id = approval.subject.partition(":")
    body = lines(bold(outcome(turn, approval)), look(turn, approval.subject))
    return Reply(body, (Option(_("Show"), f"{subject}:{id}"),))


def question(turn: Turn, approval: Approval) -> Reply:
    """To who asked: the one who decides wants to know something."""
    asked_by = turn.member.name if turn.member else "?"
    body = lines(bold(_("{name} asks:", name=asked_by)), quote(approval.question), look(turn, approval.subject))
    return Reply(body, (Option(_("Answer"), f"approval-answer:{approval.id}", style="primary"),))
