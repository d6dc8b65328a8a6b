"""Who wrote where: one question, and what turns that are committed together may share of its answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from bot.core.messages import Address, Sender
from store.engine import Database
from store.meeting import Met, meet
from store.models import Account, Conversation, Identity, Member, Workspace
from store.work import Work

BLUE, GREEN = (Address("memory", name, "c7") for name in ("Blue bot", "Green bot"))
ANN = Sender("u7")


@pytest.fixture
def firms(database: Database) -> Database:
    """Blue with Ann, who writes in a chat of hers, and Green, where the same person has said nothing yet."""

    def act(work: Work) -> None:
        for name in ("Blue", "Green"):
            work.workspace = work.insert(Workspace(name=name, secret="", created=work.now, settings={"goal": 3})).id
            work.add(Account(platform="memory", name=f"{name} bot", side="member"))
        work.workspace = 1
        ann = work.add(Member(name="Ann", home=BLUE.key, joined=work.now, quiet_from=1200))
        where = {"platform": BLUE.platform, "account": BLUE.account}
        work.add(Identity(person=ANN.id, member=ann.id, **where))
        work.add(
            Conversation(address=BLUE.key, side="member", seen=work.now, member=ann.id, choices=[{"n": 1}], **where)
        )

    database.write(act).result(10)
    return database


def _together(database: Database, *acts: Callable[[Work], Any]) -> list[Any]:
    """What each returns; on SQLite they are committed together."""
    release = threading.Event()
    held = database.write(lambda work: release.wait(10))
    futures = [database.write(act, lane="chat") for act in acts]
    release.set()
    held.result(10)
    return [future.exception(10) or future.result() for future in futures]


def _ask(where: Address = BLUE) -> Callable[[Work], Met | None]:
    return lambda work: work.people.meet(where, ANN)


def test_everybody_comes_as_they_stand_in_their_tables(firms: Database) -> None:
    def act(work: Work) -> tuple[Met | None, Met | None, Met]:
        first, again = meet(work, BLUE, ANN), meet(work, BLUE, ANN)
        work.workspace = 1
        firm, chat, ann = work.firm(1), work.first(Conversation), work.first(Member)
        account, identity = work.first(Account), work.first(Identity)
        assert account is not None
        assert firm is not None
        return first, again, Met(account, firm, chat, identity, ann)

    first, again, tables = firms.write(act).result(10)
    assert first == again == tables
    assert tables.conversation is not None


def test_whoever_is_new_to_a_bot_is_nobody_there(firms: Database) -> None:
    for met in _together(firms, _ask(GREEN), _ask(GREEN)):
        assert met.workspace.name == "Green"
        assert (met.conversation, met.identity, met.member) == (None, None, None)


def test_a_bot_of_nobody_meets_nobody(firms: Database) -> None:
    assert _together(firms, _ask(Address("memory", "Red bot", "c7")), _ask()) == [None, firms.write(_ask()).result(10)]


def test_bots_of_several_firms_are_not_taken_for_one_another(firms: Database) -> None:
    met = _together(firms, _ask(), _ask(GREEN), _ask(), _ask(GREEN))
    assert [(one.account.name, one.workspace.id) for one in met] == [("Blue bot", 1), ("Green bot", 2)] * 2


def test_what_one_changes_the_next_of_the_same_commit_meets(firms: Database) -> None:
    def changes(work: Work) -> None:
        met = work.people.meet(BLUE, ANN)
        assert met is not None
        work.change(met.account, state="off")
        work.people.change_firm(met.workspace, name="Deep Blue")

    changed = _together(firms, _ask(), changes, _ask())[-1]
    assert (changed.account.state, changed.workspace.name) == ("off", "Deep Blue")


def test_what_one_changes_and_takes_back_by_failing_nobody_meets(firms: Database) -> None:
    def fails(work: Work) -> None:
        met = work.people.meet(BLUE, ANN)
        assert met is not None
        work.change(met.account, state="off")
        raise ValueError("its own fault")

    first, error, last = _together(firms, _ask(), fails, _ask())
    assert isinstance(error, ValueError)
    assert first.account.state == last.account.state == "active"
