"""What goes in and out, as OpenAPI describes it; every limit is one of the tables' or of the chat's."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

T = TypeVar("T")
LARGEST = 2**53 - 1


def _printable(text: str) -> str:
    """Without what the engines can't keep and nobody can see."""
    kept = "".join(c for c in text if c in "\n\t" or (c.isprintable() and not "\ud800" <= c <= "\udfff"))
    return kept.encode("utf-8", "ignore").decode().strip()


def _filled(text: str) -> str:
    if not text:
        raise ValueError("must not be empty")
    return text


def _near(at: datetime) -> datetime:
    if not 1990 <= at.year <= 2100:
        raise ValueError("must lie between 1990 and 2100")
    return at


At = Annotated[AwareDatetime, AfterValidator(_near)]
Line = Annotated[str, StringConstraints(max_length=200), AfterValidator(_printable)]
Words = Annotated[str, StringConstraints(max_length=4000), AfterValidator(_printable)]
Name = Annotated[
    str, StringConstraints(min_length=1, max_length=200), AfterValidator(_printable), AfterValidator(_filled)
]
Number = Annotated[int, Field(ge=1, le=LARGEST)]
Tags = Annotated[list[Annotated[str, StringConstraints(min_length=1, max_length=40)]], Field(max_length=50)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """Why it was not done."""

    code: str
    message: str


class Failure(BaseModel):
    """The body of every refusal."""

    error: Problem


class Page(BaseModel, Generic[T]):
    """Some rows by number; `next` is the cursor of the rest, null at the end."""

    data: list[T]
    next: str | None = None


class CustomerIn(_In):
    """A new customer; contacts are added apart."""

    name: Name
    phone: Line = ""
    email: Line = ""
    source: Line = ""
    industry: Line = ""
    place: Line = ""
    tags: Tags = []


class CustomerPatch(_In):
    """Only what is named changes."""

    name: Name | None = None
    phone: Line | None = None
    email: Line | None = None
    source: Line | None = None
    industry: Line | None = None
    place: Line | None = None
    tags: Tags | None = Field(default=None, description="Tags to add; none is taken away.")


class CustomerOut(BaseModel):
    id: int
    name: str
    phone: str
    email: str
    source: str
    industry: str
    place: str
    stage: str
    tier: str
    score: int
    owner: int | None
    state: str
    last_touch: datetime | None
    created: datetime


class ContactIn(_In):
    name: Name
    title: Line = ""
    phone: Line = ""
    email: Line = ""


class ContactOut(BaseModel):
    id: int
    customer: int
    name: str
    title: str
    phone: str
    email: str


class ActivityIn(_In):
    """Something that was done with a customer."""

    customer: Number
    kind: Annotated[str, Field(pattern="^(call|meeting|visit|email|message|demo|note|request)$")] = "note"
    text: Words = ""
    at: At | None = None
    inbound: bool = False


class ActivityOut(BaseModel):
    id: int
    customer: int
    contact: int | None
    member: int | None
    kind: str
    status: str
    direction: str
    at: datetime
    text: str


class OrderIn(_In):
    """An order, an invoice or a payment; one with the same number of yours is taken in once."""

    customer: Number
    amount: Annotated[Decimal, Field(ge=0, le=10**12, decimal_places=2)]
    currency: Annotated[str, Field(pattern="^([A-Z]{3})?$")] = ""
    kind: Annotated[str, Field(pattern="^(order|invoice|payment)$")] = "order"
    what: Line = ""
    number: Annotated[str, StringConstraints(max_length=80), AfterValidator(_printable)] = ""
    at: At | None = None


class OrderOut(BaseModel):
    id: int
    customer: int
    kind: str
    number: str
    what: str
    amount: float
    currency: str
    at: datetime
    state: str


class EventIn(_In):
    """Something a customer did on your site or in your app: "viewed" "product B"."""

    customer: Number
    what: Annotated[
        str, StringConstraints(min_length=1, max_length=60), AfterValidator(_printable), AfterValidator(_filled)
    ]
    about: Line = ""
    number: Annotated[str, StringConstraints(max_length=80), AfterValidator(_printable)] = ""
    at: At | None = None


class EventOut(BaseModel):
    id: int
    customer: int
    what: str
    about: str
    number: str
    at: datetime


class LeadIn(_In):
    """Somebody who wants something of the firm."""

    name: Name
    phone: Line = ""
    email: Line = ""
    words: Words = ""
    source: Line = "api"


class LeadOut(BaseModel):
    id: int
    customer: int
    source: str
    words: str
    state: str
    member: int | None
    made: datetime


class ReminderIn(_In):
    """Something for a colleague to do; without `member` it is for the key's maker."""

    text: Name
    due: At
    customer: Number | None = None
    member: Number | None = None


class ReminderPatch(_In):
    done: bool


class ReminderOut(BaseModel):
    id: int
    member: int
    customer: int | None
    text: str
    due: datetime
    state: str
