"""What a customer bought, asked in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from store.engine import open_database
from store.models import Purchase
from store.work import Work
from tests.engines import Hands, fresh
from tests.flows.surveys.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with fresh("sqlite", tmp_path) as url:
        clock = Hands()
        made = Scene(open_database(url, clock), clock)
        made.customer("Acme", owner=made.member("Ann", "owner"), chats=0)
        yield made
        made.database.close()


def _bought(scene: Scene, *amounts: tuple[int, str]) -> list[str]:
    """The lines that are answered after these orders, one a day, the last one yesterday."""

    def order(work: Work) -> None:
        for days, (amount, currency) in enumerate(reversed(amounts), 1):
            work.add(Purchase(customer=1, amount=amount, currency=currency, at=work.now - timedelta(days=days)))

    scene.write(order)
    scene.says("staff", "Ann", "how much did Acme buy?")
    return scene.heard("staff", "Ann")[-1].split("\n")[1:]


def test_the_latest_are_listed_and_the_others_counted(scene: Scene) -> None:
    assert _bought(scene, *((number * 100_00, "CNY") for number in range(1, 6))) == [
        "5 orders, together CN¥1,500",
        "• Sun 1 Mar · CN¥500",
        "• Sat 28 Feb · CN¥400",
        "• Fri 27 Feb · CN¥300",
        "and 2 more",
    ]


def test_an_order_that_came_without_a_currency_is_in_the_firms_own(scene: Scene) -> None:
    assert _bought(scene, (100_00, ""), (200_00, "CNY"), (50_00, "USD")) == [
        "3 orders, together CN¥300, $50",
        "• Sun 1 Mar · $50",
        "• Sat 28 Feb · CN¥200",
        "• Fri 27 Feb · CN¥100",
    ]
