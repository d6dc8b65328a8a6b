"""Codes: from a sheet with its caption, one a person, none twice, an honest word when they are gone; and promoters."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.app import LABOUR
from bot.core.messages import File, Said
from bot.runtime.jobs import Jobs
from flows.surveys.channels import token
from flows.surveys.page import show, take
from store.engine import open_database
from store.models import Code, Invitation, Referral, Survey
from tests.engines import NOON, Hands, fresh
from tests.files import KeptFiles
from tests.flows.surveys.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with fresh("sqlite", tmp_path) as url:
        clock = Hands(NOON.replace(hour=4))
        made = Scene(open_database(url, clock), clock)
        made.member("Ann", "owner")
        yield made
        made.database.close()


def drops(scene: Scene, caption: str, lines: list[str]) -> str:
    """A sheet with these lines and a caption; all that was said by then."""
    files = KeptFiles()
    content = "\ufeff编码,备注\n".encode() + "\n".join(lines).encode()
    file = File("codes.csv", "text/csv", hash=files.keep(content), size=len(content))
    scene.does("staff", "Ann", Said(caption, "m9", (file,)))
    asyncio.run(_work(scene, files))
    return "\n".join(scene.heard("staff", "Ann"))


async def _work(scene: Scene, files: KeptFiles) -> None:
    while await Jobs(scene.database, LABOUR, files).tick():
        pass


def answers(scene: Scene, name: str, survey: str = "visit", score: int = 5, skip: bool = True) -> Invitation:
    """A customer who is asked and answers to the end."""
    customer = next((row.customer for row in scene.find(Invitation) if row.trigger.endswith(name)), None)
    customer = customer or scene.customer(name, owner=1)
    row = next(row for row in scene.find(Survey, name=survey) if row.active)
    scene.presses("staff", "Ann", f"survey-which:{customer}:{row.id}:0")
    invitation = scene.find(Invitation, customer=customer)[-1]
    scene.presses("staff", "Ann", f"survey-send:{invitation.id}")
    scene.presses("customers", name, f"answer:{invitation.id}:score:{score}")
    while skip and (step := scene.find(Invitation, id=invitation.id)[0].step):
        scene.presses("customers", name, f"survey-skip:{invitation.id}:{step}")
    return scene.find(Invitation, id=invitation.id)[0]


def codes_told(scene: Scene, name: str) -> list[str]:
    return [line for said in scene.heard("customers", name) for line in said.splitlines() if line.startswith("GIFT-")]


@pytest.mark.parametrize(
    "caption", ["codes visit", "/codes visit", "Coupons: visit", "优惠码 visit", "礼品码 拜访之后"]
)
def test_a_sheet_with_its_caption_is_a_list_of_codes(scene: Scene, caption: str) -> None:
    said = drops(scene, caption, ["GIFT-1001,first", "GIFT-1002,", "GIFT-1001,again", ",", "no code here,x"])
    assert "2 codes are ready." in said
    assert [row.code for row in scene.find(Code)] == ["GIFT-1001", "GIFT-1002"]
    assert "were known already" in drops(scene, caption, ["GIFT-1001", "GIFT-1002"])
    assert len(scene.find(Code)) == 2


def test_a_sheet_for_no_survey_of_ours_asks_which(scene: Scene) -> None:
    assert "Codes for which survey?" in drops(scene, "codes nonsense", ["GIFT-1001"])
    assert scene.find(Code) == []


def test_everybody_gets_another_one_and_nobody_two(scene: Scene) -> None:
    drops(scene, "codes visit", [f"GIFT-{number}" for number in range(1000, 1012)])
    for number in range(12):
        answers(scene, f"Firm {number}")
    told = Counter(code for number in range(12) for code in codes_told(scene, f"Firm {number}"))
    assert set(told.values()) == {1}
    assert len(told) == 12
    scene.tick(days=31)
    row = scene.find(Invitation)[0]
    scene.presses("customers", "Firm 0", f"answer:{row.id}:score:1")
    customer = row.customer
    scene.presses("staff", "Ann", f"survey:{customer}")
    again = scene.find(Invitation, customer=customer)[-1]
    scene.presses("staff", "Ann", f"survey-send:{again.id}")
    scene.presses("customers", "Firm 0", f"answer:{again.id}:score:5")
    scene.presses("customers", "Firm 0", f"survey-skip:{again.id}:best")
    assert scene.find(Invitation, id=again.id)[0].state == "finished"
    assert len(codes_told(scene, "Firm 0")) == 1


def test_when_they_are_gone_it_is_said_and_the_owner_hears_who_went_without(scene: Scene) -> None:
    drops(scene, "codes visit", ["GIFT-1001"])
    answers(scene, "First")
    assert any("0 codes are left" in said for said in scene.heard("staff", "Ann"))
    answers(scene, "Second")
    assert any("all been given away" in said for said in scene.heard("customers", "Second"))
    assert any("Second answered “visit”, and no code was left." in said for said in scene.heard("staff", "Ann"))


def test_a_list_that_was_taken_back_is_not_missed(scene: Scene) -> None:
    drops(scene, "codes visit", ["GIFT-1001", "GIFT-1002"])
    answers(scene, "First")
    row = next(row for row in scene.find(Survey, name="visit"))
    scene.presses("staff", "Ann", f"codes-drop:{row.id}")
    answers(scene, "Second")
    assert not any("given away" in said for said in scene.heard("customers", "Second"))
    drops(scene, "codes visit", ["GIFT-2001"])
    answers(scene, "Third")
    assert codes_told(scene, "Third") == ["GIFT-2001"]


def test_without_a_list_nobody_speaks_of_codes(scene: Scene) -> None:
    answers(scene, "First")
    assert not any("code" in said for said in scene.heard("customers", "First"))


def test_whoever_answers_on_the_page_sees_the_code_there(scene: Scene) -> None:
    drops(scene, "codes visit", ["GIFT-1001"])
    invitation, link = _page(scene, "visit")

    def fill(work: Any, **filled: Any) -> Any:
        return take(work, link, {name: [value] for name, value in filled.items()}, "en", f"k{next(scene.keys)}")

    scene.database.write(lambda work: fill(work, step="score", answer="5")).result(10)
    last = scene.database.write(lambda work: fill(work, step="best", do="skip")).result(10)
    assert any("GIFT-1001" in said for said in last.said)
    looked = scene.database.write(lambda work: show(work, link, "zh", "again")).result(10)
    assert any("GIFT-1001" in said for said in looked.said)
    assert [row.customer for row in scene.find(Code)] == [invitation.customer]


def _page(scene: Scene, survey: str) -> tuple[Invitation, str]:
    customer = scene.customer("Page", owner=1, chats=0)
    row = next(row for row in scene.find(Survey, name=survey) if row.active)
    scene.presses("staff", "Ann", f"survey-which:{customer}:{row.id}:0")
    invitation = scene.find(Invitation, customer=customer)[-1]
    scene.presses("staff", "Ann", f"survey-link:{invitation.id}")
    return invitation, token(scene.write(lambda work: work.firm(1)), invitation.id)


def _quarterly(scene: Scene) -> Survey:
    scene.presses("staff", "Ann", "survey-from:nps")
    draft = scene.find(Survey, draft=True)[0]
    scene.presses("staff", "Ann", f"survey-publish:{draft.id}:yes")
    return next(row for row in scene.find(Survey, name="nps") if row.active)


def _referrals(scene: Scene, name: str) -> list[str]:
    return [said for said in scene.heard("customers", name) if "your own code" in said]


def test_promoters_get_a_code_where_the_firm_wants_it_and_the_same_for_ever(scene: Scene) -> None:
    survey = _quarterly(scene)
    answers(scene, "Before", "nps", 10)
    scene.presses("staff", "Ann", f"codes-refer:{survey.id}")
    for name, score in (("Ten", 10), ("Nine", 9), ("Eight", 8), ("Two", 2)):
        answers(scene, name, "nps", score)
    told = {name: _referrals(scene, name) for name in ("Before", "Ten", "Nine", "Eight", "Two")}
    assert {name: len(said) for name, said in told.items()} == {"Before": 0, "Ten": 1, "Nine": 1, "Eight": 0, "Two": 0}
    assert len({row.code for row in scene.find(Referral)}) == 2
    scene.tick(days=91)
    customer = scene.find(Referral)[0].customer
    (again,) = scene.find(Invitation, customer=customer, state="sending")
    scene.presses("customers", "Ten", f"answer:{again.id}:score:9")
    while step := scene.find(Invitation, id=again.id)[0].step:
        scene.presses("customers", "Ten", f"survey-skip:{again.id}:{step}")
    assert len(scene.find(Referral)) == 2
    codes = [said.splitlines()[1] for said in _referrals(scene, "Ten")]
    assert len(codes) == 2
    assert len(set(codes)) == 1


def test_an_anonymous_promoter_is_nobody(scene: Scene) -> None:
    survey = _quarterly(scene)
    scene.presses("staff", "Ann", f"codes-refer:{survey.id}")
    scene.write(lambda work: work.change(work.get(Survey, survey.id), anonymous=True))
    assert scene.find(Survey, id=survey.id)[0].anonymous
    answers(scene, "Ten", "nps", 10, skip=False)
    assert scene.find(Referral) == []
