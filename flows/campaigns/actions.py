"""Making a campaign, letting it go, stopping it, and the list that shrinks while it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from bot.core.errors import BadInput, NotAllowed, NotFound, TooLate
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.approvals import actions as approvals
from flows.approvals.rules import Rule
from flows.approvals.subjects import SUBJECTS
from flows.campaigns import cards
from flows.campaigns.rules import EVERYBODY, Known, left_out, wanted_as
from flows.care.words import checked
from flows.jobs import begin
from flows.rhythm.actions import WEEK
from flows.rhythm.rules import CAP
from flows.router import MANAGERS
from flows.segments.actions import ask
from flows.turn import Turn
from store.campaigns import Silence
from store.models import Campaign, Recipient

if TYPE_CHECKING:
    from hashlib import _Hash as Digest

LIST = "campaign-list"
"""The job that makes a long list."""
SHOWN = "campaign-card"
"""The timer that shows the card anew while it is sent."""
TIMER = "campaign"
AT_ONCE = 1000
"""A longer list is made by a job, beside everybody else's work."""
RUNNING = ("sending", "paused")


def known_of(turn: Turn, ids: Sequence[int]) -> Iterator[tuple[int, Known]]:
    """What is known of each at this moment; of who is not there any more, that."""
    campaigns = turn.work.campaigns
    looked_at = campaigns.looked_at(ids)
    reached, touches = campaigns.reached(ids), campaigns.touches(ids, turn.now - WEEK)
    silences = campaigns.silences(ids)
    for id in ids:
        state, stopped = looked_at.get(id, ("removed", ""))
        silence = silences.get(id, Silence())
        yield (
            id,
            Known(
                active=state == "active",
                stopped=frozenset(stopped.split()),
                reached=id in reached,
                touches=touches.get(id, 0),
                unanswered=silence.count,
                last=silence.last,
            ),
        )


def reasons(turn: Turn, kind: str, customers: Sequence[int]) -> list[tuple[int, str]]:
    """(customer, why they are left out) of each."""
    cap = int(turn.workspace.settings.get("weekly_cap", CAP))
    return [(id, left_out(known, kind, cap, turn.now)) for id, known in known_of(turn, customers)]


def make(
    turn: Turn, kind: str, segment: str, words: str, *, name: str = "", offer: str = "", spread: int = 0
) -> Campaign:
    """A draft with its list as it is now, or with one that is being made; raises BadInput where nobody fits."""
    question, words = ask(turn, segment).question, checked(words)
    long = len(turn.work.segments.some(question, AT_ONCE + 1)) > AT_ONCE
    ids = [] if long else turn.work.segments.found(question).ids
    if not ids and not long:
        raise BadInput(_("Nobody fits “{words}”.", words=segment[:60]))
    campaign = turn.work.add(
        Campaign(
            name=name or _next_name(turn, segment),
            kind=kind,
            segment=segment,
            words=words,
            offer=offer,
            spread=spread,
            state="listing" if long else "draft",
            member=turn.me().id,
            made=turn.now,
        )
    )
    if long:
        begin(turn, LIST, campaign=campaign.id)
    else:
        listed = reasons(turn, kind, ids)
        turn.work.campaigns.list_them(campaign.id, listed)
        campaign = ready(turn, campaign, digest_of(listed), sum(not reason for _customer, reason in listed))
    turn.did(title(campaign), cards.card_of(campaign))
    return campaign


def digest_of(listed: Iterable[tuple[int, str]], before: Digest | None = None) -> Digest:
    """Who gets it, as an approval remembers it."""
    digest = before or sha256()
    for customer, reason in listed:
        if not reason:
            digest.update(b"%d," % customer)
    return digest


def ready(turn: Turn, campaign: Campaign, digest: Digest, size: int) -> Campaign:
    """The list is whole."""
    return turn.work.change(campaign, state="draft", listed=digest.hexdigest()[:24], size=size)


def _next_name(turn: Turn, segment: str) -> str:
    head = "all" if segment == EVERYBODY else "".join(segment.removeprefix("tag:").split())[:20]
    names = {row.name for row in turn.work.find(Campaign)}
    return next(name for number in range(1, len(names) + 2) if (name := f"{head}-{number}") not in names)


def title(campaign: Campaign) -> Text:
    """The campaign in a few words, for undo."""
    return _("campaign {name}", name=campaign.name)


def find(turn: Turn, name: str) -> Campaign | None:
    """The newest of that name."""
    wanted = name.strip().casefold()
    rows = [row for row in turn.work.find(Campaign) if row.name.casefold() == wanted]
    return rows[-1] if rows else None


def theirs(turn: Turn, id: int) -> Campaign:
    """The campaign, for whoever made it or runs the team; raises NotFound or NotAllowed."""
    campaign = turn.work.get(Campaign, id)
    if campaign is None:
        raise NotFound(_("That campaign is no longer there."))
    if campaign.member != turn.me().id and turn.me().role not in MANAGERS:
        raise NotAllowed(_("Only who made it, or a manager, may do that."))
    return campaign


