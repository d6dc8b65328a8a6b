"""From what was typed to what it means here: read with the customer file, split where several customers are meant."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

from flows.activities.rules import names, says_something, strangers
from flows.customers.names import FileNames
from flows.turn import Turn
from flows.understanding import Context, Reading, read
from flows.understanding.wordlists import COMMON
from store.models import Customer


def understood(turn: Turn, words: str, at: datetime) -> Reading:
    """The line as it was meant when and where it was written."""
    context = Context(now=at.astimezone(turn.zone), country=turn.workspace.country, language=turn.language)
    return read(words, context, FileNames(turn.work, turn.me().id))


def meant(turn: Turn, reading: Reading) -> list[Customer]:
    """The customers a line may mean: one when it is clear, several when not, none when nobody known is named."""
    certain = _firms(turn, [str(mention.id) for mention in names(reading) if mention.id is not None])
    if certain:
        several = sum(mention.id is not None for mention in reading.companies) > 1 or _side_by_side(reading)
        return certain if several else certain[:1]
    return _firms(turn, [str(id) for mention in names(reading) for id in mention.ids])


def _side_by_side(reading: Reading) -> bool:
    """ "Met Jack and Sarah": no one of them is only mentioned."""
    known = sorted((one.place.start, one.place.end) for one in reading.people if one.id is not None)
    return any(_AND.fullmatch(reading.text[end:start]) for (_, end), (start, _) in pairwise(known))


_AND = re.compile(r"\s*(?:,? ?and|&|\+|和|跟|与|、|以及)\s*", re.IGNORECASE)


def contact_of(turn: Turn, reading: Reading, customer: Customer) -> int | None:
    """The person at this customer whom the line names."""
    ids = {str(id) for mention in reading.people for id in (mention.id, *mention.ids) if id is not None}
    called = {mention.mention.casefold() for mention in (*reading.people, *reading.unknown)}
    for contact in turn.work.customers.contacts(customer.id):
        if f"p{contact.id}" in ids or contact.name.casefold() in called:
            return contact.id
    return None


def misspelt(turn: Turn, words: str) -> list[Customer]:
    """Whom a question names with a letter wrong; what nobody takes for a name is looked up too."""
    spoken = dict.fromkeys(word for word in _WORD.findall(words) if len(word) > 3 and word.casefold() not in COMMON)
    found = FileNames(turn.work, turn.me().id).near(list(spoken))
    return _firms(turn, [str(known.id) for several in found.values() for known in several])


_WORD = re.compile(r"[A-Za-z][\w&'-]*")


def sender_of(words: str) -> str:
    """Who wrote the mail that was pasted with its head; nothing where it is none."""
    heads = [match for line in words.strip().splitlines()[:8] if (match := _HEAD.match(line.strip()))]
    found = next((match["value"].strip() for match in heads if match["sender"]), "")
    return found if len(heads) > 1 else ""


_HEAD = re.compile(
    r"(?:(?P<sender>from|发件人|发送人|寄件人)|to|cc|date|sent|subject|re|收件人|抄送|日期|时间|发送时间|主题)\s?[:：]\s?(?P<value>.+)",
    re.IGNORECASE,
)
Piece = tuple[str, Customer | None]
"""Words, and the customer they are about; None: somebody is named whom we have to ask about."""


def pieces(turn: Turn, words: str, at: datetime) -> list[Piece]:
    """What was said by customer, in lines or in the clauses of a sentence; empty unless it is about several."""
    found = _by_line(turn, words, at) if "\n" in words else _by_clause(turn, words, at)
    return found if len({customer.id if customer else None for _line, customer in found}) > 1 else []


def _by_line(turn: Turn, words: str, at: datetime) -> list[Piece]:
    """A pasted note: lines that name nobody belong to the customer named before, a heading to nobody."""
    found: list[Piece] = []
    begins = True
    for line in (line.rstrip() for line in words.splitlines()):
        item = bool(_ITEM.match(line))
        line = _ITEM.sub("", line).strip()
        if not line:
            begins = True
            continue
        reading = understood(turn, line, at)
        customers = meant(turn, reading)
        strange = (item or begins) and bool(strangers(reading))
        if len(customers) == 1 and (not found or found[-1][1] is None or found[-1][1].id != customers[0].id):
            found.append((line, customers[0]))
        elif (len(customers) > 1 or strange) and (found or item):
            found.append((line, None))
        elif found:
            found[-1] = (f"{found[-1][0]}\n{line}", found[-1][1])
        elif says_something(reading):
            return []
        begins = False
    return found


_ITEM = re.compile(r"^(?:[-*•·–—]|\(?\d{1,2}[.)、）](?!\d)|[①-⑨])\s*")
"""What marks an item of a list."""


def _by_clause(turn: Turn, words: str, at: datetime) -> list[Piece]:
    """ "Called Acme, visited Globex": each clause that says what was done, with whom, begins something of its own."""
    cuts = [0, *(cut.end() for cut in _CLAUSE.finditer(words)), len(words)]
    clauses = [words[start:end] for start, end in itertools.pairwise(cuts) if words[start:end].strip()]
    found: list[Piece] = []
    day: date | None = None
    for clause in clauses if len(clauses) > 1 else ():
        reading = understood(turn, clause, at)
        if not _has_bare_hour(reading):
            day = _day_of(turn, reading) or day
        elif day is not None and _day_of(turn, reading) != day:
            clause = _on(day, clause)
            reading = understood(turn, clause, at)
        customers, last = meant(turn, reading), found[-1][1] if found else None
        done = reading.activity is not None and reading.activity.kind != "note" and not _THEIRS.match(clause)
        if done and len(customers) == 1 and (last is None or last.id != customers[0].id):
            found.append((clause, customers[0]))
        elif found and done and not customers and strangers(reading):
            found.append((clause, None))
        elif found and (not customers or customers == [last]):
            found[-1] = (found[-1][0] + clause, last)
        else:
            return []
    return [(_END.sub("", clause).strip(" ,，;；"), customer) for clause, customer in found]


_END = re.compile(r"(?:[\s,，;；]+|(?<=\s)(?:and|then|also))+$", re.IGNORECASE)


def _has_bare_hour(reading: Reading) -> bool:
    """Whether it is of the day that was named before: 周四上午去华为演示，下午三点跟宝钢开会."""
    return len(reading.times) == 1 and _BARE_HOUR.fullmatch(reading.times[0].text) is not None


def _on(day: date, clause: str) -> str:
    """The clause with its day said."""
    if _CHINESE.search(clause):
        return f"{day.month}月{day.day}日{clause.lstrip()}"
    said = clause.rstrip(" ,;")
    return f"{said} on {day.day} {_MONTHS[day.month - 1]}{clause[len(said) :]}"


def _day_of(turn: Turn, reading: Reading) -> date | None:
    starts = [one.start for one in reading.times if one.grain in ("part", "day", "hour", "minute")]
    first = starts[0] if starts else None
    return first.astimezone(turn.zone).date() if isinstance(first, datetime) else first


_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 -- words
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_BARE_HOUR = re.compile(
    r"(?:at )?(?:\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)?|noon|midday)|(?:in the )?(?:morning|afternoon|evening)"
    r"|(?:早上|上午|中午|下午|傍晚|晚上)?(?:[\d一二两三四五六七八九十]{1,3}(?:点|[:：]\d\d)(?:半|一刻|三刻|[\d一二三四五十]{1,3}分?)?)?",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;；。，]|,(?!\d)|\.(?=\s)|\s+and\s+(?:then\s+|also\s+)?(?=[a-z-]+(?:ed|t|g|w|ke)\s|(?:an?\s|the\s)?"
    r"(?:call|meeting|visit|lunch|dinner|breakfast|coffee|drinks|demo|workshop|training)\s(?:with|at)\s)",
    re.IGNORECASE,
)
_THEIRS = re.compile(r"\s*(?:they|he|she|who|which|it|客户|对方|他们?|她们?)(?![a-z])", re.IGNORECASE)
"""What somebody else did is no contact of ours."""


def _firms(turn: Turn, ids: Sequence[str]) -> list[Customer]:
    """The customers behind the ids of mentions, each once."""
    found: dict[int, Customer] = {}
    for id in ids:
        contact = turn.work.customers.contact(int(id[1:])) if id.startswith("p") else None
        customer = turn.work.customers.get(contact.customer if contact else int(id[1:]))
        if customer is not None and customer.state == "active":
            found.setdefault(customer.id, customer)
    return list(found.values())
