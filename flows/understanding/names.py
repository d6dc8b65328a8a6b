"""Who is known: the lookup that the parser asks, and one that holds its names in memory."""

import json
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal, Protocol

from flows.understanding.characters import fold, is_chinese
from flows.understanding.lazily import lazy
from flows.understanding.wordlists import SURNAMES
from store.shortened import shortened

Id = str | int
_ACCENTED: Final = lazy("[\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]")

TITLES: Final = [
    "总经理",
    "副总",
    "总监",
    "经理",
    "主任",
    "老师",
    "老板",
    "厂长",
    "校长",
    "院长",
    "部长",
    "处长",
    "科长",
    "局长",
    "行长",
    "店长",
    "队长",
    "组长",
    "会长",
    "秘书",
    "助理",
    "律师",
    "医生",
    "教授",
    "先生",
    "女士",
    "小姐",
    "总",
    "董",
    "工",
    "姐",
    "哥",
    "博",
    "处",
    "局",
    "生",
    "太太",
    "叔",
    "阿姨",
    "师傅",
    "老师傅",
    "会计",
    "主管",
    "工程师",
    "院士",
    "所长",
    "馆长",
    "书记",
    "镇长",
    "村长",
    "董事长",
    "总裁",
    "总工",
    "副总裁",
    "襄理",
    "协理",
    "课长",
    "副理",
    "专员",
    "老总",
    "园长",
    "总助",
    "台长",
    "社长",
]
LATIN_TITLES: Final = frozenset(["mr", "mrs", "ms", "miss", "dr", "prof", "mister", "madam"])


@dataclass(frozen=True, slots=True)
class Known:
    """A firm, or a person who works at one, as the customer file has them."""

    kind: Literal["customer", "contact"]
    id: Id
    name: str
    customer: Id | None = None
    own: bool = False
    last_touch: datetime | None = None
    aliases: tuple[str, ...] = ()


class Names(Protocol):
    """Each is asked at most once a message, with every candidate at a time."""

    def exact(self, mentions: Collection[str]) -> Mapping[str, tuple[Known, ...]]:
        """Those who bear exactly such a name, alias or short form, spelling, case and script aside."""
        ...

    def near(self, mentions: Collection[str]) -> Mapping[str, tuple[Known, ...]]:
        """Those whose name sounds the same, is one slip away, or fits a surname with a title."""
        ...


def normal(name: str) -> str:
    """One spelling for every way to write a name."""
    if name.isascii():
        return " ".join(name.lower().split())
    folded = fold(unicodedata.normalize("NFKC", name)).casefold()
    plain = "".join(mark for mark in unicodedata.normalize("NFD", folded) if not unicodedata.combining(mark))
    return " ".join(plain.split())


def normals(names: Collection[str]) -> list[str]:
    """All of them in one spelling, in one go."""
    joined = "\n".join(names)
    if "  " in joined or "\t" in joined or joined.count("\n") >= max(len(names), 1):
        return [normal(name) for name in names]
    spelt = joined.lower() if joined.isascii() else fold(unicodedata.normalize("NFKC", joined)).casefold()
    if _ACCENTED.search(spelt):
        spelt = "".join(mark for mark in unicodedata.normalize("NFD", spelt) if not unicodedata.combining(mark))
    return spelt.split("\n") if names else []


def short_forms(name: str, kind: str) -> tuple[str, ...]:
    """How people shorten a name: a given name, a firm's first word, a Chinese firm without its tail."""
    return shortened(normal(name), person=kind == "contact")


def surname_of(mention: str) -> str:
    """The surname in 王总 or Mr. Li, else nothing."""
    spelt = normal(mention)
    words = spelt.replace(".", " ").split()
    if len(words) == 2 and words[0] in LATIN_TITLES:
        return words[1]
    if len(spelt) == 2 and spelt[0] in "老小" and spelt[1] in SURNAMES:
        return spelt[1]
    for title in TITLES:
        stem = spelt.removesuffix(title)
        if stem != spelt and 1 <= len(stem) <= 2:
            return stem
    return ""


@cache
def _sounds() -> dict[str, str]:
    """Each Chinese character's most common sound, from the table of pypinyin, whose import would take longer."""
    spec = find_spec("pypinyin")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        return {}
    readings_of: dict[str, str] = json.loads(Path(folders[0], "pinyin_dict.json").read_text(encoding="utf-8"))
    table: dict[str, str] = {}
    for code, readings in readings_of.items():
        first = unicodedata.normalize("NFD", readings.split(",")[0])
        table[chr(int(code))] = "".join(mark for mark in first if mark.isascii())
    return table


