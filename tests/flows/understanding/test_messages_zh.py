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
    ("赵磊：周五前给账期答复", "note done; due 11-20; 赵磊=zhaolei; them will: 给账期答复 (周五前)"),
    ("郑凯说内部通过了，下周一走手续", "note done; due 11-23; 郑凯=zhengkai; them will: 走手续 (下周一); positive"),
    ("周三前出一份检测报告给冯涛", "no activity; due 11-25; 冯涛=fengtao; us will: 出一份检测报告给冯涛 (周三前)"),
    ("刚把报价单发给王强了，等他回", "email done; 王强=wangqiang"),
    ("中兴PO下来了，36台，交期8周", "note done; 中兴=zte; 36 台; 8 周; stage won; positive"),
    ("回访了海尔郑凯，设备运行正常", "call done; 郑凯=zhengkai; 海尔=haier"),
    ("三一觉得30万偏高，要再降3个点", "note done; 三一=sany; 300000 CNY; 3 个点; price!; negative"),
    ("何芳催了两遍合同，让尽快盖章寄回", "note done; 何芳=hefang; us will: 盖章寄回; negative"),
    ("顺丰说少了3箱货", "note done; 顺丰=sf; 3 箱; quality!; negative"),
    ("12月1号上午给建行做方案汇报", "demo planned; activity 12-01; 建行=ccb"),
    ("明天去深圳出差，顺便见一下王强", "meeting planned; activity 11-19; 王强=wangqiang"),
    ("林晓出差到25号，回来再约", "note done; other 11-25; 林晓=linxiao"),
    ("高峰又放我们鸽子了", "note done; 高峰=gaofeng; silent!"),
    (
        "下午跟阿里开会，下周二前出个整改方案",
        "meeting planned; activity 11-18; due 11-24; 阿里=alibaba; us will: 出个整改方案 (下周二前)",
    ),
    ("吴婷在试用友商的，月底前定", "note done; due 11-30; 吴婷=wuting; them will: 定 (月底前); competitor!"),
    (
        "比亚迪刘洋，27号前签，约86万",
        "note done; due 11-27; 刘洋=liuyang; 比亚迪=byd; 860000 CNY; them will: 签 (27号前)",
    ),
    ("发一份型录到她邮箱，徐静", "no activity; 徐静=xujing"),
    ("项目延期两个月，周杰说的", "note done; other 01-18; 周杰=zhoujie; delay!; negative"),
    (
        "明天上午9点见阿里张敏，11点半去海尔，下午2点开会",
        "meeting planned; activity 11-19 09:00; activity 11-19 11:30; activity 11-19 14:00; "
        "张敏=zhangmin; 阿里=alibaba; 海尔=haier",
    ),
    (
        "昨天下午3点拜访了招行，5点去了建行",
        "visit done; activity 11-17 15:00; activity 11-17 17:00; 招行=cmb; 建行=ccb",
    ),
    (
        "周二例会前把三季度对账单发给郑凯",
        "no activity; due 11-24; other quarter 07-01; 郑凯=zhengkai; us will: 把三季度对账单发给郑凯 (周二例会前)",
    ),
    ("冯涛那边10点到12点都在开会，下午再打", "note done; other 11-19 10:00 to 12:00; reminder 11-18; 冯涛=fengtao"),
    ("12/8的拜访改到12/9上午10点", "visit planned; superseded 12-08; activity 12-09 10:00"),
    ("孙丽的助理小唐说货没破损", "note done; 孙丽=sunli"),
    (
        "格力的发票金额有误，王伟让今天重开",
        "note done; due 11-18; 王伟=wangwei; 格力=gree; us will: 重开 (今天); quality!; negative",
    ),
    ("不要忘了25号给京东寄样品", "no activity; due 11-25; 京东=jd; us will: 给京东寄样品 (25号)"),
    ("跟林晓对了一下接口，没问题", "meeting done; 林晓=linxiao; positive"),
    ("徐静在群里又催物流单号", "message done; 徐静=xujing; negative"),
    ("跟进了两次，丁一没下文", "note done; 丁一=dingyi; silent!; negative"),
    ("上周给美的发的方案一直没消息", "note done; other week 11-09; 美的=midea; silent!"),
    ("我答应王芳周五上门调试", "note done; due 11-20; 王芳=wangfang; us will: 上门调试 (周五)"),
    ("周四交付首批20台，三一", "no activity; due 11-19; 三一=sany; 20 台; us will: 交付首批20台 (周四)"),
    ("去年签的合同下个月到期，小米", "note done; other year 01-01; due month 12-01; 小米=xiaomi"),
    ("赵磊问能不能下周三到货", "note done; due 11-25; 赵磊=zhaolei; us will: 到货 (下周三)"),
    ("双十一的备货单，陈静要我周五前发她", "note done; other 11-11; due 11-20; 陈静=chenjing; us will: 发她 (周五前)"),
    ("吴婷：11/28的会提前到11/27下午2点", "meeting planned; superseded 11-28; activity 11-27 14:00; 吴婷=wuting"),
    ("订了12月8号的高铁，9号上午见恒力高峰", "meeting planned; other 12-08; activity 12-09; 高峰=gaofeng; 恒力=hengli"),
    ("下午茶碰到小米陈静，她们订单取消了", "meeting done; 陈静=chenjing; 小米=xiaomi; churn!; negative"),
    ("合同25号前签回，孙丽说的", "note done; due 11-25; 孙丽=sunli; them will: 签回 (25号前)"),
    ("比亚迪要求6月前上线，刘洋盯得紧", "note done; due month 06-01; 刘洋=liuyang; 比亚迪=byd; us will: 上线 (6月前)"),
    ("三一的标中了，1800万", "note done; 三一=sany; 18000000 CNY; stage won; positive"),
    ("给京东发的样品还没到，赵磊在等", "note done; 赵磊=zhaolei; 京东=jd"),
    ("林晓发来需求表格，我周五前看完", "message done; due 11-20; 林晓=linxiao; us will: 看完 (周五前)"),
    ("阿里觉得运费太高", "note done; 阿里=alibaba; price!; negative"),
    ("跟王强聊了一个半小时", "meeting done; 王强=wangqiang; 1.5 小时"),
    ("中兴的对接人换工作了", "note done; 中兴=zte; champion!"),
    ("周杰介绍了他们新任CTO", "note done; 周杰=zhoujie; champion!"),
    ("开年去拜访格力", "visit planned; 格力=gree"),
    ("下周四上午十点电话会，郑凯", "call planned; activity 11-26 10:00; 郑凯=zhengkai"),
    ("海尔两个月没下单了", "note done; 海尔=haier; 2 个月; churn!"),
    ("周二前确认参加招行的招标", "no activity; due 11-24; 招行=cmb; us will: 确认参加招行的招标 (周二前)"),
    ("顺丰那边明天出意见", "note done; due 11-19; 顺丰=sf; them will: 出意见 (明天)"),
    ("三期预算300w 明年3月招标 马超支持我们", "note done; other month 03-01; 马超=machao; 3000000 CNY; positive"),
    ("工地要求进场先培训", "note done"),
]


@pytest.mark.parametrize(("text", "expected"), MESSAGES)
def test_a_chinese_message_is_read_whole(text: str, expected: str) -> None:
    assert summary(read(text, WEDNESDAY, CUSTOMERS)) == expected
