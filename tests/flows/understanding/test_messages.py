# ruff: noqa: E501 -- a message and what is read from it are one line
"""Whole messages, as reps write them, with everything that is read from them."""

import pytest

from flows.understanding import NOBODY, as_json, read, why
from tests.flows.understanding.people import CUSTOMERS, WEDNESDAY, summary

ENGLISH = [
    (
        "Met Sarah Chen at Initech yesterday, they loved the demo. Sending the contract by Thursday.",
        "meeting done; activity 11-17; due 11-19; Sarah Chen=sarah; Initech=initech; us will: Sending the contract (by Thursday); positive",
    ),
    (
        "Visited Bluebird Logistics this morning, Karen is worried about pricing. need to send revised quote by EOD Friday",
        "visit done; activity 11-18; due 11-20; Karen=karen; Bluebird Logistics=bluebird; us will: send revised quote (by EOD Friday); negative",
    ),
    (
        "emailed Priya the proposal, she'll get back to us by next Wednesday",
        "email done; due 11-25; Priya=priya; them will: get back to us (by next Wednesday)",
    ),
    ("Call Mike Johnson tomorrow at 3", "call planned; activity 11-19 15:00; Mike Johnson=mike"),
    (
        "lunch with May from Fabrikam on Friday 12:30",
        "meeting planned; activity 11-20 12:30; May=may; Fabrikam=fabrikam",
    ),
    (
        "Mark from Soylent will send the PO on Monday",
        "note done; due 11-23; Mark=mark; Soylent=soylent; them will: send the PO (Monday)",
    ),
    (
        "Demo for Hooli moved from Tuesday 3pm to Wednesday 4pm",
        "demo planned; superseded 11-24 15:00; activity 11-25 16:00; Hooli=hooli",
    ),
    (
        "Not Tuesday but Wednesday for the Stark meeting",
        "meeting planned; superseded 11-24; activity 11-25; Stark=stark",
    ),
    ("follow up with Grace in two weeks", "no activity; reminder 12-02; Grace=grace"),
    ("remind me to call Omar at 9am tmrw", "no activity; reminder 11-19 09:00; Omar=omar"),
    (
        "Tom Baker wants a proposal for 200 licenses before Dec 15",
        "note done; due 12-15; Tom Baker=tom; 200 license; us will: proposal for 200 licenses (Dec 15)",
    ),
    ("spoke w/ David about renewal", "call done; David=david-lee or david-kim"),
    (
        "David Kim from Hooli called, they are comparing us with Salesforce",
        "call done; David Kim=david-kim; Hooli=hooli; competitor!",
    ),
    (
        "Anna at Target asked for a discount, 10% off",
        "note done; Anna=anna; Target=target; 10 %; price!",
    ),
    ("What did we last discuss with Acme?", "asks; Acme=acme"),
    ("when is my next meeting with Globex", "asks; Globex=globex"),
    ("how many deals did we close last month?", "asks; past month 10-01"),
    ("Acme asked when we can start", "note done; Acme=acme"),
    ("lost the Tyrell deal, went with a competitor", "note done; Tyrell=tyrell; competitor!; stage lost; negative"),
    ("every monday 9am pipeline review", "no activity; reminder FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0"),
    (
        "check in with Wayne Enterprises every 2 weeks starting next Monday",
        "no activity; reminder FREQ=WEEKLY;INTERVAL=2; Wayne Enterprises=wayne",
    ),
    (
        "left voicemail for Chris Wong, will try again thursday afternoon",
        "call done; reminder 11-19; Chris Wong=chris; silent!",
    ),
    (
        "Meeting with Northwind next week Tuesday 10-11am PST",
        "meeting planned; activity 11-25 02:00 to 03:00; Northwind=northwind",
    ),
    ("text Emma on 11/25 about security docs", "no activity; reminder 11-25; Emma=emma"),
    (
        "I owe Contoso a revised SOW by the end of the month",
        "note done; due 11-30; Contoso=contoso; us will: revised SOW (by the end of the month)",
    ),
    (
        "José Álvarez at Delta Dental: wants pricing for 15 offices, about $2k per office per month",
        "note done; José Álvarez=jose; Delta Dental=delta; 2000 USD; 15 office; us will: pricing for 15 offices",
    ),
    ("firday 3pm demo with acme", "demo planned; activity 11-20 15:00; acme=acme"),
    ("Acme meeting nxt wensday at 2", "meeting planned; activity 11-25 14:00; Acme=acme"),
    (
        "had coffee with Li Wei, new CTO at Globex. #champion",
        "meeting done; Li Wei=?; Globex=globex; #champion; champion!; positive",
    ),
    (
        "sent the NDA to Cyberdyne on Monday, waiting for their legal",
        "email done; activity 11-16; Cyberdyne=cyberdyne; delay!; legal!",
    ),
    (
        "Vandelay pushed to Q2, no budget this year",
        "note done; other quarter 04-01; other year 01-01; Vandelay=vandelay; delay!; budget!; negative",
    ),
    (
        "upsell opportunity at Umbrella Health: 50 more seats, ~ 30-40k",
        "note done; Umbrella Health=umbrella; 30000-40000 None; 50 seat; positive",
    ),
    ("demo went great, they want to move forward, contract next week", "demo done; other week 11-23; positive"),
    (
        "todo: prepare deck for Apex Robotics by 5pm",
        "no activity; due 11-18 17:00; Apex Robotics=apex-robotics; us will: prepare deck (by 5pm)",
    ),
    (
        "Karen promised to sign by the 30th",
        "note done; due 11-30; Karen=karen; them will: sign (by the 30th); positive",
    ),
    ("Ping Sarah about the contract on Thursday morning", "no activity; reminder 11-19; Sarah=sarah"),
    (
        "Sarah Chen will get back to me by end of next week",
        "note done; due 11-27; Sarah Chen=sarah; them will: get back to me (by end of next week)",
    ),
    ("Meeting w/ Globex pushed to Dec 2 at 11", "meeting planned; activity 12-02 11:00; Globex=globex; delay!"),
    (
        "we agreed to send the samples within 5 working days",
        "note done; due 11-25; us will: send the samples (within 5 working days); positive",
    ),
    (
        "Had a great call with Priya Patel today, she'd like a demo next Thursday at 2pm, budget is around 60k",
        "call done; activity 11-18; activity 11-26 14:00; Priya Patel=priya; 60000 None; positive",
    ),
    (
        'Karen: "send me the contract tomorrow"',
        "note done; due 11-19; Karen=karen; us will: send me the contract (tomorrow)",
    ),
    ("Omar's contract expires on Jan 31", "note done; due 01-31; Omar=omar"),
    (
        "Tom Baker no longer with Contoso, new buyer is Jane Roe",
        "note done; Tom Baker=tom; Jane Roe=?; Contoso=contoso; champion!",
    ),
    (
        "invoice Umbrella Health $12,500 by Nov 30",
        "no activity; due 11-30; Umbrella Health=umbrella; 12500 USD; us will: invoice Umbrella Health $12,500 (by Nov 30)",
    ),
    ("2pm call w/ Stark cancelled", "note done; other 11-18 14:00; Stark=stark; negative"),
    (
        "rescheduled Apex Robotics demo to Monday 10am",
        "demo planned; activity 11-23 10:00; Apex Robotics=apex-robotics",
    ),
    ("their fiscal year ends in March, revisit in February", "note done; other month 03-01; reminder month 02-01"),
    ("Emailed Anna Müller pricing, follow up in 3 days if no reply", "email done; reminder 11-21; Anna Müller=anna"),
    ("Should I call Acme today?", "asks; other 11-18; Acme=acme"),
    ("any update on the Globex deal?", "asks; Globex=globex"),
    ("show me all deals closing this month", "asks; other month 11-01"),
]
CHINESE = [
    (
        "刚拜访完华为李伟，对方对方案很满意，下周三前给正式报价",
        "visit done; due 11-25; 李伟=liwei-hw; 华为=huawei; us will: 给正式报价 (下周三前); positive",
    ),
    ("明天上午10点跟腾讯王强开会", "meeting planned; activity 11-19 10:00; 王强=wangqiang; 腾讯=tencent"),
    (
        "昨天给小米陈静打电话没人接，后天再打",
        "call done; activity 11-17; reminder 11-20; 陈静=chenjing; 小米=xiaomi; silent!",
    ),
    (
        "阿里张敏说预算砍了，明年再看",
        "note done; reminder year 01-01; 张敏=zhangmin; 阿里=alibaba; budget!; delay!; negative",
    ),
    ("提醒我周五下午3点给比亚迪刘洋发合同", "no activity; reminder 11-20 15:00; 刘洋=liuyang; 比亚迪=byd"),
    (
        "京东赵磊要一份300套的报价，周五前给到",
        "note done; due 11-20; 赵磊=zhaolei; 京东=jd; 300 套; us will: 300套的报价 (周五前)",
    ),
    ("把和美团的会从周三改到周四下午2点", "meeting planned; superseded 11-25; activity 11-19 14:00; 美团=meituan"),
    (
        "三一重工周杰答应下周二之前付款50万",
        "note done; due 11-24; 周杰=zhoujie; 三一重工=sany; 500000 CNY; them will: 付款50万 (下周二之前)",
    ),
    ("王总说价格太贵，希望打8折", "note done; 王总=wangqiang or wangfang or wangwei; 80 折; price!; negative"),
    ("跟海尔郑凯吃饭，聊了明年的合作，氛围很好", "meeting done; other year 01-01; 郑凯=zhengkai; 海尔=haier; positive"),
    ("每周一早上9点开例会", "no activity; activity FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0"),
    ("每月15号提醒我给中兴对账", "no activity; reminder FREQ=MONTHLY;BYMONTHDAY=15; 中兴=zte"),
    ("招行何芳电话13812345678，微信同号", "note done; 何芳=hefang; 招行=cmb; +8613812345678"),
    (
        "平安林晓那边要走招标流程，预计12月中旬出结果",
        "note done; due 12-11 to 12-20; 林晓=linxiao; 平安=pingan-tech; them will: 出结果 (12月中旬)",
    ),
    (
        "恒力高峰说月底前签合同，约80万",
        "note done; due 11-30; 高峰=gaofeng; 恒力=hengli; 800000 CNY; them will: 签合同 (月底前); positive",
    ),
    ("流量高峰期系统崩溃了，客户投诉", "note done; quality!; negative"),
    ("美的吴婷下周来公司考察，安排接待", "visit planned; activity week 11-23; 吴婷=wuting; 美的=midea"),
    (
        "大华丁一的合同已经签了，120万，首付30%",
        "note done; 丁一=dingyi; 大华=dahua; 1200000 CNY; 30 %; stage won; positive",
    ),
    ("上周五跟顺丰王芳视频会议，讨论了物流系统对接", "meeting done; activity 11-13; 王芳=wangfang; 顺丰=sf"),
    ("华为还欠我们什么？", "asks; 华为=huawei"),
    ("上次和腾讯聊是什么时候", "asks; 腾讯=tencent"),
    ("客户问什么时候能交付", "note done"),
    ("格力的项目黄了，选了竞品", "note done; 格力=gree; competitor!; stage lost; negative"),
    ("今天下午4点电话回访蓝海物流徐静", "call planned; reminder 11-18 16:00; 徐静=xujing; 蓝海物流=lanhai"),
    ("三天后跟进星河电子的李伟", "no activity; reminder 11-21; 李伟=liwei-xh; 星河电子=xinghe"),
    ("李伟说下周给答复", "note done; due week 11-23; 李伟=liwei-hw or liwei-xh; them will: 给答复 (下周)"),
    ("周三去建行拜访马超，带合同", "visit planned; activity 11-25; 马超=machao; 建行=ccb"),
    ("周五演示，提前两天提醒我准备PPT", "demo planned; activity 11-20; reminder 11-18"),
    (
        "约了阿里巴巴张敏周四下午三点半线上会议",
        "meeting planned; activity 11-19 15:30; 张敏=zhangmin; 阿里巴巴=alibaba",
    ),
    (
        "和王伟喝了个咖啡，他说格力Q1有采购计划，预算200万左右",
        "meeting done; other quarter 01-01; 王伟=wangwei; 格力=gree; 2000000 CNY",
    ),
    ("明天改到后天了，跟小米的会", "meeting planned; superseded 11-19; activity 11-20; 小米=xiaomi"),
    ("不是周三是周四跟比亚迪开会", "meeting planned; superseded 11-25; activity 11-19; 比亚迪=byd"),
    ("2小时后给李姐回电话", "no activity; reminder 11-18 12:30; 李姐=liwei-hw or liwei-xh"),
    ("国庆后第一周去拜访海尔", "visit planned; activity week 10-04; 海尔=haier"),
    (
        "下午跟Acme的Li Wei开了zoom，他want一个quote，下周二前发",
        "meeting done; activity 11-17; due 11-24; Li Wei=li-wei; Acme=acme; us will: quote (下周二前)",
    ),
    (
        "今天签了个大单，中兴冯涛，合同额350万",
        "note done; past 11-18; 冯涛=fengtao; 中兴=zte; 3500000 CNY; stage won; positive",
    ),
    ("元旦前3天提醒我发祝福", "no activity; reminder 12-29"),
    (
        "王总让我明天把合同发过去",
        "note done; due 11-19; 王总=wangqiang or wangfang or wangwei; us will: 把合同发过去 (明天)",
    ),
    (
        "下周三下午2点和中兴冯涛、张伟一起吃饭",
        "meeting planned; activity 11-25 14:00; 冯涛=fengtao; 张伟=zhangwei; 中兴=zte",
    ),
    ("跟进：比亚迪合同盖章，最晚周五", "no activity; due 11-20; 比亚迪=byd; us will: 比亚迪合同盖章 (最晚周五)"),
    ("答应了顺丰王芳明天中午前给方案", "note done; due 11-19; 王芳=wangfang; 顺丰=sf; us will: 给方案 (明天中午前)"),
    (
        "腾讯王强微信说下周可以签",
        "message done; due week 11-23; 王强=wangqiang; 腾讯=tencent; them will: 签 (下周); positive",
    ),
    ("客户投诉系统老是报错，要求3天内解决", "note done; due 11-21; us will: 解决 (3天内); quality!; negative"),
    ("跟海尔谈了年框，600万，分三年", "note done; 海尔=haier; 6000000 CNY; 3 年"),
    ("小米的采购经理离职了，新来的叫李明", "note done; 李明=?; 小米=xiaomi; champion!"),
    ("提醒：12月1号三一重工尾款到期", "no activity; reminder 12-01; 三一重工=sany"),
    ("昨晚和马超喝酒，聊得不错", "meeting done; activity 11-17; 马超=machao; positive"),
    ("周四的拜访取消了", "visit planned; activity 11-19; negative"),
    ("哪些客户这个月要续约", "asks; other month 11-01"),
    ("给我看一下本周的拜访", "asks; other week 11-16"),
    ("王强的电话是多少", "asks; 王强=wangqiang"),
    ("星河电子 李伟 回款 20w 已到账", "note done; 李伟=liwei-xh; 星河电子=xinghe; 200000 CNY"),
]
MORE = [
    (
        "Spoke with Mark Evans re: Soylent renewal - he wants 15% off, decision by end of Nov",
        "call done; due 11-30; Mark Evans=mark; Soylent=soylent; 15 %; them will: decision (by end of Nov); price!",
    ),
    (
        "Umbrella Health demo went well but legal review will take 3 weeks",
        "demo done; Umbrella Health=umbrella; 3 week; legal!; positive",
    ),
    (
        "meeting with Wayne Enterprises postponed to next month",
        "meeting planned; activity month 12-01; Wayne Enterprises=wayne; delay!; negative",
    ),
    (
        "Tyrell: Grace on leave until Jan 4, ping her after that",
        "note done; reminder 01-04; Grace=grace; Tyrell=tyrell",
    ),
    (
        "met Omar for coffee, Cyberdyne budget is $80-100k, wants proposal before Thanksgiving",
        "meeting done; due 11-26; Omar=omar; Cyberdyne=cyberdyne; 80000-100000 USD; us will: proposal (Thanksgiving)",
    ),
    (
        "Will will send the contract tomorrow",
        "note done; due 11-19; Will=will; them will: send the contract (tomorrow)",
    ),
    ("call with May at 4pm today", "call planned; activity 11-18 16:00; May=may"),
    (
        "Fabrikam signed! 36-month deal, $1.2M TCV",
        "note done; Fabrikam=fabrikam; 1200000 USD; 36 month; stage won; positive",
    ),
    (
        "Delta Dental unhappy with support, 3 open tickets, may cancel",
        "note done; Delta Dental=delta; quality!; churn!; negative",
    ),
    (
        "need to get the redlined MSA back to Stark by EOD",
        "no activity; due 11-18; Stark=stark; us will: get the redlined MSA back (by EOD); legal!",
    ),
    (
        "pls remind me 30 min before the Acme call tomorrow at 2pm",
        "no activity; reminder 11-19 13:30; activity 11-19 14:00; Acme=acme",
    ),
    ("text Tom Friday am", "no activity; reminder 11-20; Tom=tom"),
    (
        "Bluebird: 200 trucks, 3 warehouses, current contract ends March 31 2027",
        "note done; due 03-31; Bluebird=bluebird; 200 truck; 3 warehouse",
    ),
    (
        "Apex Financial meeting notes: 5 attendees, next step = trial starting 12/1",
        "meeting done; due 12-01; Apex Financial=apex-fin; 5 attendee",
    ),
    (
        "刚和腾讯王强通完电话，他们想先试用两周，下周一开通账号",
        "call done; due 11-23; 王强=wangqiang; 腾讯=tencent; 2 周; us will: 开通账号 (下周一); stage trial",
    ),
    (
        "小米陈静说价格比竞品高10%，让我们周四前重新报价",
        "note done; due 11-19; 陈静=chenjing; 小米=xiaomi; 10 %; us will: 重新报价 (周四前); price!; competitor!",
    ),
    ("约了阿里张敏明天下午喝咖啡", "meeting planned; activity 11-19; 张敏=zhangmin; 阿里=alibaba"),
    (
        "华为李伟微信回复说合同在走流程，月底前能盖章",
        "message done; due 11-30; 李伟=liwei-hw; 华为=huawei; them will: 盖章 (月底前)",
    ),
    ("京东赵磊今天没接电话，明早再打", "call done; activity 11-18; reminder 11-19; 赵磊=zhaolei; 京东=jd; silent!"),
    ("下周去深圳出差，顺便拜访比亚迪刘洋", "visit planned; activity week 11-23; 刘洋=liuyang; 比亚迪=byd"),
    (
        "美团孙丽的预算被砍到80万，项目推迟到明年Q1",
        "note done; other quarter 01-01; 孙丽=sunli; 美团=meituan; 800000 CNY; budget!; delay!; negative",
    ),
    (
        "海尔郑凯要看案例，今天下班前发给他",
        "note done; due 11-18; 郑凯=zhengkai; 海尔=haier; us will: 案例 (今天下班前)",
    ),
    ("中兴张伟离职了，接手的是冯涛", "note done; 张伟=zhangwei; 冯涛=fengtao; 中兴=zte; champion!"),
    (
        "记得给星河电子的李伟寄样品，周三前",
        "no activity; due 11-25; 李伟=liwei-xh; 星河电子=xinghe; us will: 给星河电子的李伟寄样品 (周三前)",
    ),
    (
        "建行马超那边安全评审没过，要补材料，本周五之前",
        "note done; due 11-20; 马超=machao; 建行=ccb; us will: 补材料 (本周五之前); negative",
    ),
    ("每个月最后一个周五跟大华丁一对账", "no activity; reminder FREQ=MONTHLY;BYDAY=-1FR; 丁一=dingyi; 大华=dahua"),
    (
        "格力王伟催发票，我答应明天上午开好发过去",
        "note done; due 11-19; 王伟=wangwei; 格力=gree; us will: 开好发过去 (明天上午)",
    ),
    (
        "蓝海物流徐静反馈系统卡，客服已跟进，后天回访",
        "note done; reminder 11-20; 徐静=xujing; 蓝海物流=lanhai; quality!",
    ),
    ("平安银行那边要等总行审批，估计要到元旦后", "note done; other 01-04; 平安银行=pingan-bank; authority!"),
    ("顺丰王芳问能不能月结，我说下周一答复", "note done; due 11-23; 王芳=wangfang; 顺丰=sf; us will: 答复 (下周一)"),
    ("把明天和小米的会改到后天同一时间", "meeting planned; superseded 11-19; activity 11-20; 小米=xiaomi"),
    ("2026年12月31日合同到期，提前一个月提醒我续约", "note done; due 12-31; reminder 11-30"),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH + CHINESE + MORE)
