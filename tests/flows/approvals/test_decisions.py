"""A quote decided once stays decided, whatever is pressed by whom; a change voids it; nobody approves their own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from flows.approvals import actions as approvals
from flows.quotes import actions
from flows.quotes.rules import Line
from flows.turn import Turn
from store.engine import open_database
from store.models import Approval, ApprovalRule, Member, Quote
from store.work import Work
from tests.engines import Hands, fresh
from tests.flows.reminders.firm import Firm
from tests.machines import walk

LINES = [Line("pump", Decimal(50), 120_000)]


class Office(Firm):
    """Two managers and a rep, and a rule over ten percent."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.members.append(self._member("Olga", "owner", ""))
        self.acme = self.customer("Acme")

        def act(work: Work) -> None:
            work.workspace = self.firm.id
            work.add(ApprovalRule(condition="discount > 10.0"))

        self.write(act)

    def offers(self, discount: int) -> Quote:
        made: Quote = self.does(
            self.members[1], lambda turn: actions.write_quote(turn, self.acme, LINES, discount * 100)
        )
        return made

    def decides(self, who: int, approval: int, state: str) -> bool:
        return (
            self.does(
                self.members[who],
                lambda turn: approvals.decide(turn, approvals.to_decide(turn, approval), state, "r"),
            )
            is not None
        )

    def quote(self) -> Quote:
        return self.rows(Quote)[-1]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with fresh("sqlite", tmp_path) as url:
        clock = Hands(datetime(2026, 3, 2, 9, tzinfo=UTC))
        database = open_database(url, clock)
        yield Office(database, clock)
        database.close()


def test_below_the_limit_nobody_is_asked(office: Office) -> None:
    office.offers(5)
    assert office.quote().state == "approved"
    assert office.rows(Approval) == []


def test_two_approvers_make_one_decision(office: Office) -> None:
    office.offers(12)
    approval = office.rows(Approval)[0]
    assert office.decides(0, approval.id, "approved")
    assert not office.decides(2, approval.id, "rejected")
    assert office.quote().state == "approved"
    assert office.rows(Approval)[0].decided_by == office.members[0].id


def test_nobody_approves_their_own(office: Office) -> None:
    office.offers(12)
    approval = office.rows(Approval)[0]
    assert not office.decides(1, approval.id, "approved")
    assert office.quote().state == "waiting"


def test_any_change_voids_an_approval_and_the_old_value_again_is_a_change_too(office: Office) -> None:
    made = office.offers(12)
    office.decides(0, office.rows(Approval)[0].id, "approved")
    rep = office.members[1]
    for discount in (1300, 1200):
        office.does(rep, lambda turn, d=discount: actions.change_quote(turn, turn.work.get(Quote, made.id), LINES, d))  # type: ignore[misc]
        assert office.quote().state == "waiting"
        assert office.does(rep, lambda turn: actions.may_go_out(turn, turn.work.get(Quote, made.id)) or True) is None
    assert [approval.state for approval in office.rows(Approval)] == ["void", "void", "waiting"]


def test_undoing_a_change_does_not_bring_a_yes_for_something_else(office: Office) -> None:
    made = office.offers(12)
    office.decides(0, office.rows(Approval)[0].id, "approved")
    rep = office.members[1]
    office.does(rep, lambda turn: actions.change_quote(turn, turn.work.get(Quote, made.id), LINES, 2000))
    office.undoes(rep)
    assert office.does(rep, lambda turn: actions.may_go_out(turn, turn.work.get(Quote, made.id)) or True) is None


def test_what_was_undone_asks_nobody_and_done_again_it_asks_anew(office: Office) -> None:
    office.offers(12)
    first = office.rows(Approval)[0]
    office.undoes(office.members[1])
    assert not office.decides(0, first.id, "approved")
    office.redoes(office.members[1])
    assert [approval.state for approval in office.rows(Approval)] == ["void", "waiting"]
    assert office.quote().state == "waiting"
    assert office.decides(2, office.rows(Approval)[-1].id, "approved")
    assert office.quote().state == "approved"


