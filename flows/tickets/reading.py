# ruff: noqa: E501 -- a class of words is one line
"""What a customer's words ask for: kind, tone, theme; whether they say that it is done, or that it is not. Pure.

Classes of words, not sentences: what is bad, what is broken, what is asked for, and what turns it round ("no
complaints"). Of several classes the gravest counts, because a fault read as a question costs more than the reverse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.understanding.lazily import lazy


@dataclass(frozen=True, slots=True)
class Wish:
    """How a customer's words were read."""

    kind: str
    angry: bool = False
    topics: tuple[str, ...] = ()


TOPICS: Mapping[str, Text] = {
    "delivery": _("delivery"),
    "invoice": _("invoices and payment"),
    "price": _("price"),
    "quality": _("quality"),
    "parts": _("spare parts"),
    "repair": _("repair"),
    "installation": _("installation"),
    "account": _("login and account"),
    "manual": _("documents"),
    "staff": _("how people treat them"),
}
"""Themes, for warnings and for the causes of low scores."""


def _any(*classes: str) -> re.Pattern[str]:
    return lazy("|".join(classes), re.IGNORECASE)


_RAGE = _any(
    r"\b(?:outrag\w*|furious|angry|unacceptable|disgust\w*|ridiculous|pathetic|scam(?:mers?)?|swindl\w*|liars?|thie(?:f|ves)|crooks?|robbers?|cheats?|lying to|useless|incompeten\w*|wtf|damn(?:ed)?|bullshit|shit(?:ty)?|crap|f+u+c?k\w*|bloody)\b",
    r"\b(?:fed up|sick (?:and tired )?of|had enough|last straw|enough is enough|run(?:ning)? out of patience|lost (?:my|our|all) patience|never (?:again|buy|order)|worst (?:\w+ )?(?:ever|service|company|experience|support)|what a joke|a disgrace|shame on you|how dare)\b",
    r"\b(?:lawyers?|legal action|sue you|take you to court|report you|consumer protection|go public)\b",
    r"\b(?:(?:buy|go|look|order|shop|take (?:my|our) (?:business|orders?|custom)) (?:it |them )?elsewhere|(?:find|look for|switch(?:ing)? to|go(?:ing)? (?:to|with)) (?:a(?:nother| different)|your|some(?:one| other)) ?(?:supplier|vendor|provider|competit\w+|company|else)|(?:talk|speak|complain) (?:to|with) your (?:boss|manager|supervisor|director|ceo))\b",
    r"(?:找|去|换|用)(?:一?家)?(?:别|其他|另外?一?)(?:人)?家|换(?:一?[家个])?供应商|不(?:再)?(?:跟|和|找|用)你们(?:家)?(?:合作|买|订|做|了)|(?:找|叫|让|跟|和)(?:一下)?你们(?:的)?(?:老板|领导|经理|主管|老总|负责人)",
    r"(?:你们|这|这是|这叫|算|算是)(?:个)?什么(?:态度|服务|公司)|怎么(?:做|搞)(?:生意|服务)的|就这(?:态度|服务)|气死|气愤|愤怒|生气|火大|发火|恼火|太过分|过分了|垃圾|骗子|骗人|坑人|坑爹|忽悠|忍无可忍|忍不了|受够|受不了|岂有此理|什么玩意|什么破|破玩意|废物|混蛋|王八|妈的|他妈|滚蛋|无语|无法接受|不能接受|不可接受|不能忍|再也不(?:会|想|来|买|用|找)|最后一次警告|起诉|法院|律师|12315|消协|工商局|曝光|太离谱|离谱|欺人太甚|耍我|当猴|把我们?当|想死",
)
_CALM = _any(
    r"\b(?:not|n't|never|no longer|isn't|aren't|without being|no need to be|don't be)\s+(?:at all |really |that |very |so )?(?:angry|furious|fed up|ridiculous|unacceptable|useless)\b",
    r"\b(?:sorry|apologi[sz]e|apologies)\b[^.!?]{0,30}\b(?:angry|furious)\b",
    r"\b(?:not (?:a|the) worst|no (?:legal action|lawyers?))\b",
    r"(?:没有?|不是?|别|不要|并没|不会)(?:在|太|很)?(?:生气|发火|火大|愤怒|骗人|恼火)|垃圾(?:桶|箱|处理|分类|站|车|焚烧)|律师(?:事务所|函模板)|法院(?:项目|系统|客户)",
)
_COMPLAINT = _any(
    r"\b(?:complain(?:t|ts|ing|ed)?|dissatisf\w*|disappoint\w*|unhappy|(?:so|really|very) upset|not happy|not satisfied|let down|rude|impolite|unprofessional|(?:poor|bad|terrible|awful|horrible|lousy) (?:\w+ )?(?:service|quality|support|experience|job|work|attitude|communication)|(?:service|quality|support|attitude) (?:is|was|has been) (?:\w+ )?(?:poor|bad|terrible|awful|horrible|lousy))\b",
    r"\b(?:still (?:waiting|no (?:answer|reply|response|news))|nobody (?:answers?|answered|replies|replied|calls?|called|came|comes|helps?|cares)|no ?one (?:answers?|answered|replies|replied|calls?|called|came|helps?|cares)|ignor(?:ed|ing) (?:us|me|my|our)|third time|for the \w+ time|broken promises?|you promised|compensat\w*|money back|misled|overcharged|(?:invoice|bill|order|delivery|address|amount|price|quantity|statement|contract|quote)s? (?:(?:is|was|are|were) (?:\w+ )?|came |arrived )(?:wrong|incorrect|incomplete|late|not right|messed up))\b",
    r"投诉|差评|不满|很?失望|态度(?:很|太|极|非常)?(?:差|恶劣|不好|敷衍)|(?:服务|质量|售后|体验|效率|沟通)(?:也|都|真|实在)?(?:很|太|极|非常|这么|那么)?(?:差|糟|烂|不行|不好)|没(?:有)?人(?:管|理|回|接|来|处理|联系|答复)|不(?:管|理)我们?|一直(?:拖|不回|没人)|拖(?:了|着|到)|敷衍|推诿|踢皮球|(?:给|要)(?:我|我们)?(?:个|一个)?(?:说法|交代)|赔偿|赔钱|说话不算|言而无信|答应.{0,14}(?:没|不)|(?:开|送|弄|算|装|配|寄|收)错了|第[三四五六七八九]次|又(?:迟到|延期|放鸽子|食言)",
)
_CONTENT = _any(
    r"\b(?:no|without(?: any)?|not|never (?:had )?a|isn't a|is not a)\s+(?:a |any )?complain\w*|not complaining|nothing to complain|can'?t complain|not (?:at all )?(?:disappointed|unhappy|rude|dissatisfied)",
    r"(?:没有?|不是|并非|无|不想|不算|不打算)(?:要|任何|什么|来)?(?:投诉|不满|失望|差评)",
)
_FAULT = _any(
    r"\b(?:broken?|broke|breaks? down|broke down|breakdown|leak(?:s|ing|ed|age)?|crash(?:es|ed|ing)?|fail(?:s|ed|ing|ure)?|fault(?:y|s)?|defect(?:ive|s)?|damag(?:e|ed|es)|malfunction\w*|out of order|overheat\w*|jam(?:med|s|ming)?|stuck|frozen|freezes|smok(?:e|ing)|sparks?|burn(?:t|ed|ing)|vibrat\w+|rattl\w+|alarm|cracked|rust(?:ed|y)|short circuit|no (?:power|signal|pressure|water|connection|display)|blank screen|error(?: code| message)?s?)\b",
    r"\b(?:does|do|did|is|are|was|will|can|could|has|have|wo|ca)(?:n'?t| not|n’t)\s+(?:\w+ ){0,2}(?:work\w*|start\w*|run\w*|turn(?:ing)? on|switch(?:ing)? on|open\w*|load\w*|connect\w*|print\w*|respond\w*|charg\w*|heat\w*|cool\w*|log ?in|sign in|boot\w*|move|spin\w*|function\w*|stop leaking)\b|\bcannot (?:\w+ ){0,2}(?:start|open|run|load|connect|print|log ?in|sign in|use|turn on)\b|\bnot (?:working|starting|running|responding|charging|printing|heating|cooling)\b",
    r"\b(?:stopp?ed(?: working| running)?|stops working|went (?:dead|down)|is (?:down|dead)|gave up|strange noise|makes? (?:a )?(?:\w+ )?noise|keeps (?:stopping|restarting|crashing|tripping)|wrong (?:part|item|model|size|colour|color|goods)|missing (?:parts?|screws?|items?))\b",
    r"坏(?:了|掉|的|件|死)|故障|漏(?:油|水|气|液|电)|(?:在|又|还|开始)漏|报错|报警|错误(?:代码|码|提示)?|停机|宕机|死机|黑屏|蓝屏|花屏|卡(?:住|死|壳|纸)|崩溃|闪退|(?:不能|没法|无法|没办法)(?:正常)?(?:用|使用|启动|开机|打开|运行|登录|登陆|连接|打印|工作|上网|充电)|(?:用|打|开|启动|登|连|充|进|印)不(?:了|开|上|动|进去|出来)|不(?:转|制冷|制热|工作|亮|动|通电|出水|出纸|响应|加热|启动|运行)了?|没(?:有)?(?:反应|电|信号|压力|显示|声音)|(?:登录|登陆|启动|连接|打开|使用|运行|打印|开机|充电)不(?:了|上|成功)|异响|异味|冒烟|烧(?:了|坏|毁)|断(?:电|裂|网|了)|裂(?:了|开|缝)|变形|生锈|失灵|失效|损坏|破损|过热|发烫|跳闸|短路|发错|少发|缺件|少了(?:个|一|几)|停(?:了|下来)|出(?:了|现)?(?:点|个|一些|些)?(?:问题|毛病|状况)",
)
_SOUND = _any(
    r"\b(?:no|without|zero) (?:error|fault|failure|leak|damage|defect|alarm)s?\b|\b(?:nothing|not|isn't|is not|never) (?:is )?(?:broken|damaged|leaking|faulty|stuck)\b|\bleak ?(?:test|proof)\b|\b(?:fire|smoke) alarm system\b",
    r"(?:没有?|无|不)(?:任何|什么|再)?(?:故障|坏|漏|报错|损坏|破损|异响|出(?:过)?问题)(?!了(?:吗|没))",
)
_QUESTION = _any(
    r"[?？]|^\W*(?:what|when|where|which|who|why|how|is|are|do|does|did|can|could|will|would|may|should|has|have)\b|\b(?:i(?:'d| would) like to know|wondering|tell me|let me know|any (?:news|update)|explain|curious)\b",
    r"吗|呢$|什么|怎么|如何|哪(?:里|个|些|天|种)|多少|多久|几(?:天|时|号|点|个)|为什么|为何|是否|能不能|可不可以|有没有|是不是|请问|想问|咨询|了解一下",
)
_REQUEST = _any(
    r"\b(?:please|kindly|pls|(?:can|could|would|will) (?:you|somebody|someone|anyone|anybody)|(?:i|we)(?:'d| would)? (?:need|want|like (?:to (?:order|book|buy|return|change|get|have|cancel)|a|an|some|two|three|more)|require|request|wish)|looking for|order (?:\d|another|more|some)|request(?:ing)? (?:a|an|the)|book (?:a|an)|schedule|arrange|cancel|return the|send (?:me|us)|quote for|quotation)\b",
    r"(?:请|麻烦|帮(?:我|忙|我们)|劳驾|烦请)|需要|想(?:要|订|买|换|退|预约|申请|改)|我们?要|要(?:求|订|换|退|买)|订(?:购|货|一|两|\d)|报(?:个|一下)?价|申请|预约|安排|开(?:一?张)?(?:发)?票|(?:发|寄|送|给)(?:我|我们|一份|一下|一个|个)|(?:退|换|补)(?:货|款|一个|发|个)|取消|修改|改成|尽快(?:发|寄|派|安排|送)",
)
_ASKS = _any(
    r"\b(?:can|could|would|will) (?:you|somebody|someone) (?:please )?(?:tell|explain|say|let (?:me|us) know|confirm|clarify)\b|\bplease (?:tell|explain|let (?:me|us) know|confirm|clarify)\b|\b(?:need|want|like) to (?:know|ask|understand)\b",
    r"请问|(?:请|麻烦|帮(?:我|忙)?)(?:告诉|解释|说明一下|确认|问)|想(?:要)?(?:问|知道|了解|咨询)",
)
_NOT_DONE = _any(
    r"\b(?:still|again)\b.{0,40}\b(?:not|n't|no|broken?|leak\w*|fail\w*|error|same|problem|issue|happen\w*|down|stuck|noise|wrong|bad)\b|\b(?:not|n't|never) (?:\w+ ){0,2}(?:solved|fixed|resolved|repaired|working|better|done|settled)\b|\b(?:does|did|do|is|was|has|have)(?:n'?t| not) (?:\w+ ){0,2}(?:help\w*|work\w*|solve\w*|fix\w*|come|arrive\w*|been)\b|\b(?:unsolved|unresolved|came back|is back|same (?:problem|issue|error|thing)(?: again)?|(?:broke|broken|leaks|leaking|stopped|crashed|failed|happened) again|problem (?:persists|remains)|worse)\b",
    r"(?:没|未|没有|并没|还没|尚未)(?:被|给|完全|真正|彻底)?(?:解决|修好|处理|弄好|搞定|好|收到|恢复)|还是(?:不|没|坏|漏|老样子|那样|一样|这样|有问题|报错)|依然|仍然?(?:不|没|有|在|坏|漏)|又(?:坏|漏|出|不|停|报|死机|卡|来了|犯)|老(?:问题|毛病)|更(?:严重|糟|差)|没用$|不管用|白修",
)
_DONE = _any(
    r"\b(?:(?:it |that |this |all |everything )?(?:works?|working|runs?|running)(?: (?:now|again|fine|well|perfectly|great|properly|as it should))|(?:is|was|has been|been|got|now|all|problem|issue)(?: been| is| now)? (?:solved|fixed|resolved|repaired|sorted(?: out)?|settled|done|good|fine|clear)|(?:solved|fixed|resolved|sorted)(?:,? (?:now|thanks|thank you)|[!. ]*$)|that (?:helped|did it|solved it|fixed it)|back to normal|problem gone|received it|it arrived|has arrived)\b",
    r"^\W*(?:嗯+|哦+|现在|目前|已经?|这下|都)*[，, ]*(?:好了|可以了|行了|没事了|弄好了)(?=[，,。.！!~～ ]|$)|(?:已经?|都|现在|今天)?(?:解决|修好|搞定|弄好|处理好|恢复(?:正常)?|收到(?:货|件|发票)?|能用|可以用|正常)了|(?:已经?|现在|都)好了|没(?:有)?问题了|不(?:漏|响|报错|卡|报警)了|一切正常|运行正常|用着(?:很|挺)?好",
)
_HOPE = _any(
    r"\b(?:if|when|until|unless|once|please|hope|should|must|needs? to|want|get (?:it|this)|before|will)\b|[?？]",
    r"如果|要是|等|什么时候|希望|请|尽快|能不能|是不是|必须|吗|之前|才",
)
_PRAISE = _any(
    r"\b(?:great|thank\w*|thx|excellent|perfect|wonderful|love|happy with|well done|good job|awesome|amazing)\b",
    r"谢|很好|太好|不错|满意|棒|赞|给力",
)
_THEMES: Mapping[str, re.Pattern[str]] = {
    "delivery": _any(
        r"\b(?:deliver\w*|ship(?:ped|ping|ment)?|arriv\w*|late|delay\w*|courier|parcel|truck|tracking|in transit)\b",
        r"发货|送货|物流|快递|到货|交期|交付|延期|迟|运输|收货|配送|催货",
    ),
    "invoice": _any(
        r"\b(?:invoic\w*|bill(?:ed|ing)?|payment|refund|paid|overcharged|money back|tax)\b",
        r"发票|开票|付款|账单|对账|退款|收费|税|回款|多收",
    ),
    "price": _any(
        r"\b(?:price|prices|quote|quotation|discount|expensive|cheaper|cost)\b", r"价格|报价|多少钱|优惠|折扣|太贵|便宜"
    ),
    "quality": _any(
        r"\b(?:quality|defect\w*|crack\w*|rust\w*|scratch\w*|faulty|poorly made)\b",
        r"质量|瑕疵|生锈|裂|做工|次品|不合格",
    ),
    "parts": _any(
        r"\b(?:spare|parts?|filter|seal|gasket|bearing|accessor\w*)\b", r"配件|备件|零件|滤芯|密封|轴承|耗材"
    ),
    "repair": _any(
        r"\b(?:repair\w*|fix(?:ed)?|technician|engineer|maintenance|warranty|service call)\b",
        r"维修|修理|返修|保修|保养|师傅|工程师|上门|修",
    ),
    "installation": _any(
        r"\b(?:install\w*|set ?up|commission\w*|mount\w*|assembl\w*|calibrat\w*)\b", r"安装|调试|组装|校准|装机"
    ),
    "account": _any(
        r"\b(?:log ?in|sign in|password|account|access|locked out|licen[cs]e)\b", r"登录|登陆|密码|账号|帐号|权限|授权"
    ),
    "manual": _any(
        r"\b(?:manual|datasheet|certificate|documentation|drawings?|instructions|brochure|guide)\b",
        r"说明书|手册|资料|图纸|证书|合格证|样本|教程",
    ),
    "staff": _any(
        r"\b(?:rude|attitude|impolite|nobody (?:answer\w*|call\w*|repl\w*|came)|no ?one (?:answer\w*|call\w*|repl\w*)|ignor\w+|unprofessional)\b",
        r"态度|敷衍|没人(?:理|管|回|接)|推诿|不理|踢皮球",
    ),
}


