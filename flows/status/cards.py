"""How the service's own state looks in chat."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.core.messages import Option, Reply, Urgency
from bot.core.text import Text, bold, join, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.status.rules import troubles
from store.inbound import Parked
from store.models import Conversation, Outbox
from store.types import micros
from store.wellbeing import Wellbeing

LANES: Mapping[int, Callable[[int], Text]] = {
    Urgency.ANSWER: lambda n: ngettext("{n} answer", "{n} answers", n),
    Urgency.REMINDER: lambda n: ngettext("{n} reminder", "{n} reminders", n),
    Urgency.ALERT: lambda n: ngettext("{n} alert", "{n} alerts", n),
    Urgency.CAMPAIGN: lambda n: ngettext("{n} message of a campaign", "{n} messages of campaigns", n),
}
ENDED: Mapping[str, Text] = {
    "dead": _("given up, it was too late"),
    "failed": _("refused by the platform"),
    "unknown": _("may or may not have arrived"),
}
SHOWN = 5


def status_card(found: Wellbeing, names: Mapping[str, str]) -> Reply:
    """One look; the buttons lead to what somebody should decide."""
    wrong = troubles(found)
    stranded = sum(found.ended.values())
    body = lines(
        bold(_("Something needs you.") if wrong or stranded else _("Everything runs.")),
        _("Taken in today: {n}", n=str(found.taken)),
        _("Waiting to be sent: {things}", things=_waiting(found)),
        *(problem_line(name, found, names) for name in sorted(wrong)),
        *(_ended(state, count) for state, count in sorted(found.ended.items())),
    )
    return Reply(
        body,
        (
            *([Option(_("Parked messages"), "status-parked")] if found.parked else []),
            *([Option(_("Messages that did not arrive"), "status-stranded")] if stranded else []),
            Option(_("Look again"), "status"),
        ),
        card="status",
    )


def _waiting(found: Wellbeing) -> Text:
    counts: dict[int, int] = {}
    for queue in found.queues:
        counts[queue.lane] = counts.get(queue.lane, 0) + queue.count
    parts = [LANES.get(lane, LANES[Urgency.ALERT])(count) for lane, count in sorted(counts.items())]
    return join(", ", parts) if parts else _("nothing")


def _ended(state: str, count: int) -> Text:
    return text("• ", str(count), " · ", ENDED[state])


def problem_line(name: str, found: Wellbeing, names: Mapping[str, str]) -> Text:
    """What is wrong, in a sentence."""
    kind, _colon, account = name.partition(":")
    if kind == "queue":
        waiting = [queue for queue in found.queues if queue.account == account]
        since, count = min(queue.since for queue in waiting), sum(queue.count for queue in waiting)
        return _(
            "Nothing gets out through {bot} since {when}: {n} wait.",
            bot=bold(names.get(account, account)), when=moment(since, "short"), n=str(count),
        )  # fmt: skip
    if kind == "parked":
        return ngettext(
            "{n} message could not be handled. It is kept, and can be handled again.",
            "{n} messages could not be handled. They are kept, and can be handled again.",
            found.parked,
        )
    if kind == "late":
        return _("What is due comes late: by {n} minutes.", n=str(round(found.late / 60)))
    if kind == "disk":
        return _("The disk is nearly full: make room, or soon nothing can be kept.")
    return ngettext("{n} long job failed today.", "{n} long jobs failed today.", found.jobs)


def trouble_card(names: Sequence[Text], parked: bool) -> Reply:
    """To an owner, unasked."""
    body = lines(bold(_("The service itself needs you:")), *names)
    more = [Option(_("Parked messages"), "status-parked")] if parked else []
    return Reply(body, (*more, Option(_("Look at it"), "status")), card="status-trouble", urgency=Urgency.ANSWER)


def parked_card(found: Sequence[Parked], names: Mapping[str, str]) -> Reply:
    """Ids, times and errors; the words in them stay in the database."""
    if not found:
        return Reply(_("Nothing is parked: every message was handled."), card="status-parked")
    shown = [
        text("• ", moment(one.received, "short"), " · ", names.get(one.update.account, one.update.account), " · ",
             _("is handled again within seconds") if one.waits else one.error)
        for one in found[:SHOWN]
    ]  # fmt: skip
    more = _("… and {n} more", n=str(len(found) - SHOWN)) if len(found) > SHOWN else None
    return Reply(
        lines(_("Could not be handled, and wait here:"), *shown, more),
        (
            Option(_("Handle them again"), f"status-replay:{upto(found)}", style="primary"),
            Option(_("Drop them …"), f"status-drop:{upto(found)}", style="danger"),
        ),
        card="status-parked",
    )


def upto(found: Sequence[Parked]) -> int:
    """The moment of the newest of them, which stands in buttons: what comes later was not shown."""
    return max((micros(one.received) for one in found), default=0)


def drop_card(count: int, last: int) -> Reply:
    """Nothing has been dropped yet."""
    ask = ngettext(
        "Drop {n} message for good? It will never be handled, and nobody is answered.",
        "Drop {n} messages for good? They will never be handled, and nobody is answered.",
        count,
    )
    return Reply(
        ask,
        (
            Option(_("Yes, drop them"), f"status-drop-yes:{last}", style="danger"),
            Option(_("Keep them"), "status-parked"),
        ),
        card="status-parked",
    )


def replayed_card(done: int, failed: Mapping[str, int], waiting: int, dropped: int) -> Reply:
    """What came of handling them again."""
    return Reply(
        lines(
            ngettext("{n} message was handled now.", "{n} messages were handled now.", done) if done else None,
            ngettext("{n} message was dropped.", "{n} messages were dropped.", dropped) if dropped else None,
            *(
                ngettext("{n} message failed again: {error}", "{n} messages failed again: {error}", n, error=error)
                for error, n in sorted(failed.items())
            ),
            ngettext(
                "{n} message waits still: its bot does not run.",
                "{n} messages wait still: their bot does not run.",
                waiting,
            )
            if waiting
            else None,
        ),
        (Option(_("Parked messages"), "status-parked"),) if failed or waiting else (),
    )


def sent_again_card(ended: Mapping[str, int], left: int) -> Reply:
    """What came of sending them again."""
    bad = sum(count for state, count in ended.items() if state in ENDED)
    arrived = ended.get("sent", 0)
    return Reply(
        lines(
            ngettext("{n} message has arrived now.", "{n} messages have arrived now.", arrived) if arrived else None,
            *(text("• ", str(ended[state]), " · ", ENDED[state]) for state in ENDED if ended.get(state)),
            ngettext("{n} message is on its way still.", "{n} messages are on their way still.", left)
            if left
            else None,
        ),
        (Option(_("Messages that did not arrive"), "status-stranded"),) if bad else (),
    )


def stranded_card(found: Sequence[Outbox], chats: Mapping[str, Conversation], names: Mapping[str, str]) -> Reply:
    """To whom, when and why; not what."""
    if not found:
        return Reply(_("Every message of the last day arrived."), card="status-stranded")
    shown = [
        text("• ", moment(row.queued, "short"), " · ", _whom(row, chats, names), " · ", ENDED[row.state])
        for row in found[:SHOWN]
    ]
    more = _("… and {n} more", n=str(len(found) - SHOWN)) if len(found) > SHOWN else None
    last = found[0].id
    return Reply(
        lines(_("Did not arrive, or perhaps not:"), *shown, more),
        (
            Option(_("Send them again"), f"status-again:{last}", style="primary"),
            Option(_("Let them be"), f"status-aside:{last}"),
        ),
        card="status-stranded",
    )


def _whom(row: Outbox, chats: Mapping[str, Conversation], names: Mapping[str, str]) -> str:
    chat = chats.get(row.chat)
    return (chat.title if chat else "") or names.get(row.account, row.account)
