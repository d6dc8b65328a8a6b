# ruff: noqa: SIM905, E501 -- lists of words read better as words
"""Whose promise an English statement is: the first form that it has."""

import re
from typing import Final

from flows.understanding.lazily import lazy
from flows.understanding.promises.fits_en import Setting
from flows.understanding.promises.forms import Form
from flows.understanding.promises.forms_en import FORMS
from flows.understanding.promises.words_en import DELIVER, DELIVERING

__all__ = ["Setting", "may_promise", "read"]


def may_promise(words: str) -> bool:
    """The quick look: whether the statement has any word of a promise."""
    return not _MAY_PROMISE.isdisjoint(_WORD.findall(words))


def read(here: Setting) -> Form | None:
    """The first form that the statement has."""
    for rule in FORMS:
        if (
            rule.when(here)
            and (match := rule.pattern.search(here.words))
            and rule.fits(match, here)
            and not _NEGATED.search(here.words, 0, match.start("what"))
        ):
            return Form(rule.by, match.start("what"), rule.name, rule.way)
    return None


_NEGATED: Final = lazy(
    r"(?<![a-z])(?:no (?:need|reason|point)|needn't|(?:do|does|did|would|should|will)(?:n't| not) (?:need|have|want|bother)|not (?:going|planning|able|allowed|willing)|refus(?:es|ed|ing)|rather not|not|never|nobody)(?: (?:for|us|me|him|her|them|anyone|to|have|be))*[ ]$"
)
"""No need to send anyone: what is not to be done is no promise."""
_WORD: Final = lazy(r"[a-z]+")
_MAY_PROMISE: Final = (
    (frozenset(re.findall(r"[a-z]{2,}", DELIVER)) - frozenset("to with on if up me him her them the us for".split()))
    | frozenset(re.findall(r"[a-z]{3,}", DELIVERING))
    | frozenset(
        "dispatching gets reviews signs decides pays confirms approves replies answers emails mails tests out ones due goes parts expected payment po deposit signature decision approval credit waive extend hold match honor honour cover absorb throw reserve swap collect expedite speed top reimburse deduct "
        "reduce freeze lock include knock split fit train repair refit reship rework keep gives sends provides shares returns delivers shows ships pays gets lets leaves leaving shipping".split()
    )
    | frozenset(
        """
    email agreed asked asking asks buying committed emailing fixing invoicing ordering paying placing posting replacing resending signing delivering promised offered owes owed ll d drafting expecting expects finalising finalizing follow forwarding
    getting he like looking need needed needs owe preparing promised promises requested requests requires revising
    sending sharing she shipping submitting they updating waiting want wanted wants will
    """.split()
    )
)
"""A statement with none of these words promises nothing."""
