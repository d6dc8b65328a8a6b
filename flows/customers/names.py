# ruff: noqa: E501 -- a rule is one line
"""Names in running text, looked up in the customer file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flows.turn import Turn
from flows.understanding.names import Known, surname_of
from flows.understanding.wordlists import COMMON, FIRM_TAILS
from store.models import Contact, Customer
from store.search import Hit
from store.search_keys import normal, spelt
from store.work import Work

_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W_][\w.&'’-]*")
_FIGURES = re.compile(r"(?=\D*\d)(?=.*[^\W\d_]|\d{1,2}-\d{1,2}$)[\w.& -]{2,30}$", re.ASCII)
_MARKED = re.compile(r"[^a-z\d]", re.IGNORECASE)
_QUOTES = frozenset("\"'“”‘’「」")
_FUZZY = 8
"""Words of a line that are looked up with a letter wrong."""
_LONGEST = 200
"""Characters of a command's text in which names are looked for."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """Whom a stretch of the text names."""

    hits: tuple[Hit, ...]
    start: int
    end: int


def recognise(turn: Turn, text: str) -> Recognised | None:
    """The longest stretch of the text that is exactly a name in the file; everyday words count only in quotes."""
    spans = {text[start:end]: (start, end) for start, end in _spans(text[:_LONGEST]) if _may_name(text, start, end)}
    found = turn.work.search.named(spans)
    if not found:
        return None
    name = max(found, key=lambda name: (len(name), -spans[name][0]))
    return Recognised(tuple(found[name]), *spans[name])


def named_places(turn: Turn, text: str) -> list[tuple[int, int]]:
    """Where the text has names of the file, the longest of those that overlap, in order."""
    spans = {text[start:end]: (start, end) for start, end in _spans(text[:_LONGEST]) if _may_name(text, start, end)}
    taken: list[tuple[int, int]] = []
    for start, end in sorted(
        (spans[name] for name in turn.work.search.named(spans)), key=lambda span: span[0] - span[1]
    ):
        if all(end <= first or last <= start for first, last in taken):
            taken.append((start, end))
    return sorted(taken)


def is_everyday(word: str) -> bool:
    """One letter, or an everyday word without a capital: nobody is called that by chance."""
    return word.isascii() and (len(word) < 2 or (word.islower() and word in COMMON))


def may_be_a_name(words: str) -> bool:
    """Whether somebody could be called so: no number of a choice, and no sentence or piece of one."""
    if words.isdecimal():
        return len(words) > 2
    if any(words.endswith(tail) for tail in FIRM_TAILS):
        return True
    if _CHINESE.search(words):
        return len(words) <= 16 and not _SPOKEN.search(words)
    is_sentence = _SUPERLATIVE.match(words) or _NOT.search(words) or _BEGINS.match(words)
    several = words.split()
    if len(several) > 1 and all(is_everyday(word) for word in several):
        return False
    return (len(several) < 4 or not words.islower()) and not is_sentence


_NOT = re.compile(
    r"\b(?:ca|wo|do|does|did|is|are|was|were|has|have|had|could|would|should)n['’]?t\b|\bcannot\b", re.IGNORECASE
)
_SUPERLATIVE = re.compile(r"the (?:most|least|[a-z]+est)\b|[a-z]+iest\b|most (?:busy|work|tickets|customers|deals)\b")
_BEGINS = re.compile(
    r"(?:they|he|she|there|just|not|no,|yes,|yesterday|tonight|tomorrow|today|make|change|remove|delete|same|only|still|also) [a-z\d ,.:'’-]+$|\d[\d.,]* not \d"
)
"""A piece of a sentence, all in small letters; a firm may be called Just Salad."""
_SPOKEN = re.compile(
    "^(?:改成|改为|改到|移除|删除|去掉|取消|先|再|又)|离职|辞职|\\d折$|[的了吗呢吧我你您他她们这那哪谁什怎请帮把给想要是不没有在就都也还，。；：]"
)


