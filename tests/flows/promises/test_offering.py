"""Which lines tell of a promise that was kept."""

from __future__ import annotations

import pytest

from flows.promises.offering import tells

NAMES = "The Coffee House Sarah Jones 鼎盛机电 王强"


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("sent sarah the samples", "send sarah the samples"),
        ("i've just emailed her the price list", "new price list"),
        ("quote went out, sent to sarah", "quote for 20 boxes"),
        ("报价单发给王强了", "发报价单"),
        ("合同已经寄出去", "把合同寄过去"),
    ],
)
def test_what_was_promised_is_told_of_as_done(said: str, what: str) -> None:
    assert tells(said, what, NAMES)


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("havent sent sarah the samples", "send sarah the samples"),
        ("the samples were not sent", "send sarah the samples"),
        ("sarah sent the samples back", "send sarah the samples"),
        ("they sent us their samples", "send sarah the samples"),
        ("sent sarah the invoice", "send sarah the samples"),
        ("will have sent the samples by friday", "send sarah the samples"),
        ("报价单还没发给王强", "发报价单"),
        ("发票发给王强了", "发报价单"),
        ("报价单发了吗？", "发报价单"),
    ],
)
def test_what_is_not_done_or_done_by_others_or_another_thing_is_not(said: str, what: str) -> None:
    assert not tells(said, what, NAMES)
