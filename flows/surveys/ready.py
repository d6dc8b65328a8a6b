"""The survey that every firm starts with, as data."""

from __future__ import annotations

from collections.abc import Mapping

from flows.dialog import Dialog, Step

SCORE = "score"
VISIT = Dialog(
    "visit",
    1,
    steps=(
        Step(SCORE, "csat", {"en": "How satisfied were you?", "zh": "您满意吗？"}),
        Step("wrong", "words", {"en": "What went wrong?", "zh": "哪里没做好？"}, when="score <= 2"),
        Step("better", "words", {"en": "What should be better?", "zh": "哪里可以更好？"}, when="score == 3"),
        Step("best", "words", {"en": "What did you like best?", "zh": "您最满意的是什么？"}, when="score >= 4"),
    ),
    thanks=(
        (
            "score <= 2",
            {"en": "Thank you for saying so. Somebody looks into it.", "zh": "谢谢您直说，我们会有人跟进处理。"},
        ),
        ("score == 3", {"en": "Thank you. We want to do better.", "zh": "谢谢您，我们会做得更好。"}),
        ("score >= 4", {"en": "Thank you, that is good to hear!", "zh": "谢谢您，听到这个我们很高兴！"}),
        ("true", {"en": "Thank you, we will not ask about this again.", "zh": "好的，这次不再打扰您了。"}),
    ),
)
TITLE: Mapping[str, str] = {"en": "After a visit", "zh": "拜访之后"}
AFTER = ("visit", "ticket")
"""Followed by rule: a visit, and a ticket that was solved; after anything else only by a tap."""
