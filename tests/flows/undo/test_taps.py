"""One finger that taps Undo twice takes one thing back, however often it comes again."""

from __future__ import annotations

from bot.core.messages import Pressed
from store.models import Activity
from tests.flows.teams.conftest import Town

SETTLED = "That is settled already."


async def _logged(town: Town) -> str:
    """A log that was corrected twice, and the button that takes back what was done to it."""
    await town.says("Bob", "Called Acme, wants a quote")
    card = town.house.shows(town.stage.people["Bob"])[-1]
    await town.says("Bob", "sorry, it was a meeting")
    await town.says("Bob", "sorry, it was an email")
    return next(button.press for button in card.buttons if button.label == "Undo")


def _kinds(town: Town) -> list[str]:
    return [row.kind for row in town.rows(Activity)]


async def _taps(town: Town, press: str) -> str:
    return await town.does("Bob", Pressed(press, "1"))


async def test_a_second_tap_on_undo_takes_nothing_else_back(town: Town) -> None:
    press = await _logged(town)
    assert _kinds(town) == ["email"]
    assert "Undone" in await _taps(town, press)
    assert await _taps(town, press) == SETTLED
    assert _kinds(town) == ["meeting"]


async def test_nor_does_it_when_more_was_taken_back_before(town: Town) -> None:
    press = await _logged(town)
    await _taps(town, press)
    await town.later(seconds=3)
    assert "Undone" in await _taps(town, press)
    assert await _taps(town, press) == SETTLED
    assert _kinds(town) == ["call"]


async def test_a_later_tap_takes_back_what_was_done_before(town: Town) -> None:
    press = await _logged(town)
    for _tap in range(3):
        assert "Undone" in await _taps(town, press)
        await town.later(seconds=3)
    assert _kinds(town) == []
    assert "only once" in await _taps(town, press)
