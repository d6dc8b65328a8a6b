"""Whom we ask, against a second telling of the rule that only counts: same decision, same reason, and a sentence."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.core.text import plain
from flows.surveys.actions import ask
from flows.surveys.rules import REASONS
from flows.turn import Turn
from flows.words import Words
from store.models import Activity, Conversation, Identity, Invitation, Survey
from store.work import Work
from tests.flows.surveys.scene import Scene

ASKING = ("sending", "sent", "unknown", "started", "finished", "skipped", "stopped", "expired")
NOT_ASKING = ("draft", "refused", "failed", "waiting")
BORDERS = (timedelta(), timedelta(hours=7 * 24), timedelta(days=30), timedelta(days=90), timedelta(days=200))


@dataclass(slots=True)
class Past:
    """What happened to one customer, in plain values."""

    survey: int
    every: int
    times: int
    asked: list[tuple[int, str, timedelta]] = field(default_factory=list)
    """Which survey, in which state it is, how long ago it was sent."""
    wishes: str = ""
    state: str = "active"
    chats: str = "private"
    talk: bool = False
    follows: str = "nothing"
    served: str = "colleague"
    on: bool = True


def drawn(dice: random.Random) -> Past:
    past = Past(dice.choice((0, 1, 2)), dice.choice((30, 90)), dice.choice((0, 0, 1, 3)))
    for _ in range(dice.choice((0, 0, 1, 1, 2, 4))):
        ago = dice.choice(BORDERS) + timedelta(seconds=dice.choice((-1, 0, 1, 3600)))
        past.asked.append((dice.randrange(3), dice.choice((*ASKING, *NOT_ASKING)), abs(ago)))
    usual = dice.random() < 0.6
    if not usual:
        past.wishes = dice.choice(("", "", "surveys", "all", "greetings"))
        past.state = dice.choice(("active", "active", "active", "merged"))
        past.chats = dice.choice(("private", "private", "none", "room", "blocked", "both"))
        past.talk = dice.random() < 0.2
        past.follows = dice.choice(("nothing", "visit", "undone", "nobody's", "planned"))
        past.served = dice.choice(("colleague", "colleague", "themselves"))
        past.on = dice.random() < 0.9
    return past


def reference(past: Past) -> str:
    """The reason that comes first, told from what happened; "" when the customer may be asked."""
    was_asked = [(survey, ago) for survey, state, ago in past.asked if state in ASKING]
    same = [ago for survey, ago in was_asked if survey == past.survey]
    private = past.chats in ("private", "both")
    tests = [
        (not past.on, "off"),
        (past.follows in ("undone", "planned"), "undone"),
        (past.follows == "nobody's", "no-human"),
        (past.state != "active", "inactive"),
        (past.chats in ("none", "blocked"), "unreachable"),
        (past.wishes in ("surveys", "all"), "stopped"),
        (past.times > 0 and len(same) >= past.times, "enough"),
        (any(ago < timedelta(hours=24 * past.every) for ago in same), "same-survey"),
        (any(ago < timedelta(hours=168) for _survey, ago in was_asked), "any-survey"),
        (private and past.talk, "busy"),
        (past.chats == "room", "room"),
        (past.served == "themselves", "reporter"),
    ]
    return next((code for failed, code in tests if failed), "")


def overridden(past: Past) -> bool:
    """What a manager's "Send anyway" does: it sets distances aside, nothing else."""
    free = Past(past.survey, 0, past.times, [], past.wishes, past.state, past.chats, past.talk, past.follows)
    free.served, free.on = past.served, past.on
    had = sum(state in ASKING and survey == past.survey for survey, state, _ago in past.asked)
    return reference(free) == "" and not (past.times and had >= past.times)


