"""Which of the sums of a line is the one that it is about."""

import re
from itertools import pairwise

from flows.understanding.facts import Money, Reading

_TOTAL = re.compile(
    r"(?<![a-z])(?:total|final price|agreed (?:at|on)|now at|down to|revised to|new price)\W+(?:is |of |to )?$"
    r"|(?:总价|合计|一共|共计|总共|总额|成交价|最终|[降砍谈让]到|调整[为到])[ :是为]?$",
    re.IGNORECASE,
)


_CUT = re.compile(
    r"\s*(?:down )?(?:to|->|→|now)\s*|[^，。,;；]{0,3}(?:改|降|砍|减|谈|让|压|调)(?:到|成|为|至)(?:了)?\s*",
    re.IGNORECASE,
)
"""From one sum to a lower one: the latter holds."""


def the_sum(reading: Reading) -> Money | None:
    """The total where one is said, else the first sum that is no discount; what goes back to them is none."""
    gained = [one for one in reading.money if one.amount > 0 and not _is_of_one_piece(one)]
    sums = [one for one in gained if one.role != "discount"] or gained
    total = [one for before, one in pairwise(gained) if _CUT.fullmatch(reading.text, before.place.end, one.place.start)]
    total += [one for one in gained if _TOTAL.search(reading.text[: one.place.start][-24:])]
    return next(iter((*total[-1:], *sums)), None)


def _is_of_one_piece(one: Money) -> bool:
    """2.35 is what one of them costs, and no sum that a line is about."""
    return one.amount < 100 and one.amount != int(one.amount)
