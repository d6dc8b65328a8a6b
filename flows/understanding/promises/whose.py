# ruff: noqa: E501 -- a rule is one line
"""Whose a promise is where its clause has no subject of its own."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from flows.understanding.facts import Mention
from flows.understanding.lazily import lazy
from flows.understanding.promises.clauses import Clause
from flows.understanding.promises.forms import Form, Way
from flows.understanding.text import Text
from flows.understanding.times.reading import Seen

_SAYS: Final = lazy(
    r"(?<!我)(?<!们)(?:(?<!跟.)(?<!跟..)(?<!跟...)说(?!明(?!天|后|早|晚|年)|服|好(?:给|了|的|要)|定)|[他她]话|表示|意思(?:是|说)|回复说|告诉我|"
    r"(?<=[\u3400-\u9fff])(?<![刚已也])(?:答应|承诺(?!书|函)))"
)
_OPENS: Final = lazy(r"(?:微信|邮件|短信|电话)?(?:里|上)?(?:回复|反馈|答复|回|说)?[ ]?[:：]")
_SAID_SO: Final = lazy(r"[，, ][\u4e00-\u9fff]{2,5}(?<!我)(?:说|讲|答应|承诺|保证)的[。!！ ]*$")
"""合同3号前寄回，何芳说的."""
_DEMANDS: Final = lazy(
    r"(?<![a-z])(?:chasing|chased|complain(?:s|ed|ing)|(?:un|not )happy|cross|furious|angry|upset|fuming|livid|asking|asked|demand(?:s|ed|ing)|moan(?:s|ed|ing)|wants|needs)(?![a-z])"
)
"""What follows a demand without a subject of its own is our answer: "chasing his delivery, promised an update"."""
_OUR_PART: Final = lazy(
    r"[我他她咱]|(?:研发|仓库|技术部?|工厂|车间|生产|售后|物流|产品|供应链|工程部)(?:那边|这边|部|经理)?(?:说|讲|回复)|能不能|能否|可不可以|可否|必须|务必|修(?!改)|解决|整改|修复|寄(?!回|来|过来)|处理|麻烦|重[开做发打报新]|请(?:于|在|尽快|提供|把|你们|贵)|贵司|补开|发票|售后|到场|师傅|换新|补发|重发|开(?:发)?票|派(?:人|车|工程师|师傅|技术|个|两)|过去|上门|报价|安装|送[到货]|[发交]货|[给交寄送][ ]*$"
)
"""What is not what others said they would do."""
_ASKED_OF_US: Final = lazy(r"(?:要求|让|请|催|逼)我们|投诉|不满|抱怨")
"""What follows a complaint is ours to do."""
_CHASES_US: Final = lazy(
    r"(?:催|要|问)[^，,。；;我]{0,6}(?:发票|专票|普票|开票|票|退款|退[^，,。；;]{0,3}|货|报价|方案|图纸?|样品?|返利|返点|证书|报告)[了呢]?[，,]$"
)
_OUR_OFFICE: Final = lazy(
    r"[ ]*(?:(?:我们?)?(?:财务|会计|商务|法务|采购)|研发|仓库|技术部?|工厂|车间|生产|售后|物流|产品|供应链|工程部)(?:那边|这边|部|经理)?(?:说|讲|回复|答应)"
)
"""催发票，财务说明天开: our own people answer what a customer asks for."""
_DONE_THERE: Final = lazy(r"(?:对方|客户|他们?|她们?|那边)[^，。,；;我]{0,6}(?:盖|签|填|审|批)[^，。,；;]{0,4}了[，,]$")
_COMES_BACK: Final = lazy(r"(?:寄|传|发|送|交)回|寄(?:过来|给我们)")
"""对方盖好章了，明天寄回: they send it."""
_DO_NOT_PUSH: Final = lazy(r"[，,][ ]?[^，。,；;]{0,3}(?:让|叫|要)我们?(?:先)?(?:别|不要|不用)(?:再)?(?:催|急|问)")
"""下周给，让我们别催: theirs."""
_WE_GO_ON: Final = lazy(r"(?:^|[，,。；;])我们?(?:就|也)?(?:答应|承诺|说|会|先|来|去|争取)[^，。；;他她]{1,20}[，,]$")
_THEIR_WORD: Final = lazy(r"[他她]|客户|对方|说|财务|法务|老板|领导")
"""我答应压缩到20天，周五前给准信: still ours."""
_OURS_MADE: Final = lazy(r"(?:要|订|定|买|催)的[^，。；,;]{1,10}(?:还?在|还?没|正在)[^，。；,;]{1,8}[，,]$")
"""他要的样片还在打样，预计下周二能寄: what they wait for is ours."""
_OUR_TEAM: Final = lazy(
    r"[ ]*(?:and |so |then )?(?:engineering|engineers?|devs?|dev team|tech support|support(?: team| guys)?|ops|the warehouse|warehouse|production|logistics|dispatch|presales|r&d) (?:to|will|can|should)(?![a-z])"
)
"""Engineering to quote by Friday: our own people."""
_GOES_ON: Final = lazy(
    r"[，,。；;](?:他们?|她们?|对方|客户|人家)(?:得|会|将|正在|内部|回去|需要?先|要(?:先|再)(?!看))[^，,。；;我咱]{1,14}[，,]$"
)
"""They are the subject of the clause before: 他要先看行程，周一确认."""
_THEY_WILL: Final = lazy(
    r"(?<![a-z])(?!(?:i|we)(?![a-z]))[a-z]+(?:'ll| will|'d| would|(?:'s|'re| is| are) going to)(?![a-z])[^.,;!?]{0,40} and$"
)
"""They are still the subject: they'll think about it and get back on Monday."""
_THEY_GO_ON: Final = lazy(
    r"(?<![a-z])(?:(?P<they>they(?![a-z])|(?!i |we |you |us )[a-z][\w'&-]{0,40} (?=(?:really |all )?(?:like|love|want|are|agree|think)(?![a-z])))|(?P<he>he|she|the (?:client|customer|buyer))(?![a-z]))"
    r"(?:(?!(?<![a-z])(?:i|we|i'll|we'll|i'd|we'd)(?![a-z]))[^.;!?\n]){1,60}?(?:but|and|,)[ ,]*$"
)
"""They are the subject of what has none of its own: they like the price but …"""
_NEED: Final = lazy(
    r"[ ]*(?:(?:still|also|first|now|just|all|both) )*(?P<verb>needs?|ha(?:ve|s)|must|want)(?: to)? (?P<what>.*)"
)
_AT_HOME: Final = lazy(
    r"(?:ask|consult|convince|check with|clear it with|run it (?:by|past)|talk to|speak (?:to|with)|discuss (?:it )?with|get (?:approval|budget|sign-?off|buy-in|the (?:ok|okay|budget|approval)))(?![a-z])"
)
"""What one does among one's own people: ask the boss."""
_COME_BACK: Final = lazy(r"[ ]?(?:come|get|go) back(?![a-z])")
_THEIR_SUBJECT: Final = lazy(r"(?<![a-z])(?:he|she|they|it)(?:'ll|'s|'d)?(?![a-z])")
_OUR_SUBJECT: Final = lazy(r"(?<![a-z])(?:i|we|i'll|we'll|i'm|we're|i've|we've|i'd|we'd)(?![a-z])")


