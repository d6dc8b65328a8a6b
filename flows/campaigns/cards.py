"""How campaigns look: before, while they are sent, and what came of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.core.messages import Option, Reply
from bot.core.text import Part, Text, bold, code, join, lines, moment, ngettext, quote, text
from bot.core.text import gettext as _
from flows.campaigns.rules import EVERYBODY, KINDS, REASONS, worth
from flows.tiers.words import money
from flows.turn import Turn, options
from store.campaigns import WITHIN
from store.models import Campaign

SHOWN = 8
COMERS = 30
STATES: Mapping[str, Text] = {
    "listing": _("The list is being made …"),
    "draft": _("Nothing is sent yet."),
    "waiting": _("Waits for approval."),
    "sending": _("On its way."),
    "paused": _("Paused."),
    "done": _("Done."),
    "cancelled": _("Cancelled."),
}


def whom(campaign: Campaign) -> Part:
    """For whom it is, as people say it."""
    return _("everybody") if campaign.segment == EVERYBODY else campaign.segment


def card_of(campaign: Campaign) -> str:
    """One card wherever it is shown."""
    return f"campaign:{campaign.id}"


def look(campaign: Campaign) -> Text:
    """The text and the size of the list, for whoever decides."""
    head = text(KINDS.get(campaign.kind, campaign.kind), " ", bold(campaign.name), " · ", whom(campaign))
    return lines(head, _size(campaign.size), quote(_words(campaign)))


def _head(campaign: Campaign) -> Text:
    return text(bold(KINDS.get(campaign.kind, campaign.kind)), " ", bold(campaign.name), " · ", whom(campaign))


def _by_state(counts: Mapping[tuple[str, str], int]) -> Counter[str]:
    """How many stand in each state, whatever the reason."""
    by: Counter[str] = Counter()
    for (state, _reason), n in counts.items():
        by[state] += n
    return by


def _size(n: int) -> Text:
    return ngettext("{n} customer", "{n} customers", n)


def _words(campaign: Campaign) -> Text:
    offer = _("For you: {offer}", offer=campaign.offer) if campaign.offer else None
    return lines(campaign.words, offer)


def campaign_card(turn: Turn, campaign: Campaign) -> Reply:
    """The text, the list with who is left out and why, and how far it is."""
    counts = turn.work.campaigns.counts(campaign.id)
    by = _by_state(counts)
    answers = turn.work.campaigns.answers(campaign.id) if campaign.kind == "event" else {}
    body = lines(
        _head(campaign),
        quote(_words(campaign)) if campaign.words else None,
        _goes_to(campaign, by) if campaign.state != "listing" else None,
        _left(counts) if campaign.state != "listing" else None,
        _progress(by) if campaign.started else None,
        _event(answers, by) if answers else None,
        ngettext("Spread over {n} hour.", "Spread over {n} hours.", campaign.spread // 60)
        if campaign.spread >= 60
        else None,
        STATES.get(campaign.state),
    )
    return Reply(body, _choices(campaign, by), card=card_of(campaign))


def show_list(turn: Turn, campaign: Campaign, so_far: int, whole: int) -> None:
    """How far the making of a long list is."""
    body = lines(
        _head(campaign),
        _("The list is being made: {n} of {whole} customers.", n=f"{so_far:,}", whole=f"{whole:,}"),
    )
    card = card_of(campaign)
    if turn.work.cards.places(card):
        turn.rewrite(card, Reply(body, (Option(_("Cancel"), f"campaign-end:{campaign.id}"),), card=card))


def _goes_to(campaign: Campaign, by: Counter[str]) -> Text:
    whole = sum(by.values())
    return _("For {n} of {whole} customers.", n=str(campaign.size), whole=str(whole))


def _left(counts: Mapping[tuple[str, str], int]) -> Text | None:
    found = [(reason, n) for (state, reason), n in sorted(counts.items()) if state == "left"]
    if not found:
        return None
    return _("Left out: {reasons}", reasons=join(", ", [text(str(n), " ", REASONS.get(r, r)) for r, n in found]))


def _progress(by: Counter[str]) -> Text:
    return _(
        "{sent} sent, {failed} not arrived, {unknown} unknown, {left} to go.",
        sent=str(by["sent"]),
        failed=str(by["failed"]),
        unknown=str(by["unknown"]),
        left=str(_to_go(by)),
    )


def _to_go(by: Counter[str]) -> int:
    return sum(by[state] for state in ("planned", "asleep", "queued"))


def _event(answers: Mapping[str, int], by: Counter[str]) -> Text:
    said = sum(answers.values())
    return _(
        "Yes: {yes}, no: {no}, not yet: {open}.",
        yes=str(answers.get("yes", 0)),
        no=str(answers.get("no", 0)),
        open=str(max(0, by["sent"] + by["unknown"] - said)),
    )


def _choices(campaign: Campaign, by: Counter[str]) -> tuple[Option, ...]:
    id, left = campaign.id, _to_go(by)
    edit, end = Option(_("Edit text"), f"campaign-edit:{id}"), Option(_("Cancel"), f"campaign-end:{id}")
    match campaign.state:
        case "listing":
            return (end,)
        case "draft" | "waiting":
            send = ngettext("Send to {n}", "Send to {n}", left)
            return options(
                Option(send, f"campaign-go:{id}", style="primary") if left and campaign.state == "draft" else None,
                Option(_("Show me"), f"campaign-try:{id}"),
                edit,
                Option(_("Spread over 4 hours"), f"campaign-over:{id}:240") if campaign.spread != 240 else None,
                end,
            )
        case "sending":
            return (Option(_("Pause"), f"campaign-pause:{id}"), edit, end)
        case "paused":
            return (Option(_("Go on"), f"campaign-go:{id}", style="primary"), edit, end)
        case "cancelled" if left:
            return (Option(_("Send it after all"), f"campaign-go:{id}"),)
    lists = Option(_("Who comes"), f"campaign-list:{id}") if campaign.kind == "event" else None
    return options(lists, Option(_("Results"), f"campaign-report:{id}"))


def show(turn: Turn, campaign: Campaign) -> None:
    """Its card changes wherever it stands."""
    if turn.work.cards.places(card_of(campaign)):
        turn.rewrite(card_of(campaign), campaign_card(turn, campaign))


def list_card(turn: Turn, rows: Sequence[Campaign]) -> Reply | Text:
    """The newest campaigns, a line each."""
    if not rows:
        example = code(_("/push vip: Our new pumps are here, {name}.", name="{name}"))
        return lines(_("No campaign yet."), _("Example: {example}", example=example))
    shown = [
        text(
            "• ", bold(row.name), " · ", KINDS.get(row.kind, row.kind), " · ", _size(row.size), " · ", STATES[row.state]
        )
        for row in reversed(rows[-SHOWN:])
    ]
    picks = tuple(Option(text(row.name), f"campaign:{row.id}") for row in reversed(rows[-SHOWN:]))
    return Reply(lines(bold(_("Campaigns")), *shown), picks)


def comers(turn: Turn, campaign: Campaign) -> Reply:
    """Who comes, who does not, and who has not said."""
    counts, said = turn.work.campaigns.counts(campaign.id), turn.work.campaigns.answers(campaign.id)
    reached = sum(n for (state, _reason), n in counts.items() if state in ("sent", "unknown"))
    open_ = max(0, reached - sum(said.values()))
    body = lines(
        bold(campaign.name),
        *(
            _listed(label, turn.work.campaigns.comers(campaign.id, answer, limit=COMERS), count)
            for label, answer, count in (
                (_("Yes"), "yes", said.get("yes", 0)),
                (_("No"), "no", said.get("no", 0)),
                (_("Not yet"), "", open_),
            )
        ),
    )
    return Reply(body, (Option(_("Back"), f"campaign:{campaign.id}"),), card=turn.card())


def _listed(label: Text, names: Sequence[str], count: int) -> Text:
    more = f" +{count - len(names)}" if count > len(names) else ""
    return text(label, f" ({count}): ", ", ".join(names) + more if names else "–")


def report_of(turn: Turn, name: str) -> Reply:
    """A campaign of ours by its name, or whatever customers came from."""
    rows = turn.work.find(Campaign)
    wanted = name.casefold()
    found = [row for row in rows if row.name.casefold() == wanted]
    if found:
        return report(turn, found[-1])
    if name and turn.work.campaigns.of_source(name, turn.workspace.currency)[0]:
        return source_report(turn, name, None)
    if not rows:
        shown = list_card(turn, rows)
        return shown if isinstance(shown, Reply) else Reply(shown)
    picks = tuple(Option(text(row.name), f"campaign-report:{row.id}") for row in reversed(rows[-SHOWN:]))
    return Reply(_("Which campaign?"), picks)


def report(turn: Turn, campaign: Campaign) -> Reply:
    """Reached, answered, bought, and what it was worth."""
    if campaign.kind == "outside":
        return source_report(turn, campaign.name, campaign)
    work, currency = turn.work, turn.workspace.currency
    by = _by_state(work.campaigns.counts(campaign.id))
    reached = by["sent"] + by["unknown"]
    bought = work.campaigns.bought(campaign.id, currency)
    answers = work.campaigns.answers(campaign.id)
    left = by["left"]
    begun = campaign.started or campaign.made
    without = work.campaigns.bought_without(campaign.id, begun, begun + WITHIN) if left else 0
    body = lines(
        bold(_("Campaign {name}", name=campaign.name)),
        moment(begun, "day"),
        _progress(by),
        _event(answers, by) if campaign.kind == "event" else None,
        _(
            "{n} of {reached} bought within {days} days ({part}): {sum}",
            n=str(bought.customers),
            reached=str(reached),
            days=str(WITHIN // timedelta(days=1)),
            part=_percent(bought.customers, reached),
            sum=money(bought.sum, currency),
        ),
        _(
            "Of those left out, {n} of {whole} bought ({part}).",
            n=str(without),
            whole=str(left),
            part=_percent(without, left),
        )
        if left
        else None,
        *_value(turn, campaign, bought.sum),
    )
    return Reply(body, (Option(_("Campaign"), f"campaign:{campaign.id}"),))


def source_report(turn: Turn, source: str, campaign: Campaign | None) -> Reply:
    """Customers whom a source has brought, and what they have bought."""
    brought, bought = turn.work.campaigns.of_source(source, turn.workspace.currency)
    body = lines(
        bold(_("Campaign {name}", name=source)),
        ngettext("{n} customer came from it.", "{n} customers came from it.", brought),
        _(
            "{n} of them bought ({part}): {sum}",
            n=str(bought.customers),
            part=_percent(bought.customers, brought),
            sum=money(bought.sum, turn.workspace.currency),
        ),
        *_value(turn, campaign, bought.sum, source),
    )
    return Reply(body)


def _value(turn: Turn, campaign: Campaign | None, sum_: int, source: str = "") -> list[Text]:
    currency, spent = turn.workspace.currency, campaign.cost if campaign else 0
    found = worth(sum_, spent)
    if found is None:
        example = code(f"/campaign {campaign.name if campaign else source} cost 2000")
        return [_("What did it cost? {example}", example=example)]
    return [_("Cost {cost}, return {percent} %.", cost=money(spent, currency), percent=str(found))]


def _percent(some: int, whole: int) -> str:
    return f"{round(100 * some / whole)} %" if whole else "–"