def test_who_has_left_decides_nothing(office: Office) -> None:
    def act(work: Work) -> None:
        work.workspace = office.firm.id
        work.change(work.find(ApprovalRule)[0], approver=office.members[2].id)

    office.write(act)
    office.write(lambda work: _leaves(work, office))
    office.offers(12)
    assert office.decides(0, office.rows(Approval)[0].id, "approved"), "a manager is asked in their place"


def _leaves(work: Work, office: Office) -> None:
    work.workspace = office.firm.id
    work.change(work.get(Member, office.members[2].id) or pytest.fail("no such member"), state="removed")


def test_when_time_runs_out_others_are_asked(office: Office) -> None:
    def act(work: Work) -> None:
        work.workspace = office.firm.id
        work.change(work.find(ApprovalRule)[0], approver=office.members[2].id, hours=2)

    office.write(act)
    office.offers(12)
    approval = office.rows(Approval)[0]
    assert not office.decides(0, approval.id, "approved")
    office.tick(hours=3)
    assert office.decides(0, approval.id, "approved")


class Quotes(RuleBasedStateMachine):
    """One quote; a rep, a manager and an owner; every act in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        clock = Hands(datetime(2026, 3, 2, 9, tzinfo=UTC))
        database = open_database(self.stack.enter_context(fresh("sqlite", folder)), clock)
        self.stack.callback(database.close)
        self.office = Office(database, clock)
        self.made = self.office.offers(15)
        self.decided: dict[int, str] = {}

    def teardown(self) -> None:
        self.stack.close()

    @rule(who=st.integers(0, 2), which=st.integers(0, 9), state=st.sampled_from(["approved", "rejected"]))
    def decide(self, who: int, which: int, state: str) -> None:
        approvals_ = self.office.rows(Approval)
        if not approvals_:
            return
        chosen = approvals_[which % len(approvals_)]
        if self.office.decides(who, chosen.id, state):
            assert chosen.id not in self.decided, "decided once already"
            assert who != 1, "nobody approves their own"
            self.decided[chosen.id] = state

    @rule(discount=st.integers(3, 20))
    def change(self, discount: int) -> None:
        def act(turn: Turn) -> None:
            found = turn.work.get(Quote, self.made.id)
            if found is not None:  # else it was undone
                actions.change_quote(turn, found, LINES, discount * 100)

        self.office.does(self.office.members[1], act)

    @rule(again=st.booleans())
    def undo(self, again: bool) -> None:
        (self.office.redoes if again else self.office.undoes)(self.office.members[1])

    @rule()
    def time_passes(self) -> None:
        self.office.tick(hours=5)

    @invariant()
    def a_decision_stays(self) -> None:
        states = {approval.id: approval.state for approval in self.office.rows(Approval)}
        assert all(states.get(id) in (state, "void") for id, state in self.decided.items())

    @invariant()
    def only_what_was_agreed_goes_out(self) -> None:
        rows = [quote for quote in self.office.rows(Quote) if quote.id == self.made.id]
        for quote in rows:
            rep = self.office.members[1]
            may = self.office.looks(rep, lambda turn, row=quote: actions.may_go_out(turn, row) or True)  # type: ignore[misc]
            yes = [a for a in self.office.rows(Approval) if a.state == "approved" and a.subject == f"quote:{quote.id}"]
            assert bool(may) == (quote.discount <= 1000 or bool(yes)), quote
            assert len(yes) <= 1


def test_any_sequence_of_acts_lets_out_only_what_was_agreed() -> None:
    walk(Quotes, 8, 12)


@pytest.mark.slow
def test_a_great_many_sequences_do() -> None:
    walk(Quotes, 60, 30)


_press = st.tuples(st.integers(0, 2), st.sampled_from(["approved", "rejected"]))


@settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(presses=st.lists(_press, min_size=1, max_size=6))
def test_decided_once_is_decided(office: Office, presses: list[tuple[int, str]]) -> None:
    office.offers(15)
    approval = office.rows(Approval)[-1]
    decided = [state for who, state in presses if office.decides(who, approval.id, state)]
    kept = office.rows(Approval)[-1]
    assert len(decided) <= 1
    assert kept.state == (decided[0] if decided else "waiting")
    assert office.quote().state == (decided[0] if decided else "waiting")
    assert kept.decided_by != office.members[1].id
