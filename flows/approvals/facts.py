"""What other topics may want to know of approvals."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decided:
    """Somebody has decided; `subject` names the thing ("quote:12"), `state` is approved or rejected."""

    approval: int
    subject: str
    state: str
