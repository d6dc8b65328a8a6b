"""One typing error: what the query would be without it, so that no index has to hold misspellings."""

from __future__ import annotations

from string import ascii_lowercase

SHORTEST = 4
"""Letters of a query for which an error is forgiven; shorter ones would match half of the names."""
_FRONT = 10
"""Letters in which the error is looked for; where they are right, it stands behind them and they suffice."""


def nearby(query: str) -> list[str]:
    """Beginnings of the names that may be meant, the likeliest kinds of error first; an error is one of letters."""
    letters = sum(mark.isalpha() for mark in query)
    if letters < SHORTEST or not query.isascii() or not query.replace(" ", "").isalnum():
        return []
    front = query[:_FRONT]
    pairs = [(front[:place], front[place:]) for place in range(len(front) + 1)]
    swapped = [left + right[1] + right[0] + right[2:] for left, right in pairs if len(right) > 1]
    missing = [left + letter + right for left, right in pairs for letter in ascii_lowercase]
    wrong = [left + letter + right[1:] for left, right in pairs if right for letter in ascii_lowercase]
    doubled = [left + right[1:] for left, right in pairs if right]
    beyond = [front] if len(query) > _FRONT else []
    return list(dict.fromkeys([*beyond, *swapped, *wrong, *missing, *doubled]))


def slips(word: str) -> list[str]:
    """Every spelling one letter away, two in the wrong order included."""
    pairs = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    made = {left + right[1:] for left, right in pairs if right}
    made |= {left + right[1] + right[0] + right[2:] for left, right in pairs if len(right) > 1}
    made |= {left + letter + right[1:] for left, right in pairs if right for letter in ascii_lowercase}
    made |= {left + letter + right for left, right in pairs for letter in ascii_lowercase}
    return sorted(made - {word})


def is_near(query: str, key: str) -> bool:
    """Whether the key begins with the query but for one letter wrong, missing, too many, or two in wrong order.

    Another figure is another customer.
    """
    from rapidfuzz.distance import OSA

    begun = {key[:length] for length in (len(query), len(query) - 1, len(query) + 1)}
    return any(OSA.distance(query, key, score_cutoff=1) <= 1 and _figures(query) == _figures(key) for key in begun)


def _figures(text: str) -> str:
    return "".join(mark for mark in text if mark.isdigit())
