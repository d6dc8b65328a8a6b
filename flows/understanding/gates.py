# ruff: noqa: E501 -- a rule is one line
"""What a pattern cannot do without, read off its parse tree, so that most rules are never tried on most lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from re import _parser  # type: ignore[attr-defined]
from typing import Any, Final

DIGIT: Final = "\\d"
_DIGITS: Final = frozenset("0123456789")
_MANY: Final = 160
_WIDE: Final = 4000


@dataclass(frozen=True, slots=True)
class Gate:
    """`openings`: how a match can begin, by its first two characters; `needs`: sets of which one part each must be there."""

    openings: frozenset[str]
    needs: tuple[frozenset[str], ...]


def gate_of(pattern: str) -> Gate:
    tree = list(_parser.parse(pattern))
    openings = frozenset(opening for opening, _ in _openings(tree))
    needs = sorted(_needs(tree), key=_cost)[:3]
    return Gate(frozenset({""}) if len(openings) > _WIDE else openings, tuple(needs))


def _cost(parts: frozenset[str]) -> float:
    """How likely one of the parts is in any line."""
    return sum(_likelihood(part) for part in parts)


def _likelihood(part: str) -> float:
    if part == DIGIT:
        return 0.6
    if "\u3400" <= part[0] <= "\u9fff":
        return 0.04 if len(part) == 1 else 0.008
    return (0.5, 0.12, 0.03)[len(part) - 1] if part[0].isalpha() else 0.1


Openings = frozenset[tuple[str, bool]]
"""How a part of a pattern can begin, up to two characters, and whether what follows it may come right after."""

_NOTHING: Final[Openings] = frozenset({("", True)})
_ANYTHING: Final[Openings] = frozenset({("", False)})


def _openings(tree: Sequence[Any]) -> Openings:
    """How a sequence can begin."""
    found = _NOTHING
    for op, av in tree:
        if not any(is_open for _, is_open in found):
            break
        found = _then(found, _openings_of(str(op), av))
    return found


def _then(found: Openings, following: Openings) -> Openings:
    joined = {one for one in found if not one[1]}
    for begun, is_open in found:
        if is_open:
            joined |= {((begun + more)[:2], goes_on and len(begun + more) < 2) for more, goes_on in following}
    return frozenset(joined)


def _openings_of(name: str, av: Any) -> Openings:
    if name == "LITERAL":
        return frozenset({(key_of(chr(av)), True)})
    if name == "IN":
        members = _members(av)
        return _ANYTHING if members is None else frozenset((key_of(one), True) for one in members)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        once = _openings(list(av[2]))
        twice = _then(once, once) if av[1] > 1 else once
        return once | twice | (_NOTHING if av[0] == 0 else frozenset())
    if name == "SUBPATTERN":
        return _openings(list(av[3]))
    if name == "BRANCH":
        return frozenset().union(*(_openings(list(one)) for one in av[1]))
    return _NOTHING if name in ("AT", "ASSERT", "ASSERT_NOT") else _ANYTHING


def key_of(mark: str) -> str:
    """All digits count as one."""
    return "0" if mark in _DIGITS else mark


def _members(av: Iterable[Any]) -> frozenset[str] | None:
    """The characters of a class, or None when it is too wide to list."""
    found: set[str] = set()
    for op, value in av:
        name = str(op)
        if name == "LITERAL":
            found.add(chr(value))
        elif name == "RANGE" and value[1] - value[0] < _MANY:
            found |= {chr(code) for code in range(value[0], value[1] + 1)}
        elif name == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            found |= _DIGITS
        else:
            return None
    return frozenset(found)


def _needs(tree: Sequence[Any]) -> list[frozenset[str]]:
    """Every set of parts of which one must be in the text, for a sequence."""
    found: list[frozenset[str]] = []
    run = ""
    for op, av in tree:
        name = str(op)
        if name == "LITERAL" and chr(av).isalpha():
            run += chr(av)
            continue
        if name == "LITERAL" and chr(av) in "$€£¥%@":
            found.append(frozenset({chr(av)}))
        if run:
            found.append(frozenset({_part(run)}))
        run = ""
        found += _needs_of(name, av)
    if run:
        found.append(frozenset({_part(run)}))
    return found


def _needs_of(name: str, av: Any) -> list[frozenset[str]]:
    if name == "IN":
        members = _members(av)
        return (
            [frozenset(map(_single, members))]
            if members and all(one.isalnum() or one in "$€£¥" for one in members)
            else []
        )
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _needs(list(av[2])) if av[0] else []
    if name == "SUBPATTERN":
        return _needs(list(av[3]))
    if name == "ASSERT":
        return _needs(list(av[1]))
    if name == "BRANCH":
        return _needs_of_branches([_needs(list(one)) for one in av[1]])
    return []


def _needs_of_branches(branches: Sequence[list[frozenset[str]]]) -> list[frozenset[str]]:
    """Each branch by its rarest need; nothing when one branch needs nothing."""
    if not all(branches):
        return []
    joined = frozenset().union(*(min(needs, key=_cost) for needs in branches))
    return [joined] if len(joined) <= _MANY else []


def _single(mark: str) -> str:
    return DIGIT if mark in _DIGITS else mark


def _part(run: str) -> str:
    """The piece of a literal that is looked for: two Chinese characters or three letters at most."""
    chinese = [mark for mark in run if "\u3400" <= mark <= "\u9fff"]
    if chinese:
        return run[:2] if len(chinese) == len(run) else chinese[0]
    return run[:3]


@lru_cache(maxsize=8192)
def parts_of_word(word: str) -> frozenset[str]:
    """Every piece of up to three letters of a word."""
    return frozenset(word[place : place + size] for size in (1, 2, 3) for place in range(len(word) - size + 1))