def whose(form: Form, low: str, clause: Clause, words: str, *, reported: bool, led: bool = False) -> Form:
    """The form with who promises by what stands before it; `reported`: the words are somebody else's; `led`: somebody is their subject."""
    if form.rule in ("to do", "it is to be done by then") and _THEY_WILL.search(
        low, max(0, clause.start - 60), clause.start
    ):
        form = replace(form, by="them")
    if form.by == "them" and _OUR_TEAM.match(words):
        form = replace(form, by="us")
    if form.by == "us" and _is_still_them(low, clause, words):
        form = replace(form, by="them")
    if (
        form.by == "them"
        and _OUR_OFFICE.match(words)
        and _CHASES_US.search(low, max(0, clause.start - 24), clause.start)
    ):
        return replace(form, by="us")
    if (
        form.by == "them"
        and words.lstrip(" ，,").startswith(("预计", "估计", "大概"))
        and _OURS_MADE.search(low, max(0, clause.start - 32), clause.start)
    ):
        return replace(form, by="us")
    if form.way is not Way.BARE:
        return form
    if (
        form.by == "them"
        and _WE_GO_ON.search(low, max(0, clause.start - 32), clause.start)
        and not _THEIR_WORD.search(words)
    ):
        return replace(form, by="us")
    if _DO_NOT_PUSH.match(low, clause.end):
        return replace(form, by="them")
    if _COMES_BACK.search(words) and _DONE_THERE.search(low, max(0, clause.start - 24), clause.start):
        return replace(form, by="them")
    if form.by == "them" and _ASKED_OF_US.search(low, max(0, clause.start - 30), clause.start):
        return replace(form, by="us")
    theirs = reported or led or _GOES_ON.search(low, max(0, clause.start - 24), clause.start)
    return replace(form, by="them") if theirs and not _OUR_PART.search(words) else form