def read_words(words: str) -> Wish:
    """The kind, tone and themes of a customer's words."""
    complaint, rage, broken = _complains(words), _rages(words), _is_broken(words)
    praised = _PRAISE.search(words) is not None
    angry = rage or ((complaint or broken) and _shouts(words)) or (_screams(words) and not praised)
    topics = tuple(name for name, theme in _THEMES.items() if theme.search(words))
    if complaint or (rage and not broken):
        return Wish("complaint", angry, topics)
    if broken:
        return Wish("fault", angry, topics)
    asks = _QUESTION.search(words) is not None
    wants = _REQUEST.search(_ASKS.sub(" ", words)) is not None
    return Wish("request" if wants and not (asks and _only_asks(words)) else "question", angry, topics)


def sounds_bad(words: str) -> bool:
    """Whether `read_words` would take them for a complaint or a fault; cheaper, for what members log all day."""
    return _is_broken(words) or _complains(words) or _rages(words)


def _complains(words: str) -> bool:
    return _COMPLAINT.search(_CONTENT.sub(" ", words)) is not None


def _rages(words: str) -> bool:
    return _RAGE.search(_CALM.sub(" ", words)) is not None


def _is_broken(words: str) -> bool:
    return _FAULT.search(_SOUND.sub(" ", words)) is not None and not says_done(words)


