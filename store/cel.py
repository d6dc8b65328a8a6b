"""Reads the part of CEL that can become SQL: comparisons, and, or, not, lists, calls; the rest is `Beyond`.

What stands beyond it is not lost: such a condition is evaluated customer by customer (`store/segments.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

Value = str | int | float | bool
NO_VALUE = (ValueError, RuntimeError, TypeError, LookupError, ArithmeticError)
"""What evaluating raises where an expression can't be read, names what is not there, or has no value ("1 / 0")."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that stands in the text."""

    value: Value


@dataclass(frozen=True, slots=True)
class Name:
    """One of the documented names, or one of the firm's own fields."""

    name: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list of values."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function; a method's target is its first argument."""

    name: str
    arguments: tuple[Node, ...]
    method: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: Node


@dataclass(frozen=True, slots=True)
class Both:
    """`op` is &&, || or a comparison."""

    op: str
    left: Node
    right: Node


Node = Literal | Name | Items | Call | Not | Both


class Beyond(ValueError):
    """The text is no CEL, or CEL that we do not turn into SQL."""


_TOKEN = re.compile(
    r"""\s*(?:
    (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<name>[A-Za-z_]\w*)
    |(?P<mark>&&|\|\||==|!=|<=|>=|[-<>!()\[\],.])
    )""",
    re.VERBOSE | re.ASCII,
)
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">=", "in"})
DEEPEST = 40
MOST = 60
"""Conditions joined in one expression: each lies within the next one."""
LONGEST = 30
"""Characters of a number."""


def parse(text: str) -> Node:
    """The tree of an expression; raises Beyond."""
    reader = _Reader(list(_tokens(text)))
    found = reader.either(0)
    reader.end()
    return found


def written(node: Node) -> str:
    """The expression as CEL again."""
    match node:
        case Literal(value=bool() as value):
            return "true" if value else "false"
        case Literal(value=str() as value):
            return json.dumps(value, ensure_ascii=False)
        case Literal(value=value):
            return repr(value)
        case Name(name=name):
            return name
        case Items(items=items):
            return f"[{', '.join(map(written, items))}]"
        case Call(name=name, arguments=(target, *arguments), method=True):
            return f"{written(target)}.{name}({', '.join(map(written, arguments))})"
        case Call(name=name, arguments=arguments):
            return f"{name}({', '.join(map(written, arguments))})"
        case Not(part=part):
            return f"!({written(part)})"
        case Both(op=op, left=left, right=right):
            return f"({written(left)} {op} {written(right)})"


def parts(node: Node) -> Iterator[Node]:
    """What must hold at once, taken apart at the outer &&."""
    if isinstance(node, Both) and node.op == "&&":
        yield from parts(node.left)
        yield from parts(node.right)
    else:
        yield node


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at, text = 0, text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise Beyond(text[at : at + 20])
        yield match.lastgroup, match[match.lastgroup]
        at = match.end()


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0
        self._joined = 0

    def end(self) -> None:
        if self._at != len(self._tokens):
            raise Beyond(self._tokens[self._at][1])

    def either(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise Beyond("too deep")
        left = self._all(depth)
        while self._joins("||"):
            left = Both("||", left, self._all(depth))
        return left

    def _all(self, depth: int) -> Node:
        left = self._compared(depth)
        while self._joins("&&"):
            left = Both("&&", left, self._compared(depth))
        return left

    def _compared(self, depth: int) -> Node:
        left = self._single(depth)
        if self._peek() in _COMPARISONS:
            op = self._next()[1]
            left = Both(op, left, self._single(depth))
            if self._peek() in _COMPARISONS:
                raise Beyond(self._peek())
        return left

    def _single(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise Beyond("too deep")
        if self._take("!"):
            return Not(self._single(depth + 1))
        if self._take("-"):
            kind, word = self._next()
            if kind != "number":
                raise Beyond(word)
            return Literal(-_number(word))
        found = self._atom(depth)
        while self._take("."):
            kind, word = self._next()
            if kind != "name" or self._peek() != "(":
                raise Beyond(word)
            found = Call(word, (found, *self._arguments(depth)), method=True)
        if self._peek() == "[":
            raise Beyond("[")
        return found

    def _atom(self, depth: int) -> Node:
        kind, word = self._next()
        if kind == "string":
            return Literal(_string(word))
        if kind == "number":
            return Literal(_number(word))
        if word == "(":
            inner = self.either(depth + 1)
            self._expect(")")
            return inner
        if word == "[":
            return Items(tuple(self._until("]", depth)))
        if kind != "name" or word == "in":
            raise Beyond(word)
        if word in ("true", "false"):
            return Literal(word == "true")
        return Call(word, self._arguments(depth)) if self._peek() == "(" else Name(word)

    def _arguments(self, depth: int) -> tuple[Node, ...]:
        self._expect("(")
        return tuple(self._until(")", depth))

    def _until(self, closing: str, depth: int) -> Iterator[Node]:
        if self._take(closing):
            return
        while True:
            yield self.either(depth + 1)
            if self._take(closing):
                return
            self._expect(",")

    def _peek(self) -> str:
        if self._at >= len(self._tokens):
            return ""
        kind, word = self._tokens[self._at]
        return "" if kind == "string" else word

    def _next(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise Beyond("the end")
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, mark: str) -> bool:
        if self._peek() == mark:
            self._at += 1
            return True
        return False

    def _joins(self, mark: str) -> bool:
        taken = self._take(mark)
        self._joined += taken
        if self._joined > MOST:
            raise Beyond("too long")
        return taken

    def _expect(self, mark: str) -> None:
        if not self._take(mark):
            raise Beyond(self._peek())


def _number(word: str) -> int | float:
    if len(word) > LONGEST:
        raise Beyond(word[:LONGEST])
    return float(word) if "." in word else int(word)


def _string(word: str) -> str:
    inner = word[1:-1].replace('\\"', '"').replace("\\'", "'")
    if "\\" in inner.replace("\\\\", ""):
        raise Beyond(word)
    return inner.replace("\\\\", "\\")
