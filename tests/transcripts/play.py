"""Plays a transcript on the stage; the first line that does not come true is shown with what was there instead."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from bot.core.messages import File, Said
from bot.web.api.app import build as api
from flows.surveys.page import Page, show, take
from store.models import Contact, Customer, Member, Promise, Reminder, Row, Survey
from store.work import Work
from tests.transcripts.script import Line, Script, ScriptError, translated
from tests.transcripts.stage import CUSTOMERS, STAFF, Person, Stage
from tests.transcripts.stages import PLATFORMS
from tests.transcripts.stages.house import Impossible, Seen

_LATER = re.compile(r"^(\d+) (second|minute|hour|day|week)s? later$")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TOKEN = re.compile(r"(?:start=|/c/|/enter/|/bind |code |邀请码 )([A-Za-z0-9_-]{16,64})")


class Mismatch(AssertionError):
    """A line of the transcript did not come true."""


class Play:
    """One performance."""

    def __init__(self, script: Script, stage: Stage) -> None:
        self.script = script
        self.stage = stage
        self.read: dict[tuple[str, str], int] = {}
        """(whose, which room) → order of the last message that a line of the transcript has read."""
        self.looked: dict[tuple[str, str], dict[str, object]] = {}
        """(whose, which room) → how each message looked when it was read."""
        self.open: tuple[Person, str] | None = None
        self.taken: Seen | None = None
        self.mark = ""
        self.position = 0
        self.toast = ""
        self.actions: list[tuple[re.Pattern[str], Callable[..., Awaitable[None]]]] = [
            (re.compile(pattern), act)
            for pattern, act in (
                (r"^(?P<who>[^:>]+?) presses (?P<label>.+?)(?: in (?P<room>#\S+))?$", self._presses),
                (r"^(?P<who>[^:>]+?)(?: in (?P<room>#\S+))? replies to (?P<about>[^:]+): (?P<text>.+)$", self._replies),
                (r"^(?P<who>[^:>]+?)(?: in (?P<room>#\S+))? edits: (?P<text>.+)$", self._edits),
                (r"^(?P<who>[^:>]+?)(?: in (?P<room>#\S+))? deletes it$", self._deletes),
                (r"^(?P<who>[^:>]+?) shares contact (?P<name>[^,]+), (?P<phone>\S+)$", self._shares),
                (r"^(?P<who>[^:>]+?) sends picture (?P<file>\S+?)(?:: (?P<text>.+))?$", self._sends),
                (r"^(?P<who>[^:>]+?)(?: in (?P<room>#\S+))? opens the link for (?P<source>.+)$", self._opens),
                (r"^(?P<who>[^:>]+?) joins (?P<room>#\S+)$", self._joins),
                (r"^(?P<who>[^:>]+?) leaves (?P<room>#\S+)$", self._leaves),
                (r"^(?P<who>[^:>]+?) blocks the bot$", self._blocks),
                (r"^(?P<who>[^:>]+?)'s program posts (?P<path>/\S+): (?P<body>.+)$", self._posts),
                (r"^(?P<who>[^:>]+?)'s customer fills the page: (?P<text>.+)$", self._fills),
                (r"^(?P<who>[^:>]+?) drops (?P<file>\S+?): (?P<text>.+)$", self._drops),
                (r"^(?P<who>[^:>]+?) forwards from (?P<author>[^:]+): (?P<text>.+)$", self._forwards),
                (r"^(?P<who>[^:>]+?) reads nothing$", self._reads_nothing),
                (r"^(?P<who>[^:>]+?) reads$", self._reads),
                (r"^(?P<room>#\S+) reads nothing$", self._reads_nothing),
                (r"^restart$", self._restart),
                (r"^the firm moves$", self._moves),
                (r"^down until (?P<when>\S+ \S+)$", self._down),
                (r"^(?P<when>at .+|.+ later)$", self._later),
                (r"^(?P<who>[^:>]+?) in (?P<room>#\S+): (?P<text>.+)$", self._says),
                (r"^(?P<who>[^:>]+?): (?P<text>.+)$", self._says),
            )
        ]

    async def run(self) -> None:
        """The whole talk, then the tables."""
        self._given()
        await self.stage.furnish()
        for person, room in self._places():
            self._unread(person, room, read=True)
        for line in self.script.talk:
            try:
                await (self._reply(line) if line.inner else self._act(line))
            except (Mismatch, Impossible) as problem:
                raise Mismatch(f"{self.script.path.name}:{line.number}: {line.text}\n{problem}") from None
        self._nothing_unread()
        for line in self.script.db:
            self._table(line)

    # what is given

    def _given(self) -> None:
        settings = self.script.settings
        day, _, rest = settings.get("now", "2026-03-02 10:00 Asia/Shanghai").partition(" ")
        time, _, zone = rest.partition(" ")
        firm = [part.strip() for part in settings.get("firm", "Northwind Tools").split(",")]
        language = firm[2] if len(firm) > 2 else self.script.language
        self.stage.clock.now = datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZoneInfo(zone or "Asia/Shanghai"))
        self.stage.found(firm[0], firm[1] if len(firm) > 1 else "CN", language, zone or "Asia/Shanghai")
        members = {n: d for n, d in self.script.people.items() if not d.startswith(("customer", "stranger"))}
        for name, described in members.items():
            role, *more = (part.strip() for part in described.split(","))
            language = _first(more, "en", "zh") or self.script.language
            self.stage.member(name, role, language, _zone(more), _first(more, *PLATFORMS))
        for line in self.script.given:
            self._give(line)
        for name, described in self.script.people.items():
            if name not in members:
                self._outsider(name, described)
        self.stage.rooms.update(self.script.rooms)

    def _give(self, line: str) -> None:
        kind, _, rest = line.partition(" ")
        if kind != "customer":
            raise ScriptError(f"{self.script.path.name}: {line!r}: only customers can be given")
        name, *pairs = (part.strip() for part in rest.split(","))
        values = dict(pair.split("=", 1) for pair in pairs)
        contact = values.pop("contact", "")
        owner = values.pop("owner", "")

        def act(work: Work) -> None:
            member = work.first(Member, name=owner) if owner else None
            customer = work.customers.add(name, owner=member.id if member else None, **values)
            for person in filter(None, contact.split("/")):
                work.customers.add_contact(customer, person.strip())

        self.stage.write(act)

    def _outsider(self, name: str, described: str) -> None:
        first, *more = (part.strip() for part in described.split(","))
        language, platform = _first(more, "en", "zh") or self.script.language, _first(more, *PLATFORMS)
        if first.startswith("customer of "):
            firm = first.removeprefix("customer of ")

            def find(work: Work) -> tuple[int, int | None]:
                customer = work.first(Customer, name=firm)
                if customer is None:
                    raise ScriptError(f"{self.script.path.name}: no customer {firm!r} is given")
                contact = work.first(Contact, customer=customer.id, name=name)
                return customer.id, contact.id if contact else None

            self.stage.customer(name, *self.stage.write(find), language, _zone(more), platform)
        else:
            self.stage.stranger(name, STAFF if "staff" in first else CUSTOMERS, language, platform)

    # acting

    async def _act(self, line: Line) -> None:
        for pattern, act in self.actions:
            if match := pattern.match(line.text):
                groups = {name: value for name, value in match.groupdict().items() if value is not None}
                if "who" in groups:
                    groups["who"] = groups["who"].strip()
                    if groups["who"] not in self.stage.people:
                        if "#" not in groups["who"]:
                            continue
                        groups["room"] = groups.pop("who")
                await act(**groups)
                self.position, self.taken = 0, None
                return
        raise ScriptError(f"{self.script.path.name}:{line.number}: {line.text!r} is no action")

    async def _says(self, who: str, text: str, room: str = "") -> None:
        person = self._turn_to(who, room)
        await self._do(person, "says", text.replace("\\n", "\n"), self.stage.room(room))

    async def _replies(self, who: str, about: str, text: str, room: str = "") -> None:
        person = self._turn_to(who, room)
        found = next((seen for seen in self.stage.messages(person, room) if about in seen.text), None)
        if found is None:
            raise Mismatch(f"no message says {about!r}")
        await self._do(person, "replies", found, text.replace("\\n", "\n"), self.stage.room(room))

    async def _presses(self, who: str, label: str, room: str = "") -> None:
        person = self._turn_to(who, room, keep=True)
        for message in sorted(self.stage.messages(person, room), key=lambda m: -m.order):
            for button in message.buttons:
                if button.label == label:
                    await self._do(person, "presses", message, button, self.stage.room(room))
                    return
        shown = [[b.label for b in m.buttons] for m in self.stage.messages(person, room)]
        raise Mismatch(f"no button {label!r}; there are {shown}")

    async def _edits(self, who: str, text: str, room: str = "") -> None:
        await self._do(self._turn_to(who, room), "edits", text, self.stage.room(room))

    async def _deletes(self, who: str, room: str = "") -> None:
        await self._do(self._turn_to(who, room), "deletes", self.stage.room(room))

    async def _shares(self, who: str, name: str, phone: str) -> None:
        await self._do(self._turn_to(who), "shares", name.strip(), phone)

    async def _sends(self, who: str, file: str, text: str = "") -> None:
        await self._do(self._turn_to(who), "sends", file, (text or "").replace("\\n", "\n"))

    async def _drops(self, who: str, file: str, text: str) -> None:
        """A sheet with these lines; its content is with us already, as from a page."""
        content = text.replace("\\n", "\n").encode("gb18030" if file.endswith(".gb.csv") else "utf-8")
        dropped = File(file, "text/csv", hash=self.stage.files.keep(content), size=len(content))
        person = self._turn_to(who)
        answer = await self.stage.act(person, Said("", self.stage.next_message(), (dropped,)))
        self.toast = answer.toast if answer else ""

    async def _posts(self, who: str, path: str, body: str) -> None:
        """To the API, with the newest key that this person was shown."""
        person = self.stage.people[who]
        shown = [key for m in self.stage.messages(person) for key in re.findall(r"rk_[\w-]{16,}", m.text)]
        if not shown:
            raise Mismatch(f"{who} was shown no key")
        transport = httpx.ASGITransport(api(self.stage.database))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as program:
            headers = {"Authorization": f"Bearer {shown[-1]}"}
            answer = await program.post(path, json=json.loads(body), headers=headers)
        self.toast = f"{answer.status_code} {answer.text}"
        await self.stage.settle()

    async def _fills(self, who: str, text: str) -> None:
        """The survey's page behind the newest link that this member was shown; what stands there next is the toast."""
        shown = [m.text for m in self.stage.messages(self.stage.people[who])]
        found = [token for text in shown for token in re.findall(r"/s/([\w-]+)", text)]
        if not found:
            raise Mismatch(f"{who} was shown no page")

        def fill(work: Work) -> Page:
            open_ = show(work, found[-1], self.script.language, "play")
            given = {"do": ["skip"]} if text == "skip" else {"answer": [text]}
            return take(work, found[-1], {"step": [open_.step], **given}, self.script.language, f"{work.now}:{text}")

        page = self.stage.write(fill)
        self.toast = "\n".join([page.wrong, page.ask, *page.said])
        await self.stage.settle()

    async def _forwards(self, who: str, author: str, text: str) -> None:
        await self._do(self._turn_to(who), "forwards", author.strip(), text)

    async def _opens(self, who: str, source: str, room: str = "") -> None:
        owner = self.stage.people[source.strip()]
        texts = [m.text + " ".join(b.url for b in m.buttons) for m in self.stage.messages(owner)]
        found = [token for text in texts for token in _TOKEN.findall(text)]
        if not found:
            raise Mismatch(f"{source} was shown no link: {texts[-1:]}")
        await self._do(self._turn_to(who, room), "opens", found[-1], self.stage.room(room))

    async def _joins(self, who: str, room: str) -> None:
        await self._do(self._comes_by(who, room), "joins", self.stage.room(room))

    async def _leaves(self, who: str, room: str) -> None:
        await self._do(self._comes_by(who, room), "leaves", self.stage.room(room))

    async def _blocks(self, who: str) -> None:
        await self._do(self._turn_to(who), "blocks")

    async def _do(self, person: Person, deed: str, *arguments: Any) -> None:
        self.toast = await getattr(self.stage.house(person), deed)(person, *arguments)
        await self.stage.settle()

    async def _reads(self, who: str = "", room: str = "") -> None:
        self._turn_to(who or self.stage.rooms[room][0], room, keep=True)

    async def _reads_nothing(self, who: str = "", room: str = "") -> None:
        if room and not who:
            who = self.stage.rooms[room][0]
        person = self._turn_to(who, room, keep=True)
        if unread := self._unread(person, room):
            raise Mismatch(f"there is: {_shown(unread[0])}")

    async def _restart(self) -> None:
        self.stage.start()

    async def _moves(self) -> None:
        """To another deployment, where everything goes on."""
        self._nothing_unread()
        self.stage.moves()
        await self.stage.settle()

    async def _down(self, when: str) -> None:
        """Nothing runs until then; afterwards everything that fell due comes at once."""
        self._nothing_unread()
        self.stage.clock.now = self._moment(f"at {when}").astimezone(UTC)
        self.stage.start()
        await self.stage.settle()

    async def _later(self, when: str) -> None:
        self._nothing_unread()
        await self.stage.until(self._moment(when))

    def _moment(self, when: str) -> datetime:
        now = self.stage.clock().astimezone(self.stage.zone())
        if match := _LATER.match(when):
            return now + timedelta(**{f"{match[2]}s": int(match[1])})
        day, _, time = when.removeprefix("at ").rpartition(" ")
        hour, minute = (int(part) for part in time.split(":"))
        if day[:4].isdigit():
            return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=self.stage.zone())
        target = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if day:
            target += timedelta(days=(_DAYS.index(day.lower()[:3]) - now.weekday()) % 7)
        return target if target > now else target + timedelta(days=7 if day else 1)

    # reading

    def _turn_to(self, who: str, room: str = "", *, keep: bool = False) -> Person:
        """From here on lines are read in this chat; what it has not read yet must not be there when it speaks."""
        person = self.stage.people[who]
        if not keep:
            self._nothing_unread(person, room)
        self.open = person, room
        return person

    def _comes_by(self, who: str, room: str) -> Person:
        """What follows is read in the room."""
        self.open = self.stage.people[self.stage.rooms[room][0]], room
        return self.stage.people[who]

    async def _reply(self, line: Line) -> None:
        if line.text.startswith("!"):
            self._in_text(self.toast, line.text[1:].strip(), 0)
            return
        if self.open is None or line.text[0] not in ">~":
            raise ScriptError(f"{self.script.path.name}:{line.number}: {line.text!r} is no reply")
        wanted = line.text[1:].strip()
        if self.taken is not None and line.text[0] == self.mark and self._continues(self.taken, wanted):
            return
        self.mark = line.text[0]
        self.taken, self.position = self._next(changed=line.text[0] == "~"), 0
        if not self._continues(self.taken, wanted):
            raise Mismatch(f"the message is: {_shown(self.taken)}")

    def _here(self, wanted: str) -> list[str]:
        """The line as each platform on the stage would have it: any of them will do."""
        return list(dict.fromkeys(translated(wanted, house.words) for house in self.stage.houses))

    def _continues(self, message: Seen, wanted: str) -> bool:
        if wanted.startswith("[") and wanted.endswith("]"):
            labels = iter([button.label for button in message.buttons])
            return all(label in labels for label in re.findall(r"\[([^\]]+)\]", wanted))
        try:
            self.position = self._in_text(message.text, wanted, self.position)
        except Mismatch:
            return False
        return True

    def _in_text(self, text: str, wanted: str, start: int) -> int:
        ways = (".*?".join(_words(part) for part in line.split("*")) for line in self._here(wanted))
        match = re.compile("|".join(ways), re.S).search(text, start)
        if match is None:
            raise Mismatch(f"there is: {text!r}")
        return match.end()

    def _next(self, *, changed: bool) -> Seen:
        assert self.open is not None
        person, room = self.open
        unread = self._unread(person, room)
        if not unread:
            said = f"; a toast said {self.toast!r}" if self.toast else ""
            last = f"; the last message was: {_shown(self.taken)}" if self.taken else ""
            raise Mismatch(f"nothing more was shown to {room or person.name}{said}{last}")
        message = unread[0]
        self._reads_it(_place(person, room), message)
        if changed and not message.edited and self.stage.house(person).changes:
            raise Mismatch(f"a new message came instead of a change: {_shown(message)}")
        return message

    def _unread(self, person: Person, room: str, *, read: bool = False) -> list[Seen]:
        """With `read` it counts as read from now on; an edit that changes nothing is no news, and shown nowhere."""
        place = _place(person, room)
        last, known = self.read.get(place, 0), self.looked.setdefault(place, {})
        newer = sorted((m for m in self.stage.messages(person, room) if m.order > last), key=lambda m: m.order)
        found = [m for m in newer if known.get(m.id) != _look(m)]
        for message in newer if read else ():
            self._reads_it(place, message)
        return found

    def _reads_it(self, place: tuple[str, str], message: Seen) -> None:
        self.read[place] = message.order
        self.looked.setdefault(place, {})[message.id] = _look(message)

    def _places(self) -> list[tuple[Person, str]]:
        """Every chat, with somebody who reads it."""
        private = [(person, "") for person in self.stage.people.values()]
        return private + [(self.stage.people[names[0]], name) for name, names in self.stage.rooms.items()]

    def _nothing_unread(self, person: Person | None = None, room: str = "") -> None:
        for someone, where in [(person, room)] if person else self._places():
            if unread := self._unread(someone, where):
                raise Mismatch(f"{where or someone.name} was also shown: {_shown(unread[0])}")

    # the tables

    def _table(self, line: Line) -> None:
        name, _, rest = line.text.partition(":")
        table = next((t for t in Row.__subclasses__() + _all(Row) if _name(t) == name.strip()), None)
        if table is None:
            raise ScriptError(f"{self.script.path.name}:{line.number}: there is no table {name!r}")
        rows = self.stage.write(lambda work: work.find(table))
        wanted = rest.strip()
        if wanted in ("none", "0") or wanted.isdigit():
            count = 0 if wanted == "none" else int(wanted)
            if len(rows) != count:
                raise Mismatch(f"{self.script.path.name}:{line.number}: {line.text}\nthere are {len(rows)}: {rows}")
            return
        pairs = dict(re.findall(r"(\w+)=((?:\"[^\"]*\")|\S+)", wanted))
        if not any(all(self._same(row, n, v.strip('"')) for n, v in pairs.items()) for row in rows):
            raise Mismatch(
                f"{self.script.path.name}:{line.number}: {line.text}\nthe rows are:\n" + "\n".join(map(str, rows))
            )

    def _same(self, row: Any, name: str, wanted: str) -> bool:
        value = getattr(row, name)
        kinds: dict[str, type[Any]] = {"customer": Customer, "contact": Contact, "owner": Member, "member": Member}
        kinds |= {"claimed_by": Member, "by": Member, "survey": Survey}
        if name in kinds and isinstance(value, int):
            value = getattr(self.stage.write(lambda work: work.get(kinds[name], value)), "name", value)
        if isinstance(value, datetime):
            value = value.astimezone(self.stage.zone()).strftime("%Y-%m-%dT%H:%M")
        shown = "" if value is None else str(value)
        return any(fnmatch.fnmatchcase(shown, line) for line in self._here(wanted))


def _words(part: str) -> str:
    """A stretch of text as a pattern; the marks between two facts may be those of the reader's language."""
    pattern = re.escape(part)
    for mark, chinese in ((":", "："), (",", "、"), (";", "；")):
        pattern = pattern.replace(f"{mark}\\ ", f"(?:{mark}\\ |{chinese})")
    return pattern


def _all(kind: type[Any]) -> list[type[Any]]:
    return [found for child in kind.__subclasses__() for found in [child, *_all(child)]]


def _name(table: type[Any]) -> str:
    try:
        return str(table.table().name)
    except AttributeError:
        return ""


def _look(message: Seen) -> object:
    return message.text, message.buttons


def _place(person: Person, room: str) -> tuple[str, str]:
    return ("", room) if room else (person.name, "")


def _shown(message: Seen) -> str:
    buttons = " ".join(f"[{button.label}]" for button in message.buttons)
    return f"{message.text}\n{buttons}".strip()


def _first(parts: list[str], *allowed: str) -> str:
    return next((part for part in parts if part in allowed), "")


def _zone(parts: list[str]) -> str:
    return next((part for part in parts if "/" in part), "")


__all__ = ["Mismatch", "Play", "Promise", "Reminder"]
