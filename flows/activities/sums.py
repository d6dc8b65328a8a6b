"""Which of the sums of a line is the one that it is about."""

import re
from itertools import pairwise

from flows.amounts import amount_of
from flows.understanding.facts import Money, Reading
from flows.understanding.numerals import SCALES, WORDS, english

_TOTAL = re.compile(
    r"(?<![a-z])(?:total|altogether|overall|all[- ]in|all up|in all|final price|agreed (?:at|on)|now at|down to|"
    r"revised to|new price)(?! *[,.;!?])\W+(?:it'?s |is |of |to )?$"
    r"|(?:总价|合计|(?<!公)共|共计|总共|总额|成交价|最终|[降砍谈让]到|调整[为到])[ :是为]?$",
    re.IGNORECASE,
)


_CUT = re.compile(
    r"\s*(?:down )?(?:to|->|→|now)\s*|[^，。,;；]{0,3}(?:改|降|砍|减|谈|让|压|调)(?:到|成|为|至)(?:了)?\s*",
    re.IGNORECASE,
)
"""From one sum to a lower one: the latter holds."""
_TOTAL_BEHIND = re.compile(
    r"(?P<apart>\W{0,2})(?:(?:in total|total|all[- ]in|altogether|overall|all up|in all)(?![a-z])|总价|合计)",
    re.IGNORECASE,
)
_ITS_SUM = re.compile(r"\W{0,3}(?:(?:it'?s|is|of|to|all) )?[\W是为]{0,2}$", re.IGNORECASE)
"""Between a total's word and the sum that it announces."""
_OF_ONE = re.compile(
    r"\s?(?:each|apiece|a piece|ea(?![a-z])|per (?!year|annum|month))|\s?[一每]?[台个件套箱吨张只]$", re.IGNORECASE
)


def the_sum(reading: Reading) -> Money | None:
    """The total where one is said, else the first sum that is no discount; what goes back to them is none."""
    gained = [one for one in reading.money if one.amount > 0 and not _is_of_one_piece(one)]
    sums = [one for one in gained if one.role != "discount"] or gained
    sums = [one for one in sums if not _OF_ONE.match(reading.text, one.place.end)] or sums
    total = [one for before, one in pairwise(gained) if _CUT.fullmatch(reading.text, before.place.end, one.place.start)]
    total += [one for one in gained if _TOTAL.search(reading.text[: one.place.start][-24:])]
    total += [one for one in gained if _is_called_total(reading, one)]
    return next(iter((*total[-1:], *sums)), None)


def _is_called_total(reading: Reading, one: Money) -> bool:
    """20k total, 5k deposit; not "5k, total 20k", where the word belongs to what follows."""
    said = _TOTAL_BEHIND.match(reading.text, one.place.end)
    if said is None or not said["apart"].strip():
        return said is not None
    later = (other.place.start for other in reading.money if other.place.start >= said.end())
    return not any(_ITS_SUM.match(reading.text[said.end() : start]) for start in later)


def _is_of_one_piece(one: Money) -> bool:
    """2.35 is what one of them costs, and no sum that a line is about."""
    return one.amount < 100 and one.amount != int(one.amount)


def in_figures(words: str) -> str:
    """English number words of a hundred or more as figures: "a hundred and twenty thousand", "twelve k"."""

    def figures(match: re.Match[str]) -> str:
        said = [_SCALED.get(word, word) for word in re.split(r"[\s-]+", match[0].casefold())]
        run = ["one" if word in ("a", "an") else word for word in said]
        found = english(run) if any(word in SCALES for word in run) else []
        return str(found[0][0]) if len(found) == 1 else match[0]

    return _RUN.sub(figures, words)


_SCALED = {"k": "thousand", "grand": "thousand", "m": "million", "mil": "million"}
_NUMBER_WORD = rf"(?:{'|'.join(sorted((*WORDS, *SCALES, *_SCALED), key=len, reverse=True))})"
_RUN = re.compile(
    r"(?<![\w-])(?:an? (?=hundred|thousand|million))?"
    rf"{_NUMBER_WORD}(?:(?:[\s-]+|\s+and\s+)(?:an?\s+)?{_NUMBER_WORD})*(?![\w-])",
    re.IGNORECASE,
)


def sum_alone(words: str) -> int | float | None:
    """The sum where one was asked for and nothing but a number is said: "120,000", "about a hundred thousand"."""
    figures = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", in_figures(words))
    return amount_of(figures)
