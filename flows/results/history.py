"""The scores of one customer over time, for their card."""

from __future__ import annotations

from bot.core.text import Text, join, moment, text
from bot.core.text import gettext as _
from flows.turn import Turn
from store.models import Survey

SHOWN = 5


def score_lines(turn: Turn, customer: int) -> list[Text]:
    """ "Scores: 2 (NPS, 6 Mar), 5 (CSAT, 2 Mar)": the newest first; how it changed says more than the last one."""
    scored = [i for i in turn.work.feedback.invitations(customer, limit=40) if i.score is not None][:SHOWN]
    if not scored:
        return []
    kinds = {survey.id: survey.kind.upper() for survey in turn.work.find(Survey)}
    shown = [
        text(f"{row.score} ({kinds.get(row.survey, '')} ", moment(row.finished or row.sent or row.made, "day"), ")")
        for row in scored
    ]
    return [_("Scores: {scores}", scores=join(", ", shown))]
