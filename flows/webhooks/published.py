"""Which facts other programs can hear, under which names, and what they are told of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.activities.facts import ActivityLogged
from flows.files.facts import FileHere
from flows.surveys.facts import ScoreGiven
from flows.turn import Turn
from store.models import Activity, Customer, Invitation, Member, StoredFile

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Published:
    """A fact as others know it: its name for programs, its label for people, its data, and words that mean it."""

    name: str
    label: Text
    data: Callable[[Turn, Any], Data]
    words: tuple[str, ...]


def _activity(turn: Turn, fact: ActivityLogged) -> Data:
    row = turn.work.get(Activity, fact.activity)
    more = {"at": row.at.isoformat(), "text": row.text, "member": _member(turn, row.member)} if row else {}
    return {
        "id": fact.activity,
        "kind": fact.kind,
        "status": fact.status,
        "customer": _customer(turn, fact.customer),
    } | more


def _score(turn: Turn, fact: ScoreGiven) -> Data:
    row = turn.work.get(Invitation, fact.invitation)
    asked = {"customer": _customer(turn, row.customer), "member": _member(turn, row.member)} if row else {}
    return {
        "id": fact.invitation,
        "survey": fact.survey,
        "kind": fact.kind,
        "score": fact.score,
        "words": fact.words,
    } | asked


def _file(turn: Turn, fact: FileHere) -> Data:
    row = turn.work.get(StoredFile, fact.file)
    if row is None:
        return {"id": fact.file}
    told = {"id": row.id, "name": row.name, "mime": row.mime, "size": row.size, "kind": row.kind}
    return told | {"customer": _customer(turn, row.customer)}


def _customer(turn: Turn, id: int | None) -> Data | None:
    row = turn.work.get(Customer, id) if id else None
    return {"id": row.id, "name": row.name} if row else None


def _member(turn: Turn, id: int | None) -> Data | None:
    row = turn.work.get(Member, id) if id else None
    return {"id": row.id, "name": row.name} if row else None


PUBLISHED: Mapping[type, Published] = {
    ActivityLogged: Published(
        "activity.logged", _("Activities"), _activity, ("activities", "activity", "活动", "跟进")
    ),
    ScoreGiven: Published("score.given", _("Scores"), _score, ("scores", "score", "评分")),
    FileHere: Published("file.received", _("Files"), _file, ("files", "file", "文件")),
}
NAMES = tuple(published.name for published in PUBLISHED.values())


def names_in(text: str) -> tuple[list[str], list[str]]:
    """The names of facts that are meant, and the words that mean none."""
    known = {word: one.name for one in PUBLISHED.values() for word in (one.name, *one.words)}
    said = text.casefold().replace(",", " ").replace("，", " ").replace("、", " ").split()
    meant = {known[word] for word in said if word in known}
    return [name for name in NAMES if name in meant], [word for word in said if word not in known]


def label_of(name: str) -> Text:
    """What people call a fact."""
    return next((one.label for one in PUBLISHED.values() if one.name == name), Text((name,)))