def _only_asks(words: str) -> bool:
    """A question about facts, whatever it wants to have: "when will you send …?", "什么时候发货"."""
    return _FACTS.search(words) is not None


_FACTS = _any(
    r"^\W*(?:(?:hi|hello|hey|dear \w+)\W+)?(?:what|when|where|which|who|why|how)\b|\b(?:tell|know) (?:me |us )?(?:what|when|where|which|who|why|how|if|whether)\b|\b(?:is it|do you|does it|are there|is there)\b",
    r"什么时候|怎么|如何|哪里|哪个|多少|多久|几(?:天|时|号|点)|为什么|是否|是不是|有没有",
)


def _letters(words: str) -> str:
    return "".join(mark for mark in words if mark.isascii() and mark.isalpha())


def _shouts(words: str) -> bool:
    """Several exclamation marks behind what is bad already."""
    return len(re.findall(r"[!！]", words)) >= 2 or _screams(words)


def _screams(words: str) -> bool:
    """A whole sentence in capitals; a type number or "OK" is none."""
    letters = _letters(words)
    whole = [word for word in re.findall(r"[A-Za-z']{3,}", words) if word.isupper()]
    return len(letters) >= 12 and sum(mark.isupper() for mark in letters) > 0.8 * len(letters) and len(whole) >= 3


