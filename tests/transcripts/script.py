"""Reads a .chat file: header, people, rooms, what is given, the talk, and what the tables must hold at the end.

# A rep logs a call and is reminded            title
covers: A5 C1                                  capability IDs, each at the end of a line below as #A5
now: 2026-03-02 10:00 Asia/Shanghai
firm: Northwind Tools, CN, en                  optional: name, country, language
people:
  Ann: owner                                   role[, language][, zone][, platform]
  Li Wei: customer of Acme, zh
  Zoe: stranger                                writes to the customers' bot, known to nobody
rooms:
  #service: Ann, Bob
given:
  customer Acme, owner=Bob, phone=13800138000, contact=Li Wei
---
Bob: Called Acme, follow up next Tue 3pm       says in the private chat; \\n begins a new line of the message
  > Logged · *call*                            every line must be in the next message, in this order; * is any text
  > [Undo] [Edit]                              buttons of that message, in this order, perhaps among others
Bob presses Undo                               on the newest message that has it
  ~ Undone                                     ~ : a message was changed in place
Ann in #service: /alerts low scores            says in a room
Ann presses Claim in #service
Bob replies to T-101: let me look              to the first message of the chat with these words; also "in #room"
Bob edits: Called Acme, follow up next Wed     changes what was said last
Bob deletes it                                 takes back what was said last
Bob reads                                      what came unasked follows
Bob reads nothing
Bob shares contact Li Wei, 13800138000
Bob sends picture offer.png: caption
Bob drops list.csv: Name,Phone\\nAcme,138…      a sheet of these lines (NAME.gb.csv: in GB18030); memory only
Bob's program posts /events: {"customer": 1}   to the API, with the newest key that Bob was shown; `! 201` is its answer
Bob's customer fills the page: 9                to the survey whose link Bob was shown; `!` is what stands there then
Bob forwards from Li Wei: please call me
Zoe opens the link for Ann                     the newest link or code that Ann was shown; also "in #room"
Zoe joins #service        Zoe leaves #service
Zoe blocks the bot
2 hours later             at Tue 15:00         at 2026-03-04 09:00          (Ann's zone, every timer on the way rings)
restart
the firm moves                                 to another deployment, on the other engine; memory only
db:
  activity: kind=call customer=Acme            a row like this is there
  reminder: 1                                  so many rows
  alert: none

A transcript is written for the memory platform. On another one three words of a reply or of the tables stand for
what is said there (`translated`): `Memory` and `memory` for the platform's name, `start=` for what stands before the
code in its links, and a sent picture's `NAME.png` and `hash-ref-NAME.png` for the name and the hash that it gets there.
Where messages can't change in place (a terminal), `~` also takes the new message that comes instead of the change.
A platform behind a person's role (`Bob: rep, telegram`) puts the person there; a room is where its first person is.
Such a transcript runs on no other platforms than these, and names them itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_ID = re.compile(r"\s+#([A-O]\d{1,2})\b")


class ScriptError(Exception):
    """A line that can't be read."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the talk: its number in the file, depth of indentation, and text without capability IDs."""

    number: int
    text: str
    inner: bool
    ids: tuple[str, ...] = ()


@dataclass(slots=True)
class Script:
    """A whole transcript."""

    path: Path
    title: str
    covers: tuple[str, ...]
    settings: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    rooms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    given: list[str] = field(default_factory=list)
    talk: list[Line] = field(default_factory=list)
    db: list[Line] = field(default_factory=list)

    @property
    def language(self) -> str:
        return self.settings.get("language", "en")

    def shown(self) -> tuple[str, ...]:
        """The capability IDs that stand on lines."""
        return tuple(id for line in (*self.talk, *self.db) for id in line.ids)


def read(path: Path) -> Script:
    """The script in a file; raises ScriptError."""
    lines = list(enumerate(path.read_text(encoding="utf-8").splitlines(), 1))
    head_end = next((at for at, (_, text) in enumerate(lines) if text.strip() == "---"), None)
    if head_end is None:
        raise ScriptError(f"{path.name}: no line of three dashes between header and talk")
    script = Script(path, lines[0][1].removeprefix("#").strip(), ())
    _header(script, lines[1:head_end])
    target = script.talk
    for number, text in lines[head_end + 1 :]:
        if text.strip() == "db:":
            target = script.db
        elif text.strip() and not text.lstrip().startswith("//"):
            target.append(_line(number, text))
    return script


def _line(number: int, text: str) -> Line:
    ids = []
    while match := _ID.search(text):
        if text[match.end() :].strip() and not _ID.match(text[match.end() :]):
            break
        ids.append(match[1])
        text = text[: match.start()] + text[match.end() :]
    return Line(number, text.strip(), text[:1].isspace(), tuple(ids))


def _header(script: Script, lines: list[tuple[int, str]]) -> None:
    section = ""
    for number, text in lines:
        name, colon, value = text.strip().partition(":")
        if not text.strip() or text.lstrip().startswith("//"):
            continue
        if not text[:1].isspace():
            section = name if not value.strip() else ""
            if value.strip():
                script.settings[name] = value.strip()
        elif section == "people" and colon:
            script.people[name.strip()] = value.strip()
        elif section == "rooms" and colon:
            script.rooms[name.strip()] = tuple(part.strip() for part in value.split(",") if part.strip())
        elif section == "given":
            script.given.append(text.strip())
        else:
            raise ScriptError(f"{script.path.name}:{number}: {text.strip()!r} stands in no section")
    script.covers = tuple(script.settings.pop("covers", "").split())


def translated(wanted: str, words: Mapping[str, str]) -> str:
    """A line in a platform's words; longer words first, each as a whole."""
    if not words:
        return wanted
    found = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.sub(rf"(?<![A-Za-z])(?:{found})", lambda match: words[match[0]], wanted)


def scripts(folder: Path) -> Iterator[Path]:
    """Every transcript, in order."""
    yield from sorted(folder.glob("**/*.chat"))
