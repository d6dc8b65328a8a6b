"""What the contract needs to know of each adapter; a new one adds an entry here and a file beside this one.

A catalogue entry that is missing here fails `test_every_adapter_of_the_catalogue_is_described`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from bot.core.messages import Address
from bot.core.ports import Adapter, Call

SAMPLES = Path(__file__).parent / "samples"


@dataclass(frozen=True)
class Shown:
    """What a reader gets to see of a message, whatever it looks like on the line."""

    text: str = ""
    """Without what the adapter put between the characters to disarm them."""
    links: tuple[str, ...] = ()
    """Addresses that we made links of."""
    unasked: tuple[str, ...] = ()
    """Links and mentions that nobody asked for: the platform would make them of a person's words."""
    presses: tuple[str, ...] = ()
    """What the buttons carry."""
    changes: tuple[str, ...] = ()
    """Ids of earlier messages that are changed or taken away."""


@dataclass(frozen=True)
class Described:
    """One adapter, for the contract."""

    make: Callable[[], Adapter]
    """As it is when nothing has been sent or received yet, knowing who it is."""
    chat: Address
    samples: Path
    """Files {"update": what the platform sends, "events": what we make of it, as far as a test looks}."""
    pressed: Callable[[str], str]
    """The raw update of somebody pressing a button that carries this."""
    shown: Callable[[Sequence[Call]], Shown]
    accepts: Callable[[Call], None]
    """Raises where the platform would refuse the call."""
    unknown: tuple[str, ...] = ()
    """Raw updates of kinds that we do not know."""
    missing: Mapping[str, str] = field(default_factory=dict)
    """Rule → why this platform can't keep it; a strict expected failure."""


_MAKERS = {
    "telegram-staff": "tests.contract.telegram:staff",
    "telegram-customers": "tests.contract.telegram:customers",
    "slack": "tests.contract.slack:slack",
    "webhook": "tests.contract.webhook:webhook",
    "memory": "tests.contract.own_screens:memory",
    "browser": "tests.contract.own_screens:browser",
    "terminal": "tests.contract.own_screens:terminal",
}

UNDESCRIBED: Mapping[str, str] = {}
"""Catalogue entries whose makers still owe a descriptor: name → since when."""


def described(name: str) -> Described:
    """KeyError when nobody has described it."""
    module, _, maker = _MAKERS[name].partition(":")
    made: Any = getattr(import_module(module), maker)()
    assert isinstance(made, Described)
    return made


def is_described(name: str) -> bool:
    return name in _MAKERS
