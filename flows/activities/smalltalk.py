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


_LEAD = r"\s*(?:(?:(?:oh|no|ok(?:ay)?|ah|well|actually|sorry|please|hmm+|on second thoughts?|那|好吧|不好意思|抱歉|哦|嗯)[，,. ]*){1,2})?"
_TAIL = r"(?:[，,;. ]*(?:please|pls|thanks?|thank you|sorry|for now|for today|not now|it'?s fine|谢谢|吧|了|啦|啊|哈))*[.!。！~ ]*"
_ENOUGH = (
    r"(?:(?:just )?(?:forget|drop|skip|scrap|leave|ignore)(?: about)? (?:it|that|this)(?: be| there| alone| out| as it is)?|let'?s (?:not|(?:forget|drop|skip|leave)(?: it| that| this)?)|forget about it|never ?mind|nvm|don'?t bother"
    r"|i(?:'ve)? changed my mind|changed my mind|(?:it'?s )?not important|(?:that was (?:the )?|pressed (?:the )?|hit (?:the )?)?(?:wrong button|by (?:mistake|accident)|an? (?:mistake|accident))|i(?:'ll| will) (?:do|say|add|answer) (?:it|that|this) (?:later|another time|some other time)"
    r"|(?:还是)?算了|不记了|忘了吧|当我没说|没事[了啦]|(?:还是)?(?:先|暂时|那)?不(?:弄|搞|做|填|写|改|问|说|管|记|设|加|录)了|(?:先|暂时|还是)不(?:弄|搞|做|填|写|改|问|说|管|记|设|加|录)|别(?:弄|管|记|搞)了|先(?:这样|放着|放一?放|搁着)|(?:点|按)错了?)"
)
_GIVEN_UP = lazy(rf"{_LEAD}{_ENOUGH}(?:[，,;.。 ]+{_ENOUGH})*{_TAIL}", re.IGNORECASE)
_NOTHING = lazy(
    _LEAD
    + r"(?:nothing(?: really| after all| more| else| special| yet)?|no,? nothing|没什么(?:事|可说的?)?|没事儿?)"
    + _TAIL,
    re.IGNORECASE,
)
_PUT_OFF = lazy(
    _LEAD
    + r"(?:not (?:now|yet|today|sure(?: yet)?)|(?:maybe )?(?:later|another time|some other time)(?: maybe)?|i(?: really)? don'?t know(?: yet)?|don'?t know(?: yet)?|no idea(?: yet)?|no need|nope|nah|no|whatever|undecided|tbd|not decided(?: yet)?|haven'?t decided(?: yet)?"
    r"|不用了?|不必了?|不要了?|以后再说|回头再说|改天(?:再说)?|下次(?:再说)?|晚点(?:再说)?|待会儿?再说|再说|到时候再说|(?:我)?(?:还|也)?不(?:知道|清楚|确定)|(?:我)?(?:还)?没(?:有)?(?:想好|定下来|定|决定|确定)|待定)"
    + _TAIL,
    re.IGNORECASE,
)


_AGREED = lazy(
    r"\s*(?:(?:yes|yep|yeah|y|ok(?:ay)?|k|sure|please|fine|good|right|correct|perfect|great|do it|do that|go|go ahead|go on|send|send it|send that|now|👍|✅)[,.! ]*){1,4}"
    r"|\s*(?:(?:好[的吧嘞]?|可以|行|是的?|对的?|没问题|嗯+|确认|确定|同意|就这样|发送?|做|去做|吧|了)[，,。！! ]*){1,4}",
    re.IGNORECASE,
)


def agrees(words: str) -> bool:
    """A plain yes to what was proposed."""
    return _AGREED.fullmatch(words) is not None


def gives_up(words: str) -> bool:
    """ "Forget it", 算了: whatever was asked is not answered any more."""
    return _GIVEN_UP.fullmatch(words) is not None


def says_nothing(words: str) -> bool:
    """ "Nothing": no answer, unless the question was what there is."""
    return _NOTHING.fullmatch(words) is not None


def puts_off(words: str) -> bool:
    """ "Not now", "no idea": no answer to what or when, though one to why."""
    return _PUT_OFF.fullmatch(words) is not None


def _kind(words: str) -> Talk | None:
    return next((talk for talk, pattern in _TALK if pattern.fullmatch(words)), None)
