# ruff: noqa: E501 -- a rule is one line
"""Words right beside a time that settle what it is for, or that nothing happens then."""

from typing import Final

from flows.understanding.lazily import lazy

REMIND_ME: Final = lazy(
    r"(?<![a-z])(?:remind me (?:to|about)|(?:set|put|add|create)(?: me)? (?:a |the )?reminder)(?![a-z])"
)
IF_NOT: Final = lazy(
    r"(?<![a-z])(?:if|unless) [^.;!?]{0,40}(?:n't|not|nothing|still)(?![a-z])|(?<![a-z])if (?:there'?s |there is |i (?:get|hear) |we (?:get|hear) )?(?:no|nothing|(?:he|she|they|it) (?:don'?t|doesn'?t|hasn'?t|haven'?t|isn'?t|aren'?t))(?![a-z])|如果?没"
)
IF_STILL: Final = lazy(r"(?:还|要是|如果)?(?:没|不)(?:有)?(?:回|消息|动静|答复|付|到|签|收到|反馈)")
OR_ELSE: Final = lazy(r"(?:如果|要是|假如|若|除非|再)[^，。,；;]{0,4}$")
ELSE: Final = lazy(r"[^，。,；;]{0,6}(?:不|没)[^，。,；;]{0,6}[，,]?就(?:换|不|走|退|终止|找别|取消|停)")
"""如果月底前不降价就换供应商: a threat."""
NOTHING_BY: Final = lazy(
    r"(?:他们|也|都|肯定|基本|应该|估计|可能)*(?:没有?(?:预算|钱|计划|需求|时间|档期|货|额度)|不(?:会|考虑|采购|做|上|买|动|谈|接|见|开|签|定|启动|安排))"
)
"""说年前没预算了: nothing is due by then."""
UNABLE: Final = lazy(r"[^，。,；;]{0,5}[批付给出定签到发交做寄开打弄搞办拿赶]不(?:下来|了(?!解)|出来?|来|完|成|齐|上)")
"""这个月批不下来: nothing is due in it."""
BACK: Final = lazy(
    r"(?<![a-z])(?:back|returns?|returning|ooo|away|out|off|on leave|holiday|hols|travelling|traveling|abroad|unavailable|busy|in meetings)(?:,? (?:in|from|on|at|until|till|til|to|the|his|her|their|office|leave|holidays?|hols|vacation|parental|sick|maternity|paternity|work|town))*,?[ ]{1,2}(?:the )?$"
)
THEN_CONTACT: Final = lazy(
    r"[ ]?(?:[,.;-]|and|so|then|, so|, then)[ ]{1,2}(?:i'll |will |to |then |please |pls |so )?(?:chase|call|ring|phone|ping|try|contact|e-?mail|text|message|nudge|catch|speak|follow[- ]?up|check in|touch base|reach out|get hold of|pick (?:it|this) up)(?![a-z])(?![^.;]{0,60}(?:\d ?(?:[ap]m|[:/]|st|nd|rd|th)|tomorrow|(?:mon|tue|wed|thu|fri)[a-z]*(?![a-z])|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d|\d (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|next|in an?|in the|in \d))"
)
"""Back on 3 December, chase her then: what is to be done when somebody is there again."""
THEN_REMIND: Final = lazy(
    r"[^，。,;；.!！?？\n]{0,8}[，, ]{1,2}(?:(?:到时候?|届时|那时|当天)(?:再|提醒|联系|打|问|约|跟)|(?:call|ring|ping|chase|try|contact|speak|give|email|text|message|reconnect|revisit|touch base|check in|follow up|pick (?:it|this) up|catch up)(?: [a-z]+){0,5} (?:after that|then|afterwards|that day|after)(?![a-z])|(?:(?:记得|别忘)(?!了?(?:[带穿戴]|准备|打印|提前[带准打]|把[^，。,；;]{1,8}带))|提醒我|让我(?=盯|留意|关注|看着|跟)|remind me|set (?:a )?reminder|don'?t forget|remember to)(?!.{0,12}(?:\d|点|提前|前一天|周[一二三四五六日]|明|后天)))"
)

DONT_FORGET: Final = lazy(r"别忘|记得")
ELSEWHERE: Final = lazy(
    r"(?:没(?:有)?(?:空|时间)|都?在(?:开会|忙|外面|出差|休)|不在|不方便|走不开|有(?:会|事|安排)|休假|请假|放假|调休|(?:别|不用|不必|不)(?:再)?(?:去|来|打|约|联系))"
)
"""What somebody's day is taken up with, or what is not to be done on it."""
CALLED_OFF: Final = lazy(
    r"(?<![a-z])(?:cancel+(?:ed|s|ing)?|call(?:ed|ing) off|scrapped|fell through|fallen through|pulled out of|bailed on|is off|isn't happening|not happening|no longer happening|(?:postponed|put off|delayed)(?![^.;,]{0,40} (?:to|till|til|until|by|for|from|into)(?![a-z])))(?![a-z])"
    r"|(?:推迟|延期|延后|改期)了?[ ]?(?=$|[，。,；;！! ])"
)
THAT_LOT: Final = lazy(r"[ ]?(?:那|这)[批个次单台份张笔场]")
THAT_ONE: Final = lazy(r"[ ]?(?:那|这)[批个次单台份张笔场]|(?:签|发|给|报|订|买|定|谈)的")

