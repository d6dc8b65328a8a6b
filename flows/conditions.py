"""A condition in the reader's words: 类型 = 投诉 且 金额 > 50,000, and not the language that it is kept in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.text import Part, Text, text
from bot.core.text import gettext as _
from flows.activities.words import KINDS as CONTACTS
from flows.clocks.targets import KINDS as ANSWERS
from flows.tickets.rules import KINDS as TICKETS
from flows.tickets.rules import PRIORITIES
from flows.tiers.words import STAGES

_TOKEN = re.compile(
    r'(?P<of>\w+)\.contains\("(?P<part>[^"]*)"\)|"(?P<tag>[^"]*)" in tags'
    r'|"(?P<said>[^"]*)"|(?P<word>[A-Za-z_]\w*|&&|\|\|)|(?P<sign>[=!<>]=)|(?P<number>\d+(?:\.\d+)?)'
)
_SIGNS: Mapping[str, str] = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}
_WORDS: Mapping[str, Text] = {
    "discount": _("discount"),
    "amount": _("amount"),
    "tier": _("tier"),
    "role": _("role"),
    "customer": _("customer"),
    "currency": _("currency"),
    "count": _("people"),
    "kind": _("kind"),
    "priority": _("priority"),
    "tone": _("tone"),
    "stage": _("stage"),
    "industry": _("industry"),
    "place": _("place"),
    "source": _("came by"),
    "owner": _("owner"),
    "name": _("name"),
    "words": _("what is said"),
    "value": _("value in a year"),
    "given": _("score given"),
    "survey": _("survey"),
    "clock": _("late with"),
    "deal": _("the deal"),
    "status": _("status"),
    "number": _("number"),
    "silent": _("days of silence"),
    "&&": _("and"),
    "||": _("or"),
}
_VALUES: Mapping[str, Mapping[str, Text]] = {
    "kind": {**CONTACTS, **TICKETS},
    "priority": dict(zip(("urgent", "high", "normal", "low"), PRIORITIES.values(), strict=True)),
    "stage": STAGES,
    "clock": ANSWERS,
    "tone": {"angry": _("angry")},
    "deal": {"won": _("won"), "lost": _("lost")},
}


def condition_said(condition: str) -> Text:
    """A condition as it is read: discount > 10% and amount > 50,000."""
    parts: list[Part] = []
    end, of = 0, ""
    for token in _TOKEN.finditer(condition):
        parts += [condition[end : token.start()], *_said(token, of)]
        of = token["word"] or of
        end = token.end()
    return text(*parts, condition[end:])


def _said(token: re.Match[str], of: str) -> list[Part]:
    """A word, a sign or a value; `of`: the word before it."""
    if token["number"]:
        value = float(token["number"])
        return [int(value) if value.is_integer() else value, "%" if of == "discount" else ""]
    if token["of"]:
        return [_("{name} with “{words}”", name=_WORDS.get(token["of"], token["of"]), words=token["part"])]
    if token["tag"] is not None:
        return [f"#{token['tag']}"]
    if token["word"]:
        return [_WORDS.get(token["word"], token["word"])]
    return [_SIGNS[token["sign"]]] if token["sign"] else [_VALUES.get(of, {}).get(token["said"], token["said"])]
