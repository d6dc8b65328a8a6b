"""A long list as a job: whom it is for is found and judged beside the writer, and written down some at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from bot.core.ports import Files
from flows.campaigns import cards
from flows.campaigns.actions import LIST, digest_of, ready, reasons
from flows.jobs import Act, Reader, job
from flows.segments.actions import ask
from flows.turn import Turn
from store.models import Campaign, Job, Member
from store.work import Work

PART = 1000
SHOWN_EVERY = 20
"""The card says so many times at most how far the list is."""
Listed = Sequence[tuple[int, str]]


@job(LIST)
def steps(found: Job, files: Files, read: Reader) -> Iterator[Act]:
    """Cut off, it begins anew: who is on the list already stays there. Cancelled or undone, it ends."""
    id, digest = found.arguments["campaign"], digest_of(())
    ids = read(partial(_whom, id, found.by))
    for at in range(0, len(ids), PART):
        listed = read(partial(_judged, id, ids[at : at + PART]))
        if listed is None:
            break
        digest_of(listed, digest)
        yield partial(_write, listed, at + len(listed), len(ids))
    size = read(lambda work: work.campaigns.count(id, "planned"))

    def end(turn: Turn, now: Job) -> None:
        turn.work.change(now, state="done")
        campaign = turn.work.get(Campaign, id)
        if campaign is not None and campaign.state == "listing":
            cards.show(turn, ready(turn, campaign, digest, size))

    yield end


def _whom(id: int, by: int | None, work: Work) -> list[int]:
    """Everybody who fits, the most valuable first."""
    campaign, firm = work.get(Campaign, id), work.firm(work.workspace)
    if campaign is None or firm is None:
        return []
    turn = Turn(work=work, workspace=firm, key="")
    turn.member = work.get(Member, by) if by else None
    return work.segments.found(ask(turn, campaign.segment).question).ids


def _judged(id: int, customers: Sequence[int], work: Work) -> Listed | None:
    """Each with the reason to leave them out; None when nobody wants the list any more."""
    campaign, firm = work.get(Campaign, id), work.firm(work.workspace)
    if campaign is None or campaign.state != "listing" or firm is None:
        return None
    return reasons(Turn(work=work, workspace=firm, key=""), campaign.kind, customers)


def _write(listed: Listed, so_far: int, whole: int, turn: Turn, found: Job) -> None:
    campaign = turn.work.get(Campaign, found.arguments["campaign"])
    if campaign is None or campaign.state != "listing":
        return
    turn.work.campaigns.list_them(campaign.id, listed)
    if so_far // PART % max(1, whole // PART // SHOWN_EVERY) == 0:
        cards.show_list(turn, campaign, so_far, whole)
