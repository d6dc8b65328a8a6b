# ruff: noqa: E501 -- a rule is one line
"""Words that may be the name of somebody known: every stretch worth looking up, and the longest of those that are known."""

from typing import Final, NamedTuple

from flows.understanding.lazily import lazy
from flows.understanding.people.everyday import NO_NAME
from flows.understanding.wordlists import COMMON, SURNAMES, WORDLIKE

_CHINESE: Final = lazy(r"(?:(?![了着过吗呢吧啊嗯哦们这那哪么您她它很把被])[\u3400-\u9fff·])+")
LATIN: Final = lazy(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9]*(?:['.&-][A-Za-zÀ-ɏ0-9]+)*")
_NO_START: Final = frozenset(
    "的了着过在和跟与给把被向对说要想会就都也还很是有不没这那我你他她它们之其于及以让请将已再又去来到为从等吗呢吧啊哦嗯问谈聊见约打发送报签买卖用看做下上个一二两三四五六七八九十，"
)
_NO_END: Final = frozenset(
    "了着过在跟给把被向对说要想会就都也还很是有不没这那我你他她们让请将已再又吗呢吧啊问聊打见约去来"
)
MEETS: Final = lazy(
    r"(?<![a-z])(?:ask|asked|tell|told|call|called|ping|pinged|met|meet|text|texted|e-?mailed|with|w/|spoke to|"
    r"talked to|chase|chased|rang|ring|visited|saw|sent|gave|quoted|owe|remind|thank|thanked|call with|back to|speak to|speaking to|talking to|talk to|spoken to|reply to|replied to|write to|wrote to|over to|see|seen|seeing|from|promised|chasing|meeting|emailing|calling|ringing|texting) $"
)
MOST: Final = 60
_FAR: Final = 1500


class Candidate(NamedTuple):
    """Some words that may be a name."""

    start: int
    end: int
    text: str


def candidates(folded: str, blocked: bytearray) -> list[Candidate]:
    found = _latin_candidates(folded, blocked)
    if not folded.isascii():
        blocked = bytearray(blocked)
        for match in NO_NAME.finditer(folded):
            blocked[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for run in _CHINESE.finditer(folded):
        _add_chinese(folded, run.start(), run.end(), blocked, found)
    return found


def _latin_candidates(folded: str, blocked: bytearray) -> list[Candidate]:
    """Runs of one to four words; everyday words count only with a capital."""
    words = [
        (m.start(), m.start() + len(word), word)
        for m in LATIN.finditer(folded)
        if not blocked[m.start()] and (word := m[0].removesuffix("'s"))
    ]
    plain = [word.lower() in COMMON or len(word) < 2 for _, _, word in words]
    found: list[Candidate] = []
    for first, (start, end, word) in enumerate(words):
        lower = plain[first] and not word[0].isupper()
        if lower and word not in WORDLIKE:
            continue
        if (not lower and (not plain[first] or word.lower() in WORDLIKE)) or (
            lower and (is_speaker(folded, start, end) or MEETS.search(folded[max(0, start - 12) : start].lower()))
        ):
            found.append(Candidate(start, end, word))
            if len(word) > 4 and word.endswith("s") and not word.endswith("ss"):
                found.append(Candidate(start, end - 1, word[:-1]))
        for last in range(first + 1, min(first + 4, len(words))):
            if words[last][0] - words[last - 1][1] > 2 or "\n" in folded[words[last - 1][1] : words[last][0]]:
                break
            if not plain[last] or words[last][2][0].isupper():
                found.append(Candidate(start, words[last][1], folded[start : words[last][1]]))
    return found


def is_speaker(folded: str, start: int, end: int) -> bool:
    """grace: we are on."""
    return folded[end : end + 1] == ":" and not folded[:start].strip()


def _add_chinese(folded: str, begin: int, stop: int, blocked: bytearray, found: list[Candidate]) -> None:
    """Every stretch of two to eight characters that neither begins nor ends with a word no name begins or ends with."""
    for start in range(begin, min(stop - 1, begin + _FAR)):
        first = folded[start]
        if blocked[start] or (first in _NO_START and first not in SURNAMES and folded[start : start + 2] != "三一"):
            continue
        limit = min(start + 8, stop)
        taken = blocked.find(1, start, limit)
        ends = range(start + 2, (limit if taken < 0 else taken) + 1)
        found += [Candidate(start, end, folded[start:end]) for end in ends if folded[end - 1] not in _NO_END]
        tail = folded.find("公司", limit, start + 24)
        if 0 < tail < stop:
            found.append(Candidate(start, tail + 2, folded[start : tail + 2]))


def longest(hits: list[Candidate]) -> list[Candidate]:
    hits.sort(key=lambda one: (one.start - one.end, one.start))
    taken: list[Candidate] = []
    used: set[int] = set()
    for one in hits:
        if used.isdisjoint(range(one.start, one.end)):
            used.update(range(one.start, one.end))
            taken.append(one)
    return sorted(taken, key=lambda one: one.start)[:MOST]
