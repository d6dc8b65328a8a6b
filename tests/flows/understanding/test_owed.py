# ruff: noqa: E501 -- a line and its reading stand side by side
"""Who owes what to whom by when, in lines as reps type them."""

import pytest

from flows.understanding import read
from tests.flows.understanding.people import CUSTOMERS, WEDNESDAY, summary

LINES = [
    ("send Tom the spec on the 26th", "no activity; due 11-26; Tom=tom; us will: send Tom the spec (the 26th)"),
    (
        "Emma's team reviews the draft this week and sends feedback on Monday",
        "note done; due week 11-16; due 11-23; Emma=emma; them will: reviews the draft (this week); them will: sends feedback (Monday)",
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
    ("周杰答应帮我们引荐他们厂长", "note done; 周杰=zhoujie; them will: 引荐他们厂长"),
    ("刘洋催开票，财务说后天开", "note done; due 11-20; 刘洋=liuyang; us will: 开票 (后天)"),
    ("王强要接口文档，研发说下周三才能出", "note done; due 11-25; 王强=wangqiang; us will: 接口文档 (下周三)"),
    ("冯涛要看demo视频，晚上发他", "note done; due 11-18; 冯涛=fengtao; us will: demo视频 (晚上)"),
    ("图册明天带过去", "note done; due 11-19; us will: 图册 (明天)"),
    ("郑凯说方案周五上会", "note done; other 11-20; 郑凯=zhengkai; authority!"),
    (
        "they'll pay a third up front, Tom says PO in 3 weeks",
        "note done; due 12-09; Tom=tom; them will: pay a third up front; them will: PO (in 3 weeks)",
    ),
    (
        "redlines went over, back from their lawyers around the 3rd",
        "note done; due 12-03; them will: back from their lawyers (the 3rd); legal!",
    ),
    (
        "Grace sends her sketch tonight, our drawing is due Monday",
        "note done; due 11-18; due 11-23; Grace=grace; them will: sends her sketch (tonight); us will: drawing (Monday)",
    ),
    (
        "Jose said he'd return the demo unit on Friday",
        "note done; due 11-20; Jose=jose; them will: return the demo unit (Friday)",
    ),
    (
        "we check the form and send it to Emma tomorrow",
        "note done; due 11-19; Emma=emma; us will: send it to Emma (tomorrow)",
    ),
    ("Will wrote that it'll be settled on Friday", "email done; due 11-20; Will=will; them will: be settled (Friday)"),
    ("the racking must be done by Dec 18", "note done; due 12-18; us will: racking must be done (by Dec 18)"),
    ("跟陈静确认了交期12月9号", "note done; due 12-09; 陈静=chenjing"),
    (
        "上周答应林晓的测试方案还没写，最迟明晚交",
        "note done; past week 11-09; due 11-19; 林晓=linxiao; us will: 测试方案 (最迟明晚)",
    ),
    ("何芳的法务改了几条，我们周四改完发回去", "note done; due 11-19; 何芳=hefang; us will: 改完发回去 (周四); legal!"),
    ("马超要特价，我说请示完领导后天回他", "note done; due 11-20; 马超=machao; us will: 回他 (后天)"),
    (
        "等张敏把清单发过来再报价，她说最快周五",
        "note done; due 11-20; 张敏=zhangmin; them will: 把清单发过来 (周五); delay!",
    ),
    ("王芳那边说月底结运费", "note done; due 11-30; 王芳=wangfang; them will: 结运费 (月底)"),
    ("评审前要把测试数据发给客户", "note done; us will: 把测试数据发给客户"),
    (
        "高峰要我下周出差时带两台样机给他",
        "note done; due week 11-23; 高峰=gaofeng; 2 台; us will: 出差时带两台样机给他 (下周)",
    ),
    (
        "系统报错，技术今晚修，明早给她消息",
        "note done; due 11-18; due 11-19; us will: 技术修 (今晚); us will: 给她消息 (明早); quality!; negative",
    ),
    ("徐静那批货我们说好25号发", "note done; due 11-25; 徐静=xujing; us will: 徐静那批货 (25号)"),
    ("验收单对方盖好章了，后天寄回", "note done; due 11-20; them will: 寄回 (后天); positive"),
    ("孙丽问能不能先发，我答应先出80台，20号装车", "note done; due 11-20; 孙丽=sunli; 80 台; us will: 出80台 (20号)"),
    ("配方下周给，让我们别催", "note done; due week 11-23; them will: 配方 (下周)"),
    (
        "首付款本周五到账，到账后三天内我们发货",
        "note done; due 11-20; due 11-19 to 11-21; them will: 首付款 (本周五); us will: 发货 (后三天内)",
    ),
    (
        "三一那边答应给我们做案例，文案我周末写",
        "note done; due 11-21 to 11-22; 三一=sany; them will: 做案例; us will: 文案 (周末)",
    ),
    (
        "she'll sign the form and return it by Friday",
        "note done; due 11-20; them will: sign the form and return it (by Friday); positive",
    ),
    (
        "Karen wants the bill split by site, can do that by Tuesday",
        "note done; due 11-24; Karen=karen; us will: bill split by site (by Tuesday)",
    ),
    (
        "Stark needs 4 loaner chairs asap, told Emma Thursday at the latest",
        "note done; other 11-18 10:30; due 11-19; Emma=emma; Stark=stark; us will: 4 loaner chairs (Thursday at the latest)",
    ),
    (
        "no budget decision before February, Tom says",
        "note done; other month 02-01; Tom=tom; budget!; delay!; negative",
    ),
    ("board said yes, written PO to follow on Dec 3", "note done; due 12-03; them will: PO (Dec 3)"),
    (
        "replacements go out today, RCA by Friday",
        "note done; due 11-18; due 11-20; us will: replacements go out (today); us will: RCA (by Friday)",
    ),
    (
        "Will sends the export Monday, we import by Wednesday",
        "note done; due 11-23; due 11-25; Will=will; them will: sends the export (Monday); us will: import (by Wednesday)",
    ),
    ("our test server will be ready Thursday", "note done; due 11-19; us will: test server will be ready (Thursday)"),
    (
        "Sarah is back Monday, she said to send the order form before that",
        "note done; due 11-23; Sarah=sarah; us will: send the order form (Monday)",
    ),
    (
        "promised Tom's boss a reference from a retail client",
        "note done; Tom=tom; us will: reference from a retail client",
    ),
    ("left brochures at the desk, John to call if interested", "visit done; John=john"),
    ("张伟要的样片还在打样，预计下周二能寄", "note done; due 11-24; 张伟=zhangwei; us will: 样片 (下周二)"),
    (
        "徐静嫌交期长，我答应压缩到20天，排产确认后周五前给准信",
        "note done; due 11-20; 徐静=xujing; 20 天; us will: 压缩到20天; us will: 给准信 (周五前); negative",
    ),
    (
        "系统登不上，已安排工程师，两小时内恢复",
        "note done; due 11-18 12:30; us will: 恢复 (两小时内); quality!; negative",
    ),
    (
        "冯涛说如果月底前不降价就换供应商",
        "note done; other 11-21 to 11-30; 冯涛=fengtao; price!; competitor!; negative",
    ),
    ("提醒吴婷周五前回签合同", "no activity; due 11-20; 吴婷=wuting; positive"),
    (
        "spec is drafted and John reviews it Thursday",
        "note done; due 11-19; John=john; them will: reviews it (Thursday)",
    ),
    (
        "told Anna I'll check stock and call her back at 4",
        "note done; reminder 11-18 16:00; Anna=anna; us will: check stock",
    ),
    (
        "PO approved, Omar emails it over today",
        "note done; due 11-18; Omar=omar; them will: emails it over (today); positive",
    ),
    ("renewal offer must go out by Dec 1", "note done; due 12-01; us will: renewal offer must go out (by Dec 1)"),
    (
        "Mike wants an engineer within 48h, dispatching one tomorrow",
        "note done; due 11-20 10:30; due 11-19; Mike=mike; us will: engineer (within 48h); us will: dispatching one (tomorrow)",
    ),
    (
        "Bill M. will introduce us to purchasing next week",
        "note done; due week 11-23; them will: introduce us to purchasing (next week)",
    ),
    ("final files due to her Monday 9am", "note done; due 11-23 09:00; us will: final files (Monday 9am)"),
    ("Grace says accounts pays it Friday", "note done; due 11-20; Grace=grace; them will: pays it (Friday)"),
    (
        "Will owes us the site drawings since last week, go to his boss if nothing by Friday",
        "note done; past 11-09 to 11-18; reminder 11-20; Will=will; them will: site drawings",
    ),
    (
        "numbers come tomorrow, then Emma gets the quote Friday",
        "note done; other 11-19; due 11-20; Emma=emma; us will: quote (Friday)",
    ),
    ("need answers back by Tuesday", "no activity; due 11-24; us will: answers back (by Tuesday)"),
    ("set reminder Dec 15 9am check that Karen paid", "no activity; reminder 12-15 09:00; Karen=karen"),
    (
        "说好给林晓的样书，今天下午四点前要发出",
        "note done; due 11-18 16:00; 林晓=linxiao; us will: 样书 (今天下午四点前)",
    ),
    ("等何芳领导批，她说明后天有消息", "note done; due 11-19 to 11-20; 何芳=hefang; them will: 有消息 (明后天)"),
    (
        "十二月十五日前要装好，郑凯负责提供服务器",
        "no activity; due 12-15; 郑凯=zhengkai; us will: 装好 (十二月十五日前); them will: 提供服务器",
    ),
    ("周杰问保修怎么算，我查一下回头告诉他", "note done; 周杰=zhoujie; us will: 告诉他"),
    ("王芳要改送货地址，明天通知仓库", "note done; due 11-19; 王芳=wangfang; us will: 通知仓库 (明天)"),
    ("王强的贷款方案周四双方签", "note done; other 11-19; 王强=wangqiang; positive"),
    ("对账差两千，财务核完明天回徐静", "note done; due 11-19; 徐静=xujing; us will: 回徐静 (明天)"),
    ("电话催了李伟的回款，他说这周五一定打", "call done; due 11-20; 李伟=liwei-hw or liwei-xh; them will: 打 (这周五)"),
    (
        "吴婷要20号之前看到整改方案，技术部19号交给我",
        "note done; due 11-20; due 11-19; 吴婷=wuting; us will: 整改方案 (20号之前); us will: 交给 (19号)",
    ),
    ("张敏有三条意见，我方律师明天回复", "note done; due 11-19; 张敏=zhangmin; 3 条; us will: 律师 (明天); legal!"),
    ("刘洋试用到12月20号", "note done; other 12-20; 刘洋=liuyang"),
    (
        "Call w/ Grace: she wants new wording, we send it tomorrow",
        "call done; due 11-19; Grace=grace; us will: send it (tomorrow)",
    ),
    (
        "owe Tom a thank you note + the case study, both this week",
        "note done; due week 11-16; Tom=tom; us will: thank you note + the case study (this week)",
    ),
    (
        "Mike wants larger wheels. engineering to quote by Nov 27",
        "note done; due 11-27; Mike=mike; us will: quote (by Nov 27)",
    ),
    (
        "Priya needs a decision on the terms today",
        "note done; due 11-18; Priya=priya; us will: decision on the terms (today)",
    ),
    ("have until Monday to match the offer", "no activity; due 11-23; us will: match the offer (Monday)"),
    (
        "Bill wants net 60, told him we'd answer before Thursday's meeting",
        "meeting planned; due 11-19; us will: answer (Thursday)",
    ),
    (
        "Emma wants us to fix the export bug before go live on Dec 7",
        "note done; due 12-07; Emma=emma; us will: fix the export bug (Dec 7); quality!; negative",
    ),
    (
        "Li Wei needs revised drawings, said end of day ok",
        "note done; due 11-18; Li Wei=li-wei; us will: revised drawings (end of day); positive",
    ),
    (
        "Will hasn't sent the specs he promised, chasing tomorrow",
        "note done; reminder 11-19; Will=will; them will: specs",
    ),
    ("answers due there by noon tomorrow", "note done; due 11-19 12:00; us will: answers (by noon tomorrow)"),
    (
        "上午跟陈静过完需求，周五给反馈",
        "meeting done; activity 11-18; due 11-20; 陈静=chenjing; us will: 给反馈 (周五)",
    ),
    ("何芳让我们明天送合同过去", "note done; due 11-19; 何芳=hefang; us will: 送合同过去 (明天)"),
    ("赵磊说考虑一下下周答复", "note done; due week 11-23; 赵磊=zhaolei; them will: 答复 (下周)"),
    ("海尔的发票明天开", "note done; due 11-19; 海尔=haier; us will: 发票 (明天)"),
    (
        "马超让准备一份竞品对比，他下周二汇报要用",
        "note done; due 11-24; 马超=machao; us will: 准备一份竞品对比 (下周二); competitor!",
    ),
    ("王芳让我先拟个草案周四给她看", "note done; due 11-19; 王芳=wangfang; us will: 拟个草案 (周四)"),
    (
        "李伟说三季度返利还没给，周三前回他",
        "note done; other quarter 07-01; due 11-25; 李伟=liwei-hw or liwei-xh; us will: 回他 (周三前)",
    ),
    ("建行的培训定在24号下午", "meeting planned; activity 11-24; 建行=ccb"),
    ("我答应了郑凯这周去一趟青岛", "visit planned; activity week 11-16; 郑凯=zhengkai"),
    (
        "told John we'd extend the trial til Dec 15",
        "note done; other 12-15; John=john; us will: extend the trial til Dec 15",
    ),
    (
        "Priya is waiting for our reply on the MSA, do it tomorrow",
        "note done; due 11-19; Priya=priya; us will: reply on the MSA (tomorrow); delay!",
    ),
    (
        "Chris asked when the arms ship, factory says Nov 30, let him know",
        "note done; other 11-30; Chris=chris; us will: let him know",
    ),
    ("next: proposal to Delta by Monday", "note done; due 11-23; Delta=delta; us will: proposal (by Monday)"),
    ("Bill is drafting it, ours to review by next Friday", "note done; due 11-27; us will: review (by next Friday)"),
    ("跟周杰约了今晚8点前发最终价", "note done; due 11-18 20:00; 周杰=zhoujie; us will: 发最终价 (今晚8点前)"),
    (
        "赵磊的定金到了，我们12月1日前要安排生产",
        "note done; due 12-01; 赵磊=zhaolei; us will: 安排生产 (12月1日前); positive",
    ),
    (
        "张敏：请于11月24日前提供营业执照扫描件",
        "note done; due 11-24; 张敏=zhangmin; us will: 提供营业执照扫描件 (11月24日前)",
    ),
    ("马超答应给我们看标书，周末约他喝茶", "meeting planned; reminder 11-21 to 11-22; 马超=machao; them will: 看标书"),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_what_is_owed_is_read(text: str, expected: str) -> None:
    assert summary(read(text, WEDNESDAY, CUSTOMERS)) == expected
