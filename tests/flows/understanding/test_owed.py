# ruff: noqa: E501 -- a line and its reading stand side by side
"""Who owes what to whom by when, in lines as reps type them."""

import pytest

from flows.understanding import read
from tests.flows.understanding.people import CUSTOMERS, WEDNESDAY, summary

LINES = [
    ("send Tom the spec on the 26th", "no activity; due 11-26; Tom=tom; us will: send Tom the spec (the 26th)"),
    (
        "Emma's team reviews the draft this week and sends feedback on Monday",
        "note done; due week 11-16; due 11-23; Emma=emma",
    ),
    (
        "board said yes, forms back to us signed by Dec 9",
        "note done; due 12-09; them will: forms back to us signed (by Dec 9); positive",
    ),
    ("Hooli's PO should land Thursday", "note done; due 11-19; Hooli=hooli; them will: PO should land (Thursday)"),
    ("Mark says the wire goes out tomorrow", "note done; due 11-19; Mark=mark; them will: wire goes out (tomorrow)"),
    (
        "coffee with Jose, I'm to put him in touch with our installer",
        "meeting done; Jose=jose; us will: put him in touch with our installer",
    ),
    (
        "Anna asked if we can match 5% off, told her I'd check and come back by Mon",
        "note done; due 11-23; Anna=anna; 5 %; us will: check (by Mon); price!",
    ),
    (
        "Grace asked us to redo the drawing, said I'd have it Friday",
        "note done; due 11-20; Grace=grace; us will: redo the drawing (Friday)",
    ),
    (
        "Will to send measurements, me to build the quote, all by Friday",
        "note done; due 11-20; Will=will; them will: send measurements (by Friday); us will: build the quote (by Friday)",
    ),
    ("we'll trial it with 12 drivers starting Dec 7", "note done; due 12-07; 12 driver"),
    (
        "no word from Priya in 3 weeks, will ring her tomorrow",
        "call planned; other 12-09; reminder 11-19; Priya=priya; silent!",
    ),
    ("何芳还欠我们一份盖章的授权书，说周五寄", "note done; due 11-20; 何芳=hefang; them will: 一份盖章的授权书 (周五)"),
    ("还欠客户一份验收报告", "note done; us will: 一份验收报告"),
    ("孙丽嫌发货慢，答应补偿两箱耗材", "note done; 孙丽=sunli; 2 箱; us will: 补偿两箱耗材; negative"),
    ("周杰答应帮我们引荐他们厂长", "note done; 周杰=zhoujie; them will: 帮我们引荐他们厂长"),
    ("刘洋催开票，财务说后天开", "note done; due 11-20; 刘洋=liuyang; us will: 开票 (后天)"),
    ("王强要接口文档，研发说下周三才能出", "note done; due 11-25; 王强=wangqiang; us will: 接口文档 (下周三)"),
    ("冯涛要看demo视频，晚上发他", "note done; due 11-18; 冯涛=fengtao; us will: demo视频 (晚上)"),
    ("图册明天带过去", "note done; due 11-19; us will: 图册 (明天)"),
    ("郑凯说方案周五上会", "note done; other 11-20; 郑凯=zhengkai; authority!"),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_what_is_owed_is_read(text: str, expected: str) -> None:
    assert summary(read(text, WEDNESDAY, CUSTOMERS)) == expected
