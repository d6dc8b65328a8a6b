"""Chinese as it is typed on a phone: blanks for commas, characters that sound alike, notes in a list."""

import pytest

from flows.understanding import read
from flows.understanding.blanks import as_commas
from flows.understanding.homophones import as_meant
from tests.flows.understanding.people import CUSTOMERS, WEDNESDAY, summary


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("货齐了 差两箱 明天补", "货齐了，差两箱，明天补"),
        ("budget没了 q3再看", "budget没了，q3再看"),
        ("单价2600 月底前发货", "单价2600，月底前发货"),
        ("下周三 下午3点 海尔", "下周三 下午3点 海尔"),
        ("要 50 台 样机", "要 50 台 样机"),
        ("call Bob at 5", "call Bob at 5"),
    ],
)
def test_a_blank_between_two_chinese_statements_is_a_comma(typed: str, read_as: str) -> None:
    assert as_commas(typed) == read_as


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("名天发合通", "明天发合同"),
        ("他说年后在联系", "他说年后再联系"),
        ("能不能在便宜点", "能不能再便宜点"),
        ("聊的很好", "聊得很好"),
        ("下州三对帐", "下周三对账"),
        ("客户在催", "客户在催"),
        ("这周在谈", "这周在谈"),
    ],
)
def test_a_character_that_sounds_alike_is_the_one_meant(typed: str, meant: str) -> None:
    assert as_meant(typed) == meant


