"""What rules raise: a flood stays bearable in the room, and nothing of it is lost."""

from __future__ import annotations

from flows.automation.actions import on_fact, open_alarms
from flows.handle import finish
from flows.tickets.actions import open_ticket
from flows.tickets.facts import TicketOpened
from flows.turn import Turn
from store.models import Customer, Firing, Workspace
from store.work import Work
from tests.flows.teams.conftest import Town

MANY, BATCH = 500, 25


async def _flood(town: Town, count: int) -> None:
    """So many tickets at once, each a turn of its own as the API would make it."""

    def act(work: Work, first: int) -> None:
        workspace = work.firm(work.workspace)
        customer = work.first(Customer, name="Acme")
        assert isinstance(workspace, Workspace)
        assert customer is not None
        for number in range(first, min(first + BATCH, count)):
            turn = Turn(work=work, workspace=workspace, key=f"flood:{number}")
            open_ticket(turn, customer, f"pump {number} leaks", source="api")
            finish(turn)

    for first in range(0, count, BATCH):
        town.write(lambda work, first=first: act(work, first))
    await town.stage.settle()


async def test_a_flood_is_at_most_twenty_messages_and_nothing_is_lost(town: Town) -> None:
    await town.says("Ann", "/alerts", "service")
    assert "Rule 1" in await town.says("Ann", "/rule when ticket opened then alert #service")
    before = len(town.shown("Ann", "service"))
    await _flood(town, MANY)
    await town.later(hours=30)
    assert len(town.shown("Ann", "service")) - before <= 20
    assert len(town.rows(Firing, state="open")) == MANY
    assert f"{MANY} alarms are open:" in await town.says("Ann", "/alarms")


async def test_a_happening_is_told_once(town: Town) -> None:
    await town.says("Ann", "/alerts", "service")
    await town.says("Ann", "/rule when ticket opened then alert #service")
    await _flood(town, 1)

    def again(work: Work) -> int:
        workspace = work.firm(work.workspace)
        assert workspace is not None
        turn = Turn(work=work, workspace=workspace, key="again")
        on_fact(turn, TicketOpened(1))
        return len(open_alarms(turn))

    assert town.write(again) == 1


async def test_a_rep_claims_and_only_managers_silence(town: Town) -> None:
    await town.says("Ann", "/rule when ticket opened then tell owner")
    await _flood(town, 1)
    assert "pump 0 leaks" in town.shown("Bob")[-1]
    assert "Your role" in await town.presses("Bob", "Not this kind again")
    await town.presses("Bob", "Claim")
    assert [row.state for row in town.rows(Firing)] == ["claimed"]