def says_done(words: str) -> bool:
    """ "It works now, thank you": nothing is left to do."""
    return bool(_DONE.search(words)) and not _HOPE.search(words) and not _NOT_DONE.search(words)


_WITHDRAWN = _any(
    r"^\W*(?:(?:hi|hello|ok(?:ay)?|oh|ah|sorry)[,.! ]+)*(?:never ?mind|nvm|forget (?:it|about it|that|my (?:question|request|message))|no longer (?:needed|necessary|relevant|an issue)|not (?:needed|necessary|an issue) any ?more|(?:i|we) (?:don'?t|no longer) need (?:it|this|that|help|anything)(?: any ?more)?|(?:please )?ignore (?:this|that|it|my (?:last )?(?:message|question|request)))\b|\b(?:sorted|solved|fixed|repaired|figured|worked|did|managed)(?: (?:it|this|that))?(?: out)? (?:ourselves|myself|on (?:our|my) own)\b|\b(?:figured|worked|sorted|got) (?:it|this|that) (?:out|sorted|working|fixed)\b",
    r"自己(?:就|已经)?(?:搞定|解决|弄好|修好|处理好?)了?|^\W*(?:那|哦|好吧)?[，, ]*(?:算了|没事儿?[了啦]|不用了|不需要了|不麻烦(?:你们?|您)?了|当我没说|忽略(?:上面|刚才|这条)?)(?:吧|哈)?(?:[，,。.！! ]*(?:谢谢.{0,4}|多谢|(?:现在|已经|都)?好了|我们?自己.*))?[，,。.！! ]*$",
)


