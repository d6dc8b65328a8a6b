"""Chinese messages as people type them in a hurry, each with every fact in it."""

import pytest

from flows.understanding import read
from tests.flows.understanding.people import CUSTOMERS, WEDNESDAY, summary

MESSAGES = [
    ("吴婷后天到广州，下午两点来厂里看样机", "visit planned; activity 11-20 14:00; 吴婷=wuting"),
    ("今儿个下午去格力，王伟约的四点", "visit planned; activity 11-18 16:00; 王伟=wangwei; 格力=gree"),
    ("答应孙丽本周内把接口文档给她", "note done; due week 11-16; 孙丽=sunli; us will: 把接口文档给她 (本周内)"),
    (
        "招行要求三天内出整改报告，说响应太慢",
        "note done; due 11-21; 招行=cmb; us will: 出整改报告 (三天内); quality!; negative",
    ),
    ("原定周四发货，改到下周二", "note done; superseded 11-19; due 11-24; us will: 发货 (下周二)"),
    ("周末陪冯涛钓鱼，聊得不错", "meeting done; activity 11-14 to 11-15; 冯涛=fengtao; positive"),
    ("林晓问能不能支持离线版", "note done; 林晓=linxiao"),
    ("周杰说再拖就取消订单", "note done; 周杰=zhoujie; churn!; negative"),
    ("方案没问题，就等何总签字了", "note done; 何总=hefang; positive"),
    ("马超觉得费用偏高，想找别家", "note done; 马超=machao; price!; competitor!; negative"),
    ("24号上午，海尔系统培训，8个人", "meeting planned; activity 11-24; 海尔=haier; 8 个人"),
    ("赵磊要我把对账单邮件给他，明天就要", "note done; due 11-19; 赵磊=zhaolei; us will: 把对账单邮件给他 (明天)"),
    ("徐静要了解PaaS平台的价格", "note done; 徐静=xujing"),
    ("顺丰的框架到2028年底", "note done; other 09-01 to 12-31; 顺丰=sf"),
    ("今天拜访中兴，没什么进展", "visit done; activity 11-18; 中兴=zte; negative"),
    (
        "29号前要把投标保证金20万打给建行",
        "no activity; due 11-29; 建行=ccb; 200000 CNY; us will: 把投标保证金20万打给建行 (29号前)",
    ),
    ("张敏说下周二之前走完OA流程", "note done; due 11-24; 张敏=zhangmin; them will: 走完OA流程 (下周二之前)"),
]


@pytest.mark.parametrize(("text", "expected"), MESSAGES)
def test_a_chinese_message_is_read_whole(text: str, expected: str) -> None:
    assert summary(read(text, WEDNESDAY, CUSTOMERS)) == expected
