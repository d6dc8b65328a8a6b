"""Making a campaign, letting it go, stopping it, and the list that shrinks while it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from bot.core.errors import BadInput, NotAllowed, NotFound, TooLate
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.approvals import actions as approvals
from flows.approvals.rules import Rule
from flows.campaigns import cards
from flows.campaigns.rules import Known, left_out, wanted_as
from flows.care.words import checked
from flows.rhythm.actions import WEEK
from flows.rhythm.rules import CAP
from flows.router import MANAGERS
from flows.segments.actions import ask
from flows.turn import Turn
from store.campaigns import Silence
from store.models import Campaign, Customer, Recipient

TIMER = "campaign"
MOST = 10_000
"""Customers of one campaign: a list that somebody can still answer for, and that one turn can write down."""
RUNNING = ("sending", "paused")


def known_of(turn: Turn, customers: Sequence[Customer]) -> Mapping[int, Known]:
    """What is known of each at this moment."""
    ids = [customer.id for customer in customers]
    campaigns = turn.work.campaigns
    reached, touches = campaigns.reached(ids), campaigns.touches(ids, turn.now - WEEK)
    silences = campaigns.silences(ids)
    found = {}
    for customer in customers:
        silence = silences.get(customer.id, Silence())
        found[customer.id] = Known(
            active=customer.state == "active",
            stopped=frozenset(customer.stopped.split()),
            reached=customer.id in reached,
            touches=touches.get(customer.id, 0),
            unanswered=silence.count,
            last=silence.last,
        )
    return found


def reasons(turn: Turn, kind: str, customers: Sequence[Customer]) -> list[tuple[int, str]]:
    """(customer, why they are left out) of each."""
    cap = int(turn.workspace.settings.get("weekly_cap", CAP))
    known = known_of(turn, customers)
    return [(customer.id, left_out(known[customer.id], kind, cap, turn.now)) for customer in customers]


def make(
    turn: Turn, kind: str, segment: str, words: str, *, name: str = "", offer: str = "", spread: int = 0
) -> Campaign:
    """A draft with its list as it is now; raises BadInput where nobody fits, or too many do."""
    ids = turn.work.segments.found(ask(turn, segment).question).ids
    if not ids:
        raise BadInput(_("Nobody fits “{words}”.", words=segment[:60]))
    if len(ids) > MOST:
        raise BadInput(
            _(
                "These are {n} customers; at most {most} at once. Say more, so that fewer fit.",
                n=str(len(ids)),
                most=str(MOST),
            )
        )
    words = checked(words)
    listed = reasons(turn, kind, turn.work.segments.customers(ids))
    planned = [customer for customer, reason in listed if not reason]
    campaign = turn.work.add(
        Campaign(
            name=name or _next_name(turn, segment),
            kind=kind,
            segment=segment,
            words=words,
            offer=offer,
            listed=sha256(",".join(map(str, sorted(planned))).encode()).hexdigest()[:24],
            size=len(planned),
            spread=spread,
            member=turn.me().id,
            made=turn.now,
        )
    )
    turn.work.campaigns.list_them(campaign.id, listed)
    turn.did(title(campaign), cards.card_of(campaign))
    return campaign


def _next_name(turn: Turn, segment: str) -> str:
    head = "".join(segment.split())[:20]
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
    if campaign.state not in ("draft", "waiting", *RUNNING):
        raise TooLate(_("That is settled already."))
    take_back(turn, campaign)
    turn.work.timers.cancel(TIMER, str(campaign.id))
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


def decided(turn: Turn, id: int, state: str) -> None:
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


approvals.SUBJECTS["campaign"] = CampaignSubject()