def test_a_message_is_read_whole(text: str, expected: str) -> None:
    assert summary(read(text, WEDNESDAY, CUSTOMERS)) == expected


@pytest.mark.parametrize("text", [text for text, _ in ENGLISH + CHINESE + MORE])
def test_every_fact_has_its_place_and_its_reason(text: str) -> None:
    reading = read(text, WEDNESDAY, CUSTOMERS)
    for one in reading.times:
        assert text[one.place.start : one.place.end] == one.text
    for one in (*reading.people, *reading.companies):
        assert text[one.place.start : one.place.end].startswith(one.mention)
    assert all(line["rule"] and line["words"] for line in why(reading))
    assert all(0 < one.confidence <= 1 for _, one in reading.trace)


def test_names_that_nobody_bears_are_still_mentioned() -> None:
    reading = read("Called Li Wei at Acme about a renewal", WEDNESDAY, NOBODY)
    assert [(one.mention, one.id) for one in reading.people] == [("Li Wei", None)]
    assert [(one.mention, one.id) for one in reading.companies] == [("Acme", None)]
    assert [one.mention for one in reading.unknown] == ["Li Wei", "Acme"]


def test_a_chinese_name_that_nobody_bears_is_still_mentioned() -> None:
    reading = read("刚给华为的李伟打了电话", WEDNESDAY, NOBODY)
    assert [one.mention for one in reading.people] == ["李伟"]
    assert [one.mention for one in reading.companies] == ["华为"]


def test_the_form_for_others_is_plain_json() -> None:
    answer = as_json(read("quote $5k to Acme by Friday #hot", WEDNESDAY, CUSTOMERS))
    assert answer["times"][0]["start"] == "2026-11-20"
    assert (answer["times"][0]["role"], answer["tags"], answer["money"][0]["amount"]) == ("due", ["hot"], 5000)


def test_a_slip_of_the_finger_keeps_places_in_the_original() -> None:
    reading = read("see them wedensday, then frday", WEDNESDAY, CUSTOMERS)
    assert [one.text for one in reading.times] == ["wedensday", "frday"]
