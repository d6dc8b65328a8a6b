# ruff: noqa: SIM905, E501 -- a rule is one line, and lists of words read better as words
"""A tap under a log that tells of what was promised: it is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.messages import Option
from bot.core.text import text
from flows.reminders.finishing import about_said
from flows.turn import Turn
from store.models import Activity, Promise

MOST = 2
_DID = re.compile(
    r"\b(?:sent|e-?mailed|mailed|posted|shipped|delivered|dropped off|handed|gave|forwarded|shared|returned|replaced|fixed|repaired|refunded|quoted|signed|paid|installed|finished|sorted|prepared|updated|booked|arranged|swapped|credited)\b"
    r"|(?:发|寄|送|交|给|签|付|修|换|退|做|办|弄|改|安排|准备|提交|更新|开)(?:给[^，。,.]{1,8})?(?:了|好|完|到|过去|出去|掉)",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:(?:has|have|had|was|were|is|are|did)n['’]?t|not|never|nothing|will|going to|to be|if|when|once|before|until|should have|have to|has to|need to)\b"
    r"|没|还未|尚未|准备[发寄送交]|打算|如果|等.{0,4}[再后]|让我们|[要会再][发寄送交给]|[?？吗]",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z][a-z-]{2,}|[\u4e00-\u9fff]+", re.IGNORECASE)
_LATIN_END = re.compile(r"(?:es|s|ed|ing)$")
_SMALL = frozenset("the and for his her him them their our send get give you your new all with".split())
_OTHERS = frozenset("they he she his her their customer client someone somebody nobody".split())
"""Before what was done, as the names of the customer's people do, they say that it was not us."""
_VERBS = re.compile(r"发给?|寄给?|送给?|交给?|安排|准备|提供|给|把|将|我们?|他们?|她|您|你")


def offer(turn: Turn, activity: Activity) -> Sequence[Option]:
    """One for each open promise of ours whose thing the line names as done; nothing is closed unasked."""
    if activity.status != "done" or turn.member is None or not _DID.search(activity.text):
        return ()
    names = _names(turn, activity)
    owed = turn.work.find(Promise, customer=activity.customer, by="us", state="open")
    told = [one for one in owed if one.activity != activity.id and tells(activity.text, one.what, names)]
    return [Option(text("✓ ", one.what), f"promise-kept:{one.id}", wide=True) for one in told[:MOST]]


def tells(said: str, what: str, names: str) -> bool:
    """Whether a line says that we did what was promised; `names`: who is named there is no thing, and did it himself
    where the name stands before.
    """
    if _NOT_YET.search(said) or not any(_is_ours(said[: match.start()], names) for match in _DID.finditer(said)):
        return False
    return bool(_things(said) & (_things(what) - _things(names)))


def kept_in_words(turn: Turn, said: str) -> list[Promise]:
    """The open promises of this member that a short line says are kept: "done with the towels", 毛巾送到了."""
    things = _things_done(said) if len(said) <= _SHORT else set[str]()
    if not things:
        return []
    mine = turn.work.promises.of_member(turn.me().id)
    return [one for one in mine if one.by == "us" and _things(one.what).issuperset(things)]


_SHORT = 60
"""Characters of a line that says no more than that a promise is kept."""


def _things_done(said: str) -> set[str]:
    """What a line that names nobody says is done."""
    did = said if _DID.search(said) and not _NOT_YET.search(said) and _begins_plainly(said) else ""
    return _things(about_said(said) or _DID.sub(" ", did)) - _FILLING


def _begins_plainly(said: str) -> bool:
    """Whether nobody else did it: what was done, or the thing itself, stands first."""
    first = said.split()[0].casefold() if said.split() else ""
    return first not in _OTHERS


_FILLING = frozenset(
    "have has was were been are just now already today out off over that this have i've we've done got".split()
)


def _is_ours(before: str, names: str) -> bool:
    last = before.split()[-1:]
    return not last or last[0].casefold() not in _OTHERS | set(names.casefold().split())


def _things(words: str) -> set[str]:
    """What a line is about: its longer words without their endings, and each two Chinese characters."""
    found = set[str]()
    for word in _WORD.findall(words.casefold()):
        if word.isascii():
            found.add(_LATIN_END.sub("", word) if len(word) > 4 else word)
        else:
            for part in _VERBS.sub(" ", word).split():
                found.update(part[place : place + 2] for place in range(len(part) - 1))
    return found - _SMALL


def _names(turn: Turn, activity: Activity) -> str:
    customer = turn.work.customers.get(activity.customer)
    people = [one.name for one in turn.work.customers.contacts(activity.customer)]
    return " ".join([customer.name, *people] if customer else people)
