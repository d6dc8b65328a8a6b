"""From the lookups to mentions: who is meant, one of several, or somebody new; firms first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from flows.understanding.characters import is_chinese
from flows.understanding.context import Context
from flows.understanding.facts import Mention, Place
from flows.understanding.names import LATIN_TITLES, Known, surname_of
from flows.understanding.people.beside import (
    AT_FIRM,
    NAME_VERB,
    OF_ROLE,
    OF_SOMEBODY,
    RIVAL,
    ROLE,
    WHERE,
)
from flows.understanding.people.candidates import MOST, Candidate
from flows.understanding.people.strangers_en import PERSON_VERB
from flows.understanding.people.strangers_zh import NICKNAME, TITLED
from flows.understanding.people.words import is_word
from flows.understanding.text import Text
from flows.understanding.wordlists import FIRM_TAILS, LATIN_FIRM_TAILS, SURNAMES

_AT: Final = re.compile(
    r"(?<![a-z])(?:at|from|@|of|visited|visit|client|customer|account|into|for) ?(?:the )?$|[(（,]\s?$"
)
_ASIDE: Final = re.compile(r" ?(?:[.;:(]|-(?= )|,(?! (?:and |& )?[A-Z][a-z]+ [A-Z]))")
_OF: Final = re.compile(r" ?(?:at|from|\()")
_RECENT: Final = timedelta(days=30)
_LONG_AGO: Final = timedelta(days=140)
"""Of namesakes the one touched lately is meant only when the others were not heard of for so long: a slip is silent."""

Kind = Literal["person", "firm"]


@dataclass(frozen=True, slots=True)
class People:
    """Those found, by kind, and the words that name nobody we know."""

    people: tuple[Mention, ...]
    companies: tuple[Mention, ...]
    unknown: tuple[Mention, ...]


class Choice:
    """From lookups to mentions, firms first, since they tell people of one name apart."""

    def __init__(
        self, text: Text, context: Context, hits: Sequence[Candidate], known: Mapping[str, tuple[Known, ...]],
        fuzzy: Sequence[Candidate], near: Mapping[str, tuple[Known, ...]],
    ) -> None:  # fmt: skip
        self.text, self.context = text, context
        self.hits, self.known, self.fuzzy, self.near = hits, known, fuzzy, near
        self.people: list[Mention] = []
        self.companies: list[Mention] = []
        self.unknown: list[Mention] = []

    def made(self) -> People:
        readings = [(one, self.known[one.text], "exact") for one in self.hits]
        readings += [(one, self.near[one.text], "near") for one in self.fuzzy if self._is_near(one)]
        linked = self._firms(readings)
        for one, found, way in readings:
            contacts = [known for known in found if known.kind == "contact"]
            customers = [known for known in found if known.kind == "customer"]
            if customers and not (contacts and self._is_person_place(one)):
                self._add_firm(one, customers, contacts, way, linked)
            elif contacts:
                self._add_person(one, contacts, way, linked, readings)
        self._add_unknown()
        return People(_sorted(self.people), _sorted(self.companies), _sorted(self.unknown))

    def _is_new_firm(self, one: Candidate) -> bool:
        """An unknown firm where a firm would stand, by its tail or the words beside it."""
        return one.text not in self.near and self._kind(one) == "firm"

    def _is_firm(self, hit: Candidate) -> bool:
        return any(known.kind == "customer" for known in self.known[hit.text])

    def _is_near(self, one: Candidate) -> bool:
        """Whether it may be somebody known; 赵总 of a firm that nobody knows is somebody new."""
        if one.text not in self.near:
            return False
        folded = self.text.folded
        titled = bool(surname_of(one.text)) and not any(self._is_firm(hit) for hit in self.hits)
        for other in self.fuzzy:
            if other.text in self.near or other is one:
                continue
            if titled and self._kind(other) == "firm":
                return False
            if other.end <= one.start and is_chinese(one.text[0]) and OF_ROLE.fullmatch(folded[other.end : one.start]):
                return False
            gap = folded[one.end : other.start] if one.end <= other.start < one.end + 40 else ""
            if gap and AT_FIRM.fullmatch(gap) and not is_chinese(one.text[0]):
                return False
        return True

    def _firms(self, readings: Sequence[tuple[Candidate, Sequence[Known], str]]) -> dict[str | int, Candidate]:
        """Every firm that some words of the line can mean, for telling people apart."""
        return {known.id: one for one, found, _ in readings for known in found if known.kind == "customer"}

    def _is_person_place(self, one: Candidate) -> bool:
        return bool(PERSON_VERB.search(self.text.folded[max(0, one.start - 12) : one.start].lower()))

    def _place(self, one: Candidate, way: str, confidence: float) -> Place:
        return Place(one.start, one.end, f"name: {way}", confidence)

    def _said(self, one: Candidate) -> str:
        return self.text.raw[one.start : one.end]

    def _add_firm(
        self,
        one: Candidate,
        customers: list[Known],
        contacts: list[Known],
        way: str,
        linked: Mapping[str | int, Candidate],
    ) -> None:
        if is_word(self.text, one, self.hits) and not self._beside_own_contact(customers):
            return
        named = {known.customer for hit in self.hits for known in self.known[hit.text] if known.kind == "contact"}
        beside = [known for known in customers if known.id in named] if len(customers) > 1 else []
        best = beside if len(beside) == 1 else self._ranked(customers) if not contacts else customers
        if len(best) == 1:
            self.companies.append(
                Mention(
                    self._said(one), best[0].id, self._place(one, way, 0.95 if way == "exact" else 0.75), (), best[0].id
                )
            )
        else:
            self.companies.append(
                Mention(self._said(one), None, self._place(one, way, 0.5), tuple(known.id for known in best))
            )

    def _beside_own_contact(self, customers: Sequence[Known]) -> bool:
        """Whether somebody who works there is named too."""
        ids = {known.id for known in customers}
        return any(
            known.customer in ids
            for one in self.hits
            for known in self.known[one.text]
            if known.kind == "contact" and len(one.text) > 1
        )

    def _add_person(
        self, one: Candidate, contacts: list[Known], way: str, linked: Mapping[str | int, Candidate],
        readings: Sequence[tuple[Candidate, Sequence[Known], str]],
    ) -> None:  # fmt: skip
        beside = [known for known in contacts if known.customer is not None and known.customer in linked]
        if is_word(self.text, one, self.hits) and not beside and " " not in one.text:
            return
        if self._is_wrong_firm(one, contacts, beside):
            self.people.append(Mention(self._said(one), None, self._place(one, "new at that firm", 0.6)))
            return
        if not beside and surname_of(one.text) and linked and all(known.customer is not None for known in contacts):
            self.people.append(Mention(self._said(one), None, self._place(one, "of the firm that is named", 0.6)))
            return
        best = self._nearest(one, beside, linked) if beside else self._ranked(contacts)
        if len(best) == 1:
            sure = 0.95 if way == "exact" else 0.75
            self.people.append(Mention(self._said(one), best[0].id, self._place(one, way, sure), (), best[0].customer))
        else:
            ids = tuple(known.id for known in best)
            self.people.append(Mention(self._said(one), None, self._place(one, way, 0.5), ids))

    def _nearest(self, one: Candidate, beside: list[Known], linked: Mapping[str | int, Candidate]) -> list[Known]:
        """Of those whose firm is named, the ones whose firm stands nearest."""
        if len(beside) < 2:
            return beside

        def distance(known: Known) -> int:
            firm = linked[known.customer if known.customer is not None else ""]
            return min(abs(firm.start - one.end), abs(one.start - firm.end))

        least = min(map(distance, beside))
        nearest = [known for known in beside if distance(known) == least]
        return nearest if len(nearest) == 1 else self._ranked(nearest)

    def _is_firm_before(self, before: str) -> bool:
        """Whether a firm stands right before the aside: Helios Chemicals (Marta Klein)."""
        name = before[: before.rfind("(")].rstrip()
        firms = [hit.text for hit in self.hits if self._is_firm(hit)]
        firms += [new.text for new in self.fuzzy if _has_firm_tail(new.text)]
        return any(name.endswith(firm) for firm in firms)

    def _is_wrong_firm(self, one: Candidate, contacts: Sequence[Known], beside: Sequence[Known]) -> bool:
        """ "Li Wei at Globex" when the only Li Wei known works elsewhere: somebody new."""
        if beside:
            return False
        folded = self.text.folded
        strangers = [new for new in self.fuzzy if self._is_new_firm(new)]
        if (
            _is_short(one)
            and not any(map(self._is_firm, self.hits))
            and any(_leads(folded, new, one) or AT_FIRM.fullmatch(folded[one.end : new.start]) for new in strangers)
        ):
            return True
        firms = [hit for hit in self.hits if self._is_firm(hit)]
        firms += [new for new in self.fuzzy if new.text not in self.near and _has_firm_tail(new.text)]
        follows = any(
            one.end <= hit.start < one.end + 40 and AT_FIRM.fullmatch(folded[one.end : hit.start]) for hit in firms
        )
        leads = any(hit.end <= one.start and OF_ROLE.fullmatch(folded[hit.end : one.start]) for hit in firms)
        leads = leads or any(folded[new.end : one.start] == "的" for new in self.fuzzy if new.text not in self.near)
        return (follows or leads) and all(known.customer is not None for known in contacts)

    def _ranked(self, found: Sequence[Known]) -> list[Known]:
        """The writer's own first, then the one touched lately when only one was; of a crowd, those touched last."""
        pool = [known for known in found if known.own] or found
        unique = list({known.id: known for known in pool}.values())
        if len(unique) < 2:
            return unique
        lately = [known for known in unique if self._touched_within(known, _RECENT)]
        if len(lately) == 1 and not any(
            self._touched_within(known, _LONG_AGO) for known in unique if known not in lately
        ):
            return lately
        return unique if len(unique) <= MOST else sorted(unique, key=_last_touch, reverse=True)[:MOST]

    def _touched_within(self, known: Known, span: timedelta) -> bool:
        return known.last_touch is not None and self.context.now - known.last_touch <= span

    def _add_unknown(self) -> None:
        for one in self.fuzzy:
            if self._is_near(one):
                continue
            mention = Mention(self._said(one), None, self._place(one, "looks like a name", 0.5))
            self.unknown.append(mention)
            (self.people if self._kind(one) == "person" else self.companies).append(mention)

    def _kind(self, one: Candidate) -> Kind:
        """Person or firm, by title, tail, or the words beside it."""
        if is_chinese(one.text[0]):
            return self._kind_in_chinese(one)
        words = one.text.lower().split()
        if kind := self._kind_in_brackets(one):
            return kind
        if words[0].rstrip(".") in LATIN_TITLES:
            return "person"
        if _is_tail(words[-1].strip(".")) or "&" in one.text or one.text.isupper() or "." in one.text:
            return "firm"
        left = self.text.folded[max(0, one.start - 14) : one.start].lower()
        if ROLE.search(left):
            return "person"
        if RIVAL.search(self.text.folded[max(0, one.start - 20) : one.start].lower()):
            return "firm"
        if WHERE.search(left) and any(0 < one.start - other.end < 8 for other in (*self.hits, *self.fuzzy)):
            return "firm"
        if len(words) == 2 and self._is_of_stranger(one):
            return "firm"
        right = self.text.folded[one.end : one.end + 6].lower()
        if _AT.search(left) and not _OF.match(right):
            return "firm" if len(words) < 2 or re.search(r"(?:at|@|\(|visited) ?$", left) else "person"
        return "person" if len(words) in (2, 3) or PERSON_VERB.search(left) or NAME_VERB.match(right + " ") else "firm"

    def _is_of_stranger(self, one: Candidate) -> bool:
        """Whether it stands between commas behind one stranger's full name: Eva Stone, Massive Dynamic, wants …"""
        if not _ASIDE.match(self.text.folded, one.end):
            return False
        return any(
            self.text.folded[other.end : one.start] == ", " and len(other.text.split()) == 2
            for other in self.fuzzy
            if other.text not in self.near
        )

    def _kind_in_chinese(self, one: Candidate) -> Kind:
        if self.text.folded.startswith("的", one.end) and any(other.start == one.end + 1 for other in self.fuzzy):
            return "firm"
        if one.text.endswith(FIRM_TAILS) or len(one.text) > 4:
            return "firm"
        if one.text[0] in SURNAMES:
            return "person"
        if self.text.folded.startswith("的", one.end) and len(one.text) < 4:
            return "firm"
        return "person" if TITLED.compiled.match(one.text) or NICKNAME.fullmatch(one.text) else "firm"

    def _kind_in_brackets(self, one: Candidate) -> Kind | None:
        before = self.text.folded[max(0, one.start - 40) : one.start]
        if before.rfind("(") <= before.rfind(")"):
            return None
        if ROLE.search(before[: before.rfind("(")].lower()) or OF_SOMEBODY.search(before.lower()):
            return "person"
        if len(one.text.split()) in (2, 3) and not _has_firm_tail(one.text) and self._is_firm_before(before):
            return "person"
        return "firm" if self.people and self.people[-1].place.end <= one.start else None


def _leads(folded: str, firm: Candidate, one: Candidate) -> bool:
    """Whether a firm stands so shortly before somebody that it may be theirs."""
    between = folded[firm.end : one.start]
    return firm.end <= one.start and len(between) < 40 and not any(mark in between for mark in ".!?;\n")


def _is_short(one: Candidate) -> bool:
    """A given name alone: many bear it."""
    return " " not in one.text and one.text.isascii()


def _is_tail(word: str) -> bool:
    return not LATIN_FIRM_TAILS.isdisjoint((word, word.removesuffix("s"), word.removesuffix("ies") + "y"))


def _has_firm_tail(name: str) -> bool:
    return name.endswith(FIRM_TAILS) or name.split()[-1].lower().strip(".") in LATIN_FIRM_TAILS


def _last_touch(known: Known) -> float:
    return known.last_touch.timestamp() if known.last_touch else 0.0


def _sorted(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    seen: dict[tuple[str, object], Mention] = {}
    for one in sorted(mentions, key=lambda mention: mention.place.start):
        seen.setdefault((one.mention.lower(), one.id), one)
    return tuple(seen.values())
