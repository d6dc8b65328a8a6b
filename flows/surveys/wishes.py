# ruff: noqa: E501 -- a pattern is one line
"""What customers say about surveys themselves: stop, start again, and scores in words. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from flows.amounts import unhedged
from flows.dialog import normal
from flows.understanding.lazily import lazy

Wish = Literal["", "surveys", "all"]

_THESE = r"(?: (?:these|those|this|any|more|such|so many|your|the|of|all))*(?: (?:surveys?|questions?|questionnaires?|messages?|texts?|stuff))?"
_SURVEYS = lazy(
    r"^(?:please )?(?:stop|unsubscribe(?: me)?|td|t|退订|停止|拒收|取消订阅|取消关注|不想(?:再)?回答)(?: it| this| that| now| please)*[吧了啦]*$"
    r"|\b(?:stop|no more|enough|sick|tired|end|cancel|quit|don'?t send|unsubscribe)\b.{0,24}\b(?:survey|questionnaire)s?\b"
    r"|^(?:sorry,? )?(?:i|we) (?:don'?t|do not|never|won'?t|will not) (?:do|answer|fill (?:in|out)|take|take part in|like|want)(?: any| your| these| such| more)* (?:surveys?|questionnaires?)$"
    r"|\bno more of (?:these|those|your) questions?\b"
    rf"|\bstop (?:asking|polling|surveying)(?: me| us)?{_THESE}(?: please)?$"
    rf"|\b(?:don'?t|do not|never) ask(?: me| us)?{_THESE}(?: again| any ?more)?$"
    r"|(?:别|不要|不用|停止|退订|取消|拒绝|不想)(?!.{0,6}(?:改|错过)).{0,8}(?:问卷|调查|评分|打分|满意度)"
    r"|(?:问卷|调查).{0,6}(?:别|不要|停).{0,4}(?:发|了)"
    r"|不(?:想|愿|要|再|会|接受|参加|参与|做|填|答|回答|评价)+.{0,4}(?:问卷|调查|评分|打分)"
    r"|(?:别|不要|请勿|勿)(?:再|老|总|老是|总是)*问(?:我|我们)?(?:这些|这种|了|啦|问题)*$"
)
_ALL = lazy(
    r"\bleave (?:me|us) alone\b"
    r"|\bstop (?:contacting|messaging|writing|texting|bothering|spamming|pestering|harassing|calling)"
    r"(?: to)?(?: me| us)?(?: again| any ?more| please| now)*$"
    r"|^(?:please )?(?:stop|don'?t|do not|never) (?:contact|message|write|text|bother|spam)(?: to)?(?: me| us)?"
    r"(?: again| any ?more| please)*$"
    r"|^(?:please )?stop all(?: messages)?$"
    r"|\b(?:remove|delete|take) (?:me|us|my (?:number|name))(?: off| from)?(?: (?:your|the|this) (?:list|mailing list|database))?(?: please)?$"
    r"|\bopt(?: me)? out\b"
    rf"|\b(?:don'?t|do not|never|stop) send(?:ing)?(?: me| us)?{_THESE}(?: again| any ?more| please)*$"
    r"|(?:别|不要|请勿|勿|停止)(?:再|给|来|老)?(?:联系|打扰|骚扰|烦)(?:我|我们)?了?$"
    r"|(?:别|不要|勿)再?(?:给我们?)?再?发(?:消息|信息|短信)(?:给我们?)?[了啦]*$"
    r"|^(?:请|麻烦)?(?:你们)?(?:把|将)?(?:我|我们)(?:的(?:名字|号码|电话))?从(?:你们的?|这个)?(?:群发|联系|推送|短信|邮件)?(?:名单|列表|通讯录)(?:里|中|上)?(?:删掉?|移除|去掉|删除|移掉|拿掉)[了吧谢]*$"
)
_ASKING = lazy(r"survey|question|问卷|调查")
_NOW = lazy(
    r"^(?:no,? )?(?:thanks?,? (?:but )?)?(?:i'?m |i am |we'?re |we are )?not interested$"
    r"|^(?:i |we )?(?:don'?t|do not) (?:want|like|wish) (?:to (?:answer|do|take part in|fill in)|any of|)\s*(?:this|these|that|it|them)?$"
    r"|^(?:please )?(?:quit|end|cancel|enough|that'?s enough|no more(?: questions?)?)(?: please| now)*$"
    r"|^.{0,8}?(?:请)?(?:别|不要)再?(?:给我们?)?再?[发问推](?:送)?[了啦]*$"
    r"|^(?:没兴趣|不感兴趣|不想答|不想填|不答|不填|不做)[了啦]?$"
)
"""Said to a question of ours it is a wish; anywhere else it may be about the delivery."""
_AGAIN = lazy(
    r"^(start|resume|restart) (the )?surveys?( again)?$|^(start|unstop|start again)$"
    r"|^恢复(发送|接收)?(问卷|调查|订阅)?$|^重新(订阅|接收)(问卷|调查)?$"
)
_WORDS: Mapping[int, str] = {
    1: "very bad/terrible/awful/horrible/horrendous/a disaster/disaster/the worst/worst/very dissatisfied/非常不满意/很不满意/特别不满意/非常差/很差/极差/太差/太差劲/差劲/太烂/烂/差评/糟透/很糟糕/太糟糕",
    2: "bad/poor/dissatisfied/not satisfied/unsatisfied/not happy/unhappy/disappointed/disappointing/not good/not great/不满意/不太满意/不是很满意/差/不好/不太好/不怎么样/不行",
    3: "ok/okay/so so/so-so/neutral/average/meh/一般/还行/一般般/还可以/凑合/马马虎虎/勉强",
    4: "good/fine/satisfied/happy/pleased/not bad/not bad at all/all good/满意/比较满意/挺好/不错/挺不错/还不错/蛮好/挺满意/好",
    5: "very good/great/excellent/perfect/amazing/awesome/fantastic/wonderful/brilliant/outstanding/superb/very satisfied/very happy/couldn't be happier/couldn't be better/delighted/love it/loved it/非常满意/很满意/特别满意/十分满意/太好/很好/非常好/太满意/好评/五星好评/棒/太棒/很棒/完美/没得说/没的说",
}
_MEANT: Mapping[str, int] = {word: score for score, words in _WORDS.items() for word in words.split("/")}
_AROUND = lazy(
    r"^(?:(?:it|that|this|everything|all|the service|the visit|your service|service|he|she|they)(?:'s| is| was| were| has been) |really |pretty |quite |just |simply |overall,? |服务|整体上?|总体上?|感觉|觉得|都|真的?|确实|总的来说[,，]?)"
    r"|(?: overall| really| indeed|(?<=..)[了的吧啊呀哦嘛呢])$"
)
"""What stands around a verdict and changes nothing: "it was really good", "真的挺好的"."""
_FILLERS = frozenset(
    {
        "ok",
        "okay",
        "good",
        "fine",
        "great",
        "perfect",
        "excellent",
        "好",
        "不错",
        "太好",
        "很好",
        "不行",
        "不好",
        "happy",
        "all good",
    }
)
"""Verdicts with which other sentences begin, too: "good, when can you come?"."""
_VERDICT = lazy(r"(?P<verdict>[^,，;；:：。.!！\n]{1,24})[,，;；:：。.!！\n]+\s*(?P<why>.{3,})", re.DOTALL)
_CORRECTS = lazy(
    r"^(?:(?:oops|ups|sorry|no|wait|hm+|hang on|hold on|actually|i mean[t]?|correction|typo|my mistake|(?:please )?(?:make|change|set) (?:it|that|this|my (?:score|answer|rating|vote))(?: to| into)?|(?:it|that) should (?:be|have been)|rather|instead|on second thought|(?:it|that)(?:'s| was| is)|my (?:score|answer|rating|vote) (?:is|was|would be)"
    r"|(?:打|点|按|选|写|输|说|评)错了?|错了|不对|不是|等等|等一?下|应该是|应该|我是说|更正|(?:分数)?改(?:成|为|一?下|到)?|换成?|还是|其实|算了|不好意思|抱歉|是|给)[\s,，.。!！:：…~-]*)+"
)
_SORRY = lazy(r"[\s,，.。!！]*(?:sorry|please|thanks|抱歉|不好意思|谢谢)$")
_LATER = lazy(
    r"^(?:maybe |perhaps |(?:i'?ll|i will) (?:do|answer) (?:it|that|this) |ask me |(?:sorry,? )?(?:i'?m |i am )?)*"
    r"(?:later|tomorrow|another time|next time|some other time|not now|busy|driving|in a meeting|too busy|(?:i have |i've )?no time|i (?:really )?(?:don'?t|do not) have (?:the |any )?time|in a (?:bit|minute|moment|while))(?: right| now| please| on| thanks| today| for (?:this|that|it|these|surveys?|questions?|such things))*$"
    r"|^(?:我)?(?:现在|正)?(?:在)?(?:晚点|稍后|待会儿?|等会儿?|回头|过会儿?|一会儿?|改天|明天|有空|忙(?:着)?|没空|没时间|不方便|开会|开车)(?:再|就)?(?:说|答|回答|填|评|评价|弄|来)?[吧哈呢了啊]*$"
)
_FIGURE = r"(?:\d[\d.,%]*|[零〇一二两三四五六七八九十百半点]+|zero|one|two|three|four|five|six|seven|eight|nine|ten|(?:a |one )?hundred)"
_NUMBERISH = lazy(
    rf"^-?(?:between )?{_FIGURE}(?:\s*(?:-|–|~|/|,|到|至|或者?|、|or|to|and|out of|of)\s*{_FIGURE})*\s*(?:分|星|颗|stars?|points?|%|之间|percent|per cent)*"
    r"(?:[,，]? ?(?:hard to say|not sure|说不好|不好说|说不准))?$"
)
_MARKS = lazy(r"^[^\w\s?？]+$")
"""Nothing but pictures and punctuation."""
_NAMED_MARK = lazy(
    r"^(?:an? )?(?:big |huge |two )?thumbs?[ -]?(?:up|down)(?: (?:from|for) (?:me|us|you))?$|^(?:smiley?(?: face)?|heart emoji)$|^(?:点个?赞|竖?大拇指|点踩)$"
)
"""A picture in words, as voice and some keyboards write it."""


def wish_to_stop(said: str, *, asked: bool = False) -> Wish:
    """What the customer does not want any more; empty when it is no such wish. `asked`: a question of ours is open."""
    word = normal(said)
    if len(word) > 80 or word.endswith(("?", "？")):
        return ""
    if _ALL.search(word) and not _ASKING.search(word):
        return "all"
    found = _SURVEYS.search(word) or (_ALL.search(word) and _ASKING.search(word)) or (asked and _NOW.match(word))
    return "surveys" if found else ""


def wish_to_start(said: str) -> bool:
    """True when surveys are wanted again."""
    return bool(_AGAIN.search(normal(said)))


def score_in_words(said: str) -> str:
    """The score as a number where the words are one ("很满意", "it was great"), else the words themselves."""
    meant = _verdict(said)
    return str(meant) if meant else said


def _verdict(said: str) -> int | None:
    word, before = normal(said), ""
    while word != before:
        if word in _MEANT:
            return _MEANT[word]
        word, before = _AROUND.sub("", word, count=1).strip(), word
    return None


def verdict_and_why(said: str) -> tuple[str, str] | None:
    """A verdict as a number, and what was said with it: "不太满意，态度不好"; no question, and no word that begins one."""
    match = _VERDICT.fullmatch(said.strip())
    if match is None or "?" in said or "？" in said or normal(match["verdict"]) in _FILLERS:
        return None
    meant = _verdict(match["verdict"])
    return (str(meant), match["why"].strip()) if meant else None


def corrected(said: str) -> str:
    """What a score is changed to, in words that change one ("oops, I meant 1", "改成4分"); else empty."""
    word = normal(said)
    match = _CORRECTS.match(word)
    return _SORRY.sub("", word[match.end() :]).strip() if match else ""


def puts_off(said: str) -> bool:
    """True where the question is welcome at another time."""
    return bool(_LATER.match(normal(said)))


def meant_as_number(said: str) -> bool:
    """True for what was surely meant as a score, though none of ours: "11", "3.5", "十分", "8 or 9", a thumb.

    A figure of something ("5 boxes") is none: that is for a person.
    """
    word = unhedged(said)
    return bool(_NUMBERISH.match(word) or _NAMED_MARK.match(normal(said))) or bool(
        _MARKS.match(said.strip()) and len(said.strip()) <= 12
    )
