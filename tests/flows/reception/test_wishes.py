"""A person is wished for in a hundred ways, and not wished for in a hundred that sound alike."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from flows.reception.wishes import wants_a_person
from tests.flows.reception.wordings import LOOK_ALIKES, SECOND_LOOK_ALIKES, SECOND_WISHES, WISHES


@pytest.mark.parametrize("wordings", [WISHES, SECOND_WISHES])
def test_a_wish_for_a_person_is_heard(wordings: Sequence[str]) -> None:
    missed = [words for words in wordings if not wants_a_person(words)]
    assert len(missed) <= 0.03 * len(wordings), missed


@pytest.mark.parametrize("wordings", [LOOK_ALIKES, SECOND_LOOK_ALIKES])
def test_what_only_sounds_like_one_is_not(wordings: Sequence[str]) -> None:
    taken = [words for words in wordings if wants_a_person(words)]
    assert len(taken) <= 0.02 * len(wordings), taken


@pytest.mark.parametrize("words", ["", " ", "a" * 4000, "请" * 4000, "找人" * 500, "🙂", "to talk to " * 300])
def test_absurd_words_are_read_at_once(words: str) -> None:
    assert not wants_a_person(words)
