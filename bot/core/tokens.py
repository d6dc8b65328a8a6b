"""What looks like a platform's secret, wherever people may write it: it is never kept as they wrote it."""

from __future__ import annotations

import re

TELEGRAM = re.compile(r"(?<![\w:-])[0-9]{6,12}:[A-Za-z0-9_-]{30,60}(?![\w-])")
SLACK_BOT = re.compile(r"(?<![\w-])xox[bp]-[A-Za-z0-9-]{10,250}")
SLACK_APP = re.compile(r"(?<![\w-])xapp-[A-Za-z0-9-]{10,250}")
SLACK_SIGNING = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{32}(?![0-9A-Za-z])")
MASK = "<token>"


def found(text: str) -> dict[str, str]:
    """The secrets in a text by kind: "telegram", "bot", "app"."""
    kinds = {"telegram": TELEGRAM, "bot": SLACK_BOT, "app": SLACK_APP}
    return {kind: match[0] for kind, pattern in kinds.items() if (match := pattern.search(text))}


def without_tokens(text: str) -> str:
    """The text without bots' tokens; JSON stays JSON."""
    for pattern in (TELEGRAM, SLACK_BOT, SLACK_APP):
        text = pattern.sub(MASK, text)
    return text


def masked(text: str) -> str:
    """Without anything that could be a secret: other things may look like one."""
    return SLACK_SIGNING.sub(MASK, without_tokens(text))
