"""Everybody against what they may not see: no command and no button shows or changes anything of a hidden customer.

Commands and buttons are the router's, so a new one is tried by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from flows.customers import sight
from flows.handle import Rewind
from flows.router import COMMANDS, PRESSES
from store.engine import open_database
from tests.engines import Hands, fresh
from tests.security.house import HIDDEN, NEARLY, House, leaked

NARROW = (("staff", "Max", "manager"), ("staff", "Bob", "rep"), ("staff", "Vera", "viewer"))
OUTSIDE = (("customers", "Other Oak", "customer"),)
Tried = tuple[str, Callable[[House, str, str], str]]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with fresh("sqlite", tmp_path) as url:
        clock = Hands()
        made = House(open_database(url, clock), clock)
        yield made
        made.database.close()


def _typed(role: str, heard: Sequence[str]) -> Iterator[Tried]:
    for route in [route for route in COMMANDS.values() if role in route.for_]:
        for rest in ("", *heard) if route.parameters else ("",):
            typed = f"/{route.name} {rest}".strip()
            yield typed, partial(House.types, typed=typed)


def _pressed(role: str, numbers: Iterable[int]) -> Iterator[Tried]:
    for route in [route for route in PRESSES.values() if role in route.for_]:
        kinds = [parameter.kind for parameter in route.parameters]
        for number in numbers if int in kinds else (1,):
            press = ":".join([route.name, *(str(number) if kind is int else "yes" for kind in kinds)])
            yield press, partial(House.tries, press=press)


def _nothing(house: House, account: str, who: str, tried: Sequence[Tried]) -> int:
    """Nothing was shown by any of them, and nothing of the hidden customer is other than before."""
    before = house.kept()
    for name, act in tried:
        try:
            said = act(house, account, who)
        except Rewind:
            continue  # refused after it had begun to write: rolled back, as in the running service
        assert leaked(said) == [], f"{who}: {name}: {said[:500]}"
    assert house.kept() == before, who
    return len(tried)


def test_there_is_something_to_hide(house: House) -> None:
    assert leaked(house.types("staff", "Ann", f"/who {HIDDEN}")) != []
    kinds = {kind for kind, _id in house.kept()}
    assert kinds >= {"Activity", "Contact", "Customer", "Deal", "Need", "Promise", "Purchase", "Quote", "Ticket"}


def test_who_sees_their_own_customers_only_is_shown_no_other(house: House) -> None:
    account, who, role = NARROW[0]  # managers can do what reps can, and more
    tried = [*_typed(role, NEARLY[:1]), *_pressed(role, (1,))]
    assert _nothing(house, account, who, tried) > 400


@pytest.mark.parametrize(("account", "who", "role"), OUTSIDE)
def test_a_customer_is_shown_nothing_of_another(house: House, account: str, who: str, role: str) -> None:
    assert _nothing(house, account, who, [*_typed(role, NEARLY), *_pressed(role, range(1, 8))]) > 50


@pytest.mark.slow
@pytest.mark.parametrize(("account", "who", "role"), NARROW)
def test_nobody_of_ours_is_shown_more_whatever_they_try(house: House, account: str, who: str, role: str) -> None:
    heard = (*NEARLY, f"{NEARLY[0]} tomorrow x", "all", "everybody", "Ann")
    _nothing(house, account, who, [*_typed(role, heard), *_pressed(role, range(1, 9))])


def test_the_check_sees_a_list_that_forgets_to_look(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def everything(turn: Any, rows: Any) -> Any:
        return list(rows)

    monkeypatch.setattr("flows.deals.commands.seen", everything)
    assert sight.seen is not everything
    with pytest.raises(AssertionError, match="/pipeline"):
        _nothing(house, "staff", "Max", [t for t in _typed("manager", ()) if t[0] == "/pipeline"])
