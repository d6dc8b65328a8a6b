"""Attacks on an anonymous survey: whoever has the file, its log, the messages or two views joins no answer to a person.

Each attack is shown to work when its guard is taken away.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from bot.core.messages import Address
from flows.surveys import anonymous
from store.models import Audit, Ballot, Change, Given, Inbound, Invitation, Outbox, Owned, SealedAnswer, Survey
from store.sealing import Key
from store.secrecy import is_secret
from store.work import Work
from tests.engines import ENGINES
from tests.flows.surveys.scene import Scene

BOTH = pytest.mark.parametrize("engine", ENGINES, indirect=True)
KEY = Key(bytes(range(32)))
PEOPLE = 12
STEPS = [
    {"name": "score", "kind": "csat", "ask": {"en": "How satisfied were you?"}},
    {"name": "why", "kind": "words", "ask": {"en": "Why?"}},
]
WORD = "zq{}xk"
"""Words of one person, which stand nowhere else."""


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """One engine is enough where nothing depends on how rows are kept."""
    return str(getattr(request, "param", "sqlite"))


def prepared(scene: Scene, people: int = PEOPLE) -> list[int]:
    """A firm with an anonymous survey that went to everybody; returns the invitations."""
    scene.database.key = KEY
    scene.member("Ann", "manager")
    for number in range(people):
        scene.customer(f"P{number}", owner=1)

    def act(work: Work) -> list[int]:
        firm = work.firm(1)
        assert firm is not None
        from store.firms import set_settings

        set_settings(work, firm, seal=KEY.public)
        values: dict[str, Any] = {"title": {"en": "Climate"}, "steps": STEPS, "kind": "csat", "remind": 0}
        work.add(Survey(name="climate", anonymous=True, **values, thanks=[["true", anonymous.THANKS]]))
        return []

    scene.write(act)
    return scene.write(lambda work: _sent(work, people))


def _sent(work: Work, people: int) -> list[int]:
    from flows.surveys.actions import ask
    from flows.turn import Turn

    firm = work.firm(1)
    assert firm is not None
    turn = Turn(work=work, workspace=firm, key="send")
    survey = next(row for row in work.find(Survey) if row.anonymous)
    found = []
    for customer in range(1, people + 1):
        row = work.add(Invitation(survey=survey.id, customer=customer, trigger=f"t:{customer}", made=work.now))
        found.append(ask(turn, survey, row).id)
    return found


def scores(people: int = PEOPLE) -> list[int]:
    return [random.Random(f"s{number}").randrange(1, 6) for number in range(people)]


def answered(scene: Scene, *, only: int = PEOPLE) -> list[int]:
    """Everybody gives a score and a word, one after the other; returns the scores by person."""
    invitations, given = prepared(scene), scores()
    for number, invitation in enumerate(invitations[:only]):
        scene.clock.forward(minutes=1)
        scene.presses("customers", f"P{number}", f"answer:{invitation}:score:{given[number]}")
        scene.says("customers", f"P{number}", WORD.format(number))
    return given


def close(scene: Scene) -> None:
    survey = next(row for row in scene.find(Survey) if row.anonymous)
    scene.presses("staff", "Ann", f"anonymous-close:{survey.id}")


def tables(scene: Scene, *but: type[Owned]) -> str:
    """Every row of every table, as text; updates among them."""
    kinds = [kind for kind in Owned.__subclasses__() if kind not in but]
    rows = [str(row) for kind in kinds for row in scene.write(lambda work, kind=kind: work.find(kind))]
    return "\n".join(rows)


@BOTH
def test_while_it_runs_no_table_holds_a_word_or_a_score(scene: Scene) -> None:
    answered(scene)
    everything = tables(scene)
    assert [number for number in range(PEOPLE) if WORD.format(number) in everything] == []
    assert all(row.score is None for row in scene.find(Invitation))
    assert scene.find(Given) == []
    assert scene.find(SealedAnswer) == []
    assert len(scene.find(Ballot)) == PEOPLE


def test_what_is_not_sealed_is_found(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anonymous, "_sealed", lambda turn, question, value: json.dumps([question, value]))
    answered(scene, only=2)
    assert WORD.format(1) in tables(scene)


def test_the_messages_are_the_same_whatever_was_answered(scene: Scene) -> None:
    answered(scene)
    said = {
        tuple(text.replace(f"P{number}", "") for text in scene.heard("customers", f"P{number}"))
        for number in range(PEOPLE)
    }
    assert len(said) == 1
    rows = scene.find(Outbox)
    assert not any("✓" in str(row.payload) for row in rows)


def test_a_score_that_is_not_masked_is_found(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.surveys import answers

    monkeypatch.setattr(answers, "masked", lambda state: state)
    invitations = prepared(scene)
    scene.presses("customers", "P0", f"answer:{invitations[0]}:score:4")
    assert scene.find(Invitation)[0].score == 4


def guesses(scene: Scene, order: Callable[[list[Ballot]], list[Ballot]]) -> int:
    """How many scores somebody guesses who believes that the n-th ballot is of the n-th who finished."""
    ballots = order(scene.find(Ballot))
    return sum(
        ballot.answers["why"] == WORD.format(number) for number, ballot in enumerate(ballots) if "why" in ballot.answers
    )


@BOTH
def test_after_closing_order_says_nothing(scene: Scene) -> None:
    """By number, and by whatever else the rows could be sorted: half in place come once in a thousand times."""
    answered(scene)
    close(scene)
    assert len(scene.find(Ballot)) == PEOPLE
    assert guesses(scene, lambda rows: rows) < PEOPLE // 2
    assert all(row.token == "" and row.sealed == [] for row in scene.find(Ballot))
    assert {row.finished.hour for row in scene.find(Invitation)} == {0}


def test_without_shuffling_order_says_everything(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    class Still:
        def shuffle(self, _rows: object) -> None:
            """Leaves them as they are."""

    monkeypatch.setattr(anonymous.secrets, "SystemRandom", Still)
    monkeypatch.setattr(anonymous.secrets, "randbelow", lambda most: most - 1)
    answered(scene)
    close(scene)
    assert guesses(scene, lambda rows: rows) == PEOPLE


def test_an_older_copy_of_the_tables_opens_nothing(scene: Scene) -> None:
    """Who kept the sealed ballots finds none of their bytes in the opened ones, and no key in any table."""
    answered(scene)
    sealed = [part for row in scene.find(Ballot) for part in row.sealed]
    lengths = {len(part) for part in sealed}
    close(scene)
    everything = tables(scene)
    assert not any(part in everything for part in sealed)
    assert len(lengths) == 1
    import base64

    from cryptography.hazmat.primitives import serialization  # noqa: F401 - the key's own text is looked for

    assert base64.urlsafe_b64encode(bytes(range(32))).decode() not in everything


def test_fewer_than_five_are_destroyed_and_never_shown(scene: Scene) -> None:
    answered(scene, only=4)
    close(scene)
    assert scene.find(Ballot) == []
    assert any("destroyed" in said for said in scene.heard("staff", "Ann"))


def test_nothing_is_shown_before_it_is_closed(scene: Scene) -> None:
    answered(scene)
    scene.says("staff", "Ann", "results climate")
    scene.says("staff", "Ann", "results climate comments")
    shown = " ".join(scene.heard("staff", "Ann"))
    assert "Finished by 12" in shown
    assert "CSAT" not in shown
    assert WORD.format(3) not in shown


def test_a_part_with_few_people_has_no_name_in_the_tables(scene: Scene) -> None:
    """Two of tier A, ten of B: neither is named, for the whole less B would be A."""
    prepared(scene)
    scene.write(
        lambda work: [
            work.customers.change(work.customers.get(n), tier="A" if n <= 2 else "B") for n in range(1, PEOPLE + 1)
        ]
    )
    for number, invitation in enumerate(row.id for row in scene.find(Invitation)):
        scene.presses("customers", f"P{number}", f"answer:{invitation}:score:{1 if number < 2 else 5}")
        scene.presses("customers", f"P{number}", f"survey-skip:{invitation}:why")
    close(scene)
    assert {row.part for row in scene.find(Ballot)} == {""}


def test_a_part_that_is_named_though_small_is_found(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anonymous, "hidden", lambda parts: frozenset())
    with pytest.raises(AssertionError):
        test_a_part_with_few_people_has_no_name_in_the_tables(scene)


def test_after_the_end_nobody_finds_or_changes_it(scene: Scene) -> None:
    answered(scene)
    scene.presses("customers", "P0", f"answer:{scene.find(Invitation)[0].id}:score:1")
    assert len(scene.find(Ballot)) == PEOPLE
    assert scene.find(SealedAnswer) == []


def test_before_the_end_an_answer_can_be_changed(scene: Scene) -> None:
    invitations = prepared(scene)
    for number, invitation in enumerate(invitations):
        scene.presses("customers", f"P{number}", f"answer:{invitation}:score:1")
        scene.presses("customers", f"P{number}", f"survey-back:{invitation}:why")
        scene.presses("customers", f"P{number}", f"answer:{invitation}:score:5")
        scene.presses("customers", f"P{number}", f"survey-skip:{invitation}:why")
    close(scene)
    assert [row.answers for row in scene.find(Ballot)] == [{"score": 5}] * PEOPLE


def test_records_of_who_did_what_have_no_answers(scene: Scene) -> None:
    answered(scene)
    assert not any(
        WORD.format(n) in str(row) for row in (*scene.find(Audit), *scene.find(Change)) for n in range(PEOPLE)
    )


def test_what_is_parked_meanwhile_has_no_words(scene: Scene) -> None:
    from bot.core.messages import Update

    prepared(scene)
    chat = Address("memory", "customers", "P1").key

    def act(work: Work) -> tuple[bool, bool]:
        found = is_secret(work, chat)
        work.updates.take(Update("customers", "k1", "secret words"), error="X", secret=found)
        return found, is_secret(work, Address("memory", "staff", "Ann").key)

    assert scene.write(act) == (True, False)
    from sqlalchemy import select

    from store.statements import Statement

    raw = scene.write(lambda work: work.rows(Statement(lambda: select(Inbound.table().c.raw))))
    assert not any("secret words" in text for (text,) in raw)


def test_the_wish_to_be_contacted_passes_on_new_words_only(scene: Scene) -> None:
    answered(scene)
    scene.presses("customers", "P3", f"anonymous-contact:{scene.find(Invitation)[3].id}")
    scene.says("customers", "P3", "please call about a quote")
    told = " ".join(scene.heard("staff", "Ann"))
    assert "P3 would like to be contacted" in told
    assert "please call about a quote" in told
    assert WORD.format(3) not in told
