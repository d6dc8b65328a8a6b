"""Text a person will read: typed spans, never mark-up strings, so that user text can't become a mention or a link.

A `Text` is made by flows in no language: plain strings are user text, `_("…", name=value)` are messages looked up in a
catalogue when the text is queued, moments and amounts are printed the reader's way. `Text.resolve(speaker)` gives
`Runs`, which is what travels through the outbox to the adapters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Protocol

Style = Literal["", "bold", "italic", "quote", "code", "sealed"]
MomentForm = Literal["moment", "day", "time", "short"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of finished text in one style; `url` makes it a link, or says what is sealed for whom."""

    text: str
    style: Style = ""
    url: str = ""


Runs = tuple[Run, ...]

Open = Callable[[str, str], str]
"""What is sealed, and for what; the words that a reader may see. Only the process that sends can do it."""
VEIL = "•••"
"""What is seen of a secret that can't be opened, or no more."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence by its English wording, which is its id in the catalogue; `count` picks the plural."""

    id: str
    parts: tuple[tuple[str, Part], ...] = ()
    plural: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time (aware) or a day, printed in the reader's zone and language."""

    at: datetime | date
    form: MomentForm = "moment"


@dataclass(frozen=True, slots=True)
class Amount:
    """Money, printed the reader's way: ¥1.2M or ¥120万."""

    value: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Styled:
    """A part in bold, italic, as code or as a quotation; or a link when `url` is set."""

    part: Part
    style: Style = ""
    url: str = ""


class Speaker(Protocol):
    """Turns ids, moments and amounts into one language; `flows/words` has ours."""

    def sentence(self, message: Message) -> str:
        """The translation, with `{name}` places still open."""

    def moment(self, moment: Moment) -> str:
        """In the reader's zone: weekday, date, time, zone as the form asks."""

    def amount(self, amount: Amount) -> str:
        """With its currency."""

    def number(self, value: int | float | Decimal) -> str:
        """With the language's separators."""


@dataclass(frozen=True, slots=True)
class Text:
    """Parts in order; `+` joins, `resolve` makes them readable."""

    parts: tuple[Part, ...] = ()

    def __add__(self, other: Part) -> Text:
        return Text((*self.parts, *_parts(other)))

    def __radd__(self, other: Part) -> Text:
        return Text((*_parts(other), *self.parts))

    def __bool__(self) -> bool:
        return bool(self.parts)

    def resolve(self, speaker: Speaker) -> Runs:
        """Finished runs in the speaker's language; neighbours of one style are joined."""
        return _joined(_resolved(self, speaker, "", ""))


Part = str | int | float | Decimal | Text | Message | Moment | Amount | Styled


MARKS = frozenset((", ", ": ", "; "))
"""What stands between two parts; looked up like a sentence, because other languages have other marks."""


def text(*parts: Part) -> Text:
    """The parts one after the other."""
    return Text(tuple(part for item in parts for part in _parts(item)))


def _parts(part: Part) -> tuple[Part, ...]:
    return part.parts if isinstance(part, Text) else (part,)


def lines(*items: Part | None) -> Text:
    """The items as lines; None and empty texts leave no line."""
    kept = [item for item in items if item is not None and item != "" and item != Text()]
    return join("\n", kept)


def join(between: str, items: Sequence[Part]) -> Text:
    """The items with `between` in the gaps."""
    parts: list[Part] = []
    for number, item in enumerate(items):
        parts += [between, item] if number else [item]
    return text(*parts)


def gettext(id: str, /, **parts: Part) -> Text:
    """A sentence of ours; imported as `_` so that the catalogue's extractor finds it."""
    return Text((Message(id, tuple(parts.items())),))


def ngettext(one: str, many: str, count: int, /, **parts: Part) -> Text:
    """A sentence with a count, offered to it as `{n}`."""
    return Text((Message(one, (("n", count), *parts.items()), many, count),))


def bold(part: Part) -> Text:
    """The part in bold."""
    return Text((Styled(part, "bold"),))


def quote(part: Part) -> Text:
    """The part as somebody's own words."""
    return Text((Styled(part, "quote"),))


def code(part: Part) -> Text:
    """The part as something to copy."""
    return Text((Styled(part, "code"),))


def sealed(secret: str, subject: str) -> Text:
    """A secret to copy, sealed: it is opened when it is sent or shown, and stands in no table as it is."""
    return Text((Styled(secret, "sealed", subject),))


def opened(runs: Runs, open: Open) -> Runs:
    """The runs as a reader sees them."""
    return tuple(Run(open(run.text, run.url), "code") if run.style == "sealed" else run for run in runs)


def veiled(secret: str, subject: str) -> str:
    """An `Open` that has no key."""
    return VEIL


def link(part: Part, url: str) -> Text:
    """The part as a link."""
    return Text((Styled(part, url=url),))


def moment(at: datetime | date, form: MomentForm = "moment") -> Text:
    """A time for the reader."""
    return Text((Moment(at, form),))


def plain(runs: Runs) -> str:
    """The bare characters, for logs of lengths, plain platforms and tests."""
    return "".join(f"{run.text} ({run.url})" if run.url and run.url != run.text else run.text for run in runs)


def _resolved(part: Part, speaker: Speaker, style: Style, url: str) -> Iterator[Run]:
    match part:
        case str():
            yield Run(speaker.sentence(Message(part)) if part in MARKS else part, style, url)
        case Text():
            for item in part.parts:
                yield from _resolved(item, speaker, style, url)
        case Message():
            yield from _filled(part, speaker, style, url)
        case Styled():
            yield from _resolved(part.part, speaker, part.style or style, part.url or url)
        case Moment():
            yield Run(speaker.moment(part), style, url)
        case Amount():
            yield Run(speaker.amount(part), style, url)
        case _:
            yield Run(speaker.number(part), style, url)


def _filled(message: Message, speaker: Speaker, style: Style, url: str) -> Iterator[Run]:
    """The sentence with its values; behind "Acme Inc." it has no full stop of its own."""
    values, stopped = dict(message.parts), False
    for literal, name in _places(speaker.sentence(message)):
        if literal := literal[1:] if stopped and literal.startswith(".") else literal:
            yield Run(literal, style, url)
        if name:
            runs = list(_resolved(values[name], speaker, style, url))
            stopped = bool(runs) and runs[-1].text.endswith(".")
            yield from runs


def _places(sentence: str) -> Iterator[tuple[str, str]]:
    """(`literal`, `name`) pairs of a sentence with `{name}` places; braces have no other meaning."""
    rest = sentence
    while "{" in rest:
        literal, _, tail = rest.partition("{")
        name, _, rest = tail.partition("}")
        yield literal, name
    yield rest, ""


def _joined(runs: Iterator[Run]) -> Runs:
    out: list[Run] = []
    for run in runs:
        if out and (out[-1].style, out[-1].url) == (run.style, run.url):
            out[-1] = Run(out[-1].text + run.text, run.style, run.url)
        elif run.text:
            out.append(run)
    return tuple(out)


def mapped(runs: Runs, change: Callable[[str], str]) -> Runs:
    """The runs with their characters changed and their styles kept."""
    return tuple(Run(change(run.text), run.style, run.url) for run in runs)
