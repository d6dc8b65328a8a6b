# ruff: noqa: E501 -- an example is one line
"""Namesakes: of a million customers five thousand are called 李伟 or 张伟; how often is the wrong one linked, how often is asked?

Every member has some two hundred customers. A member writes about one of their own namesakes: mostly about one they are in touch
with, half of the time with the firm beside the name. Run: python -m benchmarks.namesakes [--count N] [--messages N]
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flows.understanding import Context, Known, MemoryNames, read

_NOW = Context(datetime(2026, 11, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai")), "CN", "zh")
_EACH = 200
"""Customers of one member."""
_NAMES = ("李伟", "张伟")
_PLAIN = (
    "刚给{name}打了电话，下周二回访",
    "{name}说周五前给答复",
    "拜访了{name}，聊得不错",
    "和{name}约了明天下午三点见面",
    "{name}要一份报价，明天发",
    "微信联系了{name}，等他回复",
)
_WITH_FIRM = (
    "刚给{firm}的{name}打了电话，下周二回访",
    "{firm}{name}说周五前给答复",
    "拜访了{firm}{name}，聊得不错",
    "{firm}的{name}要一份报价，明天发",
)
_SURNAMES, _GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高", "芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英"


@dataclass(frozen=True, slots=True)
class Person:
    """A namesake, whose they are, and when they were touched last."""

    known: Known
    member: int
    firm: str


class Mine:
    """The same million as one member sees them."""

    def __init__(self, everyone: MemoryNames, people: Mapping[str, Person], member: int) -> None:
        self._everyone, self._people, self._member = everyone, people, member

    def exact(self, mentions: Collection[str]) -> Mapping[str, tuple[Known, ...]]:
        found = self._everyone.exact(mentions)
        return {name: tuple(map(self._seen, several)) for name, several in found.items()}

    def near(self, mentions: Collection[str]) -> Mapping[str, tuple[Known, ...]]:
        return {}

    def _seen(self, known: Known) -> Known:
        person = self._people.get(str(known.id))
        return replace(known, own=True) if person is not None and person.member == self._member else known


def touched(chance: random.Random) -> datetime | None:
    """Two in five are in touch, one in three was for months, the others are only in the file."""
    kind = chance.random()
    days = chance.uniform(0, 30) if kind < 0.4 else chance.uniform(30, 180) if kind < 0.7 else chance.uniform(180, 900)
    return _NOW.now - timedelta(days) if kind < 0.9 else None


def firms() -> Iterator[str]:
    """Names of two characters and what the firm does."""
    marks = "恒鑫瑞泰宏盛源丰华诚信德隆兴远航星宇博雅天成金辉嘉和广润永康"
    for first in marks:
        for second in marks:
            yield from (f"{first}{second}{tail}" for tail in ("机械", "电子", "物流", "科技", "医疗", "食品"))


def crowd(count: int, chance: random.Random) -> tuple[MemoryNames, dict[str, Person]]:
    """Everybody in memory, and the namesakes by id."""
    names, every = MemoryNames(()), list(firms())
    people: dict[str, Person] = {}
    for number, firm in enumerate(every):
        names.add(Known("customer", f"f{number}", firm))
    for number in range(count):
        one = number % len(every)
        is_namesake = number % 200 == 0
        name = (
            chance.choice(_NAMES)
            if is_namesake
            else "".join(chance.choice(marks) for marks in (_SURNAMES, _GIVEN, _GIVEN))
        )
        known = Known("contact", f"p{number}", name, f"f{one}", False, touched(chance) if is_namesake else None)
        names.add(known)
        if is_namesake:
            people[f"p{number}"] = Person(known, chance.randrange(count // _EACH), every[one])
    return names, people


def meant(people: Mapping[str, Person], chance: random.Random) -> Person:
    """Whom a message is about: seldom somebody who was not heard of for months."""
    for person in iter(lambda: chance.choice(list(people.values())), None):
        last = person.known.last_touch
        days = (_NOW.now - last).days if last else 999
        if chance.random() < (1.0 if days < 30 else 0.2 if days < 180 else 0.05):
            return person
    raise AssertionError


def measure(count: int, messages: int) -> tuple[float, float, float]:
    """Shares of messages: linked rightly, linked to somebody else, asked about."""
    chance = random.Random(11)
    names, people = crowd(count, chance)
    right = wrong = asked = 0
    for _ in range(messages):
        person = meant(people, chance)
        pattern = chance.choice(_WITH_FIRM if chance.random() < 0.5 else _PLAIN)
        line = pattern.format(name=person.known.name, firm=person.firm)
        reading = read(line, _NOW, Mine(names, people, person.member))
        ids = [one.id for one in reading.people if one.mention == person.known.name]
        linked = ids[0] if ids else None
        right += linked == person.known.id
        wrong += linked is not None and linked != person.known.id
        asked += linked is None
    return right / messages, wrong / messages, asked / messages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--messages", type=int, default=2_000)
    asked = parser.parse_args()
    right, wrong, ask = measure(asked.count, asked.messages)
    print(f"{asked.count:,} people, {asked.count // 200:,} namesakes, {asked.messages:,} messages")
    print(f"linked rightly {right:.1%}   wrongly {wrong:.2%} (at most 0.5%)   asked {ask:.1%} (at most 15%)")


if __name__ == "__main__":
    main()
