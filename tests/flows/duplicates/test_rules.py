"""How many real duplicates are found, and how many strangers are suggested, on a file whose truth is known."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations

from flows.duplicates.rules import Face, reasons
from flows.duplicates.steps import KINDS, alike
from store.batches import shared_keys
from store.engine import open_database
from store.models import Workspace
from store.work import Work
from tests.engines import Hands, fresh

FIRMS = 400
_CORES = "云帆海川星河启明瑞德博远华盛金桥天成宏图安信恒泰嘉禾东方新锐百川长青"
_TRADES = ("科技", "贸易", "医疗", "物流", "电子", "软件", "食品", "建筑")
_FRONT = ("Nova", "Apex", "Blue", "Vertex", "North", "Silver", "Quantum", "Cedar", "Delta", "Echo", "Falcon")
_BACK = ("Robotics", "Systems", "Foods", "Logistics", "Medical", "Textiles", "Energy", "Software")
_FAMILY, _GIVEN = "王李张刘陈杨黄赵吴周", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超"


def _truth(dice: random.Random) -> Iterator[tuple[int, str, str, str, str]]:
    """(who it truly is, name, phone, e-mail, contact): firms and people, a third of them twice, written otherwise."""
    for number in range(FIRMS):
        phone, mail = f"+8613{dice.randrange(10**9):09}", f"office{number}@firm{number}.cn"
        person = number % 4 == 3
        name = _person(dice) if person else _firm(dice)
        mail = f"p{number}@qq.com" if person else mail
        contact = "" if person or dice.random() < 0.5 else _person(dice)
        yield number, name, phone, mail, contact
        if number % 3 == 0:
            yield number, *_again(dice, name, phone, mail, contact, person)
    for number in range(FIRMS, FIRMS + 60):
        yield number, _person(dice), f"+8615{dice.randrange(10**9):09}", "", ""
    house = "+862155550000"
    for number in range(FIRMS + 60, FIRMS + 80):
        yield number, _firm(dice), house, "", ""


def _firm(dice: random.Random) -> str:
    if dice.random() < 0.5:
        return f"{''.join(dice.choices(_CORES, k=4))}{dice.choice(_TRADES)}有限公司"
    return f"{dice.choice(_FRONT)}{dice.randrange(10**5)} {dice.choice(_BACK)} Ltd."


def _person(dice: random.Random) -> str:
    return dice.choice(_FAMILY) + "".join(dice.choices(_GIVEN, k=2))


def _again(
    dice: random.Random, name: str, phone: str, mail: str, contact: str, person: bool
) -> tuple[str, str, str, str]:
    """The same one, as another colleague would have put them down."""
    bare = name.removesuffix("有限公司").removesuffix(" Ltd.")
    if person:
        return dice.choice(((name, phone, "", ""), (name, "", mail.replace("@", "+crm@"), ""), (name, phone, mail, "")))
    ways = (
        (bare, "", "", contact),
        (bare.upper() if bare.isascii() else f"{bare}(中国)有限公司", "", "", contact),
        (_misspelt(dice, name), phone, "", ""),
        (_misspelt(dice, bare), "", mail, contact),
        (bare, phone, mail, ""),
    )
    return dice.choice(ways)


def _misspelt(dice: random.Random, name: str) -> str:
    at = dice.randrange(1, 3)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def test_most_duplicates_are_found_and_hardly_a_stranger_is_suggested(tmp_path_factory: object) -> None:
    dice, truth = random.Random(5), dict[int, int]()

    def fill(work: Work) -> None:
        work.workspace = work.insert(Workspace(name="Acme", secret="s", created=work.now)).id
        for who, name, phone, mail, contact in _truth(dice):
            row = work.customers.add(name, owner=None, phone="" if contact else phone, email=mail)
            truth[row.id] = who
            if contact:
                work.customers.add_contact(row, contact, phone=phone)

    def suggested(work: Work) -> set[tuple[int, int]]:
        work.workspace = 1
        found = (alike(work, list(shared_keys(work, kind, limit=10_000).values())) for kind in KINDS)
        return {pair for pairs in found for pair in pairs}

    with fresh("sqlite", tmp_path_factory.mktemp("twins")) as url:  # type: ignore[attr-defined]
        database = open_database(url, Hands())
        database.write(fill).result(30)
        with database.read() as work:
            pairs = suggested(work)
        database.close()
    real = {(a, b) for a, b in combinations(sorted(truth), 2) if truth[a] == truth[b]}
    assert len(real) > 100
    assert len(pairs & real) / len(real) >= 0.95
    assert len(pairs - real) / max(1, len(pairs)) <= 0.01


def test_two_who_proved_who_they_are_are_not_one_for_an_equal_address() -> None:
    mail = frozenset({"office@acme.com"})
    one, other = (Face("Li Wei", emails=mail, chats=frozenset({chat})) for chat in ("a", "b"))

    assert reasons(one, other) == []
    assert reasons(one, Face("Li Wei", emails=mail)) != []


def test_a_switchboard_of_two_firms_makes_them_no_one() -> None:
    phone = frozenset({"+862155550000"})

    assert reasons(Face("Nova Foods", phone, firm=True), Face("鼎盛科技", phone, firm=True)) == []


def test_namesakes_with_their_own_numbers_are_two() -> None:
    one, other = Face("张伟", frozenset({"+8613800138000"})), Face("张伟", frozenset({"+8613900139000"}))

    assert reasons(one, other) == []
