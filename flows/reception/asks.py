# ruff: noqa: E501 -- a rule is one line
"""A customer who asks where things stand: with an order, with a request or complaint, or at all. Pure.

Two things make such a question: something of their own that is on its way ("my order", 我的投诉, T-102), and a question
after its progress. A new order, a fault, a wish to change something, or a question about products is none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from flows.tickets.wishes import mentioned
from flows.understanding.lazily import lazy

Subject = Literal["order", "request", "anything"]

_ORDER = r"(?:orders?|deliver(?:y|ies)|shipments?|parcels?|packages?|goods|purchases?|consignments?|samples?|spare parts?|parts?|replacements?)"
_REQUEST = r"(?:requests?|complaints?|tickets?|cases?|issues?|problems?|repairs?|faults?|claims?|enquir(?:y|ies)|inquir(?:y|ies)|returns?|refunds?|questions?|service call)"
_THING = rf"(?:{_ORDER}|{_REQUEST})"
_MINE = rf"(?:(?:my|our|the|this|that|all my|all our)(?: \w+){{0,3}}? {_THING}|{_THING} (?:number |no\.? ?|#)?[a-z]{{0,3}}-?\d{{2,}}\w*|(?:t-? ?\d{{2,9}}))(?! (?:form|page|button|number|address|list|process|confirmation|history|policy|desk|department|again\b.*\bplace))\b"
_NEWS = r"(?:news|updates?|progress|word|information|info|feedback)"
_DONE = r"(?:shipped|sent|dispatched|delivered|left|arrived?|ready|done|finished|complete[d]?|fixed|repaired|solved|resolved|processed|handled|approved|refunded|on (?:its|the) way|come|there|here|ship|settled)"
_PREFIX = r"^(?:(?:hi|hello|hey|dear \w+|good (?:morning|afternoon|evening)|excuse me|sorry|please|ok|so|and|but|just(?: wondering)?|wondering|can you (?:please )?(?:tell|check|let) (?:me|us)(?: know)?|could you (?:please )?(?:tell|check|let) (?:me|us)(?: know)?|(?:i|we)(?:'d| would) like to (?:know|ask)|(?:i|we) want(?:ed)? to (?:know|ask)|do you know|any idea|tell me|let me know)[ ,.!:;?-]*)*"
_ENGLISH = (
    r"\bt-? ?\d{2,9}\b[ ,:]*(?:how far|what(?:'s| is) (?:the )?(?:status|news)|when\b|status|any (?:news|update))",
    rf"{_PREFIX}(?:where(?:'s| is| are|abouts is)?|where on earth is) {_MINE}",
    rf"(?:what(?:'s| is)?|give (?:me|us)|check|tell (?:me|us)|know)? ?(?:the )?(?:current |latest )?(?:status|state|stage|progress|whereabouts|latest) (?:of|on|with|about|for|regarding) {_MINE}",
    rf"{_PREFIX}(?:order|ticket|request|complaint|repair|delivery|case) (?:status|progress|update)(?: please)?[ ?.!]*$",
    rf"{_PREFIX}(?:status|progress|news|update)s?(?: of| on)? {_MINE}[ ?.!]*$",
    rf"\b(?:any|some|no|is there|are there|have you(?: got)?|do you have|got|an|there) ?(?:any |some |new |an )?{_NEWS}(?: yet)? (?:on|about|regarding|with|for|of|concerning) {_MINE}",
    rf"{_PREFIX}(?:(?:is|are) there |have you(?: got)? |do you have |got )?any (?:new )?(?:news|updates?|progress)(?: yet| for (?:me|us)| from you| so far| today)*[ ?.!]*$",
    rf"{_PREFIX}(?:what about|how about|what happened (?:to|with)|what(?:'s| is| has) (?:happening|going on|happened) (?:to|with)|what became of|what did you (?:do|decide) (?:with|about)) {_MINE}[ ?.!]*$",
    rf"{_PREFIX}how(?:'s| is| are| far (?:is|are)| about) {_MINE}(?: (?:going|coming(?: along)?|doing|getting on|progressing|along))?[ ?.!]*$",
    rf"{_PREFIX}(?:has|have|is|are|was|did|does) {_MINE}(?: (?:already|been|be|yet|now|get|even|finally|out))* {_DONE}\b",
    rf"{_PREFIX}(?:have|did) you (?:already |yet |even |finally )?(?:ship(?:ped)?|sen[dt]|dispatch(?:ed)?|finish(?:ed)?|fix(?:ed)?|repair(?:ed)?|look(?:ed)? (?:at|into)|handle[d]?|process(?:ed)?|solve[d]?|receive[d]?|get|got|see|seen|read) {_MINE}",
    rf"{_PREFIX}when (?:will|is|are|do|does|can|should|would) (?:i get |we get |i receive |we receive |i have |you (?:ship|send|deliver|fix|repair|finish|solve) )?{_MINE}",
    rf"{_PREFIX}(?:when|by when|how soon) (?:will|can|do|should) (?:i|we|you) .{{0,20}}\b{_MINE}",
    rf"{_PREFIX}how (?:much )?long(?:er)? (?:will|does|do|is|until|till|before)\b.{{0,12}} ?{_MINE}",
    rf"{_PREFIX}{_MINE}[ ,:;?]+(?:where|how) (?:is|are|far is) (?:it|they)\b",
    rf"{_PREFIX}where (?:do things|do we|are we|does it|do you|are you) (?:stand |at )?(?:with|on) {_MINE}",
    rf"{_PREFIX}where (?:do things|does everything|does it all) stand\b",
    rf"{_PREFIX}did (?:anyone|anybody|someone|somebody) (?:look|see|read|work|check).{{0,10}} {_MINE}",
)
_ZH_ORDER = r"(?:订单|单子|订的?货|货物?|快递|包裹|物流|样品|样机|配件|备件|发货|下的单|买的\S{0,6}|订的\S{0,6})"
_ZH_REQUEST = r"(?:工单|投诉|报修|维修|反馈|申请|请求|需求|问题|故障|退款|退货|换货|售后|事情?|反映的\S{0,6}|报的\S{0,6}|提的\S{0,6})"
_ZH_THING = rf"(?:{_ZH_ORDER}|{_ZH_REQUEST})"
_ZH_HOW = (
    r"(?:到哪(?:里|儿|一?步)?了?|在哪(?:里|儿)?了?|去哪(?:里|儿)?了|走到哪\S{0,3}|怎么样了?|怎样了|咋样了?|如何了|什么情况|啥情况|什么状态|什么进展|啥进展|有什么进展|进展(?:如何|怎么样|到哪\S{0,2})|进度(?:如何|怎么样|到哪\S{0,2})?"
    r"|(?:处理|办|弄|查|修|做|解决|安排|准备)(?:得|的)?(?:怎么样|如何|咋样|怎样)(?:了)?|(?:处理|办|弄|查|修|做|解决|安排|准备)(?:到哪\S{0,3}|好了?(?:吗|没有?|么)|完了?(?:吗|没有?|么)|了(?:吗|没有?|么))"
    r"|(?:发|寄|送|到|发货|到货|出|发出|寄出|送到|出库|好|受理|批|通过)(?:了)?(?:吗|没有?|么)(?![以用])|(?:已经?|都)?(?:发|寄|送|到|发货|好|处理|解决)了?没(?:有)?$"
    r"|(?:有|有没有)(?:什么|新)?(?:消息|结果|进展|回复|下文|着落|眉目|答复|说法)(?:了)?(?:吗|没有?|么)?|(?:还要|还得|还需要)(?:等)?多久|(?:什么时候|啥时候|几时|多久|何时|哪天)(?:才|能|可以|会|可)*(?:发|寄|送|到|发货|到货|送到|好|修好|处理|解决|完成|有结果|有答复|弄好|办好|收到))"
)
_ZH_MINE = r"(?:(?:我们?|咱们?|俺|本公司|我司|我家)(?:公司)?(?:的|那个?|这个?|在你们?(?:这|那)(?:里|儿)?|之前|上次|上周|昨天|前天|前几天|早上|刚才|\d+号)*(?:的|提的|报的|发的|下的|订的|买的|说的)?(?:那个?|那批|那件|那张|那台|这批|这个|这件|这张|一批|一个)?)"
_CHINESE = (
    rf"{_ZH_MINE}\S{{0,6}}?{_ZH_THING}\S{{0,6}}?(?:现在|目前|到底|究竟|已经?|都|还|那边|这边|的事|处理)*[,，]?{_ZH_HOW}",
    rf"(?:^|[,，。!！:：\s])(?:请问|你好|您好|麻烦|那个?|这个?|上次的?|之前的?|昨天的?|上周的?|[,，\s])*{_ZH_THING}(?:现在|目前|到底|究竟|已经?|都|那边|这边|的事)*(?:到哪(?:里|儿|一?步)?了|在哪(?:里|儿)?了|(?:处理|办|弄|查|修|解决)?(?:得|的)?(?:怎么样|怎样|咋样|如何)了|(?:什么|啥)情况|(?:处理|修|发|到|查|办|弄|解决|寄|送)(?:好|完|货|出|到)?了(?:吗|没有?|么)|有(?:什么)?(?:消息|结果|进展|下文)(?:了)?(?:吗|没有?|么)|什么进展|进展如何)",
    rf"(?:查|查询|查看|看|看看|问|问问|跟进|了解)(?:一?下|下)?(?:{_ZH_MINE}|那个|上次的?|这个)?{_ZH_THING}(?:的)?(?:状态|进度|进展|情况|到哪\S{{0,3}}|物流)?[吗吧呢。.!！?？\s]*$",
    rf"{_ZH_THING}(?:的)?(?:进度|状态|进展)(?:查询|呢|如何|怎么样|是什么)?[吗呢。.!！?？\s]*$",
    r"^(?:请问|你好|您好|麻烦|那|那个|现在|今天|到底|[,，\s])*(?:有没有|有)(?:什么|新的?)?(?:消息|进展|结果|下文|答复|着落)(?:了)?(?:吗|没有?|么|呢)?[。.!！?？\s]*$",
    r"^(?:请问|你好|您好|现在|目前|那|[,，\s])*(?:进展|进度|处理|办)(?:得|的)?(?:如何|怎么样|怎样|到哪(?:一步|里|儿)?)了?[。.!！?？\s]*$",
    r"^(?:请问|你好|您好|现在|目前|那|到底|[,，\s])*(?:怎么样|咋样|怎样|如何)了[呢啊呀]?[。.!！?？\s]*$",
    r"^(?:请问|你好|您好|现在|目前|那|到底|[,，\s])*(?:弄|修|办|处理|解决|安排)(?:好|完)了(?:吗|没有?|么)[。.!！?？\s]*$",
    rf"(?:[tT]-? ?\d{{2,9}})(?:这个|那个|的|工单|单子|现在|\s)*{_ZH_HOW}",
    r"(?:工单|单号)\s*#?(?:[tT]-?)?\d{2,9}(?:的|现在|\s)*(?:到哪|怎么样|什么进展|什么情况|处理|进度|如何)",
)
_ASKS = tuple(lazy(pattern, re.IGNORECASE) for pattern in (*_ENGLISH, *_CHINESE))
_THINGS = lazy(rf"(?P<order>\b{_ORDER}\b|{_ZH_ORDER})|\b{_REQUEST}\b|{_ZH_REQUEST}", re.IGNORECASE)
_OTHER = lazy(
    r"\b(?:cancel|change|modify|return it|send it back|add|instead|wrong|broken|damaged|missing|incomplete|leak\w*|defective|does(?:n'?t| not) work|re-?order|new order|place an order|how (?:do|can) (?:i|we) (?:order|place|return|complain|file|open)|where (?:do|can|should) (?:i|we) (?!stand))\b"
    r"|(?:取消|修改|改(?:地址|数量|成|一下)|退掉|换成|加(?:订|一|单)|追加|再订|怎么(?:查|下|订|提|退|投诉|申请|报|写)|如何(?:查|下|订|提|退|投诉|申请|报)|我(?:要|想)(?:投诉|下单|订|退|换|报修|申请)|发错|少了|少发|坏了|漏|破了|损坏|缺)",
    re.IGNORECASE,
)
"""What wants a person, whatever else it asks."""
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Asked:
    """After what a customer asks: orders, requests (perhaps complaints only), or everything; and by which number."""

    subject: Subject
    complaint: bool = False
    ticket: int | None = None


def asks_where(words: str) -> Asked | None:
    """What it asks after; None where it asks for anything else, or for anything more."""
    said = " ".join(unicodedata.normalize("NFKC", words).replace("’", "'").split())
    if not 0 < len(said) <= _LONGEST or _OTHER.search(said):
        return None
    match = next((found for pattern in _ASKS if (found := pattern.search(said))), None)
    if match is None:
        return None
    if numbers := mentioned(said):
        return Asked("request", ticket=numbers[0])
    about = _THINGS.search(match[0])
    if about is None:
        return Asked("anything")
    if about["order"]:
        return Asked("order")
    return Asked("request", complaint=bool(re.search(r"complaint|投诉", match[0], re.IGNORECASE)))
