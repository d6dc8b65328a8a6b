# ruff: noqa: E501 -- a rule is one line
"""How commands are asked for in everyday words, beside `phrases_zh`: what is said, the command, and what would be typed after it.

`name` is the name of a customer, or of several; `whom` a colleague whom we know.
"""

from __future__ import annotations

import re
from typing import Final

from flows.understanding.lazily import lazy
from flows.understanding.wordlists import PLEASE

_LOOK = r"(?:查(?:一?下|看)?|看(?:一?下|看)?|给我看)"
_RECORDS = r"(?:的|之间的?)?(?:最近的?|近期的?|全部|所有)*(?:往来记录|历史记录|跟进记录|沟通记录|联系记录|往来历史|往来|历史)[。？?！! ]*"
LOOK_UP: Final = lazy(rf"{PLEASE}{_LOOK}[跟和与]?(?P<name>.{{1,40}}?){_RECORDS}$")
"""Their history, where it is asked for as the command for their card begins."""
_SAID: Final = (
    # what is asked about a customer
    ("history", r"(?:(?:show|open|see)(?: me)? (?:the )?)?(?P<name>.{1,60}?)(?:['’]s?)? (?:full |whole )?(?:history|timeline)[?.! ]*$", "{name}"),
    ("history", r"(?:(?:show|open|see|check|get|give)(?: me)? )?(?:the )?(?:full |whole )?(?:history|timeline) (?:of|with|for)\s(?P<name>.{1,60}?)[?.! ]*$", "{name}"),
    ("history", r"(?:what(?: has|'s)? happened|what(?:'s| is| has been| have we been)? (?:going on|doing)|everything(?: that happened)?) (?:so far )?with (?P<name>.{1,60}?)(?: so far| lately| recently| while i was \w+(?: \w+)?| since \w+(?: \w+)?| this (?:week|month)| last (?:week|month)| today| yesterday)?[?.! ]*$", "{name}"),
    ("history", rf"{_LOOK}?[跟和与]?(?P<name>.{{1,40}}?){_RECORDS}$", "{name}"),
    ("orders", r"(?:(?:show|list|open|see|check|get|give|look up)(?: me| us)? )?(?:all )?(?:the )?(?:(?:orders?|purchases?|payments?|invoices?)(?: history| list)?) (?:of|from|by|for)\s(?P<name>.{1,60}?)[?.! ]*$", "{name}"),
    ("orders", r"(?:(?:show|list|open|see|check|get|give|look up)(?: me| us)? )?(?:all )?(?:the )?(?P<name>.{1,60}?)(?:['’]s?|s)? (?:last |latest |recent |past |open |all )?(?:orders?|purchases|payments|invoices)(?: history| list)?(?: so far| please| pls)?[?.! ]*$", "{name}"),
    ("orders", rf"{_LOOK}?(?P<name>.{{1,40}}?)(?:的|有哪些|有什么)(?:全部|所有|历史|最近的?|最新的?)*(?:订单|回款|开票|采购|下单)(?:记录|情况|历史|列表)?(?:有哪些|呢)?[。？?！! ]*$", "{name}"),
    # questions that a command without words answers
    ("load", r"who(?:['’]s| is| has)(?: got)? (?:the )?(?:busiest|most (?:busy|work|tickets|on|to do))(?: (?:now|today|right now|this week))?[?. ]*|(?:现在|目前|今天)?(?:谁|哪个(?:同事|人))(?:手上)?(?:的活|工单|请求)?最(?:忙|多)[。？?]*", ""),
    ("today", r"(?:so )?what(?:['’]s| is| have i got| do i have)(?: still)? (?:waiting|left to do|on my (?:plate|desk|list))(?: for me)?(?: (?:now|today|right now))?[?. ]*", ""),
    ("week", r"(?:(?:the |our |my )?team(?:['’]s)?(?: weekly)? report|how (?:did|do|are) (?:we|the team|everybody|everyone)(?: all)? (?:do|did|doing) this week|how was (?:our|the|this) week|how is the team doing(?: this week)?)[?. ]*", ""),
    ("week", r"(?:团队|部门|大家)(?:的)?(?:本周|这周)?(?:周报|报告|情况)[。？?]*|(?:这周|本周|这个?星期)(?:大家|团队|我们)(?:干|做)?得?(?:怎么样|如何)[。？?]*|(?:大家|团队)(?:这周|本周)(?:干得|做得)?(?:怎么样|如何)[。？?]*", ""),
    ("approvals", r"(?:is there |do i have )?anything (?:for me )?(?:to|i (?:have|need) to) approve[?. ]*|what (?:do i (?:have|need) to|should i) approve[?. ]*|what (?:needs|waits for|is waiting for) my (?:approval|ok|decision)[?. ]*|(?:pending|open) approvals[?. ]*", ""),
    ("approvals", r"(?:还?有)?(?:什么|哪些|没有|东西)?(?:要|需要|等)(?:我)?(?:来)?(?:批|审批|审核|同意)的?(?:吗|么|东西|事情?|单子?)?[。？?]*", ""),
    ("results", r"(?:(?:what is |what['’]s |show me )?(?:our |the )?(?:csat|nps|customer satisfaction)(?: score)?(?: now)?|how (?:satisfied|happy|unhappy) are (?:our|the|my) (?:customers|clients)|what do (?:our |the )?(?:customers|clients) think of us)[?. ]*", ""),
    ("results", r"are (?:our |the |my )?(?:people|customers|clients|guests|patients|students|parents|they) (?:all |still )?(?:happy|satisfied|unhappy|pleased|content)(?: with us)?[?. ]*|who (?:is|was|are) (?:not (?:happy|satisfied)|dissatisfied)(?: with us)?[?. ]*", ""),
    ("colleague", r"how (?:do|can|could) (?:i|we) (?:get|bring|add|invite) (?:my|our|the|more) (?:people|team|staff|colleagues|teachers|stylists|employees|others)(?: in| on| here| on board| on it)*[?. ]*", ""),
    ("help", r"(?:ok(?:ay)?,? )?(?:what now|now what|what next|what do i do (?:now|first|next)|how (?:do|can) (?:i|we) (?:start|begin|get started)|where (?:do|can|should) (?:i|we) (?:start|begin))[?!. ]*|(?:我们是.{1,12}[，, ])?(?:怎么|如何|从哪里?|从哪儿)开始(?:用|使用|做|弄)?(?:呢|啊|呀)?[。？?]*", ""),
    ("risk", r"(?:最近)?(?:谁|哪些?|哪[个家位])(?:的)?(?:客户|学员|家长|病人|客人)?(?:最近)?(?:在)?(?:不高兴|不开心|不满意?|有意见|生气)(?:了)?[。？?]*", ""),
    ("results", r"(?:客户|学员|家长|病人|客人|大家)(?:们)?(?:都|现在)?(?:高兴|开心|满意)(?:吗|不)[。？?]*", ""),
    ("goal", r"(?:这个?月|本月|这周|本周|今年|目标|我们?|团队)*(?:现在)?(?:已经)?(?:完成|达成|达标|做)了?(?:多少|几成|百分之几)(?:了)?[。？?]*", ""),
    ("results", r"(?:我们的?)?(?:客户)?满意度(?:怎么样|如何|多少|是多少)?[。？?]*|客户(?:们)?(?:对我们)?(?:满意吗|满不满意|怎么看我们)[。？?]*", ""),
    ("open", r"who(?:['’]s| is| are| else is)?(?: still)? waiting (?:for|on) (?:me|us|my (?:answer|reply)|an? (?:answer|reply)(?: from (?:me|us))?)[?. ]*|(?:who|whom) (?:do|should|must) i (?:still )?(?:have to |need to )?(?:answer|reply to|get back to|write back to)[?. ]*|(?:what|who)(?: have i| did i| has)? (?:not|n['’]t) (?:been )?answered(?: yet)?[?. ]*", "mine"),
    ("themes", r"what (?:do|did|have|are|were) (?:our |the |my )?(?:customers?|clients?|guests|people) (?:been )?(?:say(?:ing)?|said|complain(?:ing|ed)?(?: about)?|unhappy (?:about|with)|grumbl(?:e|ing|ed)(?: about)?)(?: about us)?(?: lately| recently| (?:this|last) (?:week|month|quarter|year))?[?. ]*", ""),
    # a command in other words, with what it needs
    ("deputy", r"@?(?P<whom>\S+) (?:is |will be |will )?(?:cover(?:s|ing)?|stand(?:s|ing)? in|fill(?:s|ing)? in|deputi[sz](?:es|ing)) for me\b(?: (?:when|while) .{3,30}| from now on)?[.! ]*$", "{whom}"),
    ("push", r"(?:message|tell|text|e-?mail|mail|write(?: to)?|send(?: a message)? to|inform|notify|announce to) (?P<rest>(?:all(?: customers)?|everybody|everyone)\s?[:：]\s*.{4,300})", "{rest}"),
    ("deal", r"(?:(?:create|add|open|start|register|log) (?:an? |the )?)?new (?:deal|opportunity)(?: for| with| at)?\s?[:,-]?\s+(?P<rest>(?=.*\d).{4,120})", "{rest}"),
    ("remind", r"(?:create|add|make|set|new|新建|创建|添加|加)(?: up)?\s*(?:an? |一?[个条])?(?:task|reminder|to-?do|提醒|任务|待办)[:： ]*(?:for |to |给)?(?P<rest>.+)", "{rest}"),
    ("find", r"(?P<rest>(?:all |our |my |the )*(?:customers?|clients?) (?:(?:based|located) )?(?:in|from|near) (?!the\b|\w+ing\b)[^\W\d_][\w-]+(?: [^\W\d_][\w-]+)?)[?. ]*$", "{rest}"),
    ("zone", r"(?:set|change|switch)\s(?:my |the )?time ?zone\s(?:to|:)?\s*(?P<rest>.+?)[.! ]*$", "{rest}"),
    ("zone", r"(?:我的)?时区(?:改成|改为|设为|设置为|换成|是|:|：)\s*(?P<rest>.+?)[。！ ]*$", "{rest}"),
    ("language", r"(?:speak|talk|answer|reply|write|switch|change)?\s*(?:to me )?(?:in|to|into)?\s*(?P<rest>english|chinese|mandarin)(?: please| from now on)?[.! ]*$", "{rest}"),
    ("language", r"(?:说|用|讲|切换(?:成|到|为)?|改成)(?P<rest>中文|英文|汉语|英语)(?:吧|回复|回答)?[。！ ]*$", "{rest}"),
)  # fmt: skip


RULES: Final[tuple[tuple[str, re.Pattern[str], str], ...]] = tuple(
    (name, lazy(rf"{PLEASE}(?:{words})", re.IGNORECASE), typed) for name, words, typed in _SAID
)
