"""What the demo firm's people have logged: kind and words, by language. `{who}` is the contact."""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "zh"]

LOGGED: dict[Language, tuple[tuple[str, str], ...]] = {
    "en": (
        ("call", "Called {who}, asked for the new price list"),
        ("call", "Spoke with {who}: budget is settled next month"),
        ("call", "{who} did not pick up, left a message"),
        ("visit", "Visited {who}, saw the line; two machines are to be replaced"),
        ("visit", "On site with {who}, the trial run went well"),
        ("meeting", "Meeting with {who} and the works council, they compare three offers"),
        ("email", "Mailed {who} the data sheets"),
        ("email", "{who} sent the signed order"),
        ("message", "{who} asks whether delivery in two weeks is possible"),
        ("message", "Told {who} that the parts have left"),
        ("demo", "Showed {who} the new model, liked the quick change of tools"),
        ("note", "{who} prefers mail, is out of the office on Fridays"),
    ),
    "zh": (
        ("call", "给{who}打电话，想要新的价目表"),
        ("call", "和{who}通话，下个月定预算"),
        ("call", "{who}没接电话，已留言"),
        ("visit", "拜访{who}，看了生产线，有两台设备要换"),
        ("visit", "到{who}现场，试机顺利"),
        ("meeting", "和{who}开会，他们在比三家"),
        ("email", "给{who}发了技术资料"),
        ("email", "{who}回邮件，合同已签"),
        ("message", "{who}问两周内能不能交货"),
        ("message", "告诉{who}配件已发货"),
        ("demo", "给{who}演示了新机型，对快速换刀很满意"),
        ("note", "{who}习惯用微信，周五一般不在办公室"),
    ),
}
TO_DO: dict[Language, tuple[str, ...]] = {
    "en": ("call about the quote", "send the drawings", "ask for a decision", "arrange a visit"),
    "zh": ("打电话问报价", "发图纸", "问决定", "约拜访"),
}
PROMISED: dict[Language, tuple[str, ...]] = {
    "en": ("a sample", "the quote for 20 units", "a date for the installation", "the test report"),
    "zh": ("寄样品", "20台的报价", "给出安装日期", "提供检测报告"),
}
WORDS: dict[Language, dict[int, str]] = {
    "en": {1: "Waited two days for an answer", 2: "The engineer came late", 3: "It was all right", 5: "Quick and kind"},
    "zh": {1: "两天没人回复", 2: "工程师来晚了", 3: "还可以", 5: "又快又好"},
}
HINT: dict[Language, str] = {
    "en": "Called Li Wei at Acme, wants a quote for 50 seats by Friday, follow up next Tue 3pm #hot",
    "zh": "给华为的张伟打了电话，要50套，周五前发报价，下周二下午三点跟进 #重点",
}
CUSTOMER_HINT: dict[Language, str] = {
    "en": "Hello, when will the sample arrive?",
    "zh": "您好，样品什么时候能到？",
}
ROOM: dict[Language, str] = {"en": "#service", "zh": "#服务"}
ROOM_HINT: dict[Language, str] = {"en": "@rapport who is Acme", "zh": "@rapport 查 华为"}
INTRO: dict[Language, str] = {
    "en": "One firm, three people: what is typed in one chat acts in the others. Begin on the left.",
    "zh": "同一家公司，三个人：在一个会话里说的话，会在其他会话里起作用。请从左边开始。",
}