def needs_no_answer(words: str) -> bool:
    """ "Never mind, sorted it ourselves": what was asked for is done, or no longer wanted; nothing else is asked."""
    if _NOT_DONE.search(words) or "?" in words or "？" in words or _rages(words):
        return False
    if says_done(words):
        return True
    return bool(_WITHDRAWN.search(words)) and not _TO_US.search(_WITHDRAWN.sub(" ", words))


_TO_US = _any(
    r"\b(?:can|could|would|will) (?:you|somebody|someone|anybody|anyone)\b|\b(?:can|may|could) (?:i|we) (?:please |also )?(?:have|get|order|buy|book|return|come|see|try|talk|speak)\b",
    r"\b(?:please|pls|kindly) (?!keep|stay|continue|thank|say|don'?t change)[a-z]+|[a-z]{2,} (?:please|pls)[.! ]*$",
    r"(?:^|[.,;!]|\band|\bbut|\balso|\bjust|\bthen) ?(?:send|mail|e-?mail|call|ring|phone|text|bring|give|show|contact|write|quote) (?:me|us)\b",
    r"(?<!what )(?<!when )(?<!that )(?<!thing )(?<!things )(?<!all )\b(?:i|we)(?:'d| would| still| also| urgently)* (?:need|want|like to (?:have|order|book|buy|get|return|change|cancel|know))\b",
    r"[?？]\s*$|麻烦(?!你们?了|您了|大家)|请(?=尽快|帮|发|寄|给|来|安排|联系|回|派|把|您|你|问)|帮(?:我|我们|忙)(?:再|也|把|看|查|发|开|寄|安排|订|问|换|改)|(?:^|[,，。;；!！\s]|顺便|再|也|请|尽快)(?:发|寄|送|打|报|补)(?:给)?(?:我|我们|一|个|下|两)",
    r"能不能|可不可以|能否|可否|什么时候|啥时候|何时|到哪|多少钱|吗[。!！]*$|顺便|尽快|需要(?!的)|我们?(?:还|也)?(?:想|要)(?:订|买|换|退|加|再|问|咨询)|还(?:想|要)(?:订|买|换|退|加|再|问|咨询)",
)


