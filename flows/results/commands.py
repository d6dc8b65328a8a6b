"""`/results visit`, "results of the visit survey", 问卷结果 拜访之后: every view one tap away."""

from __future__ import annotations

import re

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, code, lines, text
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.dialog import in_language
from flows.replies import settled
from flows.results import secret
from flows.results.actions import in_segment, survey_called, view
from flows.results.cards import VIEWS
from flows.router import MANAGERS, NOT_MINE, NotMine, command, heard, press
from flows.surveys.asked import published
from flows.turn import Turn
from store.models import Segment, Survey

Outcome = Reply | Text | NotMine
MEANT = {
    "questions": ("questions", "each question", "各题", "每题"),
    "tier": ("by tier", "tier", "tiers", "按等级", "分等级"),
    "owner": ("by owner", "owner", "by rep", "按负责人", "按业务员"),
    "channel": ("by channel", "channel", "channels", "按渠道", "分渠道"),
    "segment": ("by segment", "segments", "按分组", "按客户群"),
    "trend": ("trend", "over time", "趋势", "走势"),
    "comments": ("comments", "words", "评论", "留言", "意见"),
    "chart": ("chart", "picture", "图", "图表"),
    "csv": ("csv", "export", "file", "导出", "文件"),
}
_ASKED = re.compile(
    r"^(?:show(?: me)? |what are )?(?:the )?(?:survey )?results (?:of|for) (?:the )?(?P<en>.+?)(?: survey)?\??$"
    r"|^(?P<zh>.+?)(?:问卷|调查)?的?(?:结果|统计)(?:怎么样|如何|呢)?[?？]?$",
    re.IGNORECASE,
)


@command(
    "results",
    help=_("What customers answered, from every side"),
    example=_("/results visit by owner"),
    for_=MANAGERS,
    words=("results", "调查结果"),
)
def results(turn: Turn, words: Rest | None = None) -> Outcome:
    surveys = published(turn)
    said = (words or "").strip()
    if not said:
        return view(turn, surveys[0], "all") if len(surveys) == 1 else _which(turn, surveys, None)
    found = _read(turn, said)
    return found if found is not None else _which(turn, surveys, said)


def _read(turn: Turn, said: str) -> Outcome | None:
    """The longest beginning that is a survey; what follows says which view, or which segment."""
    words = said.split()
    for end in range(len(words), 0, -1):
        survey = survey_called(turn, " ".join(words[:end]))
        if survey is not None:
            return _view_of(turn, survey, " ".join(words[end:]).casefold())
    return None


def _view_of(turn: Turn, survey: Survey, rest: str) -> Outcome:
    what = next((name for name, ways in MEANT.items() if rest in ways), "")
    if not rest or what:
        return view(turn, survey, what or "all")
    for segment in turn.work.find(Segment):
        if segment.name.casefold() == rest:
            return view(turn, survey, "all", in_segment(turn, segment))
    ways = ", ".join(ways[0] for ways in MEANT.values())
    return lines(
        _("I know no view “{name}” of results.", name=rest[:40]),
        _("There are: {ways}, or the name of a segment.", ways=ways),
        _("Example: {example}", example=code(f"/results {survey.name} by owner")),
    )


def _which(turn: Turn, surveys: list[Survey], said: str | None) -> Reply:
    picks = tuple(Option(text(in_language(s.title, turn.language)), f"results:{s.id}:all") for s in surveys[:8])
    unknown = _("There is no survey “{name}”.", name=said[:40]) if said else None
    example = _("Example: {example}", example=code(f"/results {surveys[0].name}")) if surveys else None
    return Reply(lines(unknown, _("Results of which survey?"), example), picks)


@press("results", for_=MANAGERS)
def pressed(turn: Turn, survey: int, what: str) -> Reply:
    found = turn.work.get(Survey, survey)
    if found is None or (what not in VIEWS and what not in ("all", "line")):
        return settled()
    return view(turn, found, what)


@heard("said", for_=MANAGERS)
def said(turn: Turn, body: Said) -> Outcome:
    """ "What are the results of the visit survey?", 拜访之后的结果怎么样."""
    match = _ASKED.match(body.text.strip())
    name = (match["en"] or match["zh"] or "") if match else ""
    survey = survey_called(turn, name) or survey_called(turn, f"{name}问卷") if name else None
    return view(turn, survey, "all") if survey else NOT_MINE


@command(
    "anonymous",
    help=_("Make a survey anonymous, or close it and see its results"),
    example=_("/anonymous visit"),
    for_=MANAGERS,
    words=("anonymous survey", "匿名问卷"),
)
def anonymous(turn: Turn, words: Rest | None = None) -> Outcome:
    survey = survey_called(turn, words or "")
    if survey is None:
        return _which(turn, published(turn), words) if words else secret.explained()
    return secret.view(turn, survey) if survey.anonymous else secret.offered(turn, survey)


@press("anonymous-on", for_=MANAGERS)
def anonymous_on(turn: Turn, survey: int) -> Reply:
    found = turn.work.get(Survey, survey)
    return secret.begin(turn, found) if found else settled()


@press("anonymous-close", for_=MANAGERS)
def anonymous_close(turn: Turn, survey: int) -> Reply:
    found = turn.work.get(Survey, survey)
    return secret.close(turn, found) if found else settled()
