# ruff: noqa: E501 -- a case is one line
"""When something is meant, in the many ways in which people say it; read on Wednesday 18 November 2026, 10:30 in Shanghai."""

import pytest

from flows.understanding import read
from flows.understanding.moods import Moods
from flows.understanding.text import prepare
from flows.understanding.times.reading import read_all
from tests.flows.understanding.test_rules import WEDNESDAY, shown

SEASONS = [
    ("we met them last summer", ["2026-06-01/2026-09-01"]),
    ("opening in the winter", ["2026-12-01/2027-03-01"]),
    ("frozen until fall 2027", ["2027-09-01/2027-12-01"]),
    ("call again in late spring", ["2027-05-01"]),
    ("sales fall in the north", []),
    ("the deal will fall through", []),
    ("the spring catalogue is out", []),
    ("50 springs and 20 bolts", []),
    ("前年秋天签的", ["2024-09-01/2024-12-01"]),
    ("今年夏天装的", ["2026-06-01/2026-09-01"]),
    ("2027年夏季上线", ["2027-06-01/2027-09-01"]),
    ("秋季新品发布", []),
    ("春秋航空", []),
    ("上世纪八十年代的厂", ["1980-01-01/1990-01-01"]),
]

AGAIN = [
    ("the second working day of each month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2"),
    ("every year on 5 June", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=5"),
    ("annually on June 5th", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=5"),
    ("monthly on the first Tuesday", "FREQ=MONTHLY;BYDAY=1TU"),
    ("every fortnight on Monday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
    ("on the 5th and 20th of every month", "FREQ=MONTHLY;BYMONTHDAY=5,20"),
    ("每三个月20号对账", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20"),
    ("every Boxing Day", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=26"),
    ("每年国庆", "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1"),
    ("每周一次例会", "FREQ=WEEKLY"),
    ("every two months on the 5th", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=5"),
    ("每半个月", "FREQ=DAILY;INTERVAL=15"),
    ("every Tue-Thu at 9", "FREQ=WEEKLY;BYDAY=TU,WE,TH;BYHOUR=9;BYMINUTE=0"),
    ("Monday to Friday every week", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    ("every month on the last day", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("周二四六上午送货", "FREQ=WEEKLY;BYDAY=TU,TH,SA;BYHOUR=10;BYMINUTE=0"),
    ("每三周的周二例会", "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU"),
    ("工作日每天上午十点晨会", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=10;BYMINUTE=0"),
]
DAYS = [
    ("the review is a week on Monday", ["2026-11-30"]),
    ("visit the plant Monday fortnight", ["2026-12-07"]),
    ("next Thursday but one", ["2026-12-03"]),
    ("the Tuesday after Labor Day", ["2027-09-07"]),
    ("the Monday before the 15th", ["2026-12-14"]),
    ("the week after Thanksgiving", ["2026-11-30"]),
    ("the weekend before Christmas", ["2026-12-19/2026-12-21"]),
    ("Labor Day weekend", ["2027-09-04/2027-09-07"]),
    ("Easter next year", ["2027-03-28"]),
    ("the first three weeks of March", ["2027-03-01/2027-03-22"]),
    ("open Tuesday to Thursday next week", ["2026-11-24/2026-11-27"]),
    ("下周二至下周四", ["2026-11-24/2026-11-27"]),
    ("11am-noon on Friday", ["2026-11-20T11:00/2026-11-20T12:00"]),
    ("gates open at 0615 tomorrow", ["2026-11-19T06:15"]),
    ("tomorrow between 3 and quarter past 4", ["2026-11-19T15:00/2026-11-19T16:15"]),
    ("in three quarters of an hour", ["2026-11-18T11:15"]),
    ("ready by Wed 9am, demo is at 10", ["2026-11-25T09:00", "2026-11-25T10:00"]),
    ("周五9点前装好，10点演示", ["2026-11-20T09:00", "2026-11-20T10:00"]),
    ("明天五点差十分", ["2026-11-19T16:50"]),
    ("明天差十分钟到五点", ["2026-11-19T16:50"]),
    ("两个月零十天后验收", ["2027-01-28"]),
    ("一年零三个月前买的", ["2025-08-18"]),
    ("十来天后再说", ["2026-11-28"]),
    ("三年半以后换机", ["2030-05-18"]),
    ("元月十号交货", ["2027-01-10"]),
    ("3000元月付", []),
    ("12.3-12.8出差", ["2026-12-03/2026-12-09"]),
    ("涨幅3.5-4.2万", []),
    ("未来一个月", ["2026-11-18/2026-12-19"]),
    ("发一下三季度的报表", ["2026-07-01"]),
    ("they want the Q3 usage figures", ["2026-07-01"]),
    ("the October numbers", ["2026-10-01"]),
    ("中秋前寄的样品还没到", ["2026-09-24"]),
    ("国庆前要发的货", ["2027-09-30"]),
    ("四季酒店", []),
    ("version 3.12 shipped", []),
    ("24/7 support", []),
    ("at 0815 hours on Friday", ["2026-11-20T08:15"]),
    ("Monday 10am Eastern", ["2026-11-23T23:00"]),
    ("on site Friday 9-5", ["2026-11-20T09:00/2026-11-20T17:00"]),
    ("model X1-2027", []),
    ("it was due on November 2", ["2026-11-02"]),
    ("the sample was due by Monday", ["2026-11-16"]),
    ("about two hundred thousand dollars", []),
    ("the final Monday of March", ["2027-03-29"]),
    ("last fiscal quarter", ["2026-07-01"]),
    ("two weeks ago yesterday", ["2026-11-03"]),
    ("后天（周五）上午十点", ["2026-11-20T10:00"]),
    ("再等半个小时", ["2026-11-18T11:00"]),
    ("下周二三点", ["2026-11-24T15:00"]),
    ("5月中旬到下旬", ["2027-05-11/2027-06-01"]),
    ("十年如一日", []),
    ("our team won 3-2", []),
    ("June called about the quote", []),
    ("一时半会定不下来", []),
    ("四千八一套", []),
    ("four Mondays from now", ["2026-12-14"]),
    ("two Fridays ago", ["2026-11-06"]),
    ("call in 2h15", ["2026-11-18T12:45"]),
    ("2026-W49", ["2026-11-30"]),
    ("the week of Easter", ["2027-03-22"]),
    ("tomorrow, 10.30 to 11.15", ["2026-11-19T10:30/2026-11-19T11:15"]),
    ("we met back in July", ["2026-07-01"]),
    ("inside of two weeks", ["2026-12-02"]),
    ("every now and then he calls", []),
    ("she sat next to him", []),
    ("两三天后回访", ["2026-11-21"]),
    ("一个多月前签的", ["2026-10-18"]),
    ("第36周", ["2026-08-31"]),
    ("下旬交货", ["2026-11-21/2026-12-01"]),
    ("二四年三月签的", ["2024-03-01"]),
    ("inspection 8am sharp on the 2nd", ["2026-12-02T08:00"]),
    ("试用到12月18号，到期前两天提醒我", ["2026-12-18", "2026-12-16"]),
    ("月底最后一天提醒我", ["2026-11-21/2026-12-01"]),
    ("2027-02-03T16:00:00+0200", ["2027-02-03T22:00:00"]),
    ("2027-02-03T16:00:00+05:30", ["2027-02-03T18:30:00"]),
    ("reply in a week or two", ["2026-12-02"]),
    ("reply within the hour", ["2026-11-18T11:30"]),
    ("this time next week", ["2026-11-25"]),
    ("the last Friday of 2027", ["2027-12-31"]),
    ("the latter half of March", ["2027-03-16/2027-04-01"]),
    ("the weekend of 16 January", ["2027-01-16/2027-01-18"]),
    ("3 Dec 9am - 4 Dec 5pm", ["2026-12-03T09:00/2026-12-04T17:00"]),
    ("三月的最后一天", ["2027-03-31"]),
    ("2027年最后一个周五", ["2027-12-31"]),
    ("下个月的今天", ["2026-12-18"]),
    ("三年前的今天", ["2023-11-18"]),
    ("三四月份上线", ["2027-03-01/2027-05-01"]),
    ("今明两天给报价", ["2026-11-18/2026-11-20"]),
    ("这两天很忙", ["2026-11-18/2026-11-20"]),
    ("国庆第三天", ["2027-10-03"]),
    ("除夕夜八点", ["2027-02-05T20:00"]),
    ("建设路18号", []),
    ("六一路的门店", []),
    ("五月花酒店", []),
    ("今日头条投放", []),
    ("三月中下旬安装", ["2027-03-11/2027-04-01"]),
    ("下周前两天", ["2026-11-23/2026-11-25"]),
    ("ticket #20261118 was reopened", []),
    ("about 5 to 6 pallets", []),
]


@pytest.mark.parametrize(("said", "meant"), SEASONS + DAYS)
def test_what_time_is_meant(said: str, meant: list[str]) -> None:
    text = prepare(said)
    assert [shown(one.placed) for one in read_all(text, WEDNESDAY, Moods(text))] == meant


@pytest.mark.parametrize(("said", "meant"), AGAIN)
def test_how_often_is_meant(said: str, meant: str) -> None:
    text = prepare(said)
    assert [shown(one.placed) for one in read_all(text, WEDNESDAY, Moods(text))] == [meant]


def test_what_was_sent_before_a_day_that_is_over_is_no_deadline() -> None:
    assert [time.role for time in read("国庆前寄的样品坏了两箱", WEDNESDAY).times] == ["past"]


def test_what_is_promised_for_these_two_days_is_due_on_the_second() -> None:
    assert [time.start.isoformat() for time in read("这两天给您报价", WEDNESDAY).times] == ["2026-11-19"]


def test_how_often_takes_its_word_for_once_along() -> None:
    assert [time.text for time in read("提醒我每周一次跟进", WEDNESDAY).times] == ["每周一次"]