ORDER: Final = lazy(
    r"[ ,.;:!?，。；！？\n]{0,3}(?:and |then |so |must |please |pls |need to |needs? (?=some|an? ))?(?:(?:check|ask|warn|tell|look|see|verify|find|search|read|test|measure|pick up|collect|drop|bring|take|order|inspect|clean|swap|load|pack|print|register|change|clear|charge|buy|grab|make|do|watch|block|hold|sort|cancel|log|dig out|work out|get|give|need)(?![a-z])(?! (?:to|is|was|will)(?![a-z]))|someone|somebody|an? (?:tech|engineer|van|driver|fitter|plumber|electrician)[a-z]*)(?= )"
)
"""What is to be done then, in a clause of its own: "check the bank tomorrow"."""
HEARD: Final = lazy(
    r"(?<![a-z])(?:says?|said|swears?|swore|claims?|claimed|reckons?|insists?|thinks?|told (?:me|us)|according to)(?![a-z])[^.;]{0,40}(?<![a-z])(?:was|were|had|went|came|sent|got|paid|left|arrived|shipped|delivered|signed|[a-z]{2,}ed)(?![a-z])[^,.;]{0,24}$|(?:我|他|她|们)说[我他她你]?们?$"
)
"""She says it went out this morning: hearsay, and not when we spoke."""
OVER_THEN: Final = lazy(
    r"(?:[^，。,；;了]{0,4}(?:过了?|完了?|结束))?以?后?(?:[再才]|(?<=[过完束了])才[能会])(?:谈|说|看|定|聊|议|联系|约|找|打|问|跟|上|买|做|采购|签|启动|推)"
)
"""等双十二过了再谈."""
DO_NOT: Final = lazy(
    r"(?<![a-z])(?:don't|dont|do not|not|never|can't|cannot|won't)(?! forget| later)(?![a-z])[^.,;]{0,30} before (?:the )?$|(?<![a-z])no (?!later)(?:[a-z-]+ ){1,3}before (?:the )?$"
)
"""Don't call her before 11."""
AGREED_ON: Final = lazy(
    r"(?:约(?:好|定)?(?:了?个?时间|(?<=[好定])了?)|(?:定好|说好见)了?)[，,：: ]{1,2}$|(?<!delivery )(?<!order )(?<!shipment )(?<!payment )(?<!install )(?<!installation )(?<!be )(?<!not )(?<![a-z])(?:confirmed|locked in)(?: for)? $|(?:^|[.,;] |(?:it's|its|is) |- )now (?:on |for )?$|(?<![a-z])new (?:date|time|slot)(?: is|:)? $"
)
CONFIRMED: Final = lazy(
    r"(?<![a-z])(?:confirmed|locked in)(?: for)? $|(?:^|[.,;] |(?:it's|its|is) |- )now (?:on |for )?$|(?<![a-z])new (?:date|time|slot)(?: is|:)? $"
)
PUT_OFF: Final = lazy(r"延期|推迟|延后|延迟|顺延|往后")
"""延期两个月上线 is nothing to be reminded of."""
AWAY_TILL: Final = lazy(r"(?:出差|休假|[年产婚病]假|请假|外出|不在|休息|培训|住院|隔离)(?:要)?[到至]$")
PLEDGED: Final = lazy(
    r"必须|务必|要用|[让叫请]我们?|答应|承诺|保证|要求|催(?:我们|着)|[让派叫]了?(?:技术|售后|工程师|师傅|维修)|安排了?(?:技术|售后|工程师|师傅|维修)"
)
THEIR_CLOCK: Final = lazy(
    r"[(（][^)）]{0,8}(?:他们|她们|对方|当地|那边|客户|(?<![a-z])(?:their|his|her|local)(?![a-z]))[^)）]{0,8}$"
)
BACK_THEN: Final = lazy(r"(?:之后|以后|后)?[，, ]?(?:她|他)?回来(?:之?后|了)?[，, ]?再")
"""休假到周三，回来再谈."""
GOODS: Final = lazy(
    r"[发交出送到提补退备]货|交付|上线|[付打回汇结]款|到账|同意延期|验收|交期|工期|截止|[给发交付寄到出]不[了出]|(?<![a-z])(?:deliver(?:y|ies)|shipment|payment|deadline|go-?live|launch|due date|start(?: date)?|roll-?out|signing|project|renewal|pilot|trial|install(?:ation)?|decision)(?![a-z])"
)
"""What is moved without anybody being met."""
CLOSES: Final = lazy(r"[^)）]{0,12}[)）]")
"""The same hour on somebody else's clock, as an aside."""

RATE: Final = lazy(
    r"(?:大概|大约|平均|差不多|至少|起码|都|[^，。,；;]{0,6}(?=用量|产量|销量|消耗|需求量))?(?:[用耗产销走消]|采购|产量|消耗|需求量|需用|出货|进货|用量|产能|销量|营业额|流水|成本|费用|租金|房租)(?!户|于|品)[^，。,；;]{0,12}?[\d一二两三四五六七八九十百千万几]"
)
RATE_LEFT: Final = lazy(
    r"(?<![a-z])(?:wants?|wanted|asked for|uses?|using|needs?|buys?|buying|orders?|ships?|makes?|produces?|spends?|spending|consumes?|go(?:es)? through|gets? through)(?! to)[^.,;]{0,30}$"
)
"""How much of something in so long: 每月用两万个."""
