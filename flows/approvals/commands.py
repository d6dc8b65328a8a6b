"""What people say about approvals: when somebody must agree, and what waits for them."""

from __future__ import annotations

import re

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, moment, text
from bot.core.text import gettext as _
from flows.approvals import actions
from flows.approvals.cards import decision_card
from flows.approvals.rules import NAMES, as_cel, wrong
from flows.approvals.subjects import look
from flows.arguments import Rest, colleague
from flows.conditions import condition_said
from flows.replies import settled
from flows.router import MANAGERS, MEMBERS, command, press
from flows.turn import Turn
from store.models import Approval, ApprovalRule, Member

_ARROW = re.compile(r"\s*(?:->|→|=>|：|:)\s*(?=@)|\s*(?:->|→|=>)\s*")
_HOURS = re.compile(r"(?:within|in|在)?\s*(\d{1,3})\s*(?:hours?|h|小时)(?:内)?", re.I)
_STAND_IN = re.compile(r"(?:stand-?in|else|or|代理|否则|不在时)\s*@?\s*", re.I)


@command(
    "approval",
    help=_("When somebody must agree to a quote"),
    example=_("/approval discount > 10% -> @Ann"),
    for_=MEMBERS,
    words=("approval rules", "flow approval", "审批规则", "审批"),
    rooms=False,
)
def approval(turn: Turn, text: Rest | None = None) -> Reply | Text:
    """ "discount > 10% and amount > 100k -> @Ann, stand-in @Bob, 4 hours"."""
    if not text:
        return _rules(turn)
    if turn.me().role not in MANAGERS:
        return _("Only managers and owners set approval rules.")
    said, _arrow, whom = _split(text)
    condition = as_cel(said)
    if problem := wrong(condition):
        return lines(
            _("I could not read that condition: {problem}", problem=problem[:120]),
            _("You can speak of: {names}", names=", ".join(NAMES)),
            _example(),
        )
    hours = _HOURS.search(whom)
    names = _STAND_IN.split(_HOURS.sub("", whom), maxsplit=1)
    approver = colleague(turn, names[0])
    stand_in = colleague(turn, names[1]) if len(names) > 1 else None
    if whom.strip(" @,，") and approver is None and names[0].strip(" @,，"):
        return lines(_("Nobody here is called “{name}”.", name=names[0].strip(" @,，")[:40]), _example())
    turn.work.add(
        ApprovalRule(
            condition=condition,
            approver=approver.id if approver else None,
            stand_in=stand_in.id if stand_in else None,
            hours=int(hours[1]) if hours else 8,
        )
    )
    turn.did(_("approval rule: {condition}", condition=said[:80]), "approval-rules")
    return _rules(turn)


def _split(words: str) -> tuple[str, str, str]:
    match = _ARROW.search(words)
    if match is None:
        return words.strip(), "", ""
    return words[: match.start()].strip(), match[0], words[match.end() :].strip()


def _rules(turn: Turn) -> Reply | Text:
    rows = turn.work.find(ApprovalRule)
    if not rows:
        return lines(_("Nobody has to agree to anything yet."), _example())
    shown = [text("• ", condition_said(row.condition), " → ", _who(turn, row)) for row in rows]
    options = [
        Option(_("Remove: {rule}", rule=condition_said(row.condition)), f"approval-drop:{row.id}") for row in rows[:6]
    ]
    undo = Option(_("Undo"), "undo:approval-rules")
    body = lines(bold(_("Somebody must agree when")), *shown, _("Of several that hold the last one counts."))
    return Reply(body, (*options, undo), card="approval-rules")


def _who(turn: Turn, row: ApprovalRule) -> Text:
    approver = turn.work.get(Member, row.approver) if row.approver else None
    stand_in = turn.work.get(Member, row.stand_in) if row.stand_in else None
    who = text(approver.name) if approver else _("any manager")
    after = _("after {n} hours", n=row.hours)
    return text(who, ", ", after, f" {stand_in.name}") if stand_in else text(who)


def _example() -> Text:
    return _("Example: {example}", example=code(_("/approval discount > 10% -> @Ann")))


@press("approval-drop", for_=MANAGERS)
def drop(turn: Turn, rule: int) -> Reply | Text:
    found = turn.work.get(ApprovalRule, rule)
    if found is None:
        return settled()
    turn.work.remove(found)
    turn.did(_("approval rule removed: {condition}", condition=condition_said(found.condition)), "approval-rules")
    shown = _rules(turn)
    return (
        shown
        if isinstance(shown, Reply)
        else Reply(shown, (Option(_("Undo"), "undo:approval-rules"),), card="approval-rules")
    )


@command("approvals", help=_("What waits for a decision"), for_=MEMBERS, words=("approvals", "待审批", "我的审批"))
def approvals(turn: Turn) -> Reply | Text:
    waiting = turn.work.find(Approval, state="waiting")
    mine = [a for a in waiting if any(m.id == turn.me().id for m in actions.deciders(turn, a))]
    asked = [a for a in waiting if a.by == turn.me().id]
    if not mine and not asked:
        return _("Nothing waits for a decision.")
    body = lines(
        bold(_("You decide")) if mine else None,
        *(text("• ", look(turn, a.subject)) for a in mine),
        bold(_("You asked for")) if asked else None,
        *(text("• ", look(turn, a.subject), " · ", moment(a.asked, "short")) for a in asked),
    )
    return Reply(body, tuple(Option(_("Decide {n}", n=a.id), f"approval-show:{a.id}") for a in mine[:6]))


@press("approval-show", for_=MEMBERS)
def show(turn: Turn, approval: int) -> Reply:
    return decision_card(turn, actions.to_decide(turn, approval))
