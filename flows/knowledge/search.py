"""Finding the article that answers a question, offline, in English and Chinese. Pure.

A text becomes features: stems of English words, pairs of Chinese characters, and concepts (words that mean the same, in
either language). Articles are ranked by BM25 (Robertson and Zaragoza, 2009) with the title counted thrice. What an
article leaves of the question unexplained decides whether it is offered at all: a question that shares one common word
with an article is not answered by it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from flows.knowledge.concepts import CONCEPTS

TITLE = 3.0
"""How much more a word counts in a title than in a body."""
K1, B = 1.2, 0.75
"""BM25's usual constants."""
SURE, LIKELY = 0.5, 0.25
"""Shares of a question that an article must explain: to be offered to a customer, to be shown to one of us."""
FEW = 30
"""Articles that a young firm is taken to have, so that a word of its only one is not taken for a common word."""
GAP = 3
"""Words that may stand between the words of a phrase: "send the gloves back"."""
_WORD = re.compile(r"[a-z0-9][a-z0-9'\-]*|[\u3400-\u9fff]+")
_COMMON = (
    "a an the and or of to in on at for from with without by is are was were be been am do does did done can could will"
    " would shall should may might must have has had i me my we us our you your he she it its they them their this that"
    " these those there here what which who whom whose when where why how if then so as not no yes please hi hello"
    " thanks thank any one get got need want like know tell let just only also very much many more most about into"
    " up down off over after before again still already now today i'd i'm we'd we're it's don't can't doesn't won't"
    " never ever some out possible there's what's where's pm ok"
)
_STOP = frozenset(_COMMON.split())
_FILLER = re.compile(
    "请问|麻烦|想问|问一下|一下|你们|我们|您们|他们|你|您|我|怎么样|怎么|如何|怎样|什么时候|什么|哪里|哪儿|哪个|多久|多长时间|可以|能不能|可不可以|能否|是不是|有没有|"
    "能|会|想|要|吗|呢|吧|啊|呀|了|的|地|得|是|有|在|和|与|就|都|还|也|给|把|被|个|这|那|很|太|没|不|请|啥|哪|到底|需要"
)
Features = Mapping[str, float]
_Concept = tuple[int, tuple[str, ...], frozenset[str], tuple[re.Pattern[str], ...]]
"""Its number, Chinese words, stems of English ones, and English phrases."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is searched: a title and a body, in whatever languages it was written, and its tags."""

    id: int
    titles: tuple[str, ...]
    bodies: tuple[str, ...]
    tags: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article with its rank, and the share of the question that it explains (0 to 1)."""

    id: int
    score: float
    share: float


class Index:
    """A firm's articles, made ready; small enough to be made anew whenever one is asked (thousands a second)."""

    def __init__(self, documents: Iterable[Document], same: Sequence[str] = ()) -> None:
        self._same = tuple(same)
        self._counted = {document.id: self._of(document) for document in documents}
        self._lengths = {id: sum(found.values()) for id, found in self._counted.items()}
        self._usual = sum(self._lengths.values()) / max(len(self._lengths), 1)
        self._in = Counter(feature for found in self._counted.values() for feature in found)

    def _of(self, document: Document) -> Features:
        found: defaultdict[str, float] = defaultdict(float)
        for weight, texts in ((TITLE, (*document.titles, document.tags)), (1.0, document.bodies)):
            for words in texts:
                for feature in features(words, self._same):
                    found[feature] += weight
        return found

    def _rarity(self, feature: str) -> float:
        known, whole = self._in.get(feature, 0), max(len(self._counted), FEW)
        return math.log(1 + (whole - known + 0.5) / (known + 0.5))

    def find(self, question: str, *, least: float = LIKELY, most: int = 3) -> list[Hit]:
        """The best articles that explain at least so much of the question, the best first."""
        asked = {feature: self._rarity(feature) * worth(feature) for feature in features(question, self._same)}
        whole = sum(asked.values())
        if not whole:
            return []
        hits = []
        for id, found in self._counted.items():
            shared = [feature for feature in asked if feature in found]
            if not any(feature[0] == "=" or found[feature] >= TITLE for feature in shared):
                continue
            long = K1 * (1 - B + B * self._lengths[id] / self._usual)
            score = sum(asked[f] * found[f] * (K1 + 1) / (found[f] + long) for f in shared)
            hits.append(Hit(id, score, sum(asked[f] for f in shared) / whole))
        hits.sort(key=lambda hit: (-hit.score, hit.id))
        return [hit for hit in hits if hit.share >= least][:most]


def worth(feature: str) -> float:
    """A concept says more than a word, a word more than two characters that happen to stand side by side."""
    return {"=": 2.0, "w": 1.0}.get(feature[0], 0.35)


def features(words: str, same: Sequence[str] = ()) -> list[str]:
    """The features of a text: "=3" a concept, "w…" the stem of a word, "c…" two Chinese characters."""
    plain = unicodedata.normalize("NFKC", words).casefold().replace("’", "'")
    return list(_features(plain, tuple(same)))


@lru_cache(maxsize=4096)
def _features(plain: str, same: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    stems = [(word, _stem(word)) for word in _WORD.findall(plain) if word[0].isascii() and word not in _STOP]
    table = _table(same)
    joined = " ".join(word for word in _WORD.findall(plain) if word[0].isascii())
    for number, chinese, english, phrases in table:
        meant = any(stem in english for _word, stem in stems) or any(word in plain for word in chinese)
        if meant or any(phrase.search(joined) for phrase in phrases):
            found.append(f"={number}")
    found += [f"w{stem}" for _word, stem in stems]
    for run in re.findall(r"[\u3400-\u9fff]+", _FILLER.sub(" ", plain)):
        found += [f"c{run[i : i + 2]}" for i in range(len(run) - 1)]
    return tuple(found)


@cache
def _table(same: tuple[str, ...]) -> tuple[_Concept, ...]:
    rows = []
    for number, line in enumerate((*CONCEPTS, *same)):
        words = line.casefold().split()
        english = [word for word in words if word.isascii()]
        single = frozenset(_stem(word) for word in english if "-" not in word)
        phrases = tuple(_phrase(word) for word in english if "-" in word)
        rows.append((number, tuple(word for word in words if not word.isascii()), single, phrases))
    return tuple(rows)


def _phrase(words: str) -> re.Pattern[str]:
    between = rf"(?: \S+){{0,{GAP}}} "
    return re.compile(r"\b" + between.join(re.escape(word) for word in words.split("-")) + r"\b")


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")
