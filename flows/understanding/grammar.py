"""Rules as lines: a pattern over words of known kinds, what it means, and one example that is its test."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

from flows.understanding.text import Text
from flows.understanding.vocabulary import KINDS

T = TypeVar("T")

_MACRO: Final = re.compile(r"\{([a-z]\w*)(?::(\w+))?\}")
_BLANK: Final = re.compile(r"\(\?<[=!][^()]*\)|\[[^\]]*\]|\\.| ")
_CLASS: Final = re.compile(r"\[[^\]]*\]\??")
_LOOSE: Final = re.compile(r"\([^()]*\)(\?|\*|\{0)?")
_ESCAPE: Final = re.compile(r"\\[a-zA-Z](?:\{[\d,]+\})?\??|\\.\??")
_LITERAL: Final = re.compile(r"[a-z']{2,}|[\u3400-\u9fff]+")
_BY_WORD: Final = frozenset({"month", "weekday", "weekdays", "rel", "day", "zone", "unit", "part"})
_FIGURES: Final = frozenset({"z", "zd", "zm", "zh", "zmin", "zy", "zy2"})


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
    def compiled(self) -> re.Pattern[str]:
        def expand(macro: re.Match[str]) -> str:
            kind, tag = macro[1], macro[2]
            return f"(?P<{kind}_{tag}>{KINDS[kind][0]})" if tag else f"(?P<{kind}>{KINDS[kind][0]})"

        loose = _BLANK.sub(lambda m: "[ ]{0,3}" if m[0] == " " else m[0], self.pattern)
        return re.compile(_MACRO.sub(expand, loose))

    @cached_property
    def gate(self) -> tuple[frozenset[str], tuple[str, ...], bool]:
        """The kinds and the literal words without which the rule cannot match, and whether it is a Chinese rule."""
        rest = _CLASS.sub(" ", self.pattern)
        while (shorter := _LOOSE.sub(_inside, rest)) != rest:
            rest = shorter
        if "|" in rest:
            return frozenset(), (), False
        kinds = frozenset(kind for kind, _, mark in re.findall(r"\{([a-z]\w*)(?::(\w+))?\}(\??)", rest) if not mark)
        rest = re.sub(r".\?", " ", _ESCAPE.sub(" ", _MACRO.sub(" ", rest)))
        is_chinese = bool(re.search("[\u3400-\u9fff]", rest)) or any(
            kind in _FIGURES or "_zh" in kind for kind in kinds
        )
        return kinds & _BY_WORD, tuple(_LITERAL.findall(rest)), is_chinese

    def _made(self, found: Found) -> T | None:
        """A figure too large for the calendar means that the words mean something else."""
        try:
            return self.make(found)
        except (ValueError, OverflowError):
            return None

    def matches(self, text: Text) -> Iterator[tuple[Found, T]]:
        kinds, literals, is_chinese = self.gate
        if not kinds <= text.kinds or (is_chinese and not text.has_chinese):
            return
        low = text.low
        for literal in literals:
            if literal not in low:
                return
        for match in self.compiled.finditer(low):
            found = Found(match, self.worths)
            value = self._made(found)
            if value is not None:
                yield found, value


def _inside(group: re.Match[str]) -> str:
    """A bracket that must be there and offers no choice counts as its content; any other as nothing."""
    if group[1] or "|" in group[0] or group[0].startswith(("(?=", "(?!", "(?<")):
        return " "
    return re.sub(r"^\((\?:|\?P<\w+>)?", " ", group[0]).removesuffix(")") + " "


def longest(rules: Iterable[Rule[T]], text: Text) -> list[tuple[Found, T, Rule[T]]]:
    """The matches of all rules that do not overlap, longer ones first, then those of earlier rules."""
    hits = [(found, value, rule) for rule in rules for found, value in rule.matches(text)]
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


def without(rules: Sequence[Rule[T]], left_out: Rule[T]) -> tuple[Rule[T], ...]:
    return tuple(rule for rule in rules if rule is not left_out)