def is_led(clause: Clause, text: Text, mentions: Sequence[Mention], times: Sequence[Seen]) -> bool:
    """Whether a clause opens with somebody and their time, as a subject does: 张敏下周出报告."""
    low = text.low
    start = clause.start + len(low[clause.start : clause.end]) - len(low[clause.start : clause.end].lstrip())
    ends = [text.low_at(one.place.end) for one in mentions if text.low_at(one.place.start) == start]
    return any(one.start in ends for one in times)


def goes_on(low: str, start: int, words: str) -> bool:
    """She will look into it and come back on Friday: by when the first is done."""
    return bool(_COME_BACK.match(words) and _THEY_WILL.search(low, max(0, start - 60), start))


def is_about_us(low: str, start: int, mentions: Sequence[Mention], text: Text) -> bool:
    """Whether a clause without a subject goes on about ourselves: nobody else is the subject before it."""
    begin = max(low.rfind(mark, 0, start) for mark in ".;!?\n") + 1
    before = low[begin:start]
    ours = max((match.start() for match in _OUR_SUBJECT.finditer(before)), default=-1)
    theirs = max((match.start() for match in _THEIR_SUBJECT.finditer(before)), default=-1)
    if ours >= 0 or theirs >= 0:
        return ours > theirs
    if _DEMANDS.search(before):
        return True
    head = text.at(begin + len(before) - len(before.lstrip()))
    return not any(one.place.start == head for one in mentions)


def reports_in(text: Text, mentions: Sequence[Mention]) -> list[int]:
    """Where somebody is said to say something, or a name with a colon opens what they say."""
    if not text.has_chinese:
        return []
    opens = [text.low_at(one.place.end) - 1 for one in mentions if _OPENS.match(text.low, text.low_at(one.place.end))]
    return sorted([match.start() for match in _SAYS.finditer(text.low)] + opens)


def is_said_so(text: Text) -> bool:
    """Whether the line ends with who said all of it."""
    return text.has_chinese and _SAID_SO.search(text.low) is not None


def is_report(text: Text, clause: Clause, reports: Sequence[int], reported: bool) -> bool:
    """Whether what follows in this sentence is what somebody else said."""
    ended = text.low[clause.start - 1 : clause.start] in ("。", "\n", "；")
    says = bisect_left(reports, clause.start) < bisect_left(reports, clause.end)
    return says or (reported and not ended)


def _is_still_them(low: str, clause: Clause, words: str) -> bool:
    """ "They like it but need to ask the boss": the verb goes with the subject; after a comma only what is done at home."""
    need = _NEED.match(words)
    before = _THEY_GO_ON.search(low, max(0, clause.start - 90), clause.start) if need else None
    if need is None or before is None:
        return False
    one = need["verb"] in ("needs", "has")
    agrees = need["verb"] == "must" or (one if before["he"] else not one)
    return agrees and (not before[0].rstrip().endswith(",") or bool(_AT_HOME.match(need["what"])))
