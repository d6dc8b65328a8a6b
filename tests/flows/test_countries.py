"""The firm's country, as its owner types it."""

from __future__ import annotations

import pytest

from flows.setup.countries import country_of


@pytest.mark.parametrize(
    ("said", "country"),
    [("the Netherlands", "NL"), ("We're in Belgium", "BE"), ("在新加坡", "SG"), ("DE", "DE"), ("Atlantis", None)],
)
def test_a_country_in_a_few_words(said: str, country: str | None) -> None:
    assert country_of(said) == country
