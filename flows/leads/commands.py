"""Accept, Pass, the pool, and how long a lead waits."""

from __future__ import annotations

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, text
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.leads.actions import card, minutes_of, pass_on, pool, take
from flows.router import EDITORS, MANAGERS, command, press
from flows.tiers.settings import keep
from flows.turn import Turn
from store.models import Lead

Outcome = Reply | Text


@press("lead-take")
def lead_take(turn: Turn, lead: int) -> Outcome:
    row = turn.work.get(Lead, lead)
    me = turn.me()
    if row is None or (row.state == "offered" and row.member != me.id and me.role not in MANAGERS):
        return Reply(_("It is offered to somebody else now."), toast=True)
    customer = take(turn, row, me)
    if customer is None:
        return Reply(_("Somebody was faster."), toast=True)
    shown = card(turn, row := turn.work.get(Lead, lead) or row)
    turn.rewrite(shown.card, shown)
    turn.work.audit(f"member:{me.id}", "lead_taken", f"customer:{customer.id}")
    return Reply(_("{name} is yours. Good luck!", name=customer.name), toast=True)


@press("lead-pass")
def lead_pass(turn: Turn, lead: int) -> Outcome:
    row = turn.work.get(Lead, lead)
    if row is None or row.state != "offered" or row.member != turn.me().id:
        return Reply(_("It is offered to somebody else now."), toast=True)
    pass_on(turn, row)
    return Reply(_("Passed on. Thank you for saying so at once."), card=f"lead:{row.id}")


@command("leads", help=_("Leads that wait for somebody"), for_=EDITORS, words=("leads", "线索池"))
def leads(turn: Turn, words: Rest | None = None) -> Outcome:
    said = (words or "").strip()
    if said.isdigit() and len(said) <= 4 and turn.me().role in MANAGERS:
        keep(turn, "lead_minutes", max(1, min(int(said), 10_000)))
        return _("A lead waits {n} minutes for one person now.", n=str(minutes_of(turn)))
    rows = pool(turn)
    if not rows:
        return lines(
            _("No lead waits. They come from strangers who write, from web forms and other systems."),
            _(
                "Each waits {n} minutes for one person; change it: {example}",
                n=str(minutes_of(turn)),
                example=code("/leads 15"),
            ),
        )
    named = [(row, turn.work.customers.get(row.customer)) for row in rows[:8]]
    shown = [text("• ", bold(c.name), f" · {row.source}" if row.source else "") for row, c in named if c]
    mine = [(row, c) for row, c in named if c and (row.state == "pool" or row.member == turn.me().id)]
    choices = tuple(Option(_("Take {name}", name=c.name[:30]), f"lead-take:{row.id}") for row, c in mine)
    return Reply(lines(_("Leads that wait:"), *shown), choices)
