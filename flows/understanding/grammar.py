"""Rules as lines: a pattern over words of known kinds, what it means, and one example that is its test."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Generic, TypeVar, overload

from flows.understanding.gates import Gate, gate_of
from flows.understanding.text import Text
from flows.understanding.vocabulary import KINDS

T = TypeVar("T")

_MACRO: Final = re.compile(r"\{([a-z]\w*)(?::(\w+))?\}")
_BLANK: Final = re.compile(r"\(\?<[=!][^()]*\)|\[[^\]]*\]|\\.| ")


class Found:
    """One match of a rule: the worth of each word by the name of its kind, None where it was left out."""

    __slots__ = ("_match", "_worths")

    def __init__(self, match: re.Match[str], worths: dict[str, str]) -> None:
        self._match = match
        self._worths = worths

    def __getitem__(self, name: str) -> Any:
        words = self._match.groupdict().get(name)
        return None if words is None else KINDS[self._worths[name]][1](words)

    def text(self, name: str = "") -> str:
        """What was written, for groups that are no kind."""
        return self._match.groupdict().get(name) or "" if name else self._match[0]

    def left(self, length: int = 12) -> str:
        """What stands before the match."""
        start = self._match.start()
        return self._match.string[max(0, start - length) : start]

    def right(self, length: int = 12) -> str:
        """What stands after the match."""
        end = self._match.end()
        return self._match.string[end : end + length]

    @property
    def names(self) -> frozenset[str]:
        """The groups that took part in the match."""
        return frozenset(name for name, words in self._match.groupdict().items() if words is not None)

    @property
    def span(self) -> tuple[int, int]:
        return self._match.span()


@dataclass(frozen=True)
class Rule(Generic[T]):
    """A pattern ({kind} stands for a word of that kind, a blank for up to three blanks), its meaning, its example."""

    pattern: str
    make: Callable[[Found], T | None]
    example: str
    expected: str

    @property
    def name(self) -> str:
        return f"{self.pattern} ({self.example})"

    @cached_property
    def worths(self) -> dict[str, str]:
        return {f"{kind}_{tag}" if tag else kind: kind for kind, tag in _MACRO.findall(self.pattern)}

    @cached_property
    def expanded(self) -> str:
        """The pattern as a regular expression."""

        def expand(macro: re.Match[str]) -> str:
            kind, tag = macro[1], macro[2]
            return f"(?P<{kind}_{tag}>{KINDS[kind][0]})" if tag else f"(?P<{kind}>{KINDS[kind][0]})"

        loose = _BLANK.sub(lambda m: "[ ]{0,3}" if m[0] == " " else m[0], self.pattern)
        return _MACRO.sub(expand, loose)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.expanded)

    @cached_property
    def gate(self) -> Gate:
        return gate_of(self.expanded)

    def _made(self, found: Found) -> T | None:
        """A figure too large for the calendar, or a word of no worth here, means that the words mean something else."""
        try:
            return self.make(found)
        except (ValueError, OverflowError, LookupError):
            return None

    def meaning(self, match: re.Match[str]) -> tuple[Found, T] | None:
        """What a match means, if it means something."""
        found = Found(match, self.worths)
        value = self._made(found)
        return None if value is None else (found, value)


class Book(Sequence[Rule[T]]):
    """Rules with an index of what each cannot do without."""

    def __init__(self, rules: Iterable[Rule[T]], left_out: Rule[T] | None = None) -> None:
        self._rules = tuple(rules)
        self._left_out = left_out

    @overload
    def __getitem__(self, place: int) -> Rule[T]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Rule[T]]: ...
    def __getitem__(self, place: int | slice) -> Rule[T] | Sequence[Rule[T]]:
        return self._rules[place]

    def __len__(self) -> int:
        return len(self._rules)

    @cached_property
    def _index(self) -> "_Index":
        return _Index([rule.gate for rule in self._rules])

    def hits(self, text: Text) -> list[tuple[Found, T, Rule[T]]]:
        """Every match of every rule, those of earlier rules first, tried only where one can begin."""
        fitting = self._index.fitting(text)
        if not fitting:
            return []
        found: list[tuple[int, int, Found, T]] = []
        low, rules, left_out = text.low, self._rules, self._left_out
        opening, openings = self._index.opening, self._index.openings
        for key, places in text.starts.items():
            begun = openings.get(key)
            for number in (opening(key) if begun is None else begun) & fitting:
                rule = rules[number]
                if rule is left_out:
                    continue
                read = rule.compiled.match
                for place in places:
                    match = read(low, place)
                    if match and match.end() > place and (hit := rule.meaning(match)):
                        found.append((number, place, *hit))
        found.sort(key=lambda hit: hit[:2])
        return [(hit[2], hit[3], rules[hit[0]]) for hit in found]

    def without(self, left_out: Rule[T]) -> "Book[T]":
        """The same rules but one, sharing the index."""
        book = Book(self._rules, left_out)
        book.__dict__["_index"] = self._index
        return book


class _Index:
    """Which rules a text has the parts for, and which can begin with two given characters."""

    def __init__(self, gates: Sequence[Gate]) -> None:
        self._gates = gates
        self._by_part: dict[str, set[int]] = {}
        self._by_opening: dict[str, set[int]] = {}
        self.openings: dict[str, frozenset[int]] = {}
        """What `opening` has answered."""
        self._always = frozenset(number for number, gate in enumerate(gates) if not gate.needs)
        for number, gate in enumerate(gates):
            for part in gate.needs[0] if gate.needs else ():
                self._by_part.setdefault(part, set()).add(number)
            for opening in gate.openings:
                self._by_opening.setdefault(opening, set()).add(number)

    def fitting(self, text: Text) -> set[int]:
        parts, by_part = text.parts, self._by_part
        numbers = set(self._always).union(*(by_part[part] for part in parts & by_part.keys()))
        return {number for number in numbers if not any(map(parts.isdisjoint, self._gates[number].needs[1:]))}

    def opening(self, key: str) -> frozenset[int]:
        """Kept for each pair of characters once met; there are not many that a rule knows."""
        by_opening = self._by_opening
        known = frozenset[int]().union(*(by_opening.get(one, ()) for one in ("", key[:1], key)))
        if len(self.openings) < _PAIRS:
            self.openings[key] = known
        return known


_PAIRS: Final = 20_000


def longest(book: Book[T], text: Text) -> list[tuple[Found, T, Rule[T]]]:
    """The matches of all rules that do not overlap, longer ones first, then those of earlier rules."""
    hits = book.hits(text)
    hits.sort(key=lambda hit: hit[0].span[0] - hit[0].span[1])
    taken: list[tuple[Found, T, Rule[T]]] = []
    used = bytearray(len(text.low))
    for hit in hits:
        start, end = hit[0].span
        if not any(used[start:end]):
            used[start:end] = b"\1" * (end - start)
            taken.append(hit)
    taken.sort(key=lambda hit: hit[0].span[0])
    return taken
