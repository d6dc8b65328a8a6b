# ruff: noqa: E501 -- a rule is one line
"""A customer who asks for a person, in any wording of both languages. Pure.

Three things make such a wish: a person is named (of ours, or any), the customer wants contact with them, and nothing else
is the object of the sentence. A machine operator, a cleaning agent or a robot arm is none.
"""

from __future__ import annotations

import re
import unicodedata

from flows.understanding.lazily import lazy

_A = r"(?:a|an|the|any|some|one of|your|you|our|my|another|real|actual|live|human|right|good|nice|proper|responsible|customer|service|sales|support|technical|specialised|specialized|member of|person in|of|from|\w+'s)"
_WHO = (
    r"(?:humans?(?: beings?| agent)?|(?:real |live |actual )?(?:persons?|people)|some(?:one|body)|any(?:one|body)|agents?|operators?|rep(?:resentative)?s?|staff|employees?|(?:team )?members?"
    r"|managers?|supervisors?|boss(?:es)?|colleagues?|specialists?|advis[eo]rs?|technicians?|engineers?|experts?|consultants?|support|customer (?:service|support|care)|service desk|help ?desk|team|sales(?: ?person)?|in charge)"
)
_WHOM = rf"(?:{_A} ){{0,5}}{_WHO}\b"
_CONTACT = r"(?:talk|speak|chat|discuss|get in touch|in touch|communicate|deal)(?:ing)?(?: directly)?(?: to| with)?"
_MOVE = r"(?:connect|transfer|put|pass|hand|forward|switch|refer|redirect)(?: me| us| this| it)?(?: over| through| on)?(?: to| with)?"
_ENGLISH = (
    r"^(?:hello|hi|ok|no|please|pls|,|\?|!| )*(?:(?:i|we)(?:'d| would)? (?:like|want|need|wish|prefer|demand)(?: to have)? |want |need |give me |get me |get us )?(?:an? |the |your |any |some )?(?:real |live |actual |human |customer |customer service |service |sales |support )*(?:human(?: being| agent)?|person|agent|operator|representative|rep|staff|employee|supervisor|manager|customer service|support staff)(?: please| pls| now| here| there| instead| only|,|\.|!|\?)*$",
    rf"\b(?:want|need|like|rather|prefer|wish|can|could|may|let|demand|able|how do|how can|who can|there|just|please|pls|to)\b.{{0,24}}\b{_CONTACT} {_WHOM}(?! (?:last|yesterday|already|who|about the price))",
    rf"^(?:please |pls )?{_CONTACT} {_WHOM}",
    r"\bwho can i (?:talk|speak|turn) to\b|\bi can talk to\b|\bi could talk to\b",
    rf"\b(?:connect|transfer|put|pass|hand|forward|switch|refer|redirect) (?:me|us)(?: over| through| on)?(?: to| with) {_WHOM}",
    rf"\b(?:can|could|may|would|will|please|pls|let|have|get|need|want|ask)\b(?: you)?(?: have| get| ask| let| put)?(?: me)? (?:{_A} ){{0,4}}(?:human(?: being)?|person|some(?:one|body)|colleague|agent|representative|rep|engineer|technician|specialist|advis[eo]r|manager|boss|supervisor|staff)\b(?: human| real| else| from \w+| of yours)?(?: to| please)? (?:call|phone|ring|contact|reach|answer|look at|help|write to|reply|take over|on|take)\b(?! (?:the|our|to buy))",
    r"\b(?:be|get) (?:called|contacted|phoned)(?: back)? by\b",
    r"\bput (?:a|an) (?:human|person|agent) on\b|\bhuman (?:reading|answering|there|here)\b|\b(?:anyone|anybody|someone|somebody) (?:real|human)\b|\b(?:any|a) (?:human|real person)s? (?:here|there|reading)\b",
    r"\b(?:don'?t|do not|not|no|stop|rather than|instead of|tired of|enough of|without|hate)\b.{0,24}\b(?:bots?|robots?|chat ?bots?|automatic(?:ally)? (?:answers?|repl(?:y|ies))|answering me automatically|a machine|computers?)\b(?!.{0,12}\b(?:arm|start|door|work|move))",
    r"\b(?:actual|real|live|human) (?:person|human|being|agent|chat with)\b(?! name| size| error)",
    r"\bhelp from (?:a|some)\b.{0,12}\b(?:person|human|one|body)\b",
    r"\b(?:reach|contact|find|get hold of|get to) (?:a|an|some|your)(?: real| live| actual)? ?(?:human|person|agent|one|body|representative|staff)\b",
    r"\b(?:give|get|send) (?:me|us) (?:a |an |your |the )?(?:real |live |human |actual )?(?:human|person|agent|manager|supervisor|boss|representative|someone|somebody)\b",
    r"\b(?:get|have) some(?:one|body)\b.{0,20}\b(?:on this|contact me|call me|call us|contact us)\b",
)
_BOT = r"(?:机器人?|自动回复|电脑|智能客服|ai)"
_PERSON = r"(?:真人|活人|人工|客服|专人|专员|坐席|座席|业务员|销售|工程师|技术(?:人员|员|支持)?|售后|经理|主管|领导|老板|负责人|负责的人|店长|顾问|懂的人)"
_CHINESE = (
    r"^(?:请问|你好|您好|喂|麻烦|请|帮我|那|[,，。.!！?？\s])*(?:找|要|转|接|来个?|叫|呼叫|联系)?(?:你们的?|您们的?)?(?:真人|活人|人工|客服|坐席|经理|主管|负责人|专员)(?:客服|服务|坐席|座席|人员|帮助)?(?:呢|吗|啊|吧|在吗|在不在|谢谢|一下|[,，。.!！?？\s])*$",
    r"(?:转|接|接通|切换?|换|找|要|叫|用|需要|想要|联系|呼叫|有没有|有|给|来)(?:到|给|成|为|个|位|一个|一位|一下|接|的|我|我转|我接)*(?:真人|活人|人工(?!费|成本|智能|操作|上料)|坐席|座席|专人|专员(?!证))",
    rf"(?:找|叫|喊|让|请|派|安排|换|转|来)(?:一?[个位]|下|一下|给我|我|到)*(?:你们的?|您们的?|您?贵?公司的?)?{_PERSON}(?:来|出来|过来|给我|跟我|和我|联系|处理|接|说|服务|给|回|打|解决|帮|$|[,，。.!！?？吧呢啊])",
    rf"(?:找|叫|喊)(?:一?[个位]|下|一下)?(?:你们的?|您们的?){_PERSON}",
    rf"(?:想|要|可以|能|能不能|可不可以|希望|需要|直接)(?:直接)?(?:跟|和|与|同|找)(?:你们的?|一?[个位])?(?:真人|活人|人工|人|{_PERSON})(?:们)?(?:直接)?(?:说|聊|谈|沟通|讲|对话|交流|联系)",
    rf"(?:不要|不想|别|不用|讨厌|不跟|不和|别再|拒绝|停止).{{0,6}}{_BOT}(?!.{{0,4}}(?:臂|手臂|程序|报警|坏))",
    rf"{_BOT}.{{0,8}}(?:听不懂|没用|不懂|太笨|烦).{{0,8}}(?:人|$)",
    r"(?:找|叫|让|请|派|安排|换|来|给我找|帮我找)(?:一?[个位])?(?:真|活)?人(?:来|跟|和|给|回|联系|处理|聊|说|打|接|服务|解答|帮|$|[,，。.!！?？吧呢啊])",
    r"(?:找|叫|换|来)(?:一?[个位])人(?!脸)|(?:要|想)(?:跟|和|找)(?:一?[个位])?人(?:说|聊|谈|沟通|$)|我要找人|来人(?:啊|呀|吧|$)",
    r"(?:让|请|叫|派|安排|麻烦|能|可以|能不能).{0,8}(?:给我|跟我|和我)(?:回|打)(?:一?[个下通])?(?:电话|一下)|(?:请|麻烦|能|可以)(?:回|打)(?:一?[个下通])?电话给我|^(?:请|麻烦)?给我(?:回|打)(?:一?[个下通])?电话",
    r"(?:让|请|叫|派|安排)(?:你们的?|专人|客服|技术人员|销售|工程师|人|一?[个位]人|业务员|经理)(?:来|尽快|马上|直接)?(?:联系|回复|答复|跟)我",
    r"(?:怎么|如何|在哪|哪里).{0,4}(?:转|联系|找).{0,4}(?:人工|真人|客服(?:人员)?)|人工(?:服务|客服)(?:在哪|怎么|呢)|客服人员呢",
    r"你们有(?:没有)?(?:真|活)人|有(?:没有)?(?:真|活)人|不要自动回复|别自动回复",
)
_WISHES = tuple(lazy(pattern, re.IGNORECASE) for pattern in (*_ENGLISH, *_CHINESE))
_LONGEST = 200


def wants_a_person(words: str) -> bool:
    """Whether the customer asks for a human being."""
    said = unicodedata.normalize("NFKC", words).replace("’", "'").strip()
    said = " ".join(said.split())
    return 0 < len(said) <= _LONGEST and any(pattern.search(said) for pattern in _WISHES)