LINES = [
    ("设备到了 缺两个阀门 让补发 郑凯很急", "note done; 郑凯=zhengkai; 缺两个阀门=?; us will: 补发"),
    ("吴婷那边预算砍完了 Q2再聊", "note done; reminder quarter 04-01; 吴婷=wuting; budget!; delay!; negative"),
    ("王伟 明早10点 他们展厅 谈年框", "meeting planned; activity 11-19 10:00; 王伟=wangwei"),
    ("单价2600 月底前发货 海尔", "note done; due 11-30; 海尔=haier; 2600 CNY; us will: 发货 (月底前)"),
    ("名天下午去三一拜仿周杰", "visit planned; activity 11-19; 周杰=zhoujie; 三一=sany"),
    ("郑凯说年后在联系", "note done; reminder 02-12; 郑凯=zhengkai; delay!"),
    ("赵磊聊的不错 已后多走动", "meeting done; 赵磊=zhaolei; positive"),
    ("每季度末提醒我给中兴对账", "no activity; reminder FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1; 中兴=zte"),
    ("每月8号和23号给格力发用量表", "no activity; reminder FREQ=MONTHLY;BYMONTHDAY=8,23; 格力=gree"),
    ("平安科技那边放到年后再启动", "note done; reminder 02-12; 平安科技=pingan-tech; delay!"),
    ("孙丽说年前没预算", "note done; other 02-04; 孙丽=sunli; budget!; negative"),
    ("年前把尾款结了 冯涛", "no activity; due 02-04; 冯涛=fengtao"),
    ("下班后给王强回电话", "no activity; reminder 11-18; 王强=wangqiang"),
    ("何芳要看的测试报告我后天发", "note done; due 11-20; 何芳=hefang; us will: 测试报告 (后天)"),
    ("张敏的生日12.20 提前两天提醒我订蛋糕", "note done; other 12-20; reminder 12-18; 张敏=zhangmin"),
    (
        "后天早9点的飞机去深圳 11点到华为 约了李伟",
        "visit planned; other 11-20 09:00; activity 11-20 11:00; 李伟=liwei-hw; 华为=huawei",
    ),
    ("马超电话里说 他老板不批", "call done; 马超=machao; authority!; negative"),
    ("徐静把会改到周五了 还是三点", "meeting planned; activity 11-20 15:00; 徐静=xujing"),
    ("明天上午不行 改下午四点 陈静", "meeting planned; superseded 11-19; activity 11-19 16:00; 陈静=chenjing"),
    ("样品周一寄出的 赵磊", "note done; past 11-16; 赵磊=zhaolei"),
    ("郑凯收货了 少三箱 有两箱受潮", "note done; 郑凯=zhengkai; 3 箱; 2 箱; quality!; negative"),
    ("换供应商了 新对接人秦岚 美的", "note done; 秦岚=?; competitor!; champion!; negative"),
    ("文件已寄出 顺丰 周五到 收件人周杰", "note done; other 11-20; 周杰=zhoujie"),
    ("5千定金到了 丁一", "note done; 丁一=dingyi; 5000 CNY; positive"),
    ("今天没约到刘洋 过完春节再说", "note done; activity 11-18; reminder 02-12; 刘洋=liuyang; delay!"),
    ("王芳让我建个群 今天就办", "note done; due 11-18; 王芳=wangfang; us will: 建个群 (今天)"),
    (
        "冯涛12.8付首款 1.15付尾款",
        "note done; due 12-08; due 01-15; 冯涛=fengtao; them will: 付首款 (12.8); them will: 付尾款 (1.15)",
    ),
    ("就差他们CEO签字 预计周四出来 林晓", "note done; due 11-19; 林晓=linxiao; authority!"),
    ("明天通知徐静降价", "note done; reminder 11-19; 徐静=xujing; price!"),
    ("帮我盯一下建行的回款 下周", "no activity; reminder week 11-23; 建行=ccb"),
    ("马超发语音说要改合同", "message done; 马超=machao"),
    ("高峰那单二五四分成", "note done; 高峰=gaofeng"),
    (
        "海尔的报价由320调到298 郑凯签字了",
        "note done; 郑凯=zhengkai; 海尔=haier; 320 CNY; 298 CNY; stage won; positive",
    ),
    ("冯涛他们内部又挑了一堆毛病估计要到明年一月上旬", "note done; other 01-01 to 01-10; 冯涛=fengtao"),
    ("样机最迟周五装完 徐静", "note done; due 11-20; 徐静=xujing; us will: 样机装完 (最迟周五)"),
    ("王芳要我们派个师傅过去 漏水了", "note done; 王芳=wangfang; us will: 派个师傅过去; quality!; negative"),
    ("跟林晓的评审从周四改周五 还是上午9点", "note done; superseded 11-19; activity 11-20 09:00; 林晓=linxiao"),
    ("昨天加了我飞书 何芳说标书周一发", "message done; activity 11-17; due 11-23; 何芳=hefang; them will: 标书 (周一)"),
    ("周二见的孙丽 聊了会员系统", "meeting done; activity 11-17; 孙丽=sunli"),
    ("技术科长贺岚 比亚迪 负责选型", "note done; 贺岚=?; 比亚迪=byd"),
    ("尾款分两次 12月6号 1月6号付 建行", "note done; due 12-06; due 01-06; 建行=ccb; them will: 付 (12月6号)"),
    ("王强要返点3% 不然选别家", "note done; 王强=wangqiang; 3 %; price!; competitor!"),
    ("周六去苏州 顺便看下大华的新厂", "visit planned; activity 11-21; 大华=dahua"),
    ("林晓的微信号发我一下", "asks; 林晓=linxiao"),
    ("丁一公司全称叫啥来着", "asks; 丁一=dingyi"),
    ("下周二上午 中兴二楼 方案评审", "meeting planned; activity 11-24; 中兴=zte"),
    ("上午跟冯涛微信语音聊了一小时", "call done; activity 11-18; 冯涛=fengtao; 1 小时"),
    ("赵磊说好昨天签又反悔了", "note done; past 11-17; 赵磊=zhaolei"),
    ("旧机折价 每台抵300 高峰", "note done; 300 CNY"),
    (
        "何芳那边价格还要再谈 没啥意见的话下周定",
        "note done; due week 11-23; 何芳=hefang; them will: 定 (下周); price!; positive",
    ),
    ("王强发我一张照片 说屏幕不亮", "message done; 王强=wangqiang; 1 张"),
    ("样品OK 小批量要先做100套 林晓", "note done; 林晓=linxiao; 100 套; positive"),
    ("约了张敏周四下午茶 阿里楼下 3点半", "meeting planned; activity 11-19 15:30; 张敏=zhangmin; 阿里=alibaba"),
    ("授权到12月20号 提前两周提醒我续 平安科技", "note done; other 12-20; reminder 12-06; 平安科技=pingan-tech"),
    ("陈静：清单没收到 麻烦再发一遍", "note done; 陈静=chenjing; us will: 发一遍"),
    ("徐静下午要来取样 让前台给她", "visit planned; activity 11-18; 徐静=xujing"),
    (
        "下周四建行述标 PPT下周二前给马超",
        "meeting planned; activity 11-26; due 11-24; 马超=machao; 建行=ccb; us will: 给马超 (下周二前)",
    ),
    ("建行马超说没意见 优先考虑我们", "note done; 马超=machao; 建行=ccb; positive"),
    ("晚8点和王强吃饭", "meeting planned; activity 11-18 20:00; 王强=wangqiang"),
    ("约张敏看展 11月28号 国际会展中心", "meeting planned; activity 11-28; 张敏=zhangmin"),
    ("美的刚发了询价 25台", "note done; 美的=midea; 25 台"),
    ("25-27号在上海出差 王伟", "note done; activity 11-25 to 11-27; 王伟=wangwei"),
    ("Grace催SOC2 我说今晚弄完", "note done; due 11-18; Grace=grace; us will: 弄完 (今晚); security!"),
    ("三点的会推迟二十分钟 周杰堵车", "meeting planned; superseded 11-18 15:00; activity 11-18 15:20; 周杰=zhoujie"),
    ("定金30%周五打 余款提货前付清 高峰", "note done; due 11-20; 30 %; them will: 定金30% (周五)"),
    ("郑凯：上次的图纸能再发一遍吗", "note done; 郑凯=zhengkai; us will: 发一遍"),
    ("马超又没来 这人不靠谱", "note done; 马超=machao; silent!; negative"),
    ("跟Chris过了遍SOW", "meeting done; Chris=chris"),
    ("预约12月2日下午 平安科技 7楼", "meeting planned; activity 12-02; 平安科技=pingan-tech"),
    ("何芳说法务看过了 明天出终稿", "note done; due 11-19; 何芳=hefang; them will: 出终稿 (明天); legal!"),
    ("刘洋说停线三小时 要索赔", "note done; 刘洋=liuyang; 3 小时; negative"),
    ("徐静升总监了", "note done; 徐静=xujing; champion!"),
    ("林晓说等国庆大促完了再上新系统", "note done; reminder 10-01; 林晓=linxiao; delay!"),
    ("上周发给徐静的报价 她昨天才看", "note done; past week 11-09; past 11-17; 徐静=xujing"),
    ("高峰来电话催图纸 我说最晚后天", "call done; due 11-20; 高峰=gaofeng; us will: 图纸 (最晚后天)"),
    ("这周三家客户打款 格力60万 美的45万", "note done; 格力=gree; 美的=midea; 600000 CNY; 450000 CNY; 3 家"),
    ("今天第三次给周杰打电话 终于接了", "call done; activity 11-18; 周杰=zhoujie"),
    ("茶歇的时候跟招行何芳聊了两句", "meeting done; 何芳=hefang; 招行=cmb"),
    ("丁一欠款逾期40天", "note done; 丁一=dingyi; 40 天; negative"),
    ("建行马超打了满分 内部周五前批", "note done; due 11-20; 马超=machao; 建行=ccb; positive"),
    ("送的礼王芳收到了 很喜欢", "note done; 王芳=wangfang; positive"),
    (
        "跟林晓的周会 固定每周四10点",
        "meeting planned; activity FREQ=WEEKLY;BYDAY=TH;BYHOUR=10;BYMINUTE=0; 林晓=linxiao",
    ),
    ("报价有效期两周 到12月2号 郑凯", "note done; other 12-02; 郑凯=zhengkai; 2 周"),
    ("刚跟何芳通完电话，下周四下午两点现场评估", "call done; activity 11-26 14:00; 何芳=hefang"),
    ("徐静出差了 这两周先别联系", "note done; 徐静=xujing"),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_a_line_from_the_phone_is_read_whole(text: str, expected: str) -> None:
    assert summary(read(text, WEDNESDAY, CUSTOMERS)) == expected