def rule_of(turn: Turn, campaign: Campaign) -> Rule | None:
    """Who must agree to it, if anybody."""
    me = turn.me()
    facts = {"kind": "campaign", "count": float(campaign.size), "role": me.role, "member": me.name}
    return approvals.rule_for(turn, facts)


def subject(campaign: Campaign) -> str:
    return f"campaign:{campaign.id}"


def go(turn: Turn, campaign: Campaign) -> Campaign:
    """It is sent from now on, or somebody is asked first; raises TooLate when it went already."""
    if campaign.state == "listing":
        raise BadInput(_("The list is still being made. It takes a moment."))
    if campaign.state not in ("draft", "paused", "cancelled", "waiting"):
        raise TooLate(_("That is settled already."))
    if not campaign.size:
        raise BadInput(_("Nobody is left on the list."))
    rule = rule_of(turn, campaign)
    agreed = approvals.standing(turn, subject(campaign)) if rule is not None else None
    if rule is not None and (agreed is None or agreed.state != "approved"):
        if agreed is not None and agreed.state == "rejected":
            raise TooLate(_("That was rejected: change the text, or leave it."))
        approvals.ask(turn, subject(campaign), rule)
        return turn.work.change(campaign, state="waiting")
    turn.work.timers.move(TIMER, str(campaign.id), turn.now)
    return turn.work.change(campaign, state="sending", started=campaign.started or turn.now)


def stop(turn: Turn, campaign: Campaign, state: str) -> Campaign:
    """Paused or cancelled at once: what nobody has begun to send is taken back."""
    if campaign.state not in ("listing", "draft", "waiting", *RUNNING):
        raise TooLate(_("That is settled already."))
    take_back(turn, campaign)
    for timer in (TIMER, SHOWN):
        turn.work.timers.cancel(timer, str(campaign.id))
    return turn.work.change(campaign, state=state)


def take_back(turn: Turn, campaign: Campaign) -> None:
    """Messages that wait in front of the sender are planned again."""
    queued = {f"{TIMER}:{row.id}": row for row in turn.work.find(Recipient, campaign=campaign.id, state="queued")}
    for tell in turn.work.outbox.take_back(queued):
        turn.work.change(queued[tell], state="planned", sent=None)


def edit(turn: Turn, campaign: Campaign, words: str) -> Campaign:
    """Other words for all who have not got it; what was agreed to counts no more."""
    if campaign.state in ("done", "cancelled"):
        raise TooLate(_("That is settled already."))
    words = checked(words)
    if not words:
        raise BadInput(_("The text is missing."))
    running = campaign.state == "sending"
    take_back(turn, campaign)
    campaign = turn.work.change(campaign, words=words)
    voided = approvals.void(turn, subject(campaign))
    if voided or campaign.state == "waiting":
        turn.work.timers.cancel(TIMER, str(campaign.id))
        return turn.work.change(campaign, state="paused" if campaign.started else "draft")
    if running:
        turn.work.timers.move(TIMER, str(campaign.id), turn.now)
    return campaign


def decided(turn: Turn, id: int, _state: str) -> None:
    """Somebody agreed or did not: whoever asked lets it go, or changes it."""
    campaign = turn.work.get(Campaign, id)
    if campaign is not None and campaign.state == "waiting":
        campaign = turn.work.change(campaign, state="paused" if campaign.started else "draft")
        cards.show(turn, campaign)


def stopped_by_customer(turn: Turn, customer: int) -> None:
    """Nothing that waits for a customer goes any more, as far as they do not want it."""
    found = turn.work.customers.get(customer)
    for row in turn.work.find(Recipient, customer=customer, state="queued"):
        campaign = turn.work.get(Campaign, row.campaign)
        unwanted = found is None or {"all", wanted_as(campaign.kind if campaign else "")} & set(found.stopped.split())
        if unwanted and turn.work.outbox.take_back([f"{TIMER}:{row.id}"]):
            turn.work.change(row, state="left", reason="stopped", sent=None)


def answer(turn: Turn, row: Recipient, said: str) -> Recipient:
    """Yes or no to an event; the last word counts."""
    return turn.work.change(row, answer=said, answered=turn.now)


def cost(turn: Turn, campaign: Campaign, hundredths: int) -> Campaign:
    """What it has cost."""
    changed = turn.work.change(campaign, cost=hundredths)
    turn.did(title(campaign), cards.card_of(campaign))
    return changed


def outside(turn: Turn, name: str) -> Campaign:
    """Something that is not sent by us but costs: a fair, an advertisement; counted by the customers' source."""
    row = Campaign(name=name[:40], kind="outside", state="done", member=turn.me().id, made=turn.now)
    return turn.work.add(row)


class CampaignSubject:
    """A campaign as approvals see it: the text and the list."""

    def look(self, turn: Turn, id: int) -> Text:
        campaign = turn.work.get(Campaign, id)
        return cards.look(campaign) if campaign else _("a campaign that is gone")

    def content(self, turn: Turn, id: int) -> Mapping[str, Any] | None:
        campaign = turn.work.get(Campaign, id)
        if campaign is None:
            return None
        return {"words": campaign.words, "offer": campaign.offer, "kind": campaign.kind, "listed": campaign.listed}


SUBJECTS["campaign"] = CampaignSubject()
