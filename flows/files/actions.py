"""Keeping files: a row at once, the content as soon as the platform has handed it over."""

from __future__ import annotations

from bot.core.messages import Address, File, Reply, Said, Urgency
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.files.facts import FileHere
from flows.router import MANAGERS
from flows.turn import Turn
from flows.voice.rules import message_of
from store.models import Activity, Conversation, Member, StoredFile

KINDS = {"picture": _("picture"), "voice": _("voice note"), "video": _("video"), "document": _("file")}


def kind_name(kind: str) -> Text:
    """What a file is called."""
    return KINDS.get(kind, KINDS["document"])


def keep(turn: Turn, said: Said) -> list[StoredFile]:
    """A row for each file of a message; contents that are not here yet are asked for."""
    return [_keep(turn, file) for file in said.files]


def _keep(turn: Turn, file: File) -> StoredFile:
    here = turn.here()
    row = turn.work.add(
        StoredFile(
            name=file.name[:200],
            mime=file.mime[:100],
            kind=file.kind,
            size=file.size,
            hash=file.hash,
            ref=file.ref,
            account=here.account,
            conversation=here.id,
            customer=here.customer,
            at=turn.at,
        )
    )
    if not row.hash:
        nowhere = Address(here.platform, here.account, "")
        wanted = File(row.name, row.mime, ref=row.ref, size=row.size, kind=file.kind)
        turn.say(Reply(Text(), file=wanted, to=nowhere, tell=f"file:{row.id}", urgency=Urgency.ALERT))
    return row


def content(row: StoredFile) -> File:
    """The kept file, to be sent on."""
    return File(row.name, row.mime, hash=row.hash, size=row.size, kind=row.kind)  # type: ignore[arg-type]


def pass_on(turn: Turn, row: StoredFile, conversation: Conversation) -> None:
    """A customer's file reaches the owner, or the managers where there is none."""
    customer = turn.work.customers.get(conversation.customer) if conversation.customer else None
    if customer is None:
        return
    text = _("{name} sent a {kind}: {file}", name=customer.name, kind=kind_name(row.kind), file=row.name)
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    for member in [owner] if owner else [m for m in turn.work.people.members() if m.role in MANAGERS]:
        turn.message_member(member, Reply(text, file=content(row)))


def pass_on_alone(turn: Turn, fact: FileHere) -> None:
    """What came with words goes with them; this is for what came with none that anybody filed."""
    row = turn.work.get(StoredFile, fact.file)
    conversation = turn.work.get(Conversation, row.conversation) if row else None
    if row is not None and conversation is not None and row.activity is None and row.line is None and not fact.error:
        pass_on(turn, row, conversation)


def _came_with(row: StoredFile, turn: Turn, activity: Activity) -> bool:
    spoken = activity.source.endswith("#" + message_of(row.id))
    return spoken or row.at == turn.at or row.customer == activity.customer


def attach(turn: Turn, activity: Activity) -> int:
    """Files that came with the message an activity was read from belong to it; returns how many there are."""
    waiting = turn.work.find(StoredFile, conversation=turn.here().id, activity=None)
    mine = [row for row in waiting if _came_with(row, turn, activity)]
    for row in mine:
        turn.work.change(row, activity=activity.id, customer=activity.customer)
    return len(mine)