def asks_of_us(words: str) -> bool:
    """True of words in which something is wanted of us now, whatever question of ours they answer."""
    return bool(_TO_US.search(words)) or says_not_done(words)


def says_not_done(words: str) -> bool:
    """ "It still leaks": what was taken for solved is not."""
    return bool(_NOT_DONE.search(words)) and not says_done(words)


_MINUTES = lazy(
    r"(?<![A-Za-z0-9.])(?P<hours>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:h(?:ours?|rs?)?\b|个?(?:小时|钟头))(?:\s*(?P<rest>\d{1,2})\s*(?:m(?:in(?:ute)?s?)?\b|分钟?))?"
    r"|(?<![A-Za-z0-9.])(?P<minutes>\d{1,4})\s*(?:min(?:ute)?s?\b|分钟)|(?P<half>half an hour|半(?:个)?小时)",
    re.IGNORECASE,
)
LONGEST = 24 * 60


def minutes_in(words: str) -> int:
    """Time spent, as a note says it: "45 min", "1.5 h", "2小时30分"; 0 where none is said."""
    found = _MINUTES.search(words)
    if found is None:
        return 0
    if found["half"]:
        return 30
    if found["minutes"]:
        spent = int(found["minutes"])
    else:
        spent = round(float(found["hours"].replace(",", ".")) * 60) + int(found["rest"] or 0)
    return spent if spent <= LONGEST else 0
