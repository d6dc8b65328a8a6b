"""Who is meant: candidates from the text, one lookup, then a choice that never guesses between two."""

from collections.abc import Sequence

from flows.understanding.context import Context
from flows.understanding.names import Names
from flows.understanding.people import strangers_en, strangers_zh
from flows.understanding.people.candidates import MOST, Candidate, candidates, longest
from flows.understanding.people.choosing import Choice, People
from flows.understanding.text import Text


def find(text: Text, context: Context, names: Names, blocked: bytearray) -> People:
    """All names of a line; `blocked` marks what other readers have already read."""
    worth_asking = candidates(text.folded, blocked)
    known = names.exact(tuple({one.text for one in worth_asking})) if worth_asking else {}
    hits = longest([one for one in worth_asking if one.text in known])
    strangers = _strangers(text, bytearray(blocked), hits)
    near = names.near(tuple({one.text for one in strangers})) if strangers else {}
    return Choice(text, context, hits, known, strangers, near).made()


def _strangers(text: Text, used: bytearray, hits: Sequence[Candidate]) -> list[Candidate]:
    """Words that look like names though nobody bears them; what is taken first is not taken again."""
    found: list[Candidate] = []
    for one in hits:
        used[one.start : one.end] = b"\1" * (one.end - one.start)

    def add(start: int, end: int) -> None:
        if not any(used[start:end]):
            used[start:end] = b"\1" * (end - start)
            found.append(Candidate(start, end, text.folded[start:end]))

    strangers_zh.add_titled(text, add)
    strangers_en.add_titled(text.folded, add)
    strangers_en.add_capitals(text.folded, used, add)
    if text.has_chinese:
        strangers_zh.add_firms(text, add)
        strangers_zh.add_people(text.folded, used, hits, add)
        strangers_zh.add_firms_of([*found, *hits], text.folded, add)
    if not hits and not found:
        strangers_en.add_uncapitalised(text.folded, add)
    return found[:MOST]
