"""What other topics may want to know of tickets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TicketOpened:
    """A request came in, or somebody wrote one down; it may have no owner yet."""

    ticket: int


@dataclass(frozen=True, slots=True)
class TicketAssigned:
    """It has another owner, or None; `before` had it until now, `by` is the member who decided, None for a rule."""

    ticket: int
    before: int | None
    by: int | None = None


@dataclass(frozen=True, slots=True)
class TicketMoved:
    """It came into another step, and perhaps another state."""

    ticket: int
    step: str
    """The step it left."""
    state: str
    """The state it left."""


@dataclass(frozen=True, slots=True)
class TicketSolved:
    """A person of ours, or a rule (`by` None), says that it is done; `ask` is False where no survey is wanted."""

    ticket: int
    by: int | None
    ask: bool = True


@dataclass(frozen=True, slots=True)
class TicketReopened:
    """The customer, or one of us, says that it is not done after all."""

    ticket: int


@dataclass(frozen=True, slots=True)
class TicketChanged:
    """Something else that its card shows is different: kind, priority, a note."""

    ticket: int


@dataclass(frozen=True, slots=True)
class TicketMerged:
    """It was another one's double; what was said in it stands there now."""

    ticket: int
    into: int


@dataclass(frozen=True, slots=True)
class NoteWritten:
    """Somebody wrote something down in a ticket, for us alone."""

    ticket: int
    line: int


@dataclass(frozen=True, slots=True)
class CustomerSaid:
    """A customer's words were filed in a ticket; `polite` ones ("thanks") want no answer."""

    ticket: int
    line: int
    polite: bool = False


@dataclass(frozen=True, slots=True)
class CustomerAnswered:
    """A person's words reached the customer (or may have: the platform could not say)."""

    ticket: int
    line: int


@dataclass(frozen=True, slots=True)
class AnswerFailed:
    """A person's words did not reach the customer: that is no answer."""

    ticket: int
    line: int
    error: str
