# ruff: noqa: E501 -- a rule is one line
"""Words that may be the name of somebody known: every stretch worth looking up, and the longest of those that are known."""

from collections.abc import Sequence
from typing import Final, NamedTuple
from unicodedata import category

from flows.understanding.characters import is_chinese
from flows.understanding.lazily import lazy
from flows.understanding.people.beside import DOES, MONTHLIKE, MONTHS, NAME_VERB, OPENS
from flows.understanding.people.everyday import NO_NAME
from flows.understanding.wordlists import COMMON, LATIN_FIRM_TAILS, SURNAMES, WORDLIKE

_CHINESE: Final = lazy(r"(?:(?![了着过吗呢吧啊嗯哦们这那哪么您她它很把被])[\u3400-\u9fff·])+")
LATIN: Final = lazy(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9]*(?:['.&-][A-Za-zÀ-ɏ0-9]+)*")
_NO_START: Final = frozenset(
    "的了着过在和跟与给把被向对说要想会就都也还很是有不没这那我你他她它们之其于及以让请将已再又去来到为从等吗呢吧啊哦嗯问谈聊见约打发送报签买卖用看做下上个一二两三四五六七八九十，"
)
_NO_END: Final = frozenset(
    "了着过在跟给把被向对说要想会就都也还很是有不没这那我你他她们让请将已再又吗呢吧啊问聊打见约去来"
)
_TOWARDS: Final = frozenset("跟给和与及找约见访系问催去在到向由打帮等请叫陪为替将往了过")
MEETS: Final = lazy(
    r"(?<![a-z])(?:cc|cc'd|copied|ask|asked|tried|tell|told|call|called|ping|pinged|met|meet|send|forward|text|texted|e-?mailed|with|w/?|spoke to|"
    r"talked to|chase|chased|rang|ring|visited|saw|sent|gave|quoted|owe|remind|thank|thanked|call with|back to|speak to|speaking to|talking to|talk to|spoken to|reply to|replied to|write to|wrote to|over to|see|seen|seeing|from|promised|chasing|meeting|emailing|calling|ringing|texting|(?:voice ?mail|vm|message|msg|quote|samples?|order|invoice) (?:for|with|to)) $"
)
HANDED_TO: Final = lazy(
    r"(?<![a-z])(?:e-?mail(?:ed)?|sen[dt]|ga?ive|gave|forward(?:ed)?|show(?:ed|n)?|post(?:ed)?|drop(?:ped)?|took|ship(?:ped)?|deliver(?:ed)?|hand(?:ed)?|pitch(?:ed)?|quoted?|demoed|passed|introduced|intro'?d|explained|offered|sold|reported|proposed|presented) [^,.;:!?\n]{1,30} to $"
)
"""Sent the draft to grace: whom, unless it goes on as what one does (to mark the day)."""
_OF_FIRM: Final = lazy(r" ?(?:@|(?:at|from|of)(?= [A-Za-z])) ?(?!the |a |an |least|last|once|first|all )")
HANDED_RIGHT: Final = lazy(
    r" (?:the|an?|them|him|her|it|us|for|up|down|as|our|their|my|your|his|its|this|that)(?![a-z])"
)
_ABOUT: Final = lazy(
    r"(?<![a-z])(?:for|to|at|from|with|w|w/|re|of|by|did|does|has|have|is|was|about|the|survey|send|give|call|called|met|visit|visited|told|tell|ask|asked|invoiced?|paid|owes?|quoted?|chased?|email|emailed|saw|order|deal|payment|invoice|note|complaint|contact|put|move|mark|park|pause|assign|reassign|archive|merge|rename|delete|snooze|tag|log|add|update|open|show|remind me about|nudge|pinged?|visiting|seeing|calling|emailing|chasing|meeting|and|with the|client|customer) $"
)
"""What stands before somebody in the middle of a sentence; everyday words that are a whole known name are one there."""
_THEIRS: Final = lazy(
    r":|'s (?=(?:vat|tax|address|phone|number|e-?mail|orders?|contracts?|invoices?|deals?|history|card|contacts?|birthday|owner|tier|stage|account|renewal|boss|manager|director|buyer|office|team|site|po|quote|payment|delivery|deadline|birthdays?|website|opening|new|old|last|first|next)(?![a-z]))| (?:address|phone|number|e-?mail|orders?|contracts?|invoices?|deals?|history|card|contacts?|birthday|owner|tier|stage|account|paid|ordered|owes?)(?![a-z])"
)
"""What is said of a customer right behind the name."""
MOST: Final = 60
_FAR: Final = 1500


TAKEN, MEASURED = 1, 2
"""What a character is marked with: read for good (a tag, a number to call), or as a time, a sum or a count, which a known
name that goes on behind it takes back: 7天酒店, 20th Century Fox.
"""
_TOKEN: Final = lazy(r"[A-Za-zÀ-ɏ0-9]+(?:['.&+-][A-Za-zÀ-ɏ0-9]+)*")
_BETWEEN: Final = frozenset(("-", " ", ". ", ", ", " & ", " + ", "'s ", "' ", "/", "! "))
_WORDS, _BEFORE, _BEHIND = 5, 6, 8
"""Words of a name in Latin letters; Chinese characters before and behind them, as in 老王4S店."""


_PICTURE: Final = frozenset(("So", "Mn", "Cf", "Sk"))


class Candidate(NamedTuple):
    """Some words that may be a name."""

    start: int
    end: int
    text: str


class _Token(NamedTuple):
    """A word of Latin letters or figures; `bare` is where it ends without its 's."""

    start: int
    bare: int
    word: str
    plain: bool


def candidates(folded: str, blocked: bytearray) -> list[Candidate]:
    """Every stretch that may be a known name; `blocked` marks each character that was read before."""
    tokens = _tokens(folded, blocked)
    found = _latin_candidates(folded, blocked, tokens)
    if not folded.isascii():
        blocked = bytearray(blocked)
        for match in NO_NAME.finditer(folded):
            blocked[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        for token in tokens:
            _add_mixed(folded, blocked, token, found)
    for run in _CHINESE.finditer(folded):
        _add_chinese(folded, run.start(), run.end(), blocked, found)
    return found


def _tokens(folded: str, blocked: bytearray) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(folded):
        start, word = match.start(), match[0].removesuffix("'s")
        if blocked[start] != TAKEN:
            plain = len(word) < 2 or word.isdigit() or word.lower() in COMMON
            found.append(_Token(start, start + len(word), word, plain))
    return found


def _latin_candidates(folded: str, blocked: bytearray, tokens: Sequence[_Token]) -> list[Candidate]:
    """Runs of words: an everyday word begins one with a capital, or as a whole name that stands where one would."""
    found: list[Candidate] = []
    for first, one in enumerate(tokens):
        capital = one.word[0].isupper()
        lower = one.plain and not capital and not one.word.isdigit()
        named = lower and _is_named(folded, one)
        short = len(one.word) == 1 and first + 1 < len(tokens) and tokens[first + 1].word[0].isupper()
        whole = lower and one.word not in WORDLIKE and not short
        about = whole and _ABOUT.search(folded[max(0, one.start - 12) : one.start].lower()) is not None
        if (whole and not named and not about and not _opens(folded, one.start)) or (lower and blocked[one.start]):
            continue
        begins = one.word.isdigit() and (_opens(folded, one.start) or _meets(folded, one.start))
        if not one.plain or (one.word.lower() in WORDLIKE and (capital or named)):
            _add(folded, blocked, one.start, one.bare, found)
            if len(one.word) > 4 and one.word.endswith("s") and not one.word.endswith("ss"):
                found.append(Candidate(one.start, one.bare - 1, one.word[:-1]))
        for last in range(first + 1, min(first + _WORDS, len(tokens))):
            gap, other = folded[tokens[last - 1].bare : tokens[last].start], tokens[last]
            if not _binds(gap) or (one.word.isdigit() and not (begins or tokens[first + 1].word[0].isupper())):
                break
            if whole:
                fits = (
                    about
                    or _THEIRS.match(folded, other.bare) is not None
                    or (named and last > first + 1)
                    or DOES.match(folded, other.bare) is not None
                )
            else:
                fits = not other.plain or other.word[0].isupper() or (capital and other.word.isdigit())
                fits = fits or (not one.plain and other.word in LATIN_FIRM_TAILS)
            if fits:
                _add(folded, blocked, one.start, other.bare, found)
                if len(other.word) > 3 and other.word.endswith("s") and not other.word.endswith("ss"):
                    found.append(Candidate(one.start, other.bare - 1, folded[one.start : other.bare - 1]))
    return found


def _is_named(folded: str, one: _Token) -> bool:
    """Whether an everyday word stands where a name would."""
    if is_speaker(folded, one.start, one.bare) or _meets(folded, one.start) or opens(folded, one.start, one.bare):
        return True
    if one.word not in WORDLIKE:
        return False
    at_firm = _opens(folded, one.start) and _OF_FIRM.match(folded, one.bare) is not None
    return at_firm or is_handed(folded, one.start, one.bare)


def _binds(gap: str) -> bool:
    """Whether a name may go on behind it; a picture in a name binds too."""
    return gap in _BETWEEN or (len(gap) < 5 and ord(gap[0]) > 0x2190 and all(category(c) in _PICTURE for c in gap))


def _add(folded: str, blocked: bytearray, start: int, end: int, found: list[Candidate]) -> None:
    """With and without its 's or the mark that a name may end with; what is a time, a sum or a count as a whole is none."""
    if 0 in blocked[start:end] or _meets(folded, start) or _does(folded, end):
        found.append(Candidate(start, end, folded[start:end]))
        tail = 2 if folded.startswith("'s", end) else 1 if folded[end : end + 1] in ("!", ".", "+") else 0
        if tail:
            found.append(Candidate(start, end + tail, folded[start : end + tail]))


def _add_mixed(folded: str, blocked: bytearray, token: _Token, found: list[Candidate]) -> None:
    """A word in Latin letters with the Chinese ones around it: 3M中国, T-4 五金, 京东JD, 老王4S店."""
    start, end = token.start, token.bare
    behind = end + (folded[end : end + 1] == " ")
    ends = [stop for stop in range(behind + 1, _chinese_until(folded, behind) + 1) if folded[stop - 1] not in _NO_END]
    ends = [stop for stop in ends if not blocked[stop - 1]]
    found += [Candidate(start, stop, folded[start:stop]) for stop in ends]
    before = start - (start > 0 and folded[start - 1] == " ")
    for begin in range(before - 1, max(-1, before - 1 - _BEFORE), -1):
        if not is_chinese(folded[begin]) or blocked[begin] == TAKEN or folded[begin] in "的了":
            break
        if _begins(folded, blocked, begin) and not (blocked[begin] and blocked[begin - 1] == MEASURED):
            if not token.word.isdigit():
                found.append(Candidate(begin, end, folded[begin:end]))
            found += [Candidate(begin, stop, folded[begin:stop]) for stop in ends[:3]]


def _chinese_until(folded: str, start: int) -> int:
    """Where the Chinese characters end that begin there, at most so many as a name has."""
    run = _CHINESE.match(folded, start)
    return min(run.end(), start + _BEHIND) if run else start


def _meets(folded: str, start: int) -> bool:
    return MEETS.search(folded[max(0, start - 18) : start].lower()) is not None


def is_handed(folded: str, start: int, end: int) -> bool:
    """Whether something was sent or given to whoever is named there."""
    before = folded[max(0, start - _HANDED_WITHIN) : start].lower()
    return HANDED_TO.search(before) is not None and not HANDED_RIGHT.match(folded, end)


_HANDED_WITHIN: Final = 48


def _does(folded: str, end: int) -> bool:
    return NAME_VERB.match(folded[end : end + 20].lower()) is not None


def _opens(folded: str, start: int) -> bool:
    before = folded[:start].rstrip(" ")
    return not before or before[-1] in ".!?;\n,，。"


def opens(folded: str, start: int, end: int) -> bool:
    """next wants a quote: whoever is called so begins the line and does what the word itself never does."""
    word = folded[start:end].lower()
    does = DOES if word in MONTHS or word not in MONTHLIKE else OPENS
    leads = _opens(folded, start) if does is DOES else not folded[:start].strip()
    return word in WORDLIKE and leads and does.match(folded, end) is not None


def is_speaker(folded: str, start: int, end: int) -> bool:
    """grace: we are on."""
    return folded[end : end + 1] == ":" and _opens(folded, start) and folded[end + 1 : end + 2] in ("", " ")


def _add_chinese(folded: str, begin: int, stop: int, blocked: bytearray, found: list[Candidate]) -> None:
    """Every stretch of two to eight characters that neither begins nor ends with a word no name begins or ends with."""
    read = blocked.replace(b"\2", b"\1")
    for start in range(begin, min(stop - 1, begin + _FAR)):
        if blocked[start] == MEASURED and blocked[start - 1] != MEASURED:
            _add_behind(folded, start, stop, blocked, found)
        if blocked[start] or not _begins(folded, blocked, start):
            continue
        limit = min(start + 8, stop)
        taken = read.find(1, start, limit)
        ends = range(start + 2, (limit if taken < 0 else taken) + 1)
        found += [Candidate(start, end, folded[start:end]) for end in ends if folded[end - 1] not in _NO_END]
        tail = folded.find("公司", limit, start + 24)
        if 0 < tail < stop:
            found.append(Candidate(start, tail + 2, folded[start : tail + 2]))


def _begins(folded: str, blocked: bytearray, start: int) -> bool:
    """Whether a name may begin there: with a word such as 上 or 有 only where a name would stand, as in 去上海电气."""
    if folded[start] not in _NO_START or folded[start] in SURNAMES or start == 0:
        return True
    before = folded[start - 1]
    return blocked[start - 1] == MEASURED or before in _TOWARDS or not is_chinese(before)


def _add_behind(folded: str, start: int, stop: int, blocked: bytearray, found: list[Candidate]) -> None:
    """What goes on behind a time or a count: 今天国际, 五月花."""
    for end in range(start + 1, min(start + _BEHIND, stop) + 1):
        if blocked[end - 1] == TAKEN:
            break
        if not blocked[end - 1] and folded[end - 1] not in _NO_END:
            found.append(Candidate(start, end, folded[start:end]))


def longest(hits: list[Candidate]) -> list[Candidate]:
    hits.sort(key=lambda one: (one.start - one.end, one.start))
    taken: list[Candidate] = []
    used: set[int] = set()
    for one in hits:
        if used.isdisjoint(range(one.start, one.end)):
            used.update(range(one.start, one.end))
            taken.append(one)
    return sorted(taken, key=lambda one: one.start)[:MOST]
