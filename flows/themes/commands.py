"""`/themes`, `/theme`, `/publish`: what customers speak of, whose it is, and telling them what was done."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, code, lines, text
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.jobs import begin
from flows.replies import settled
from flows.results.actions import survey_called
from flows.router import EDITORS, MANAGERS, NOT_MINE, NotMine, command, dialog, heard, press
from flows.surveys.asked import published
from flows.themes import actions, cards, publishing
from flows.themes.rules import fitting
from flows.turn import Turn
from store.models import Member, Publication, Theme

Outcome = Reply | Text | NotMine
_CSV = {"csv", "export", "file", "导出", "文件"}
_CAUSES = {"low", "causes", "why", "原因", "低分", "低分原因"}
_WORD = re.compile(r"[,，、;；\n]+")
_ASKED = re.compile(
    r"^what (?:do|are) (?:our |the )?customers? (?:say|saying|complain|complaining|talk|speak)\b"
    r"|^why (?:are|is|were|do we get) .{0,12}(?:low scores?|scores? (?:so )?low|bad scores?)"
    r"|^客户(?:都)?在(?:说|抱怨|反映)(?:些)?什么|^(?:为什么|为啥).{0,6}(?:低分|分数低|评分低)|^低分(?:的)?原因",
    re.IGNORECASE,
)
NAME = 20


@command(
    "themes",
    help=_("What customers speak of"),
    example=_("/themes"),
    for_=EDITORS,
    words=("themes", "主题", "反馈主题"),
)
def themes(turn: Turn, words: Rest | None = None) -> Outcome:
    said = (words or "").strip().casefold()
    groups, rest = actions.sorted_out(turn, actions.heard(turn))
    if said in _CSV:
        return csv(turn)
    if said in _CAUSES:
        return cards.causes(turn, groups, rest)
    if said and (theme := _called(turn, said)):
        return _one(turn, theme)
    return cards.listed(turn, groups, rest)


@heard("said", for_=EDITORS)
def asked(turn: Turn, said: Said) -> Outcome:
    """ "Why are the scores low?", 客户都在抱怨什么."""
    match = _ASKED.search(said.text.strip())
    if not match:
        return NOT_MINE
    causes = match[0].casefold().startswith("why") or "低" in match[0]
    return themes(turn, Rest("causes") if causes else None)


def _called(turn: Turn, name: str) -> Theme | None:
    """By its name as it is kept or as the reader sees it."""
    words = turn.words
    for theme in actions.themes(turn):
        shown = "".join(run.text for run in cards.named(theme).resolve(words))
        if name.strip().casefold() in (theme.name.casefold(), shown.casefold()):
            return theme
    return None


def _one(turn: Turn, theme: Theme) -> Reply:
    said = [one for one in actions.heard(turn) if fitting(theme.words, one.text)]
    others = turn.work.people.members()[:4] if turn.me().role in MANAGERS else []
    return cards.one(turn, actions.Said(theme, said), others)


@command(
    "theme",
    help=_("A theme: its words, its owner, how far it is"),
    example=_("/theme parking: parking, car park"),
    for_=MANAGERS,
    words=("theme", "新主题"),
)
def theme(turn: Turn, words: Rest) -> Outcome:
    name, sep, listed = words.replace("：", ":").partition(":")
    name = " ".join(name.split())
    known = _called(turn, name)
    if not sep:
        return _one(turn, known) if known else _unknown(turn, name)
    found = [word.strip() for word in _WORD.split(listed) if word.strip()]
    if not found or not name or len(name) > NAME or ":" in listed:
        return _unknown(turn, name)
    if known is None:
        known = actions.add(turn, name, found)
        turn.did(_("theme {name}", name=name), f"theme:{name}")
    else:
        known = actions.change(turn, known, words=found)
        turn.did(_("words of theme {name}", name=name), f"theme:{name}")
    return _one(turn, known)


def _unknown(turn: Turn, name: str) -> Text:
    names = ", ".join(theme.name for theme in actions.themes(turn))
    return lines(
        _("There is no theme “{name}”. There are: {names}.", name=name[:40], names=names),
        _("Example: {example}", example=code(_("/theme parking: parking, car park"))),
    )


@press("theme")
def theme_pressed(turn: Turn, name: str) -> Outcome:
    found = _called(turn, name)
    return _one(turn, found) if found else settled()


@press("theme-all")
def all_pressed(turn: Turn) -> Outcome:
    return themes(turn)


@press("theme-causes")
def causes_pressed(turn: Turn) -> Outcome:
    return themes(turn, Rest("causes"))


@press("theme-csv")
def csv(turn: Turn) -> Reply:
    begin(turn, "themes", language=turn.words.language)
    return Reply(_("I am writing the file …"), toast=True)


@press("theme-owner")
def owner_pressed(turn: Turn, name: str, owner: int) -> Outcome:
    found, member = _called(turn, name), turn.work.get(Member, owner)
    if found is None or member is None or member.state != "active":
        return settled()
    if turn.me().role not in MANAGERS and member.id != turn.me().id:
        return Reply(_("Only a manager gives a theme to somebody else."), toast=True)
    state = "doing" if found.state == "open" else found.state
    found = actions.change(turn, found, owner=member.id, state=state)
    turn.did(_("theme {name} is {owner}'s", name=found.name, owner=member.name), f"theme:{found.name}")
    if member.id != turn.me().id:
        said = _("You answer for “{name}” now: what customers say of it, and what is done.", name=cards.named(found))
        turn.message_member(member, Reply(said, (Option(_("Show"), f"theme:{found.name}"),)), "team")
    return _one(turn, found)


@press("theme-state")
def state_pressed(turn: Turn, name: str, state: str) -> Outcome:
    found = _called(turn, name)
    if found is None or state not in cards.STATES:
        return settled()
    found = actions.change(turn, found, state=state)
    turn.did(_("theme {name}: {state}", name=found.name, state=cards.STATES[state]), f"theme:{found.name}")
    if state == "done" and not found.note:
        turn.remember({"kind": "theme-note", "name": found.name})
        return Reply(
            _("Done. What was changed, in one line for customers? For example “A second van since May”."),
            (Option(_("Cancel"), "cancel"),),
        )
    return _one(turn, found)


@press("theme-words")
def words_pressed(turn: Turn, name: str) -> Outcome:
    found = _called(turn, name)
    if found is None:
        return settled()
    turn.remember({"kind": "theme-words", "name": found.name})
    ask = _("Which words belong to “{name}”? Several with commas, in any language.", name=cards.named(found))
    return Reply(ask, (Option(_("Cancel"), "cancel"),))


@dialog("theme-words", for_=EDITORS, wants="verdict")
def words_typed(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    turn.remember(None)
    found = _called(turn, state["name"])
    words = [word.strip()[:40] for word in _WORD.split(said.text) if word.strip()]
    if found is None or not words:
        return NOT_MINE
    found = actions.change(turn, found, words=[*found.words, *(word for word in words if word not in found.words)])
    turn.did(_("words of theme {name}", name=found.name), f"theme:{found.name}")
    return _one(turn, found)


@dialog("theme-note", for_=EDITORS)
def note_typed(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    turn.remember(None)
    found = _called(turn, state["name"])
    if found is None or not said.text.strip():
        return NOT_MINE
    found = actions.change(turn, found, note=" ".join(said.text.split())[:200])
    turn.did(_("what was done about {name}", name=found.name), f"theme:{found.name}")
    shown = _one(turn, found)
    return Reply(
        lines(shown.text, _("Tell those who answered: {example}", example=code("/publish"))),
        shown.options,
        card=shown.card,
    )


# you said, we did


@command(
    "publish",
    help=_("“You said, we did” to those who answered"),
    example=_("/publish visit You said: slow delivery. We did: a second van."),
    for_=MANAGERS,
    words=("publish", "公布结果", "公布"),
)
def publish(turn: Turn, words: Rest | None = None) -> Outcome:
    surveys = published(turn)
    name, _space, rest = (words or "").strip().partition(" ")
    survey = survey_called(turn, name) if name else surveys[0] if len(surveys) == 1 else None
    if survey is None:
        picks = tuple(Option(text(s.title.get(turn.language, s.name)), f"publish-of:{s.id}") for s in surveys[:8])
        unknown = _("There is no survey “{name}”.", name=name[:40]) if name else None
        return Reply(lines(unknown, _("To those who answered which survey?"), _example()), picks)
    return publishing.drafted(turn, survey, rest.strip())


@press("publish-of", for_=MANAGERS)
def publish_of(turn: Turn, survey: int) -> Outcome:
    found = next((row for row in published(turn) if row.id == survey), None)
    return publishing.drafted(turn, found, "") if found else settled()


def _example() -> Text:
    return _("Example: {example}", example=code(_("/publish visit You said: slow delivery. We did: a second van.")))


@press("publish-send", for_=MANAGERS)
def publish_send(turn: Turn, publication: int) -> Outcome:
    found = turn.work.get(Publication, publication)
    return publishing.send(turn, found) if found and found.state == "draft" else settled()


@press("publish-drop", for_=MANAGERS)
def publish_drop(turn: Turn, publication: int) -> Outcome:
    found = turn.work.get(Publication, publication)
    if found is None or found.state != "draft":
        return settled()
    turn.work.change(found, state="dropped")
    return Reply(_("Not sent."), card=publishing.card_of(found))
