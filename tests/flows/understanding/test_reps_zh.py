"""Chinese as reps of different trades write it: one statement after another, parted by commas."""

import pytest

from flows.understanding import read
from tests.flows.understanding.people import CUSTOMERS, WEDNESDAY, summary

LINES = [
    ("走访中兴，见到了冯涛", "visit done; 冯涛=fengtao; 中兴=zte"),
    ("昨天去三一见了周杰", "visit done; activity 11-17; 周杰=zhoujie; 三一=sany"),
    ("开了个电话会，中兴那边3个人", "call done; 中兴=zte; 3 个人"),
    ("张敏把会取消了，改天再约", "meeting planned; 张敏=zhangmin; negative"),
    (
        "王伟答应月底前给我们安排一次跟院长的见面",
        "note done; due 11-30; 王伟=wangwei; them will: 给我们安排一次跟院长的见面 (月底前)",
    ),
    ("后天下午三点见何芳，别忘了带样册", "meeting planned; activity 11-20 15:00; 何芳=hefang"),
    ("12月20号之后付不了款", "note done; other 12-20"),
    ("马超说这个月批不下来", "note done; other month 11-01; 马超=machao"),
    ("三一要开票，周杰下班前要", "note done; due 11-18; 周杰=zhoujie; 三一=sany; us will: 开票 (下班前)"),
    (
        "平安科技和建行的续约合同都在周四之前寄",
        "note done; due 11-19; 平安科技=pingan-tech; 建行=ccb; us will: 平安科技和建行的续约合同 (周四之前)",
    ),
    ("11月27号前要交保证金8万", "no activity; due 11-27; 80000 CNY; us will: 交保证金8万 (11月27号前)"),
    ("王伟：下周三下PO", "note done; due 11-25; 王伟=wangwei; them will: 下PO (下周三); positive"),
    ("孙丽满意，明年打算再买两套", "note done; other year 01-01; 孙丽=sunli; 2 套; positive"),
    ("郑凯说今年没有这块预算", "note done; other year 01-01; 郑凯=zhengkai; budget!"),
    ("陈静问单价能不能优惠", "note done; 陈静=chenjing; price!"),
    ("今天气氛很僵", "note done; other 11-18"),
    ("刘洋的同事小范加我了", "message done; 刘洋=liuyang; 小范=?"),
    (
        "顺丰续签两年，王芳下周五盖章",
        "note done; due 11-27; 王芳=wangfang; 顺丰=sf; 2 年; them will: 盖章 (下周五); positive",
    ),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_a_line_of_a_rep_is_read_whole(text: str, expected: str) -> None:
    assert summary(read(text, WEDNESDAY, CUSTOMERS)) == expected