def sound(name: str) -> str:
    """A name as it sounds: 刘扬 and 刘洋 are one."""
    table = _sounds()
    return " ".join(table.get(mark, mark) for mark in name)


def slips(word: str) -> set[str]:
    """Every spelling one letter away, swaps included."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    made = {a + b[1:] for a, b in cuts if b}
    made |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    made |= {a + letter + b[1:] for a, b in cuts if b for letter in letters}
    made |= {a + letter + b for a, b in cuts for letter in letters}
    return made - {word}


class _Nobody:
    def exact(self, mentions: Collection[str]) -> Mapping[str, tuple[Known, ...]]:
        return {}

    def near(self, mentions: Collection[str]) -> Mapping[str, tuple[Known, ...]]:
        return {}


NOBODY: Final[Names] = _Nobody()


_LONGEST: Final = 96
"""Letters of a name that is looked for among misspelt ones."""


class MemoryNames:
    """Names in a dictionary, for tests, benchmarks and the command line."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_name: dict[str, Known | list[Known]] = {}
        self._by_sound: dict[str, set[str]] | None = None
        self._by_surname: dict[str, list[Known]] = {}
        self._own: list[Known] = []
        for one in known:
            self.add(one)

    @classmethod
    def from_lists(cls, lists: Mapping[str, Any], own: bool = True) -> "MemoryNames":
        """From {"companies": [{id, names}], "people": [{id, name, company}]}; all count as the writer's own."""
        firms = (
            Known("customer", firm["id"], firm["names"][0], None, firm.get("own", own), None, tuple(firm["names"][1:]))
            for firm in lists.get("companies", ())
        )
        people = (
            Known(
                "contact",
                one["id"],
                one["name"],
                one.get("company"),
                one.get("own", own),
                None,
                tuple(one.get("aliases", ())),
            )
            for one in lists.get("people", ())
        )
        return cls([*firms, *people])

    def add(self, one: Known) -> None:
        """One more name; it is found at once."""
        forms = dict.fromkeys([normal(one.name), *map(normal, one.aliases), *short_forms(one.name, one.kind)])
        for form in forms:
            here = self._by_name.get(form)
            if here is None:
                self._by_name[form] = one
            elif isinstance(here, list):
                here.append(one)
            else:
                self._by_name[form] = [here, one]
        if one.own:
            self._own.append(one)
        if self._by_sound is not None:
            for form in forms:
                self._add_sound(form)

    def _add_sound(self, form: str) -> None:
        if self._by_sound is not None and form and is_chinese(form[0]):
            self._by_sound.setdefault(sound(form), set()).add(form)

    def _of(self, form: str) -> tuple[Known, ...]:
        here = self._by_name.get(form)
        return () if here is None else tuple(here) if isinstance(here, list) else (here,)

    def exact(self, mentions: Collection[str]) -> Mapping[str, tuple[Known, ...]]:
        by_name = self._by_name
        found: dict[str, tuple[Known, ...]] = {}
        for mention, form in zip(mentions, normals(mentions), strict=True):
            here = by_name.get(form)
            if here is not None:
                found[mention] = tuple(here) if isinstance(here, list) else (here,)
        return found

    def near(self, mentions: Collection[str]) -> Mapping[str, tuple[Known, ...]]:
        found: dict[str, tuple[Known, ...]] = {}
        for mention in mentions:
            if surname := surname_of(mention):
                here = [one for one in self._own if one.kind == "contact" and _bears(one.name, surname)]
            elif any(map(is_chinese, mention)):
                here = self._sounding(normal(mention))
            else:
                here = self._misspelt(normal(mention))
            if here:
                found[mention] = tuple(here)
        return found

    def _sounding(self, name: str) -> list[Known]:
        if self._by_sound is None:
            self._by_sound = {}
            for form in self._by_name:
                self._add_sound(form)
        forms = self._by_sound.get(sound(name), ())
        return list({one.id: one for form in forms for one in self._of(form)}.values())

    def _misspelt(self, name: str) -> list[Known]:
        if not 5 <= len(name) <= _LONGEST:
            return []
        found = {
            one.id: one for slip in slips(name) for one in self._of(slip) if slip == normal(one.name) or len(slip) > 4
        }
        return list(found.values())


def _bears(name: str, surname: str) -> bool:
    spelt = normal(name)
    return (
        spelt.startswith(surname)
        if is_chinese(spelt[0])
        else spelt.split(" ")[-1] == surname or spelt.split(" ")[0] == surname
    )
