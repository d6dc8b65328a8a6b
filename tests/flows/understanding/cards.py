"""What the card of a log would show, in one line, and the messages of our own that it is tried on.

The files named `rounds` hold messages that were marked once before anything was tuned on them;
what they taught has been mended since.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from flows.activities.rules import firm_and_person, names, plan, says_something
from flows.understanding import Reading, read
from tests.flows.understanding.people import CUSTOMERS, PEOPLE, WEDNESDAY

_FOLDER = Path(__file__).parent


def written() -> Iterator[tuple[str, str]]:
    """Each message with the card that needs no correction."""
    for file in sorted(_FOLDER.glob("cards*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            message, _, card = line.rpartition(" | ")
            yield message.strip(), card


def card(message: str) -> str:
    """Kind, customer, when, reminders, promises, tags and amount, as the chat would show them."""
    reading = read(message, WEDNESDAY, CUSTOMERS)
    if reading.question:
        return "question"
    if not says_something(reading):
        return f"unclear; {_customer(reading)}"
    made = plan(reading, WEDNESDAY.now)
    parts = [made.kind + (" planned" if made.status == "planned" else ""), _customer(reading)]
    if abs((made.at - WEDNESDAY.now).total_seconds()) > 3600:
        parts.append(f"at {_when(made.at)}")
    parts += ["remind " + ("RRULE" if one.rule else _when(one.due)) for one in made.reminders]
    parts += [one.by + (f" {_when(one.due)}" if one.due else "") for one in made.promises]
    parts += [f"#{tag}" for tag in made.tags]
    if made.amount:
        parts.append(f"{made.amount} {made.currency or 'CNY'}")
    return "; ".join(parts)


def is_same(one: str, other: str) -> bool:
    """The same facts in any order."""
    return sorted(one.split("; ")) == sorted(other.split("; "))


def _customer(reading: Reading) -> str:
    known = [_firm(one.id) for one in names(reading) if one.id is not None]
    if known:
        several = sum(one.id is not None for one in reading.companies) > 1
        return ", ".join(dict.fromkeys(known if several else known[:1]))
    if several := {_firm(id) for one in names(reading) for id in one.ids}:
        return "which " + "/".join(sorted(several))
    firm, _person = firm_and_person(reading)
    return f"new {firm}" if firm else "nobody"


def _firm(id: str | int) -> str:
    return PEOPLE.get(str(id), ("", str(id)))[1]


def _when(moment: datetime) -> str:
    return moment.strftime("%m-%d %H:%M")
