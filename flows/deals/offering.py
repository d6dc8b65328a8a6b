# ruff: noqa: E501 -- a rule is one line
"""A tap under a logged line: one that wins the deal which was signed, one that adds the deal which it tells of."""

from __future__ import annotations

import re

from bot.core.messages import Option
from bot.core.text import gettext as _
from bot.core.text import text
from flows.deals import actions
from flows.deals.cards import title, whole_sum
from flows.turn import Turn
from flows.understanding.lazily import lazy
from store.models import Activity, Deal

OFFERED = 3
"""Open deals among which it may be any."""
_SIGNED = lazy(
    r"\bsigned(?! (?:for|in|out|the nda|an? nda|the minutes)\b)|\b(?:contract|deal|order|paperwork)(?:'s| is| has been| was)? (?:signed|closed|won|in the bag)\b"
    r"|\b(?:closed|won|landed|sealed) (?:the |their |this |a |our )?(?:\w+ )?(?:deal|contract|order|tender|bid|project)\b|\b(?:placed|gave us|confirmed) (?:an|the|their) order\b"
    r"|签(?:下来?|完|好|成)?了(?!保密|收|到|没|吗|就|再|之?后|以后)|签下(?!个|次|周|月)|签(?:单|约|合同|字)(?:成功|了|完成)|(?:合同|单子?|订单)(?:已经?|都|终于)?(?:签(?:了|好|完|下)|拿下|成交)|拿下了|成交了|中标了|赢单",
    re.IGNORECASE,
)
_NOT_YET = lazy(
    r"\b(?:not|never|nothing|isn['’]?t|wasn['’]?t|hasn['’]?t|haven['’]?t|didn['’]?t|to (?:be|get)|will be|(?:want|need|wait\w*|hope|hoping|like)s?\b.{0,30}|if|once|until|unless|when|before|after|as soon as|almost|nearly|gets?|must be|can be|should be)\b(?: \S+){0,4}? ?$"
    r"|(?:没有?|未|不|如果|要是|假如|等|若|一旦|万一|差点|几乎|快|争取|希望|准备|打算|[跟和与](?:别[人家]|对手|竞品|竞争对手|友商|其他))[^，。,；;!！]{0,8}$|(?:别家|对手|竞品|友商)[^，。,；;!！]{0,6}$",
    re.IGNORECASE,
)
_ELSEWHERE = lazy(
    r"^ (?:up )?with (?:an?other|the|a|their|somebody|someone|our) ?(?:\w+ )?(?:competitor|rival|else|supplier|vendor|company|firm)\b",
    re.IGNORECASE,
)

_TOLD = lazy(r"\b(?:deal|opportunity|tender|project)\b|商机|单子|大单|项目|招标", re.IGNORECASE)
_GONE = lazy(
    r"\b(?:lost|lose|cancel\w*|fell through|dead|declined|no deal)\b|丢|黄了|输|没戏|取消|流标|泡汤", re.IGNORECASE
)


def is_signed(line: str) -> bool:
    """Whether a line says that the customer has signed: not that they may, did not, or did so with a rival."""
    return any(
        not _NOT_YET.search(_clause(line[: found.start()])) and not _ELSEWHERE.match(line[found.end() :])
        for found in _SIGNED.finditer(line)
    )


def _clause(before: str) -> str:
    return re.split(r"[.!?;。！？；，]|, ", before)[-1]


def offer(turn: Turn, activity: Activity) -> list[Option]:
    """One tap for each open deal that it may be; without an open one, a tap that adds the deal, as won where it is."""
    signed, amount = is_signed(activity.text), whole_sum(activity.amount, activity.currency)
    if activity.status != "done" or not (signed or _is_told(activity)) or won_since(turn, activity) is not None:
        return []
    running = open_deals(turn, activity)
    if not signed:
        add = Option(text(_("Add the deal: {sum}", sum=amount)), f"deal-new:{activity.id}", wide=True)
        return [] if running else [add]
    if not any(stage.kind == "won" for stage in actions.stages(turn)):
        return []
    if running:
        return [
            Option(_("Won: {deal}", deal=title(turn, deal)), f"deal-won:{activity.id}:{deal.id}", wide=True)
            for deal in _likeliest(running, activity)[:OFFERED]
        ]
    label = _("Add the won deal: {sum}", sum=amount) if activity.amount else _("Add the won deal")
    return [Option(text(label), f"deal-won:{activity.id}:0", wide=True)]


def _is_told(activity: Activity) -> bool:
    return bool(activity.amount and _TOLD.search(activity.text) and not _GONE.search(activity.text))


def open_deals(turn: Turn, activity: Activity) -> list[Deal]:
    """Those of the customer whom the line is about."""
    return [deal for deal in turn.work.deals.of_customer(activity.customer) if deal.state == "open"]


def _likeliest(running: list[Deal], activity: Activity) -> list[Deal]:
    """The deal that the line names, be it by what it is about or by its sum; else any."""
    line = activity.text.casefold()
    named = [deal for deal in running if deal.what and deal.what.casefold() in line]
    priced = [deal for deal in running if activity.amount and deal.amount == activity.amount]
    return named or priced or running


def won_since(turn: Turn, activity: Activity) -> Deal | None:
    """The deal that was won by this line: a second tap wins nothing twice."""
    return next(
        (
            deal
            for deal in turn.work.deals.of_customer(activity.customer)
            if deal.state == "won" and deal.closed is not None and deal.closed >= activity.logged
        ),
        None,
    )