class Firm:
    """One firm in whose tables each past is written down, in a customer of its own."""

    def __init__(self, work: Work, seed: int) -> None:
        self.work, self.number = work, 0
        self.seed = seed
        self.member = work.first(Identity, person="Bob")

    def surveys(self, past: Past) -> list[Survey]:
        values: dict[str, Any] = {"title": {"en": "x"}, "steps": _steps(), "remind": 0}
        made = []
        for number in range(3):
            mine = number == past.survey
            name = f"s{self.seed}.{self.number}.{number}"
            row = Survey(name=name, every=past.every if mine else 7, times=past.times if mine else 0, **values)
            row.active = past.on or not mine
            made.append(self.work.add(row))
        return made

    def customer(self, past: Past) -> int:
        assert self.member is not None
        work, name = self.work, f"c{self.seed}.{self.number}"
        found = work.customers.add(name, owner=self.member.member)
        work.customers.change(found, stopped=past.wishes, state=past.state)
        kinds = {"none": (), "both": ("private", "room"), "blocked": ("private",)}.get(past.chats, (past.chats,))
        for kind in kinds:
            address = f"memory:customers:{name}{kind}"
            talk = {"kind": "command"} if past.talk and kind == "private" else None
            chat = Conversation(platform="memory", account="customers", address=address, side="customer", seen=work.now)
            chat.kind, chat.customer, chat.dialog, chat.reachable = kind, found.id, talk, past.chats != "blocked"
            work.add(chat)
        if past.served == "themselves":
            for account, whose in (("staff", {"member": self.member.member}), ("customers", {"customer": found.id})):
                work.add(Identity(platform="memory", account=account, person=name, name=name, **whose))
        return found.id

    def invitation(self, past: Past, surveys: list[Survey], customer: int) -> Invitation:
        work, activity = self.work, None
        for number, (survey, state, ago) in enumerate(past.asked):
            values: dict[str, Any] = {"state": state, "made": work.now - ago, "sent": work.now - ago}
            work.add(
                Invitation(survey=surveys[survey].id, customer=customer, trigger=f"past:{customer}:{number}", **values)
            )
        if past.follows != "nothing":
            by = None if past.follows == "nobody's" else self.member.member if self.member else None
            status = "planned" if past.follows == "planned" else "done"
            visit = Activity(customer=customer, kind="visit", member=by, status=status, at=work.now, logged=work.now)
            activity = work.add(visit)
        trigger = f"activity:{activity.id}:{int(work.now.timestamp())}" if activity else f"tap:{customer}"
        if activity and past.follows == "undone":
            work.remove(activity)
        served = self.member.member if self.member else None
        return work.add(
            Invitation(
                survey=surveys[past.survey].id,
                customer=customer,
                trigger=trigger,
                activity=activity.id if activity else None,
                member=served,
                made=work.now,
            )
        )


def _steps() -> list[Any]:
    from flows.dialog import as_json
    from flows.surveys.ready import VISIT

    return as_json(VISIT)


def decisions(scene: Scene, seed: int, count: int) -> list[tuple[Past, str, bool]]:
    """Each past with what the product decided, and whether a manager could override it."""
    dice = random.Random(seed)

    def act(work: Work) -> list[tuple[Past, str, bool]]:
        firm, found = Firm(work, seed), []
        workspace = work.firm(1)
        assert workspace is not None
        for number in range(count):
            firm.number, past = number, drawn(dice)
            surveys, customer = firm.surveys(past), firm.customer(past)
            invitation = firm.invitation(past, surveys, customer)
            turn = Turn(work=work, workspace=workspace, key=f"t{seed}.{number}")
            asked = ask(turn, surveys[past.survey], invitation)
            anyway = asked.state == "refused" and ask(turn, surveys[past.survey], asked, anyway=True).state != "refused"
            found.append((past, asked.reason, anyway))
        return found

    done: list[tuple[Past, str, bool]] = scene.write(act)
    return done


def compared(scene: Scene, seed: int, count: int) -> set[str]:
    """The reasons that came up; every decision is that of the reference."""
    if not scene.find(Identity, person="Bob"):
        scene.member("Bob")
    seen = set()
    for past, reason, anyway in decisions(scene, seed, count):
        assert reason == reference(past), past
        assert anyway == (bool(reason) and overridden(past)), past
        if reason:
            for language in ("en", "zh"):
                assert len(plain(REASONS[reason].resolve(Words(language, "UTC", datetime.now().astimezone())))) > 5
        seen.add(reason)
    return seen


EVERY = {"", "off", "undone", "no-human", "inactive", "unreachable", "stopped", "enough", "same-survey", "any-survey"}


def test_random_pasts_are_decided_as_the_reference_does(scene: Scene) -> None:
    assert compared(scene, 7, 250) >= EVERY


@pytest.mark.slow
def test_ten_thousand_random_pasts_are_decided_as_the_reference_does(scene: Scene) -> None:
    seen = set().union(*(compared(scene, 100 + batch, 25) for batch in range(400)))
    assert seen == EVERY | {"busy", "room", "reporter"}


def test_a_rule_that_is_a_second_off_is_seen(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.surveys import rules

    monkeypatch.setattr(rules, "ANY_SURVEY", timedelta(hours=168) - timedelta(seconds=2))
    with pytest.raises(AssertionError):
        compared(scene, 7, 400)
