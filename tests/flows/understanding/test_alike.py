# ruff: noqa: E501 -- a pattern is a line
"""Two hundred questions and two hundred logs that look alike: at most two in a hundred are taken for the other."""

from collections.abc import Iterator
from itertools import product

from flows.understanding.questions import is_question
from flows.understanding.text import prepare
from tests.flows.understanding.test_questions import ASKED, TOLD

FIRMS, FIRMS_ZH = ("Acme", "globex", "Stark Industries", "Initech"), ("华为", "腾讯", "小米", "鼎盛机械")
ASKS = (
    "when did we last visit {firm}", "what did we promise {firm}?", "who talked to {firm} last week", "has {firm} paid the invoice yet?",
    "did {firm} sign", "how much did {firm} order", "any update from {firm}?", "do we owe {firm} a quote?", "is {firm} still in trial",
    "where are we with {firm}?", "show me the last calls with {firm}", "what's open at {firm}",
)  # fmt: skip
TELLS = (
    "{firm} asked when we last visited", "told {firm} what we promised", "{firm} wants to know who talks to them next week",
    "{firm} has paid the invoice", "{firm} did sign", "found out how much {firm} orders", "got an update from {firm}", "we owe {firm} a quote",
    "{firm} is still in trial", "explained to {firm} where we are", "showed {firm} the last calls report", "asked {firm} what's open, sending list",
)  # fmt: skip
ASKS_ZH = (
    "上次拜访{firm}是什么时候", "我们答应了{firm}什么", "上周谁联系了{firm}", "{firm}付款了吗", "{firm}签了没有？", "{firm}订了多少", "{firm}最近有什么消息",
    "{firm}还欠我们什么", "{firm}还在试用吗", "{firm}那边现在到哪一步了？", "查一下{firm}的通话记录", "{firm}还有哪些没处理",
)  # fmt: skip
TELLS_ZH = (
    "{firm}问上次是什么时候拜访的，已回复", "跟{firm}说了我们答应的事", "{firm}想知道下周谁去，回了他们", "{firm}付款了", "{firm}签了", "问清楚{firm}要订多少，约50套",
    "{firm}最近有好消息，要扩产", "我们还欠{firm}一份报价", "{firm}还在试用", "给{firm}讲了现在到哪一步", "查到{firm}的通话记录，发给他们了", "处理完{firm}剩下的问题了",
)  # fmt: skip


def lines(patterns: tuple[str, ...], firms: tuple[str, ...]) -> Iterator[str]:
    for pattern, firm in product(patterns, firms):
        yield pattern.format(firm=firm)


def test_at_most_two_in_a_hundred_are_taken_for_the_other() -> None:
    asked = [
        *lines(ASKS, FIRMS),
        *lines(ASKS_ZH, FIRMS_ZH),
        *lines(ASKS, ("Zenith", "brightpath")),
        *lines(ASKS_ZH, ("云帆", "金桥")),
        *ASKED,
    ]
    told = [
        *lines(TELLS, FIRMS),
        *lines(TELLS_ZH, FIRMS_ZH),
        *lines(TELLS, ("Zenith", "brightpath")),
        *lines(TELLS_ZH, ("云帆", "金桥")),
        *TOLD,
    ]
    wrong = [f"asks: {one}" for one in asked if not is_question(prepare(one))]
    wrong += [f"tells: {one}" for one in told if is_question(prepare(one))]
    assert len(asked) > 180
    assert len(wrong) <= 0.02 * (len(asked) + len(told)), "\n".join(wrong)