def _may_name(text: str, start: int, end: int) -> bool:
    quoted = text[max(0, start - 1) : start] in _QUOTES and text[end : end + 1] in _QUOTES
    return bool(start and quoted) or not is_everyday(text[start:end])


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Runs of up to five words, and pieces of two to ten Chinese characters."""
    words = [match.span() for match in _WORD.finditer(text)]
    for at in range(len(words)):
        for size in range(1, 6):
            if at + size <= len(words):
                yield words[at][0], words[at + size - 1][1]
    for match in _CHINESE.finditer(text):
        for start in range(match.start(), match.end()):
            for end in range(start + 2, min(start + 11, match.end() + 1)):
                yield start, end


class FileNames:
    """The customer file as the reader of free text asks it: one query for exact names, one for similar ones.

    Ids are "c12" for a customer and "p34" for a contact, so that the two are never mixed up.
    """

    def __init__(self, work: Work, member: int) -> None:
        self._work = work
        self._member = member

    def exact(self, mentions: Collection[str]) -> Mapping[str, tuple[Known, ...]]:
        """Who bears exactly these names; what this member calls somebody comes before what others do."""
        spoken = {normal(mention): mention for mention in mentions}
        own = self._work.customers.called(self._member, list(spoken))
        found = {**self._work.search.recognised(mentions, self._member)}
        found |= {spoken[name]: [Hit(customer, contact)] for name, (customer, contact) in own.items()}
        known = self._known(found)
        strange = [mention for mention in mentions if mention not in known]
        return {**self._loosely(strange), **self._in_figures(strange), **known}

    def _in_figures(self, mentions: Sequence[str]) -> Mapping[str, tuple[Known, ...]]:
        """Names whose numbers are words in the file: 7-11."""
        ways = {mention: spelt(normal(mention)) for mention in mentions if _FIGURES.match(mention)}
        found = self._work.search.recognised([way for several in ways.values() for way in several], self._member)
        hits = {name: [hit for way in several for hit in found.get(way, ())] for name, several in ways.items()}
        return self._known({name: several for name, several in hits.items() if several})

    def _loosely(self, mentions: Sequence[str]) -> Mapping[str, tuple[Known, ...]]:
        """Names in Latin letters that are written with other marks than in the file: ao smith, O Brien & Sons."""
        marked = [mention for mention in mentions if _MARKED.search(mention) and mention.isascii()]
        found = self._known(self._work.search.loosely(marked, self._member)) if marked else {}
        latin = {name: tuple(one for one in known if not _CHINESE.search(one.name)) for name, known in found.items()}
        return {name: known for name, known in latin.items() if known}

    def near(self, mentions: Collection[str]) -> Mapping[str, tuple[Known, ...]]:
        """This member's own people of a surname with a title; else who sounds like them, or is one letter away."""
        search = self._work.search
        titled = {mention: surname for mention in mentions if (surname := surname_of(mention))}
        rest = [mention for mention in mentions if mention not in titled]
        found = {mention: search.surnamed(surname, self._member) for mention, surname in titled.items()}
        found |= search.sounding([mention for mention in rest if _CHINESE.search(mention)])
        for mention in rest[:_FUZZY]:
            if mention not in found:
                found[mention] = search.misspelt(mention)
        return self._known({mention: hits for mention, hits in found.items() if hits})

    def _known(self, found: Mapping[str, Sequence[Hit]]) -> Mapping[str, tuple[Known, ...]]:
        hits = [hit for several in found.values() for hit in several]
        if not hits:
            return {}
        firms = {customer.id: customer for customer in self._work.search.customers(hits)}
        people = {contact.id: contact for contact in self._work.search.contacts(hits)}
        return {name: _all(firms, people, several, self._member) for name, several in found.items()}


def _all(
    firms: Mapping[int, Customer], people: Mapping[int, Contact], hits: Sequence[Hit], member: int
) -> tuple[Known, ...]:
    out = []
    for hit in dict.fromkeys(hits):
        firm = firms.get(hit.customer)
        if firm is None or firm.state != "active":
            continue
        own = firm.owner == member
        if hit.contact and (person := people.get(hit.contact)):
            out.append(Known("contact", f"p{person.id}", person.name, f"c{firm.id}", own, firm.last_touch))
        elif not hit.contact:
            out.append(Known("customer", f"c{firm.id}", firm.name, f"c{firm.id}", own, firm.last_touch))
    return tuple(out)
