"""Acting on everybody in a list: asked, shown with names and a count, done in one go, taken back in one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, join, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.activities.smalltalk import agrees
from flows.arguments import READERS, Found, When
from flows.dialog import in_language
from flows.replies import below, settled
from flows.router import EDITORS, MANAGERS, NOT_MINE, NotMine, dialog, press
from flows.segments import actions
from flows.segments.actions import everybody
from flows.segments.cards import again, gone
from flows.segments.commands import save
from flows.surveys.actions import no_survey
from flows.surveys.asked import active, newest
from flows.surveys.rounds import begin, progress
from flows.turn import Turn, options
from store.models import Customer, Member, Survey

Outcome = Reply | Text | NotMine
NAMED = 6


@press("list-acts")
def list_acts(turn: Turn, list: int) -> Outcome:
    asked = again(turn, list)
    if asked is None:
        return gone()
    count = turn.work.segments.count(asked.question)
    choices = options(
        Option(_("Tag all"), f"bulk:{list}:tag"),
        Option(_("Take a tag off"), f"bulk:{list}:untag"),
        Option(_("Assign all"), f"bulk:{list}:assign") if turn.me().role in MANAGERS else None,
        Option(_("Remind all"), f"bulk:{list}:remind"),
        Option(_("Survey all"), f"bulk:{list}:survey"),
        Option(_("Keep as a segment"), f"bulk:{list}:save"),
    )
    head = ngettext("What should happen with this customer?", "What should happen with these {n} customers?", count)
    return Reply(lines(head, _("You see everything before it is done.")), choices, card=f"list:{list}")


_QUESTIONS: Mapping[str, Text] = {
    "tag": _("Which tag? For example: expo"),
    "untag": _("Which tag shall go?"),
    "remind": _("When, and of what? For example: Fri 9:00 send the new price list"),
    "save": _("What shall the segment be called?"),
}


@press("bulk")
def bulk(turn: Turn, list: int, act: str) -> Outcome:
    asked = again(turn, list)
    if asked is None:
        return gone()
    if act == "assign":
        if turn.me().role not in MANAGERS:
            return _("Only managers and owners assign many customers at once.")
        members = [m for m in turn.work.people.members() if m.role != "viewer"][:12]
        picks = tuple(Option(text(m.name), f"bulk-to:{list}:{m.id}") for m in members)
        return Reply(_("To whom?"), (*picks, Option(_("Cancel"), "cancel")))
    if act == "survey":
        return _which_survey(turn, list)
    if act not in _QUESTIONS:
        return gone()
    turn.remember({"kind": "bulk", "list": list, "act": act})
    return Reply(_QUESTIONS[act], (Option(_("Cancel"), "cancel"),))


def _which_survey(turn: Turn, list: int) -> Outcome:
    """Asked only where several could be meant."""
    surveys = active(turn)
    if len(surveys) == 1:
        return _preview(turn, list, {"act": "survey", "survey": surveys[0].id})
    picks = tuple(
        Option(text(in_language(row.title, turn.language)[:40]), f"bulk-survey:{list}:{row.id}", wide=True)
        for row in surveys[:8]
    )
    return Reply(_("Which survey?"), (*picks, Option(_("Cancel"), "cancel"))) if surveys else no_survey()


@press("bulk-survey")
def bulk_survey(turn: Turn, list: int, survey: int) -> Outcome:
    found = turn.work.get(Survey, survey)
    return _preview(turn, list, {"act": "survey", "survey": survey}) if found and found.active else gone()


@press("bulk-to")
def bulk_to(turn: Turn, list: int, member: int) -> Outcome:
    found = turn.work.get(Member, member)
    if found is None or found.state != "active":
        return gone()
    return _preview(turn, list, {"act": "assign", "to": found.id})


@dialog("bulk", for_=EDITORS)
def bulk_said(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    words, act = said.text.strip(), state["act"]
    if "do" in state and agrees(words):
        done = bulk_do(turn)
        return below(turn, done) if isinstance(done, Reply) else done
    if not words or "do" in state:
        return NOT_MINE
    if act == "save":
        turn.remember(None)
        return save(turn, state["list"], words)
    if act in ("tag", "untag"):
        return _preview(turn, state["list"], {"act": act, "tag": words.lstrip("#+").split()[0][:40]})
    outcome = READERS[When](turn, words)
    if not isinstance(outcome, Found):
        return lines(_("I see no time there."), _QUESTIONS["remind"])
    return _preview(turn, state["list"], {"act": "remind", "due": outcome.value.due.isoformat(), "text": outcome.rest})


def _preview(turn: Turn, list: int, act: Mapping[str, Any]) -> Outcome:
    """Whom it would change and how, with the count that was seen; nothing is done yet."""
    asked = again(turn, list)
    if asked is None:
        return gone()
    customers = everybody(turn, asked)
    turn.remember({"kind": "bulk", "wants": "yes", "list": list, "do": True, "seen": len(customers), **act})
    names = join(", ", [customer.name for customer in customers[:NAMED]])
    more = ngettext("and {n} more", "and {n} more", len(customers) - NAMED) if len(customers) > NAMED else None
    return Reply(
        lines(_what(turn, act, len(customers)), names, more, _("Shall I?")),
        (Option(_("Do it"), "bulk-do", style="primary"), Option(_("Cancel"), "cancel")),
    )


def _what(turn: Turn, act: Mapping[str, Any], count: int) -> Text:
    match act["act"]:
        case "tag":
            return ngettext("{n} customer gets #{tag}:", "{n} customers get #{tag}:", count, tag=act["tag"])
        case "untag":
            return ngettext("{n} customer loses #{tag}:", "{n} customers lose #{tag}:", count, tag=act["tag"])
        case "assign":
            to = turn.work.get(Member, act["to"])
            name = to.name if to else "?"
            return ngettext("{n} customer goes to {name}:", "{n} customers go to {name}:", count, name=name)
        case "remind":
            when = moment(datetime.fromisoformat(act["due"]), "short")
            return ngettext(
                "{n} reminder, {when}: {what}",
                "{n} reminders, {when}: {what}",
                count,
                when=when,
                what=act["text"] or "…",
            )
    return ngettext("{n} customer is asked how it was:", "{n} customers are asked how it was:", count)


@press("bulk-do")
def bulk_do(turn: Turn) -> Outcome:
    state = turn.conversation.dialog if turn.conversation else None
    if not state or state.get("kind") != "bulk" or not state.get("do"):
        return settled()
    asked = again(turn, state["list"])
    if asked is None:
        return gone()
    customers = everybody(turn, asked)
    if len(customers) != state["seen"]:
        return _preview(
            turn, state["list"], {k: v for k, v in state.items() if k not in ("kind", "wants", "list", "do", "seen")}
        )
    turn.remember(None)
    card = f"bulk:{state['list']}"
    match state["act"]:
        case "tag":
            done = actions.tag_all(turn, customers, state["tag"])
            said = ngettext("#{tag} is on {n} customer now.", "#{tag} is on {n} customers now.", done, tag=state["tag"])
        case "untag":
            done = actions.untag_all(turn, customers, state["tag"])
            said = ngettext("#{tag} is off {n} customer.", "#{tag} is off {n} customers.", done, tag=state["tag"])
        case "assign":
            done, said = _assigned(turn, customers, state["to"])
        case "remind":
            due = datetime.fromisoformat(state["due"])
            done = actions.remind_all(turn, customers, due, state["text"])
            said = ngettext("{n} reminder is set.", "{n} reminders are set.", done)
        case _:
            return _surveyed(turn, customers, state.get("survey", 0))
    if not done:
        return _("Nothing had to be changed.")
    turn.did(said, card)
    return Reply(said, (Option(_("Undo"), f"undo:{card}"),), card=card)


def _assigned(turn: Turn, customers: list[Customer], to: int) -> tuple[int, Text]:
    owner = turn.work.get(Member, to)
    if owner is None or owner.state != "active" or turn.me().role not in MANAGERS:
        return 0, Text()
    done = actions.assign_all(turn, customers, owner)
    said = ngettext("{n} customer is {name}'s now.", "{n} customers are {name}'s now.", done, name=owner.name)
    if done and owner.id != turn.me().id:
        turn.message_member(owner, Reply(lines(_("From {name}:", name=turn.me().name), said)), "team")
    return done, said


def _surveyed(turn: Turn, customers: list[Customer], survey: int) -> Outcome:
    found = turn.work.get(Survey, survey)
    return progress(turn, begin(turn, newest(turn, found), customers)) if found else no_survey()
