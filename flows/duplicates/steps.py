"""Looking for duplicates in the whole file, beside the writer: who shares a number, an address or a name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import combinations

from bot.core.ports import Files
from flows.duplicates.actions import faces
from flows.duplicates.cards import listed
from flows.duplicates.rules import reasons
from flows.jobs import Act, Reader, job
from flows.turn import Turn
from store.batches import shared_keys
from store.models import Apart, Job
from store.search import Hit
from store.work import Work

KINDS = ("phone", "email", "whole")
PAGE = 500
MOST = 200
"""Pairs that are kept for showing; who has worked through them asks again."""
CROWD = 12
"""A number or name that more customers share says nothing about any two of them."""


@job("duplicates")
def steps(found: Job, files: Files, ask: Reader) -> Iterator[Act]:
    """Every pair once, the surest reason first."""
    pairs: dict[tuple[int, int], None] = {}
    for kind in KINDS:
        after = ""
        while len(pairs) < MOST:
            groups = ask(partial(shared_keys, kind=kind, after=after, limit=PAGE))
            pairs |= dict.fromkeys(ask(partial(alike, groups=list(groups.values()))))
            if len(groups) < PAGE:
                break
            after = max(groups)
    yield partial(_show, [list(pair) for pair in list(pairs)[:MOST]])


def alike(work: Work, groups: list[set[int]]) -> list[tuple[int, int]]:
    """The pairs of these groups that somebody should look at."""
    wanted = {pair for group in groups if len(group) <= CROWD for pair in combinations(sorted(group), 2)}
    if not wanted:
        return []
    rows = work.search.customers([Hit(id) for id in sorted({id for pair in wanted for id in pair})])
    known = faces(work, [row for row in rows if row.state == "active"])
    apart = {(row.one, row.other) for row in work.find(Apart)}
    return [
        pair
        for pair in sorted(wanted - apart)
        if pair[0] in known and pair[1] in known and reasons(known[pair[0]], known[pair[1]])
    ]


def _show(pairs: list[list[int]], turn: Turn, found: Job) -> None:
    found = turn.work.change(found, cursor={**found.cursor, "pairs": pairs}, state="done")
    turn.rewrite(f"duplicates:{found.id}", listed(turn, found))
