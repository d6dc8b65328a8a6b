"""Twenty histories with three planted facts each, among small talk: the card's summary has them all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.customers.summary import CLAUSES, Told, summary
from tests.engines import NOON

NOISE = (
    "Called, no answer",
    "Left a message",
    "Called Acme",
    "Visited Li Wei",
    "谢谢",
    "好的",
    "打电话，没人接",
    "Thanks!",
    "拜访了王总",
    "和李伟通了电话",
)
HISTORIES = (
    ("They need 20 pumps by June", "Budget is 300k", "Complained about late delivery"),
    ("Wants a demo of the new line", "Ms Chen decides", "Compares us with Bosch"),
    ("Looking for a maintenance contract", "Pays after 60 days", "Warranty expires in September"),
    ("Asked for a quote for 12 valves", "New purchasing manager is Tom", "Unhappy with the last repair"),
    ("Plans to expand the warehouse", "Signed the frame contract", "Worried about the price increase"),
    ("Interested in the service app", "Has 240 employees", "Never call before ten"),
    ("Would like a trial in May", "Runs machines of the X200 type", "Two pumps broke in winter"),
    ("Requires delivery in two weeks", "Opens a plant in Chengdu", "Their holiday starts on 1 August"),
    ("Hopes for a volume discount", "Ordered 40 filters last year", "The tender closes before Easter"),
    ("Needs spare parts for line 3", "The CFO approves everything above 50k", "Threatens to cancel the order"),
    ("需要20台水泵", "预算30万", "投诉交货延误"),
    ("想换一套MES系统", "陈总拍板", "正在和西门子比价"),
    ("打算明年扩产", "账期60天", "合同9月到期"),
    ("要求报价12个阀门", "采购经理换成了王强", "对上次维修不满"),
    ("对售后APP感兴趣", "公司有240名员工", "十点以前千万不要打电话"),
    ("希望5月试用", "在用X200机型", "冬天坏了两台泵"),
    ("询价三号线备件", "成都新开工厂", "担心涨价"),
    ("升级控制系统", "5万以上要财务总监审批", "威胁取消订单"),
    ("想了解年度保养", "去年采购了40个滤芯", "招标月底截止"),
    ("需求是两周内交货", "签了框架合同", "老板8月生日"),
)


@pytest.mark.parametrize("facts", HISTORIES, ids=[facts[0] for facts in HISTORIES])
def test_every_planted_fact_is_told(facts: tuple[str, str, str]) -> None:
    """Ten times as much talk around them, the oldest fact half a year old."""
    said = [Told(noise, NOON - timedelta(days=number * 6)) for number, noise in enumerate(NOISE * 3)]
    said += [Told(fact, NOON - timedelta(days=60 * number)) for number, fact in enumerate(facts)]
    found = summary(said)
    told = (*found.needs, *found.business, *found.watch)
    assert [fact for fact in facts if not any(fact.casefold() in clause.casefold() for clause in told)] == []
    assert all(len(line) <= CLAUSES for line in (found.needs, found.business, found.watch))
    assert not any(noise in told for noise in NOISE)


def test_one_note_may_hold_all_three() -> None:
    found = summary([Told("Visited Acme; they need 20 pumps, budget is 300k; complained about the delay", NOON)])
    assert (found.needs, found.business) == (("they need 20 pumps",), ("budget is 300k",))
    assert found.watch == ("complained about the delay",)


def test_what_is_said_twice_is_told_once() -> None:
    said = [Told("Need 20 pumps", NOON - timedelta(days=n)) for n in range(5)]
    assert summary(said).needs == ("Need 20 pumps",)


def test_small_talk_is_no_summary() -> None:
    assert summary([Told(noise, NOON) for noise in NOISE]).empty
