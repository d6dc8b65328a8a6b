"""Asking for a decision, deciding once, and the void that any change makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.core.errors import NotAllowed, NotFound, TooLate
from bot.core.messages import Reply
from bot.core.text import gettext as _
from bot.core.text import lines
from flows.alerts.rules import working
from flows.approvals import cards
from flows.approvals.facts import Decided
from flows.approvals.rules import Rule, may_decide, needed
from flows.approvals.subjects import content_of
from flows.reminders.calendars import works_in
from flows.turn import Turn
from flows.undo.facts import RowsRestored
from flows.words import zone_of
from store.models import Approval, ApprovalRule, Member

TIMER = "approval"


def rule_for(turn: Turn, facts: Mapping[str, Any]) -> Rule | None:
    """Who must agree to this; None when nobody must."""
    rows = turn.work.find(ApprovalRule)
    return needed([Rule(row.condition, row.approver, row.stand_in, row.hours) for row in rows], facts)


def ask(turn: Turn, subject: str, rule: Rule) -> Approval:
    """Asks whoever decides, with a card in their own chat; asking again for the same content changes nothing."""
    me, content = turn.me(), content_of(turn, subject)
    known = turn.work.first(Approval, subject=subject, content=content)
    if known is not None:
        return known
    approval = turn.work.add(
        Approval(
            subject=subject,
            content=content,
            by=me.id,
            approver=rule.approver if rule.approver != me.id else None,
            stand_in=rule.stand_in if rule.stand_in != me.id else None,
            hours=rule.hours,
            asked=turn.now,
        )
    )
    for member in _first_asked(turn, approval):
        turn.message_member(member, cards.decision_card(turn, approval), "")
    turn.work.timers.set(TIMER, str(approval.id), _runs_out(turn, approval))
    return approval


def _runs_out(turn: Turn, approval: Approval) -> datetime:
    zone = zone_of(turn.workspace.zone)
    return working(turn.now, timedelta(hours=approval.hours), zone, works_in(turn))


def _first_asked(turn: Turn, approval: Approval) -> list[Member]:
    named = turn.work.get(Member, approval.approver) if approval.approver else None
    if named is not None and named.state == "active":
        return [named]
    stand_in = turn.work.get(Member, approval.stand_in) if approval.stand_in else None
    if stand_in is not None and stand_in.state == "active":
        return [stand_in]
    return deciders(turn, approval)


def deciders(turn: Turn, approval: Approval) -> list[Member]:
    """Everybody who may decide now."""
    return [member for member in turn.work.people.members() if _may(turn, approval, member)]


def _may(turn: Turn, approval: Approval, member: Member) -> bool:
    """Who has left decides nothing: then it is for any manager, as where nobody is named."""
    return member.state == "active" and may_decide(
        member.id,
        member.role,
        by=approval.by,
        approver=_here(turn, approval.approver),
        stand_in=_here(turn, approval.stand_in),
        open_to_all=approval.open_to_all,
    )


def _here(turn: Turn, id: int | None) -> int | None:
    member = turn.work.get(Member, id) if id else None
    return id if member is not None and member.state == "active" else None


def remind_others(turn: Turn, id: int) -> None:
    """The time ran out: the stand-in is asked first, then every manager; the first card stays good."""
    approval = turn.work.get(Approval, id)
    if approval is None or approval.state != "waiting":
        return
    stand_in = turn.work.get(Member, approval.stand_in) if approval.stand_in else None
    shown_to_stand_in = stand_in is not None and _shown(turn, approval, stand_in)
    if stand_in is not None and stand_in.state == "active" and not shown_to_stand_in:
        turn.message_member(stand_in, cards.decision_card(turn, approval), "")
        turn.work.timers.set(TIMER, str(approval.id), _runs_out(turn, approval))
        return
    if not approval.open_to_all:
        approval = turn.work.change(approval, open_to_all=True)
        for member in deciders(turn, approval):
            if not _shown(turn, approval, member):
                turn.message_member(member, cards.decision_card(turn, approval), "")


def _shown(turn: Turn, approval: Approval, member: Member) -> bool:
    return any(place.key == member.home for place in turn.work.cards.places(cards.card_of(approval)))


def to_decide(turn: Turn, id: int) -> Approval:
    """The approval, if this member may decide it now; raises NotFound, TooLate or NotAllowed."""
    approval = turn.work.get(Approval, id)
    if approval is None:
        raise NotFound(_("That question is no longer there."))
    if approval.by == turn.me().id:
        raise NotAllowed(_("Nobody approves their own: somebody else has to."))
    if approval.state != "waiting":
        raise TooLate(cards.outcome(turn, approval))
    if not _may(turn, approval, turn.me()):
        raise NotAllowed(_("This is for somebody else to decide."))
    if content_of(turn, approval.subject) != approval.content:
        turn.work.change(approval, state="void")
        show(turn, approval)
        raise TooLate(_("It was changed since: what you see is not what would go out any more."))
    return approval


def decide(turn: Turn, approval: Approval, state: str, reason: str = "") -> Approval:
    """Once: a second decision meets the row's version and is told who was first."""
    decided = {"state": state, "decided_by": turn.me().id, "decided": turn.now, "reason": reason[:500]}
    approval = turn.work.change(approval, **decided)
    turn.work.timers.cancel(TIMER, str(approval.id))
    turn.work.audit(f"member:{turn.me().id}", state, approval.subject)
    show(turn, approval)
    asker = turn.work.get(Member, approval.by)
    if asker is not None:
        turn.message_member(asker, cards.told(turn, approval), "")
    turn.tell(Decided(approval.id, approval.subject, state))
    return approval


