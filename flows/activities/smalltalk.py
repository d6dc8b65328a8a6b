# ruff: noqa: E501 -- a rule is one line
"""What people say to a bot that is neither a log nor a question about the file. Pure."""

from __future__ import annotations

import re
from typing import Literal

from flows.understanding.lazily import lazy

Talk = Literal["greeting", "thanks", "fine", "bye", "help"]

_ENDING = r"[\s!！.。,，~～…?？)）:：\U0001f300-\U0001faff☺❤️👍🏻-🏿]*"
_NAMED = r"(?:,? (?:there|all|team|again|everyone|guys|folks|mate|rapport|bot|man))?"
_WORDS: tuple[tuple[Talk, str], ...] = (
    (
        "greeting",
        r"(?:hi|hiya|hello|hey|yo|howdy|greetings|(?:good )?(?:morning|afternoon|evening|day))(?: hi| hello)?"
        + _NAMED
        + r"(?:,? how are you(?: today| doing)?|,? what'?s up|,? how'?s it going)?"
        r"|how are you(?: today| doing)?|what'?s up"
        r"|(?:你|您|大家|各位)好[啊呀哦]?|嗨|哈[喽啰罗]|早(?:安|上好|啊)?|上午好|中午好|下午好|晚上好|在吗|在不在|有人吗|hello[啊呀]?",
    ),
    (
        "thanks",
        r"(?:many |ok(?:ay)?,? |great,? |perfect,? |super,? |cool,? )?(?:thanks?|thank you|thx|thanx|ty|cheers|much appreciated|(?:i |we )?(?:really )?appreciate it)"
        r"(?: you)?(?: very much| so much| a lot| a million| again| for (?:that|this|(?:the|your|all your) (?:\w+ )?\w+|everything|(?:the )?\w+ing(?: me| us)?(?: back)?))?"
        + _NAMED
        + r"|(?:好的?|收到|非常|太)?[，, ]?(?:谢谢|多谢|感谢|谢了|谢啦|辛苦了?|有劳|谢谢你|谢谢您|感谢您?)(?:了|啦|啊|哦|哈|你|您)?(?:你们?|您)?(?:的)?(?:来电|电话|拜访|帮助|帮忙|支持|时间|解答|回复|耐心|配合)?",
    ),
    (
        "fine",
        r"(?:ok(?:ay|ey)?|k|kk|(?:i )?got it|noted|(?:i )?understood|i (?:see|understand)|great|cool|nice|good|fine|perfect|super|awesome|excellent|brilliant|wow|lol|haha+|sure|alright|all right|right|yep|yes|yeah|no worries|never ?mind|my bad|sorry|sounds (?:good|great|fine|perfect)|will do|no problem|of course|(?:ok(?:ay)?,? )?that'?s (?:all|it|fine|great|ok(?:ay)?|perfect)(?: then| for now)?)"
        + _NAMED
        + r"|好(?:的|吧|嘞|滴|呀|啊)?|嗯+|哦+|噢|行|可以|收到|我?(?:都|已经)?(?:知道|明白|了解|清楚)了?|没问题|就这样吧?|没事了?|没关系|不客气|不好意思|抱歉|哈哈+|呵呵|厉害|真棒|太好了|不错|搞错了|打错了",
    ),
    (
        "bye",
        r"(?:good ?)?bye(?: bye)?|good night|see (?:you|ya)(?: later| tomorrow| soon| on monday)?|later|ttyl|再见|拜拜|晚安|明天见|回头见|我?(?:先)?下班(?:了|啦)|(?:我)?先下了",
    ),
    (
        "help",
        r"(?:please )?help(?: me)?(?: please| out)?|what (?:can|do) you do|what (?:can|do) i (?:do|say|write|type)(?: here)?|what(?:'s| is) (?:this|it|that)(?: for| about)?|why do you (?:ask|need (?:this|that|it))|what are you|who are you|how (?:does|do) (?:this|it|you) work"
        r"|how (?:do|can) i (?:use|start|begin)[^?]{0,20}|(?:are you|is this) (?:a |an )?(?:bot|robot|human|real(?: person)?|ai)|what commands[^?]{0,30}|commands|menu|instructions|i'?m (?:lost|stuck|confused|new)(?: here)?"
        r"|(?:请|请问)?(?:你|您)?(?:能|会|可以)(?:做|干|帮我做|帮我干)?(?:什么|啥|哪些事|哪些)|(?:你|您)?(?:是谁|是什么|是机器人吗|是真人吗|是人吗)|(?:这个?|这东西|你)?(?:该|要)?(?:怎么|如何)(?:用|使用|操作)(?:的|啊|呀|呢)*|(?:这个?|这东西|你)(?:是)?(?:干嘛|干什么|做什么|干啥)(?:用)?的?(?:啊|呀|呢)?|怎么(?:开始|弄|玩)"
        r"|(?:有|都有)(?:什么|哪些)(?:功能|命令|指令)|(?:功能|命令|指令|菜单|使用说明|说明书?|教程)|(?:请)?帮(?:帮|一下)?(?:我|忙)|救命|不会用|看不懂",
    ),
)
_TALK = tuple((talk, lazy(rf"(?:{words}){_ENDING}", re.IGNORECASE)) for talk, words in _WORDS)
_PAUSE = lazy(r"[，,。.!！?？\s]*[，,。.!！?？\n][，,。.!！?？\s]*")
_RANK: tuple[Talk, ...] = ("help", "thanks", "greeting", "bye", "fine")
_ONLY_SIGNS = lazy(r"[^\w#@/]+")


def talk_of(words: str) -> Talk | None:
    """The kind of small talk a whole message is; None when it says anything else."""
    said = words.strip()
    if len(said) > 60:
        return None
    if _ONLY_SIGNS.fullmatch(said):
        return "help" if set(said) <= set("?？ ") else "fine"
    if (whole := _kind(said)) is not None:
        return whole
    parts = [_kind(part.strip()) for part in _PAUSE.split(said) if part.strip()]
    return next((talk for talk in _RANK if talk in parts), None) if None not in parts else None


_GIVEN_UP = lazy(
    r"\s*(?:(?:oh|no|ok|ah|well),? )?(?:forget (?:it|that|about it)|never ?mind|nvm|drop it|(?:那|好吧)?[，, ]*算了吧?|不记了|忘了吧|当我没说)[.!。！ ]*",
    re.IGNORECASE,
)


def gives_up(words: str) -> bool:
    """ "Forget it", 算了: whatever was asked is not answered any more."""
    return _GIVEN_UP.fullmatch(words) is not None


def _kind(words: str) -> Talk | None:
    return next((talk for talk, pattern in _TALK if pattern.fullmatch(words)), None)
