"""What a line says, as values: every fact with its place in the text, a confidence, and the rule that read it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from flows.understanding.times.pieces import Grain

Role = Literal["activity", "due", "reminder", "superseded", "past", "other"]
Kind = Literal["call", "meeting", "visit", "email", "message", "demo", "note"]
Status = Literal["done", "planned"]
Sentiment = Literal["positive", "neutral", "negative", "mixed"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands in the text, and which rule read it there."""

    start: int
    end: int
    rule: str = ""
    confidence: float = 0.9

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Activity:
    kind: Kind
    status: Status
    place: Place


@dataclass(frozen=True, slots=True)
class Time:
    """A date for the grains day and longer, an aware time below; `end` is exclusive."""

    text: str
    start: date | datetime
    end: date | datetime | None
    grain: Grain
    role: Role
    place: Place
    rrule: str | None = None
    at: str | None = None
    bound: Literal["before", "after", "since", "within", ""] = ""

    @property
    def span(self) -> tuple[int, int]:
        return self.place.start, self.place.end

    @property
    def confidence(self) -> float:
        return self.place.confidence

    def is_ahead(self, now: datetime) -> bool:
        """Whether something is to happen then, later than now."""
        if self.rrule and self.role in ("activity", "reminder"):
            return True
        if self.role not in ("activity", "other", "due", "reminder") or (
            self.role == "other" and self.grain in ("month", "quarter", "year")
        ):
            return False
        if isinstance(self.start, datetime):
            return self.start > now
        here = now.date()
        return self.start > here or (self.start == here and (self.at or "") > f"{now:%H:%M}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A person or a firm in the text: linked (`id`), one of several (`ids`), or not known here."""

    mention: str
    id: str | int | None
    place: Place
    ids: tuple[str | int, ...] = ()
    customer: str | int | None = None


@dataclass(frozen=True, slots=True)
class Money:
    text: str
    amount: float
    amount_to: float | None
    currency: str | None
    place: Place
    role: str | None = None
    per: str | None = None
    approximate: bool = False
    bound: Literal["min", "max", ""] = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    text: str
    value: float
    unit: str
    place: Place


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise: by us or by them, of what, until when (the words of its time)."""

    by: Literal["us", "them"]
    what: str
    due: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Contact:
    """A phone number (E.164 where its country is known) or an e-mail address."""

    text: str
    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Word:
    """A tag, a risk, a stage: a word of ours for words of theirs."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    text: str
    activity: Activity | None = None
    people: tuple[Mention, ...] = ()
    companies: tuple[Mention, ...] = ()
    unknown: tuple[Mention, ...] = ()
    times: tuple[Time, ...] = ()
    money: tuple[Money, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    phones: tuple[Contact, ...] = ()
    emails: tuple[Contact, ...] = ()
    tags: tuple[Word, ...] = ()
    sentiment: Sentiment = "neutral"
    risks: tuple[Word, ...] = ()
    stage: Word | None = None
    question: bool = False
    note: str = ""
    trace: tuple[tuple[str, Place], ...] = field(default=(), repr=False)


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) and abs(value) < 1e15 else value


def _mention(one: Mention) -> dict[str, Any]:
    several = {"ids": list(one.ids)} if one.ids else {}
    return {"mention": one.mention, "id": one.id, **several, **_placed(one.place)}


def _placed(place: Place) -> dict[str, Any]:
    return {"span": [place.start, place.end], "confidence": round(place.confidence, 2)}


def _time(one: Time) -> dict[str, Any]:
    return {
        "text": one.text,
        "start": one.start.isoformat(),
        "end": one.end.isoformat() if one.end else None,
        "grain": one.grain,
        "role": one.role,
        "rrule": one.rrule,
        **({"at": one.at} if one.at else {}),
        **_placed(one.place),
    }


def _money(one: Money) -> dict[str, Any]:
    more = {"role": one.role, "per": one.per, "approx": one.approximate or None, "bound": one.bound or None}
    return {
        "text": one.text,
        "amount": _number(one.amount),
        "amount_to": _number(one.amount_to),
        "currency": one.currency,
        **{name: value for name, value in more.items() if value is not None},
        **_placed(one.place),
    }


def as_json(reading: Reading) -> dict[str, Any]:
    """The reading in the form that `bot understand` writes."""
    done = reading.activity
    return {
        "activity": {"kind": done.kind, "status": done.status} if done else None,
        "people": [_mention(one) for one in reading.people],
        "companies": [_mention(one) for one in reading.companies],
        "times": [_time(one) for one in reading.times],
        "money": [_money(one) for one in reading.money],
        "quantities": [
            {"text": one.text, "value": _number(one.value), "unit": one.unit, **_placed(one.place)}
            for one in reading.quantities
        ],
        "commitments": [
            {"by": one.by, "what": one.what, "due": one.due, **_placed(one.place)} for one in reading.commitments
        ],
        "phones": [{"text": one.text, "value": one.value, **_placed(one.place)} for one in reading.phones],
        "emails": [one.value for one in reading.emails],
        "tags": [one.value for one in reading.tags],
        "sentiment": reading.sentiment,
        "risks": [one.value for one in reading.risks],
        "stage": reading.stage.value if reading.stage else None,
        "question": reading.question,
        "unknown": [_mention(one) for one in reading.unknown],
        "note": reading.note,
    }


def why(reading: Reading) -> list[dict[str, Any]]:
    """For each fact the words it was read from and the rule that read them, in the order of the text."""
    lines = sorted(reading.trace, key=lambda line: (line[1].start, line[1].end))
    return [
        {
            "fact": fact,
            "words": reading.text[place.start : place.end],
            "span": [place.start, place.end],
            "rule": place.rule,
        }
        for fact, place in lines
    ]
