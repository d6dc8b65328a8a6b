"""What customers' words are read as: kind, tone, themes, done or not."""

from __future__ import annotations

import pytest

from flows.tickets.reading import minutes_in, read_words, says_done, says_not_done

KINDS = """
fault     | The pump leaks again since this morning
fault     | Our machine stopped
fault     | Machine 4 doesn't start any more
fault     | The display shows error code E42
fault     | The controller won't connect to the network
fault     | You sent the wrong part
fault     | Two boxes were damaged when they came
fault     | there is a strange noise from the gearbox
fault     | I cannot log in
fault     | The line is down, please help
fault     | printer keeps jamming
fault     | no pressure at the outlet
fault     | 机器又停了，帮忙看看
fault     | 泵漏油了
fault     | 设备开不了机
fault     | 打印机报错E05，打不出来
fault     | 你们发错型号了
fault     | 电机有异响，还发烫
fault     | 系统登录不了
fault     | 屏幕黑屏没反应
fault     | 空调不制冷了怎么办
fault     | 三号线出了点问题
fault     | 外壳破损
complaint | I want to make a complaint about the last delivery
complaint | We are very disappointed with the service
complaint | Nobody answers the phone at your office
complaint | This is the third time that I write about it
complaint | You promised the parts for Monday and nothing came
complaint | Your technician was rude to my people
complaint | We are still waiting for an answer
complaint | The quality is really poor
complaint | I want my money back
complaint | 我要投诉你们的售后
complaint | 服务态度太差了
complaint | 打了三次电话都没人接
complaint | 对这次的服务很失望
complaint | 答应周一到货的，到现在都没消息
complaint | 一直拖着不处理
complaint | 质量太差
complaint | 给我一个说法
complaint | 这批货要求赔偿
complaint | 敷衍了事，没人管
request   | Please send me the manual for the X200
request   | We need 20 more filters
request   | Could you book a visit for next week?
request   | I would like to order two pumps
request   | Can you change our delivery address to Pier 4
request   | please cancel order 5521
request   | We want a quote for 50 units
request   | Would you send someone to look at the installation
request   | 请发一份说明书给我
request   | 需要20个滤芯
request   | 麻烦安排师傅上门保养
request   | 帮我开张发票
request   | 想预约下周调试
request   | 我们要换收货地址
request   | 给我报个价
request   | 申请退货
question  | When will our order arrive?
question  | How do I change the filter?
question  | What does the warranty cover?
question  | Do you have the X200 in stock?
question  | Is it safe to run it at 80 degrees?
question  | which oil should we use
question  | Can you tell me when the technician comes?
question  | Please let me know whether the part fits
question  | We have no complaints, only a question about oil
question  | No error so far, how often is maintenance due?
question  | 什么时候能发货
question  | 请问保修期多久
question  | 滤芯怎么换？
question  | 这个型号有现货吗
question  | 用哪种油比较好
question  | 你们周末上班吗
question  | 想问一下安装要几天
question  | 没有投诉的意思，就是想了解一下进度
"""
ANGRY = """
This is outrageous, nobody answers us
I am fed up with your service
WHERE IS OUR ORDER? THIS IS THE LAST TIME WE ASK
The pump is broken again!!! Third time!!!
You are useless, we will sue you
the damn machine stopped again
worst company ever, never again
If it is not here tomorrow my lawyer will write to you
气死我了，又坏了
你们太过分了，骗子
再不处理我就打12315
受够了，再也不买你们的东西
什么破机器，又停了
服务太差了！！！
忍无可忍，我要曝光你们
这已经无法接受
"""
CALM = """
The pump leaks
I want to make a complaint
I am not angry, only in a hurry
THANK YOU VERY MUCH, GREAT WORK EVERYBODY
OK
X200-PRO and ABC-1 please
We ordered the ACME PUMP X200 LARGE from you
Great job!!! Thank you!!!
It works again!!
No legal action is planned, just asking
我没有生气，就是问问
垃圾桶的盖子坏了
谢谢！！太好了！！
机器停了
我要投诉
律师事务所的打印机怎么连网
"""


def _table(rows: str) -> list[tuple[str, str]]:
    found = (row.partition("|") for row in rows.strip().splitlines())
    return [(kind.strip(), words.strip()) for kind, _bar, words in found]


@pytest.mark.parametrize(("kind", "words"), _table(KINDS))
def test_kind(kind: str, words: str) -> None:
    assert read_words(words).kind == kind


@pytest.mark.parametrize("words", ANGRY.strip().splitlines())
def test_angry(words: str) -> None:
    assert read_words(words).angry


@pytest.mark.parametrize("words", CALM.strip().splitlines())
def test_calm(words: str) -> None:
    assert not read_words(words).angry


@pytest.mark.parametrize(
    ("words", "topics"),
    [
        ("The invoice is wrong", ("invoice",)),
        ("Delivery is late again and nobody answers", ("delivery", "staff")),
        ("发票什么时候开", ("invoice",)),
        ("物流太慢，态度也差", ("delivery", "staff")),
        ("密码忘了", ("account",)),
        ("we need a spare seal", ("parts",)),
        ("hello", ()),
    ],
)
def test_themes(words: str, topics: tuple[str, ...]) -> None:
    assert read_words(words).topics == topics


@pytest.mark.parametrize(
    "words",
    [
        "It works now, thank you",
        "all good now",
        "Fixed, thanks!",
        "The problem is solved",
        "that helped, many thanks",
        "everything running fine",
        "已经好了，谢谢",
        "解决了，多谢",
        "现在可以用了",
        "不漏了，谢谢师傅",
        "货收到了",
    ],
)
def test_done(words: str) -> None:
    assert says_done(words)
    assert not says_not_done(words)


@pytest.mark.parametrize(
    "words",
    [
        "It still leaks, nothing is fixed",
        "not solved",
        "it does not work",
        "the same problem again",
        "The error came back",
        "it broke again",
        "that didn't help",
        "没解决",
        "还是不行",
        "又漏了",
        "没修好",
        "还是报错",
    ],
)
def test_not_done(words: str) -> None:
    assert says_not_done(words)
    assert not says_done(words)


@pytest.mark.parametrize(
    "words", ["When is it fixed?", "please get it fixed now", "什么时候能解决了", "if it works now tell me", "the pump"]
)
def test_neither_done_nor_not(words: str) -> None:
    assert not says_done(words)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("part ordered, 45 min", 45),
        ("1.5 h on site", 90),
        ("2 hours 15 min with the technician", 135),
        ("half an hour on the phone", 30),
        ("花了2小时30分", 150),
        ("半小时", 30),
        ("40分钟", 40),
        ("part 45 ordered", 0),
        ("99999 min", 0),
        ("nothing", 0),
    ],
)
def test_time_spent(words: str, minutes: int) -> None:
    assert minutes_in(words) == minutes
