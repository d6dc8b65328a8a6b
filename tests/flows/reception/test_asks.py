"""Who asks where things stand is understood in many words; who wants anything else is not taken for it."""

from __future__ import annotations

import pytest

from flows.reception.asks import Asked, asks_where

ASKS = """my order, where is it now? where is my order
hello, where's the delivery for our order
has our shipment left yet
is my refund approved
did you get my complaint
what's the latest on our repair
Any update?
when can I expect my replacement
how much longer will my repair take
could you tell me the status of my request please
我的货到哪儿了呀
咱们那个投诉有结果没有
麻烦查一下我的订单
你好，请问我们的报修处理好了吗
有进展吗
我上周反馈的问题怎么样了
T-115 处理得怎么样了
样品寄出了吗
订单什么情况
我的退货到哪一步了""".splitlines()
ELSE = """where is the nearest service point
the order form on your page does not open
my order is incomplete
I'd like to change my delivery address
is there any news on the new model
how do I track a parcel with you
what about a discount
when will the office reopen
our pump is stuck
when can somebody come
can you send me the price list
很高兴收到订单
怎么查订单
我要退货
新产品什么时候上市
样品多少钱
你们几点下班
投诉找谁
配件怎么安装
订单改成十台""".splitlines()


@pytest.mark.parametrize("words", ASKS)
def test_it_is_asked(words: str) -> None:
    assert asks_where(words) is not None


@pytest.mark.parametrize("words", ELSE)
def test_something_else_is_wanted(words: str) -> None:
    assert asks_where(words) is None


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("where is my order", Asked("order")),
        ("我的快递发了吗", Asked("order")),
        ("what about my complaint", Asked("request", complaint=True)),
        ("我的投诉怎么样了", Asked("request", complaint=True)),
        ("any news on my request?", Asked("request")),
        ("what is the status of T-102", Asked("request", ticket=102)),
        ("any news?", Asked("anything")),
    ],
)
def test_after_what_it_is_asked(words: str, asked: Asked) -> None:
    assert asks_where(words) == asked
