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
_SKIPPED: Final = frozenset(("AT", "ASSERT_NOT", "GROUPREF"))


@dataclass(frozen=True, slots=True)
class Gate:
    """`firsts`: the characters a match can begin with (None: any); `needs`: sets of which one part each must be there."""

    firsts: frozenset[str] | None
    needs: tuple[frozenset[str], ...]


def gate_of(pattern: str) -> Gate:
    tree = list(_parser.parse(pattern))
    firsts, is_open = _firsts(tree)
    needs = sorted(_needs(tree), key=_cost)[:3]
    return Gate(None if is_open else firsts, tuple(needs))


def _cost(parts: frozenset[str]) -> float:
    """How likely one of the parts is in any line."""
    return sum(_likelihood(part) for part in parts)


def _likelihood(part: str) -> float:
    if part == DIGIT:
        return 0.6
    if "\u3400" <= part[0] <= "\u9fff":
        return 0.04 if len(part) == 1 else 0.008
    return (0.5, 0.12, 0.03)[len(part) - 1] if part[0].isalpha() else 0.1


def _firsts(tree: Sequence[Any]) -> tuple[frozenset[str], bool]:
    """The characters that the first consumed place can hold, and whether it may hold any or none at all."""
    found: set[str] = set()
    for op, av in tree:
        name = str(op)
        if name in _SKIPPED or name == "ASSERT":
            if name == "GROUPREF" or name == "AT":
                return frozenset(found), True
            continue
        here, may_skip = _first_of(name, av)
        if here is None:
            return frozenset(found), True
        found |= here
        if not may_skip:
            return frozenset(found), False
    return frozenset(found), True


def _first_of(name: str, av: Any) -> tuple[frozenset[str] | None, bool]:
    if name == "LITERAL":
        return frozenset(chr(av)), False
    if name == "IN":
        return _members(av), False
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        inner, is_open = _firsts(list(av[2]))
        if is_open and not inner:
            return None, True
        return inner, av[0] == 0 or is_open
    if name == "SUBPATTERN":
        inner, is_open = _firsts(list(av[3]))
        return (inner, is_open) if inner else (None, True)
    if name == "BRANCH":
        every = [_firsts(list(one)) for one in av[1]]
        return frozenset().union(*(inner for inner, _ in every)), any(is_open for _, is_open in every)
    return None, True


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
