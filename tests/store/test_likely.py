"""What somebody may buy next: the planted pattern is found where plain popularity would miss it, and says why."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

from store.models import Customer, Purchase
from store.work import Work
from tests.engines import NOON
from tests.store.conftest import Run

PAIRS = {"pump": "seal", "lathe": "coolant", "printer": "toner"}
POPULAR = "gloves"


def fill(work: Work) -> list[tuple[int, str]]:
    """Everybody may buy gloves; whoever buys one of a pair mostly buys the other; ten of each are held back."""
    random_, held = random.Random(4), []
    for number in range(150):
        first = random_.choice(list(PAIRS))
        row = work.add(Customer(name=f"Firm {number}", created=NOON))
        basket = {first} | ({POPULAR} if random_.random() < 0.6 else set())
        if number < 30:
            held.append((row.id, PAIRS[first]))
        elif random_.random() < 0.7:
            basket.add(PAIRS[first])
        for what in sorted(basket):
            work.add(Purchase(customer=row.id, what=what, at=NOON))
    return held


def test_the_pattern_beats_popularity(run: Run[Any]) -> None:
    def act(work: Work) -> tuple[int, int, tuple[str, int, int, str] | None]:
        held = fill(work)
        sold = Counter(row.what for row in work.find(Purchase))
        mine: dict[int, set[str]] = {}
        for row in work.find(Purchase):
            mine.setdefault(row.customer, set()).add(row.what)
        plain = sum(next(w for w, _n in sold.most_common() if w not in mine[id]) == wanted for id, wanted in held)
        likely = {id: work.standing.likely(id) for id, _wanted in held}
        return sum((likely[id] or ("",))[0] == wanted for id, wanted in held), plain, likely[held[0][0]]

    found, plain, reason = run(act)
    assert found >= 27 > plain
    assert reason is not None
    assert reason[0] == PAIRS[reason[3]]
    assert 2 <= reason[1] <= reason[2]


def test_nobody_to_compare_with_is_no_guess(run: Run[Any]) -> None:
    def act(work: Work) -> tuple[Any, Any]:
        one, other = (work.add(Customer(name=name, created=NOON)) for name in ("A", "B"))
        work.add(Purchase(customer=one.id, what="pump", at=NOON))
        return work.standing.likely(one.id), work.standing.likely(other.id)

    assert run(act) == (None, None)
