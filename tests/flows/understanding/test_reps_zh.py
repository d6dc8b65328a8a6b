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
    ("王强休年假到下周三，回来再谈价格", "note done; reminder 11-25; 王强=wangqiang"),
    ("郑凯说财务周五打", "note done; due 11-20; 郑凯=zhengkai; them will: 打 (周五)"),
    ("每周一上午十点跟项目组开例会", "meeting planned; activity FREQ=WEEKLY;BYDAY=MO;BYHOUR=10;BYMINUTE=0"),
    ("马超说还要行长签字", "note done; 马超=machao; authority!"),
    ("欧阳娜下周二要看新版", "note done; due 11-24; 欧阳娜=?; us will: 新版 (下周二)"),
    (
        "明早九点前给吴婷回复能不能再加两台",
        "no activity; due 11-19 09:00; 吴婷=wuting; 2 台; us will: 给吴婷回复能不能再加两台 (明早九点前); positive",
    ),
    ("时间定在12月8日到10日，招行安全部要来做审计", "visit planned; activity 12-08 to 12-10; 招行=cmb"),
    ("王芳说顺丰总部下周开会定供应商", "note done; activity week 11-23; 王芳=wangfang; 顺丰=sf"),
    ("格力的样机被退回，表面有划痕", "note done; 格力=gree; quality!; negative"),
    ("高峰说老板还没拍板", "note done; 高峰=gaofeng; authority!"),
    ("三一那台泵下午三点到货，安排人去装", "note done; due 11-18 15:00; 三一=sany; us will: 到货 (下午三点)"),
    ("从200套减到120套，重新报价", "note done; 200 套; 120 套; us will: 重新报价"),
    ("新客户介绍来的，公司叫锐能科技，做电池", "note done; 锐能科技=?; stage lead"),
    ("中午请张敏吃饭，她透露要换系统", "meeting done; activity 11-18; 张敏=zhangmin"),
    ("这个价还是高，他们只能出到26万", "note done; 260000 CNY; price!"),
    ("马超让开专票", "note done; 马超=machao; us will: 开专票"),
    ("样品周五发不了，改到下周二", "note done; superseded 11-20; due 11-24"),
    ("打印机又卡了，让技术明天上午过去看", "note done; due 11-19; us will: 技术过去看 (明天上午)"),
    ("合同12月31日到期，提前30天联系何芳续约", "note done; due 12-31; reminder 12-01; 何芳=hefang"),
    ("周五约了周杰，两点半在三一东门碰头", "meeting planned; activity 11-20 14:30; 周杰=zhoujie; 三一=sany"),
    ("后天约了赵磊看仓库，上午九点半到", "visit planned; activity 11-20 09:30; 赵磊=zhaolei"),
    ("孙丽催了两次样册，今天发", "note done; due 11-18; 孙丽=sunli; us will: 样册 (今天); negative"),
    ("高峰这个月只订了200箱", "note done; other month 11-01; 高峰=gaofeng; 200 箱"),
    ("王伟那边的系统12月15号前要装好", "note done; due 12-15; 王伟=wangwei; us will: 系统装好 (12月15号前)"),
    ("格力那批货周三前补齐", "note done; due 11-25; 格力=gree; us will: 格力那批货补齐 (周三前)"),
    (
        "林晓反映软件闪退，我让技术今天看",
        "note done; due 11-18; 林晓=linxiao; us will: 技术看 (今天); quality!; negative",
    ),
    ("蓝海徐静让先报价", "note done; 徐静=xujing; 蓝海=lanhai; us will: 报价"),
    ("给陈静打电话没打通，发短信约明天上午", "call done; activity 11-19; 陈静=chenjing; silent!"),
    ("冯涛说上周装的柜子装不上，要重新开模", "note done; past week 11-09; 冯涛=fengtao; us will: 重新开模; quality!"),
    ("孙丽周一把接口文档发过来", "note done; due 11-23; 孙丽=sunli; them will: 把接口文档发过来 (周一)"),
    ("华为那边要求驻场3个人", "note done; 华为=huawei; 3 个人"),
    ("客户明天要来验货，三一的", "visit planned; activity 11-19; 三一=sany"),
    ("跟赵磊约了个时间，下周三上午，他来定地方", "meeting planned; activity 11-25; 赵磊=zhaolei"),
    ("徐静同意延期，从11月25日延到12月9日", "note done; superseded 11-25; due 12-09; 徐静=xujing; delay!; mixed"),
    ("赵磊问双十二有没有活动价", "note done; other 12-12; 赵磊=zhaolei"),
    ("建行那单已经内定了", "note done; 建行=ccb"),
    ("美的这个月没下单", "note done; other month 11-01; 美的=midea; churn!"),
    ("屏幕又闪了，已安排售后明天上门", "note done; due 11-19; us will: 售后上门 (明天)"),
    ("给林晓打了半小时电话，预算8万以内", "call done; 林晓=linxiao; 80000 CNY; 0.5 小时"),
    ("没联系上郑凯，周五再打", "call done; reminder 11-20; 郑凯=zhengkai; silent!"),
    ("跟徐静吃饭时聊到蓝海要换系统", "meeting done; 徐静=xujing; 蓝海=lanhai"),
    ("三一年度审厂，11月24日到26日，周杰接待", "visit planned; activity 11-24 to 11-26; 周杰=zhoujie; 三一=sany"),
    (
        "格力的广告屏坏了2块，王伟要我们今天之内换好",
        "note done; due 11-18; 王伟=wangwei; 格力=gree; 2 CNY; us will: 换好 (今天之内); quality!; negative",
    ),
    ("何芳说在走账，月底前一定到", "note done; due 11-30; 何芳=hefang"),
    ("高峰那边的消防验收下下周三", "note done; due 12-02; 高峰=gaofeng"),
    ("孙丽不满意退款率", "note done; 孙丽=sunli; negative"),
    ("冯涛说等新人来了再定", "note done; 冯涛=fengtao; delay!"),
    ("王伟不再负责采购了", "note done; 王伟=wangwei; champion!"),
    ("下周三和吴婷过年度框架", "meeting planned; activity 11-25; 吴婷=wuting"),
    (
        "林晓说抬头错了，麻烦今天重开一张",
        "note done; due 11-18; 林晓=linxiao; 1 张; us will: 重开一张 (今天); quality!; negative",
    ),
    ("徐静看了演示视频，说功能都满足", "note done; 徐静=xujing"),
    ("刘洋年需求300万根，要样品", "note done; 刘洋=liuyang; 3e+06 根; us will: 样品"),
    ("赵磊回复说12月8号之后才有空见面", "note done; other 12-08; 赵磊=zhaolei"),
    ("酒楼老板老唐想订20桌年会用酒，每桌600", "note done; 老唐=?; 600 CNY; 20 桌"),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_a_line_of_a_rep_is_read_whole(text: str, expected: str) -> None:
    assert summary(read(text, WEDNESDAY, CUSTOMERS)) == expected