def show(turn: Turn, approval: Approval) -> None:
    """Every card of it changes in place, and its buttons go with the decision."""
    fresh = turn.work.get(Approval, approval.id) or approval
    turn.rewrite(cards.card_of(fresh), cards.decision_card(turn, fresh))


def shown_again(turn: Turn, id: int, fact: RowsRestored) -> None:
    """After an undo: as it is now, or gone."""
    approval = turn.work.get(Approval, id)
    if approval is None:
        turn.rewrite(f"approval:{id}", Reply(_("Taken back: {what}", what=fact.label)))
        turn.work.timers.cancel(TIMER, str(id))
    else:
        show(turn, approval)


def void(turn: Turn, subject: str) -> bool:
    """What was asked or agreed about the thing as it was before counts no more; True when something did."""
    gone = False
    content = content_of(turn, subject)
    for approval in turn.work.find(Approval, subject=subject):
        if approval.state in ("waiting", "approved") and approval.content != content:
            changed = turn.work.change(approval, state="void")
            turn.work.timers.cancel(TIMER, str(approval.id))
            show(turn, changed)
            gone = True
    return gone


def standing(turn: Turn, subject: str) -> Approval | None:
    """The approval of exactly what the thing is now."""
    content = content_of(turn, subject)
    return turn.work.first(Approval, subject=subject, content=content) if content else None


def ask_back(turn: Turn, approval: Approval, question: str) -> Approval:
    """A question to whoever wants the decision; it goes on waiting."""
    approval = turn.work.change(approval, question=question[:500], answer="")
    asker = turn.work.get(Member, approval.by)
    if asker is not None:
        turn.message_member(asker, cards.question(turn, approval), "")
    show(turn, approval)
    return approval


def answer_back(turn: Turn, approval: Approval, words: str) -> Reply:
    """The answer stands on the card of whoever asked."""
    approval = turn.work.change(approval, answer=words[:500])
    show(turn, approval)
    for member in deciders(turn, approval):
        if _shown(turn, approval, member):
            told = lines(_("{name} answers: {words}", name=turn.me().name, words=words[:300]))
            turn.message_member(member, Reply(told), "")
    return Reply(_("Passed on."))
