# ruff: noqa: E501 -- a rule is one line
"""Words that tell what was done, how it went, and what is at risk; each line a pattern, its meaning, an example."""

from dataclasses import dataclass
from typing import Final

from flows.understanding.grammar import Book, Found, Rule
from flows.understanding.lazily import lazy
from flows.understanding.text import Text


@dataclass(frozen=True, slots=True)
class Cue:
    """A word found: what it stands for, where, by which rule."""

    value: str
    start: int
    end: int
    rule: str


_MOST: Final = 60


def cue(value: str, pattern: str, example: str) -> Rule[str]:
    """English alternatives get word borders; Chinese ones stand as they are."""
    bounded = (
        rf"(?:{pattern})"
        if any("\u3400" <= mark <= "\u9fff" for mark in pattern)
        else rf"(?<![a-z'])(?:{pattern})(?![a-z])"
    )

    def make(found: Found) -> str:
        return value

    return Rule(bounded, make, example, value)


def find(book: Book[str], text: Text) -> list[Cue]:
    """All cues of a kind, in the order of the text."""
    found = [Cue(value, *match.span, rule.name) for match, value, rule in book.hits(text)]
    return sorted(found, key=lambda one: one.start)[:_MOST]


_EVENT: Final = lazy(
    r"(?<![a-z])(?:meeting|call|demo|lunch|dinner|visit|appointment|session|event|trip|flight|re-?book|reschedul)"
)


def _about_contract(found: Found) -> str | None:
    """To cancel a meeting is no risk; to cancel anything else may be."""
    right = found.right(24)
    is_event = (
        _EVENT.search(found.left(40)) or _EVENT.search(right) or right.startswith((" last minute", " on me", " on us"))
    )
    return None if is_event else "churn"


_UNSIGNED: Final = lazy(
    r"(?<![a-z])(?:not|to be|be|get|getting|got|have|has|it|them|this|that|copy|nda|msa|dpa|versions?|docs?|documents?|papers?|forms?|once|when|if|until|till|after|before|wants?|needs?|unless|nothing|yet|[a-z]+n't)(?: [a-z]+)? $"
)
"""Words before "signed" that leave it open, or say that it was only a paper on the way."""


_WANTED_PAPER: Final = lazy(
    r"(?<![a-z])(?:need|needs|wants?|chas\w+|wait\w*|await\w*|for|get|send|sending|still|once|until|till|if|when|no|without|expect\w*|where's|where is|owes?(?: us| me)?)(?: (?:the|an?|their|his|her|our|that|back))* (?:[a-z]+ly )?$"
)
"""What stands before a signed paper that is not there yet."""


def _signed_paper(found: Found) -> str | None:
    return None if _WANTED_PAPER.search(found.left(40)) else "won"


def _positive_signed(found: Found) -> str | None:
    return None if _WANTED_PAPER.search(found.left(40)) else "positive"


def _signed(found: Found) -> str | None:
    return None if _UNSIGNED.search(found.left(24)) else "won"


_UNSIGNED_ZH: Final = lazy(r"(?:等(?!了|到)|待|差|催着?|[让叫请]|没|只要|一旦|要是|如果)[^，。,；;]{0,8}$")


def _signed_zh(found: Found) -> str | None:
    """就等领导签字了 is still open."""
    return None if _UNSIGNED_ZH.search(found.left(12)) else "won"


_OPEN_ZH: Final = lazy(r"(?:签|批|通过|拍板|盖|[^，]{0,4}(?:批|下来|通过|到位))")


def _positive_zh(found: Found) -> str | None:
    """等预算批下来 is hoped for, and nothing yet."""
    if _OPEN_ZH.match(found.text()) and _UNSIGNED_ZH.search(found.left(12)):
        return None
    return "positive"


_OUR_WIN: Final = lazy(r"(?:^|[.!?;,:-]|(?<![a-z])(?:we|i|we've|i've|we have|just|finally|and|have))[ ]*$")


def _won(found: Found) -> str | None:
    """Won Helios: ours, where nobody else is said to have won it."""
    return "won" if _OUR_WIN.search(found.left(16)) else None


_WE: Final = lazy(
    r"(?<![a-z])(?:i|we|have|and|contract|deal|agreement|msa|nda|sow|paperwork|renewal|po|order|is|was|just|all|terms) $"
)
_TOGETHER: Final = lazy(r" (?:[a-z]+ )?(?:to|for) (?:see|the|visit|lunch|a |our)")


def _went_with(found: Found) -> str | None:
    """They went with another: lost; we went with somebody to a place: not."""
    return None if _WE.search(found.left(12)) or _TOGETHER.match(found.right(30)) else "lost"


KINDS: Final = Book((
    cue("call done", r"lvm|l/m(?= )|phone tag|facetimed|skyped|hung up|on the (?:line|blower|phone)(?= |$)(?! number)|(?:gave|had) (?:[\w'&]+ ){1,3}a (?:tinkle|bell)|(?:line|phone)(?: was| is)? (?:engaged|busy|dead|off)|phone catch-?up|keeps? (?:on )?(?:ringing|calling|phoning)|(?<!is )(?<!are )(?<!now )called(?! off| it| for| in (?:at|on))|(?:a |good )?(?:chin ?-?wag|natter)(?= (?:with|w/))|rang|rung|tried (?:[a-z']+ ){1,3}(?:twice|(?:\d|two|three) times|on (?:his|her|the) (?:mobile|cell|phone))|(?:inbound|incoming|missed|took a|got a|had a) call|^(?:phone )?call from|phoned|dialed|dialled|spoke(?! at| too| volumes)|picked up(?= ?(?:$|[,.;!]|at last|this time|on the))|spoken|got off (?:the |a )?(?:phone|call)|on the phone with|had a (?:quick |short |long |great |good |brief )?(?:phone )?(?:call|chat)|caught up (?:by phone|with(?![^.,;]{0,30} over (?:an? |some )?(?:coffee|lunch|dinner|pint|beer|drink|breakfast|tea)))|had (?:a |another )?(?:quick |short |brief |good )?(?:word|natter|catch ?up|conversation) (?:with|w/)|got (?:hold of|through to)|left (?:(?!wechat|whatsapp|linkedin|text)[\w'&.-]+ ){0,5}?(?:voicemail|voice mail|vm|message|msg)|gave (?:\w+ ){1,3}a (?:call|ring|buzz|shout)|(?:can'?t|couldn'?t|could not|unable to) (?:reach|get hold of|get through to)|(?:hopped|jumped|got|was) on (?:a |the )?(?:call|phone|line)|calls? (?:with|w/) [^.,;:]{1,40} went|(?:good|great|long|quick|nice|brief) (?:chat|talk) (?:with|w/)|vm (?:for|to|with)|no answer|didn'?t pick up|no pick ?up|talked(?! about)|called back|cold ?called|tried (?:calling|to call)|tried (?:him|her|them) (?:again|twice)|voicemail|(?:went|goes|straight) to (?:vm|voice ?mail)|did (?:an? |the |our |my |another )(?:[a-z-]+ ){0,2}calls?", "called the buyer"),
    cue("call", r"(?:phone |intro |kick[- ]?off |discovery |quick |follow-?up |check-?in |conference |sales |zoom |teams |video )?(?<!take )(?<!taking )(?<!on )calls?(?! (?:back|off|it|me|again)|-| [\w'.]+(?: [\w'.]+)? (?:back|again)(?![a-z]))|ring(?! (?:back|again|me)| [^.,;]{1,24} again)|phone(?! number| is (?:now )?[+(]?\d|:? [+(]?\d)|phoning|calling|(?:speaking|talking) (?:to|with)|dial-?in", "intro call with them"),
    cue("meeting done", r"(?:\d{1,3}|an?|half an|a couple of|two|three|five|ten|fifteen|twenty|thirty) ?(?:mins?|minutes|hours?|hrs?) (?:with|w/)(?= )|spent (?:an hour|half an hour|\w+ (?:hours?|minutes|mins)|(?:the|all|a) (?:whole )?(?:morning|afternoon|day)) (?:with|w/)|(?:bumped|ran) into (?!trouble|problems?|issues?|an? |some |difficult)|saw (?:the )?(?:[a-z&'-]+ ){0,2}(?:ppl|people|guys|team|lads|folks|girls|lot|crew|rep|manager|owner|boss|buyer|director)|met(?! (?:the )?(?:requirements|criteria|target|deadline))|had (?!to )(?:a |an )?(?:\w+ ){0,2}(?:meeting|sync|lunch|dinner|coffee|breakfast|catch-?up|workshop|review|qbr)|sat (?:down )?with|(?:had |a )?sit-?down with|face[- ]to[- ]face|huddled|joined (?:the |their |our )?(?:[\w']+ ){0,3}(?:meeting|committee|standup|workshop)|caught up (?:with [^.,;]{1,30} )?over|lunched with|meetings? (?:with [^.,;:]{1,40} )?went|attended|went (?:through|over) (?:the|our|their|his|her) [^.,;]{1,30} with|zoomed|(?:hopped|jumped|got) on (?:a |the )?(?:zoom|teams|meet)|had (?!to )(?:a |an |the |our )?(?:\w+ ){0,2}(?:zoom|teams|huddle|session|kick-?off|stand-?up|training)(?! call)|did (?:an? |the |our |my |another )(?:[a-z-]+ ){0,2}(?:meeting|review|qbr|kick-?off|workshop|training|onboarding|session|lunch|dinner|coffee|zoom)(?! call)", "met the buyer"),
    cue("meeting", r"(?:quick|short|brief|good|nice|great) catch[- ]up|appt|will be (?:at|on) our (?:booth|stand)|see (?:us|me)(?! (?:as|through))|(?:a )?table (?:for|booked)(?! of)|(?<!no )new (?:date|slot)(?! format)|book(?:ed|ing)? (?:us|me|him|her|them|you) in|meetings?|mtgs?|appointment|(?:zoom|teams|webex|google meet)(?= -|$|:| (?:with|w/?|meeting|call|at|on|tomorrow|next))|(?:catch-?up|check-in|catching up)(?= (?:with|w/?)(?![a-z]))|meet(?! (?:the )?(?:requirements|criteria|target))|sync(?! with the)|review(?= (?:with|w/))|workshop|(?<!from )(?<!from the )(?<!from our )webinar|round ?table|seminar|kick[- ]?off(?! calls?(?![a-z]))|qbr|standup|(?<!by )(?<!after )(?<!before )(?<!until )lunch|dinner|coffee|breakfast|drinks|(?:beers?|cuppa|brew|pints?|tea|brunch)(?= with| w/)|1:1|one-on-one|discovery session|session", "meeting with them"),
    cue("visit done", r"visited|went (?:with|w/) [^.,;]{1,30} to (?:see|visit|look at|check|inspect|view) (?:the|their|his|her|our)|called in (?:at|on)|looked in on|hosted (?!a |the )|walked the (?:floor|site|shop|plant|line)|(?:was|were) (?:at|over at) (?:the |their )?(?:[\w'&]+ ){0,3}(?:site|office|plant|factory|warehouse|hq|store)|dropped (?:by|in|off|round|over)|dropped (?:\w+ ){1,4}(?:off|round|at|with)|left (?:an? |some |the |our |my )?(?:quotes?|price lists?|proposals?|flyers?|brochures?|samples?|catalogues?|card|literature|flyers?|leaflets?)(?= |$)|came (?:over|round|in to|into|to (?:our|the|us|see))|(?:just |have |i )left(?! (?:a |him|her|them|the |my|it|that|word|vm))|nipped (?:in|over|round|out|by)|popped (?:over|round|by|into)|went (?:round|over|across|along|down|up|out) to|stopped (?:by|in|at|off at)|went to (?:see|their|the (?:office|site|plant|factory|warehouse))|was on[- ]?site|toured|swung by|popped in|came by(?: our)?|(?:site )?visits? (?:to [^.,;:]{1,40} )?(?:went|done)", "visited their plant"),
    cue("visit", r"visits?|visiting|(?:wants?|needs?|wanted|needed|expects?) (?:us|me) (?:at|in|on site|there|over|back at)|(?:dropping|drop|pop|nip) in(?= (?:on|at|to|and|for|there))|on[ -]?site|site (?:visit|walk|survey|inspection)|drop(?:ping)? by|stop(?:ping)? by|swing(?:ing)? by|(?:popp?(?:ing)?|nipp?(?:ing)?|head(?:ing)?|driv(?:e|ing)|com(?:e|ing)|go(?:ing)?) (?:over|round|across|down|up|out) to|popping (?:in|by|into)|fly(?:ing)? (?:out )?to|go(?:ing)? to see|com(?:e|es|ing) (?:in|into|to|by|over to) (?:our|us|my|the (?:factory|office|plant|showroom|warehouse|site))|tour", "visit their plant"),
    cue("demo done", r"demoed|demo'?d|gave (?:\w+ ){0,3}(?:demo|presentation|walkthrough)|did (?:an? |the |our |my )?(?:\w+ )?(?:demo|presentation|walk-?through|product tour|pitch)|presented|(?<!no-)(?<!no )showed (?:them|him|her|the|our|(?:[\w'&]+ ){1,3}(?:the|our|how|an?)(?= ))|ran (?:a |the )?(?:\w+ )?demo|demo went|(?:walked|ran|took|talked) (?:[\w'&]+ ){1,4}through(?! to)|pitched", "demoed the product"),
    cue("demo", r"demos?(?! (?:env(?:ironment)?s?|sites?|tenants?|instances?|videos?|licen[cs]es?|links?|units?|kits?|models?|machines?|accounts?|versions?|samples?))|demonstration|showing (?:him|her|them)(?! how| the door)|(?:demoing|presenting|pitching) (?:to|for|at)|showing (?:[\w'&]+ ){1,3}(?:the|our)(?= )|product tour|walk-?through|presentation|showcase", "demo for them"),
    cue("email done", r"e-?mailed|sent (?:[\w'&.-]+ ){0,5}(?:e-?mail|mail|quote|proposal|contract|deck|brochure|pricing|invoice|offer|docs|documents|info|details|nda|sow|msa|pack|form|link|reminder|agenda|minutes|presentation|slides|spec|specs|schedule|invite|summary|ppt|price list)|got (?:an? )?(?:e-?mail|reply)|replied(?! (?:on|via|over|by|in) (?:wechat|whatsapp|linkedin|sms|telegram|slack|text))|wrote(?: to)?(?![^.,;]{0,24}(?:whatsapp|wechat|linkedin|sms|telegram))|e-?mail(?:s)? from|forwarded|received (?:an? |the |your )?(?:\w+ )?(?:e-?mail|mail|letter|reply)|(?:quote|proposal|invoice|contract|deck|offer|e-?mail|pricing|paperwork)s?(?: [^.,;]{1,30})? went (?:out|over)|(?:over|by|via|per) (?:e-?)?mail|sent (?:over|across|through)|sent (?!it|that|this)(?:[a-z][\w'.-]* ){1,2}(?:the|our|an?|his|her|their|some|updated|revised|new) (?!(?:[a-z]+ ){0,2}(?:samples?|parts?|goods|units?|machines?|kits?|team|engineers?|technicians?|replacements?|flowers|gifts?|hamper|card|cake|parcel|box|crate|pallet|courier|driver|van|truck|text|message|whatsapp|wechat|sms|dm|invite))|(?:quote|proposal|invoice|contract|deck|offer|pricing|brochure|nda|docs|samples?|price list|catalogue)s?(?: [^;!?]{1,16})? (?:was |were |has been |is |already )?(?:sent|e-?mailed|mailed|posted)(?! (?:back )?(?:by|tomorrow))|(?<!e-)(?<!e)mailed|cc'?d", "emailed the buyer"),
    cue("email", r"e-?mails?(?! (?:address|bounce[sd]?|is|was|has|changed|keeps|isn't|doesn't|no longer)(?![a-z]))|emailing", "email from them"),
    cue("message done", r"texts? me(?! (?:when|if|back|later|tomorrow))|texted|messaged|left (?:[\w']+ ){1,3}an? (?:wechat|whatsapp|linkedin|text) (?:message|msg|note)|pinged(?![^.,;]{0,20} by e-?mail)|dm'?e?d|whatsapp'?e?d|wechat(?:ted|ed)|slacked|sent (?:\w+ ){0,3}(?:text|message|sms|wechat|whatsapp|dm|linkedin)|chatted (?:on|via|over) (?:wechat|whatsapp|slack|teams|linkedin|line)|(?:via|on|over) (?:whatsapp|wechat|linkedin|sms|telegram)|got a (?:text|message|dm)|connected on linkedin|(?:text|message|whatsapp|wechat|sms|dm) from", "texted the buyer"),
    cue("message", r"text(?:ing)? (?:him|her|them)|whatsapp|wechat message|sms|linkedin message|dm", "sms reply"),
    cue("call done", r"打了给|[打通]的(?:电话|话)|回访(?:了|过|完)(?!再|后|就)|联系[到上](?:了|[^，。,；;]{1,8}了)|打(?:了|过)[一二两三四五六七八几俩仨好\d]+(?:次|个|通)?电话|电话(?:拜访|回访)(?:了|过)|(?:打|通|去|来|接|回|挂)(?:了|过|完)(?:一?个|一?通|几?个|两个|次|好几个)?(?:电话|语音|视频)|(?:打|通|回)电话(?:了|过|聊|说|沟通了|给.{1,6}了)|刚.{0,8}(?:打|通|挂)(?:完|了)?电话|电话(?:没人接|没接|未接|打不通|沟通了|聊了|里说|里聊|中说|聊过|沟通过|不通|联系了|回访了|已打|占线)|没接电话|没人接|(?:电话|手机)(?:停机|是?空号|关机|欠费)|打不通|不接电话|来电|电话[:：](?![ ]?[\d+(（])|打(?:了)?电话(?:过)?来|打来(?=说|问|讲|要|催|，)|打来电话|电话打过来|致电|电联|去电|打电话[^，。,]{0,14}[，,](?:[他她]|对方|客户|说|没|不)|语音聊了|(?<!对)(?<!直)(?<!间)接到?(?:了)?[^，。,]{1,8}(?:的)?电话(?!号)|通(?:了|完|过)话|通过电话|微信语音了|视频(?:聊了|完|过|了)|打给.{1,8}(?:没|了)|打给[^，,]{1,6}[，,](?:[他她对]|没|说)|(?:视频|语音|电话)(?:里|上)?(?:跟[^，。,；;]{1,6})?(?:讲|谈|说|碰|对|沟通|交流|介绍|培训)了|(?:视频|语音|电话)(?:里)?(?:排查|指导|讨论|确认|核对|解决)了|(?<![a-z])call(?:了|完|过)", "打了电话给客户"),
    cue("call", r"(?<!留)(?<!留了)(?<!要)(?<!存)(?<!之后)(?<!以后)电话(?!号|是|:|[ ]?\d|换|变|改)|通话|打给|语音(?!转|识别|输入|留言)|视频(?:会议|通话|(?=$|[，。,]))|致电|call(?!back)一?下|回电|回个电话", "电话沟通"),
    cue("meeting done", r"(?:zoom|teams)(?:了|过)|[跟和与][^，。,；;]{1,8}对了(?:一)?[下遍]|[吃喝]的(?:饭|茶|酒|咖啡|火锅|烧烤|[早午晚]饭|[早午晚]餐)|见的面|开的会|开(?:了|完|过)(?:一?个)?(?:zoom|teams|腾讯会议|线上会|视频会|飞书会|电话会|例会|周会)|(?:开|碰|见|聊|谈|吃|喝)(?:了|完|过)(?:一?个|一?次|一?顿|一?面|个小?)?(?:会(?!后|再|把|就|给)|面|饭|咖啡|茶|酒|个头|早餐|午餐|晚餐|[早午晚]饭|夜宵|火锅|烧烤|场会)|食(?:了|过)(?:餐|个|一餐)?饭|见面聊|聊得(?:很|挺|不错|还|非常)|(?<!没)见到了?|面谈了|(?:见|碰|倾)(?:了|过)(?=[\u4e00-\u9fff])|聊了(?:聊|一?下|几句|很久|半天)|谈了(?:一|半|很久|两|好)|会议(?:上|中|(?<![\u4e00-\u9fff].)(?<![\u4e00-\u9fff]{2}..)纪要|结束|开完)|开完会(?!后|再|把|就|给|，?[再把就])|见过面|碰了个头|碰面了|当面聊了|聊了(?:快|将近|大概|差不多)?(?:[一二两三四\d]?个?半?个?|整个|大半个?)(?:小时|钟头|下午|上午|会)|(?<![意主偏成罕])见了|吃了(?:饭|个饭|顿饭)|参加了.{0,10}会|座谈了|做(?:了|完|过).{0,8}培训|培训(?:了|完)|会上|(?:展会|峰会|论坛|饭局|活动|酒会)[^，。,；;]{0,4}认识了?|偶遇|撞见|[碰遇][到见](?:了)?(?!问题|困难|麻烦|瓶颈|阻力|点|一个问题)|倾(?:了|过|完)|打(?:了|完)(?:一?场|几圈|会儿?)?(?:高尔夫|球|牌|麻将)|唱(?:了|完)(?:歌|k)|(?:方案|合同|需求|报价|细节|sow|ppt)?过了(?:一|两)遍|(?:吃|喝|坐|聚)了(?:一?顿|个?饭|会儿?|一会|半天|几杯|两杯)|[请陪].{1,8}(?:吃|喝)了|(?:喝|吃|撸|涮|聚|唱)(?:了|过|完)(?:一?[杯顿个次局场串]|几杯)", "开了个会"),
    cue("meeting", r"参加[^，。,；;]{0,10}会(?!员)|(?<=[点半分刻])见(?=$|[，。,])|(?<=[午点半刻号])见(?![到过了效状证识谅])|(?<![在正着])开会|会(?=推迟|推到|改到|改在|改期|改成|改约|取消|挪到|延到|延期|提前|顺延|定在|定于)|个会(?=推|改|取消|挪|提|延)|(?<!电话)(?<!语音)会议(?!室|纪要|记录|资料|材料)|见(?:一)?下(?!面)|(?:顺便|顺路|顺道)见(?!了|过)|见面|碰面|碰头|面谈|例会|研讨|座谈|约饭|吃饭|喝茶|喝咖啡|聚餐|交流会|启动会|周会|汇报会|洽谈|会面|会谈|的会(?=$|[，。,从改推取挪提延])|见一面|面聊|开个会|(?<![在正着])开.{0,6}会(?!员|计|话|后|再|把|就|给)|(?<=[去跟和与])见|技术交流|培训会|(?<=[\u4e00-\u9fff])(?<!要求)(?<!提供)(?<!需要)(?<!包括)(?<!包含)(?<!参加)(?<![要含的谈聊送给先后再])培训(?=$|[，,])|(?<=[日号天午点半一二三四五六末早晚])(?:做)?培训(?!费|师|名单|课件|资料|教材)|(?:产品|新人|系统|操作|安全|现场|客户|员工|售后|上线)培训(?!费|师|名单|课件|资料|教材|计划|了|完)|培训(?=改|推|延|挪|取消|提前)|研讨会|沙龙|峰会|论坛|发布会|年会|答谢会|饭局|高尔夫|打(?:羽毛|网|乒乓|台|篮)?球|打牌|请.{1,8}吃饭?|喝[^，。,；;了过]{1,4}酒|开(?:一?个)?(?:zoom|teams|腾讯会议|飞书会)(?!了|过|完)|(?<=[跟和与陪])[^，。,；;了过的]{1,6}吃[^，。,；;了过的亏力紧惊完不得]{1,3}|(?:改|换|转)(?:成|为|到|在)?线[上下](?![了架])|参加[^，。,；;了过]{1,10}(?:婚礼|寿宴|喜宴|典礼|开业|周年庆|展)|食饭|饮茶|钓鱼|爬山|唱歌|视频会|线上会|视讯|[跟和与].{1,10}签(?:约|合同|字)(?!了|过|完|前)|[去来到].{0,8}(?:开标|投标|讲标)|(?:对接|评审|碰头|讨论|沟通|推介|招商|订货|答疑|复盘|月度|季度|年终)会(?!议)|碰(?:一下|个)?头|见个面|吃个饭|坐坐|聚聚|喝酒|午餐|晚餐|晨会|过(?:一?下|一?遍)?(?:方案|合同|需求|报价|细节)|约(?:了|好)?[^，。,]{0,12}(?:zoom|teams|meeting)", "明天开会"),
    cue("visit done", r"白跑了?一?趟|扑了?个?空|(?<!让)(?<!叫)给[^，。,；;]{1,10}(?:装|修|调试|保养|检修)(?:完|好)(?!再|后|就|给|之|以|，?[再就])|[陪带](?!同)[^，。,；;]{1,12}(?:看|逛|参观|转|考察|走)(?:了|完(?!再|后|就))|送了[^，。,；;]{0,10}[到去](?=[\u4e00-\u9fff]{2,8}(?:$|[，。,；; ]))|(?:巡检|装机|抢修|检修|年检)(?:了|完|过)|做(?:了|完|过)+.{0,4}(?:年检|保养|检修|巡检|维护)|接待了|[去到上跑][^，。,；;]{1,8}(?:转|坐|待|逛)了|在[^，。,；;]{1,8}待了|(?:留在|放在?|交给)(?:了)?(?:前台|门卫|保安|传达室)|(?<!电话)(?:拜访|走访|上门|到访|考察|参观|登门)(?:了|过|完)|(?:去|到|来)(?:了|过).{0,10}(?:公司|现场|工厂|总部|办公室|那边|门店|厂里|车间)|去.{1,10}(?:拜访|现场|走访|转)了|(?:验|看)(?:了|完|过)(?:厂|现场|场地)|(?:量|勘)(?:了|完)(?:尺|房|现场)|去了.{1,6}(?:见客|拜访)|路过.{1,12}(?:看|坐|聊|问)|顺(?:路|便)(?:去|看|到).{0,4}了|刚从.{1,12}(?:回来|出来)|到.{0,8}现场(?:看|考察|勘)了|实地(?:看|考察)了|今天去了|昨天去了|上午去了|下午去了|[去跑](?:了|过)(?:一?趟|[一二两三四五六七八九十几俩仨好\d]+(?:家|个?(?:客户|店|单位|公司|厂|地方|门店)))|(?<!电话)陌拜(?:了|完|过)|探(?:访|望)?了|去(?:了)?探(?!讨)|刚从.{1,12}(?:公司|工厂|厂里|那边|现场)?(?:回来|出来)", "拜访了客户"),
    cue("visit", r"(?<!白)[跑走]一?趟|去[^，。,；;了过]{1,10}一趟|送货(?:到|去)(?!付)|去给[^，。,；;了过]{1,10}(?:修(?!改)|装|换|调试|保养|测|培训)|(?<=[午点早晚天日号半一二三四五六末])过来(?=$|[，。,])|巡检(?!频|报|记|计|单|费|时|周|制)|带[^，。,；;]{1,4}去(?!年|过|了)|带.{1,6}(?:看|参观|逛|转)(?:一?下)?(?:工厂|厂|车间|展厅|公司)|装机(?!手册|费|包|说明|单|视频|图|软件)|抢修|年检|做.{0,4}(?:保养|检修|维护)|去(?:[^，。,；;]{1,8})?看[^，。,；;]{0,8}(?:厂|公司|店|仓库|基地|产线|车间|场地)|去.{1,6}看(?:货|样|现场|机器|设备|房|店)|拜访(?!计划|记录|名单|客户数)|走访|(?<!送货)(?<!派人)(?<!师傅)(?<!工程师)上门|到访|考察|参观|登门|去(?:一?趟|现场|工厂|工地|厂里|店里|门店|公司(?!化)|总部)|探(?:访|望)|实地|驻场|出差(?:去|到(?!\d|下?周|月|年|明|后|[一二三四五六七八九十]{1,3}[号月日]))|来(?:我们)?公司(?!上)|来访|过去一趟|飞(?:去|到|往|一趟)|飞[\u4e00-\u9fff]{2}(?=出差|见|拜访|开会|谈|$|[，。])|现场勘|验厂|看厂|看场地|到府|丈量|量房|量尺|踏勘|勘察|到店(?!铺)|下厂|去[他她]们?(?:那[儿边里]?|公司|厂|店|办公室|单位)|到(?:公司|厂|店)(?=签|谈|看|取|拿|提|坐|来)|[到来](?:我们?|咱们?)(?:公司|厂|店|这|办公室)|来(?:展厅|工厂|厂里|办公室|公司)|来看(?:样|货|厂|机|设备|展|店|房|现场)|到(?:公司|厂里|店里|工厂)来|过来(?:看|验|谈|坐|考察|参观|签)|(?<![发送寄传打转汇交拿递付划搬寄赶错难话])过去(?:聊|谈|看|拜访|坐|签|修|装|换|处理|检|调|测|量|一下)|(?<=[午点早晚天日号半一二三四五六末])过去(?=$|[，。])|带.{1,8}过去(?=$|[，。,])|来(?:我们)?[厂店](?!家)", "下周上门"),
    cue("demo done", r"(?:演示|讲解|展示|宣讲|路演|[向给跟][^，。,；;]{1,8}汇报)(?:了|过|完|结束|很|效果|反响|顺利)|做(?:了|完|过).{0,8}(?:演示|demo|展示|讲解|宣讲)|(?:demo|Demo|DEMO)(?:了|完|过|结束|做完)|给.{1,10}(?:讲|演示|展示)了", "演示了产品"),
    cue("demo", r"演示(?!机|账号|版|文稿|文件|视频|材料|资料|环境|文档|稿|ppt)|产品展示|宣讲|路演|看(?:一?下)?(?:demo|演示|系统|样机|样品)|做个?demo|讲解产品|讲方案|方案汇报|[给向][^，。,；;了过]{1,8}做[^，。,；;了过]{0,6}(?:汇报|述职|分享)|试讲|做.{0,6}demo", "安排产品演示"),
    cue("email done", r"(?:已经?|刚)(?:e?mail|reply)|(?<![a-z])(?:e?mail|reply)(?:了|过)|(?<![a-z])(?:quotations?|quote|pi|proposal|contract|catalog(?:ue)?|invoice|spec|price ?list|datasheet|draft|ppt|deck)(?:(?:已经?|刚|都)发|发(?:过去|出去?|给[^，。,；;]{1,10})?了)|(?:发|回|写)(?:了|过|完|去)(?:一?封|.{0,8})(?:邮件|email|Email|e-mail)(?!前|给我)|(?:发|回|写)(?:一?封|.{0,8})(?:邮件|email)(?:了|过)|收到(?:一?封|.{0,8})(?:邮件|email)|发(?:到|来|在)?我的?邮箱|发(?:到|去|在)?[^，。,；;]{1,6}邮箱(?:里)?了|(?<![a-z])e?mail(?:说|问|讲|告诉|确认|过来)|邮件(?:已|发|回|收|里|中|回复)(?!前)|回了邮件|来邮件|发邮件(?:过?来|问|说|催)|来信(?=说|问|催|要|确认|$|，)|(?:报价|合同|方案|资料|报价单)(?:已经?)?(?:发|邮)(?:过去|给.{1,6}|出|邮箱)了|(?:报价单?|合同|方案|资料|标书|提案)(?:刚|都)?已经?发(?!票|货)|(?:已经?|刚刚?|都)把[^，。,；;]{1,12}(?<!货)(?<!样品)(?<!样机)[发传](?:给|到|过去)|邮件往来|(?<!货)(?<!样)(?<!样品)(?<!样机)(?<!票)[发传]给[^，。,；;]{1,6}了(?!解)|(?:发|给)(?:了|过)(?:[一两三几\d]?份)?(?:新的?|最终|[^，。,；;给]{1,4})?(?:报价单?|合同|方案|资料|标书|提案|图纸|规格书|ppt|(?<![a-z])(?:pi|ci|po|quotation|quote|invoice|proposal|contract|spec|catalog|price ?list)(?![a-z])|(?<![a-z])(?:nda|sow|msa|po|poc|ppt|pdf|excel|word|demo|bom|l/c)(?![a-z])|样本|案例|画册|手册|价格表|价目表|目录|样册|彩页|说明书|清单|协议|纪要|草案|初稿|终稿|对账单|账单|参数|规格|链接|函|通知|日程|议程|标书|报告|文件|文档|模板|授权|附件)", "发了邮件"),
    cue("email", r"邮件(?!地址|(?<!发邮件)给)|发邮件|发个邮件|写邮件|邮箱沟通", "发邮件联系"),
    cue("message done", r"(?:发|回|收到)(?:了|过)(?:一?条|个)?(?:微信|短信|消息|信息|私信|钉钉|飞书|WhatsApp)|(?:we ?chat|whatsapp|(?<![a-z])line|telegram)(?:上|里)? ?(?:聊|沟通|问|回|说|发)|微信:|微信(?:上)?(?:聊|沟通|联系|回复|说|问|发|告诉|通知|加|里说|确认)(?:了|过|到|我)?|发[他她给].{0,4}微信(?:了|上)|(?<![a-z])(?:line|whatsapp|dm|ping)(?:了)?我|[微电]我(?:说|问)|微信(?:上|里)?[^，。,]{1,14}(?:聊|沟通|谈)了|(?<![让叫请]我)加(?:了|上|到).{0,14}微信|(?<![让叫请]我)加了?(?:.{0,4})?微信|回(?:我)?(?:消息|信息?|短信)(?:了|说)|发来(?:消息|信息|短信|微信)|发来(?!的).{1,8}了|发来(?!的).{0,6}(?:报告|文件|文档|需求|表格|图纸|合同|资料|照片|清单|消息)|微信聊|(?:回|发)(?:了)?微信了|钉钉(?:上)?(?:聊|说|沟通|回|确认)|飞书(?:上)?(?:聊|说|沟通|回|确认)|发了?(?:个|一?[条段份])?(?:节日|生日|新年|中秋|春节|元旦)?(?:祝福|红包|问候|贺卡)|短信(?:回复|通知)了?|私信了?|群里(?:又|都|还|在|有人|客户|老板|他们){0,3}(?:说|问|回|发|聊|催|@)|发微信.{0,8}(?:了|没回|未回)|微信没回|已读不回|留了(?:个|条)?言|(?<![a-z])qq上?|(?:企业微信|企微|钉钉|飞书)(?:上)?(?:跟|和|联系|问|催|找|约|给|确认|沟通)", "微信聊了一下"),
    cue("message", r"微信(?!同号|登录|支付|小程序|公众号|号|就是|:|：|同步)|短信|发消息|发信息|私信", "微信联系"),
))  # fmt: skip

PLANNING: Final = Book((
    cue("planned", r"schedul\w*|book(?:ed|ing)?|set up|setting up|arrang\w*|plan(?:ned|ning)?|will|(?:i|we|he|she|they|it|you)'ll|going to|shall|need(?:s)? to|have to|must|should|let'?s|upcoming|tomorrow|next|invite(?:d)?|confirmed for|set (?:up )?for|fixed for|lined up|grab(?: a)?|pencil?led in|in the (?:diary|calendar)|is on|moved to|bumped|brought forward|put back to|slipped to|rescheduled|postponed|pushed to|to do|wants? (?:a|to|another)|would like|asked for a|agreed (?:to|on) (?:a|meet|call)|calendar invite|tentative(?:ly)?|proposed|planning|to visit|to meet|to call|happening", "schedule it"),
    cue("planned", r"约(?!\d|[一二三四五六七八九十百千两]|等于)|安排|计划|准备|打算|预约|将|要|明天|明早|明晚|后天|下周|下个?月|大后天|定在|定于|改到|改为|推迟到|延期到|预计|邀请|提醒|记得|今晚|待会|一会儿?|稍后|想|开年|开春|年后|节后|改天|过几天|过两天|抽空|找时间", "约了时间"),
))  # fmt: skip

TASKS: Final = Book((
    cue("task", r"remind(?:er)?(?: me)?|to-?do|don'?t forget|remember to|note to self|must|need to|have to|gotta|got to|make sure|should|i owe|please (?:send|call|email|follow)|set (?:a )?reminder|nudge me|ping me|wake me", "remind me later"),
    cue("task", r"提醒我?|记得|别忘|不要忘|待办|务必|记住|帮我(?:记|设|建|定)|设(?:个|置)?(?:提醒|闹钟)|闹钟", "记得一下"),
))  # fmt: skip

REMINDERS: Final = Book((
    cue("reminder", r"(?<=, )(?:call|phone|ring) (?=(?:next|tomorrow|on|in) [a-z0-9 ]{2,14}[.!]?$)|(?:to be )?chased|f/?-?up|diari[sz]e|drop (?:\w+ ){1,2}a (?:line|note|text)|ask (?:\w+ )?again|next contact|follow(?:ing)?[- ]?up(?! (?:call|meeting|mtg|visit|demo|session)s?(?![a-z]))(?: (?:by|via|over|on|per) (?:the )?(?:phone|e-?mail|mail|whatsapp|teams|text|wechat))?|(?<=[,.;:!-] )(?:then |and |so |please |pls )?(?:call|ring|phone|e-?mail|text|visit|see|meet|message|whatsapp|speak to|talk to)(?= [a-z])(?! (?:with|w/|from|to|re|about|at|on|in|is|and|for|notes?|calls?|me|it|off|set|booked|scheduled|planned|arranged|fixed|confirmed|moved|went|tomorrow|today|tonight|next|this|set|done|over|log|centre|center|lasted|ended|was|were|has|had|mon|tue|wed|thu|fri|monday|tuesday|wednesday|thursday|friday)(?![a-z]))|f/u|fu|check(?:ing)? (?:back|in)|next check-in|circl(?:e|ing) back|touch(?:ing)? base|(?:try|trying|on) (?:his|her|their) (?:cell|mobile|phone|line|office)|(?:call|ring|phone)(?:ing)? (?:back|again|him|her|them|me)|(?:ring|call|try|ping|ask|email|text|phone) [^.,;]{1,24} (?:again|back(?! (?:in|from|at|to|office|on site)(?![a-z])))|call(?=(?: [\w'.]+){1,2} back (?:in|at|on)(?![a-z]))|remind(?:er)?(?: me)?|ping(?: me| him| her| them)?|try(?:ing)? (?:again|him|her|them|calling)|reach (?:out|back)|get back (?:in touch|to me)|nudge|chas(?:e|ing)(?: up)?|(?:go|going|come|coming) back(?! to (?:us|me))|(?<![a-z] )will try(?! (?:it|to|the|out|them)(?![a-z]))|try later|give (?:[a-z]+ ){1,2}a (?:shout|call|ring|buzz|bell|nudge)|ask for (?!an? |the |more |new |his |her |their |our |it |some |feedback|confirmation|payment)|reconnect|catch up|revisit|come back|loop back|check (?:how|status|up)|retry|call back|callback|contact (?:him|her|them|again)|remember to|don'?t forget|wake me|next (?:touch|contact)|re-?engage|talk again|speak again|text (?:him|her|them)|(?<=^)(?:text|ping|message|chase|nudge|bump)|knock again|pick (?:it|this) up again|bump", "follow up later"),
    cue("reminder", r"(?<=[,.;:!-] )(?:then |and |so |but |will |i'll |to )?(?:try|retry|chase|bump|nudge|poke|prod|pester|hassle|ping|ask(?: [a-z]+){1,2}|check(?: with)? [a-z]+)(?= (?:again |back |once more )?(?:on |at |in |next |this |early|late|first|after|mid|tomorrow|tonight|around|before |mon|tue|wed|thu|fri|sat|sun|\d))", "no answer, try on friday"),
    cue("reminder", r"(?:回访|跟进)(?!了|过|完)|提醒|再(?:call|talk|follow|check|discuss|meet|email|review|touch|chase|confirm|push|ping|联系|打|聊|约|谈|沟通|问|跟|找|看|说|确认|催|碰|来电|电话|议|去一?次|回|发|推|试|拜访|去)|回电|记得|别忘|不要忘|催(?:一?下|款|办)?|联系(?!人|方式|电话|[上到不得]|了|过|单|函)|(?:follow|check|chase|push|ping|touch)一?下|继续(?=$|[，。,；])|(?<=[后再点半])打(?=$|[，。,])|问(?:一?下|问)|闹钟|待办|复访|追(?:一?下|踪)|打过去|打回去|[打回通去](?:个|一个|一下|一遍)电话|回(?:个|一下)(?:微信|消息|话)|去汇报|对一下|盯(?:一?下)?|叫我|通知我|确认一下|打电话(?!来|过来|说|表扬|投诉|抱怨|反馈|告诉|问我|问了|催我|催货|催款|聊|沟通)|打给|跟一下|回复他|回复她|约他|约她", "周五回访"),
))  # fmt: skip

POSITIVE: Final = Book((
    Rule(r"(?<![a-z'])signed(?! (?:off on nothing|in|up)(?![a-z]))(?![a-z])", _positive_signed, "Jo signed", "positive"),
    cue("positive", r"love[ds]?|lik(?:e[ds]?|ing)(?! to)|great|excit(?:ed|ing)|happy(?! (?:birthday|new year|holidays|christmas|anniversary|xmas))|pleased|keen|impressed|positive|good (?:call|meeting|fit|news|chat|feedback|response|progress|vibe|visit|demo)|went (?:really |very |super )?well|interested|very interested|eager|wants? to (?:buy|sign|proceed|move(?! (?:our|the|it|this|that|my|his|her|their|from|to|back|us|me)(?![a-z]))|start|expand|renew|upgrade|order|close)|ready to (?:buy|sign|go|move)|(?<!till they )(?<!until they )(?<!before they )(?<!if they )(?<!unless they )(?<!when they )sign(?:s|ing)?(?!-| off on nothing| in| up)|won|closed won|close the deal|excellent|fantastic|awesome|perfect|enthusiastic|promising|strong interest|on board|green ?light|approved|agreed|thrilled|satisfied|verbal (?:yes|ok|commit\w*)|go ahead|renew(?:ed|ing)|expand(?:ing)?|upsell|champion|hot|moving forward|looks? good|nice|smooth(?:ly)?|yes to|delighted|recommend(?:ed|s)?|big fan|committed|(?:we're|we are|been|got) shortlisted|(?:made|on) the shortlist|shortlisted us|referred us to|(?:going|went|gone) with us|(?:chose|picked|selected|switching to|switched to) us|(?<!not )accepted(?! the risk)", "they love it"),
    Rule(r"(?:(?<!不)(?<!没)(?<!没有)(?:满意|喜欢|认可|感兴趣|兴趣(?:很|大|浓|高|较大)|有兴趣|意向(?:强|很强|高|明确|较强|大|不错)|高意向|高兴|开心|顺利|成功(?!案例|经验|率|故事)|已签(?!收|到)|打分(?:最)?高|最高分|第一名|排第一|签(?:了|约(?!前)|单|下|合同|字(?!前|流程|版|页|仪式))|成交|中标|标[^，。,；;]{0,4}中了|我们中了|(?:价格|价钱|方案|条件|交期)(?:可以|能)接受|(?<!谈)(?<!谈好)(?<!聊)(?<!考虑)(?<!讨论)(?<!提醒我)续(?:约|费)(?!前|的事|事宜|时间|问题|方案|率|提醒)|追加|增购|愿意|(?<!合)同意(?!的话)|通过了|批(?:了|下来)|拍板|定(?:了(?![\d一二三四五六七八九十下周明后本这])|下来)|有戏|有希望|靠谱|稳了|把握(?:很|挺)?大|看好|点赞|好评|反馈(?:很|非常)?(?:好|不错)|很好|不错|态度(?:最|很|挺|非常|特别)?(?:好|积极|热情)|聊得(?:很|挺|不错|好)|氛围(?:很|挺)?好|肯定(?:上|买|签|要|没问题)|放心|期待|惊喜|赞|积极|没问题|推荐|首选|确定(?:要|买|签|用)|敲定|爽快|热情|(?:很|挺|非常|比较|都|全力|大力|表示|愿意|特别|也)支持|(?<![说不])支持(?=我们?(?!$)|咱们?|采购|$|[，。])|(?<!双)(?<!共)赢(?:了|单|下)|(?<![须要取能想力法求])拿下|搞定|夸|(?<!前)[盖用](?:了|过|完|好)公?[章印]|已[盖用]公?[章印]|(?:验收|测试|评审|审核|试机|打样|样品|样机|首件|(?<![a-z])poc|试点|资质|认证|验厂|审厂|答辩)(?:[都也刚]|已经?|一次)?(?:通过|合格|达标|过了|没问题)|达标|再加(?:\d|[一二两三四五六七八九十几])|加(?:单|购|订)|确认(?:了)?订单|(?:发来|收到|给了|(?<!一)下)(?:了|的)?(?:正式)?(?:(?<![a-z])po(?![a-z])|订单|采购单|中标通知)|(?:(?<![a-z])po|订单|采购单)(?:已经?|都|也|刚)?(?:收到|下来了|到了|来了)|订了(?=[^，。,；;]{0,6}\d+[台套个件箱吨批万只张])|(?<![a-z])ok(?=$|[，。,；;！! 了的])|(?:预算|额度|审批)(?:已|都|刚)?(?:批|下来|通过|到位)|口头(?:答应|同意)|谈妥|谈成|(?:定金|订金|预付款|首付|货款|尾款|款)[^，。,；;]{0,6}(?:收到|到账)了|复购|返单|转介绍|表扬|点名感谢|[定订买](?:了|下)(?=[\d一二两三四五六七八九十百几]+[台套个件箱吨批])|(?:系统|项目|平台)[^，。,；;]{0,4}上线了)|一次通过|想(?:尽快|马上)?(?:签|买|上线|采购|合作|试用)|(?<!再)(?<!才)(?<!后)(?<!没)(?<!未)下单|订单(?:已经?)?确认|款(?:项)?(?:已经?|都|也)?(?:到了|到账|结清)|赢单|(?<!续)签$|要签)", _positive_zh, "客户满意", "positive"),
))  # fmt: skip

NEGATIVE: Final = Book((
    cue("negative", r"no budget|not interested|unhappy|upset|angry|frustrated|disappointed|annoyed|complain(?:ed|ing|s|t|ts)?|cancel(?:led|ed|ling|lation|s)?|churn(?:ed|ing|s)?|badly|crash(?:ed|es)?|fuming|livid|irate|(?:invoice|order|delivery|quote|bill)s? (?:is|are|was|were) wrong|damaged|faulty|awful|horrible|lost(?! contact info)|losing|bad|terrible|poor|worried|concern(?:ed|s)?|too expensive|expensive|pushed? back|pushback|reject(?:ed|s)?|declin(?:ed|es)|refus(?:ed|es)|delay(?:ed|s)?|postpon(?:ed|es)|stall(?:ed|ing)?|ghost(?:ed|ing)|cold|skeptical|hesitant|doubt(?:s|ful)?|unsure|not happy|not (?:a )?(?:good )?fit|problem(?:s)?|issue(?:s)?|bug(?:s|gy)?|broken|outage|dissatisfied|furious|threaten(?:ed|ing|s)?|block(?:ed|er)|risk|unresponsive|went with(?! us(?![a-z]))|go(?:ing)? with (?:a |the )?(?:competitor|someone else)|switch(?:ing|ed)? to(?! us(?![a-z]))|frozen|freeze|budget cut|cut (?:the )?budget|lukewarm|not (?:now|ready|convinced|impressed)|passed on|walk(?:ed|ing)? away|or (?:they|he|she|they'll|he'll|she'll) (?:will )?walks?|slow|missed|hates?|overpriced|dead|won'?t (?:renew|buy|sign|proceed)|not (?:renewing|going|moving)", "they are unhappy"),
    cue("negative", r"(?<![没无未])(?<!没有)(?:(?<![行想愿急])不(?:太|是很|怎么|够|是特别)?(?:满意|喜欢|认可|感兴趣|高兴|开心|顺利|愿意|同意|行|理想|考虑了?|需要了|续(?:约|费)?了?|合作了|买了|签了|想|看好|放心|急)|没(?:有)?(?:兴趣|预算|意向|通过|钱|希望|戏|批|下文)|投诉|抱怨|生气|发火|失望|取消(?![^。；;!！]{0,16}(?:改[到在约成下周明后]|换到|推到|挪到))|流失|丢(?:了|单)|输(?:了|单)|(?:尺寸|型号|数量|规格|颜色|抬头|金额|地址|货)[^，。,；;]{0,2}(?:不对|不符|错)|(?:格式|内容|版本|参数|发票|资料|单价|数据)[^，。,；;]{0,2}(?:不对|不符|有误|错)|又(?:在|来)?催|[开发弄搞做写装寄送]错|被[^，。,；;]{1,8}[抢截撬](?:走|了|单)|拒绝|婉拒|嫌(?:贵|弃|慢)?|太贵|[偏太]高(?!端)|(?:找|换)(?:了)?(?:别家|别人|其他家)|没(?:有)?(?:什么|啥|任何)?(?:实质性?)?进展|(?:价|价格|预算|这个数)做不了|少了(?=[\d一二两三四五六七八九十几])|催了[二两三四五六七八九\d]+[次遍回]|毫无进展|偏贵|贵了|价格(?:太)?高|超(?:出)?预算|推迟|延期|拖(?:延|着|了)?|搁置|暂缓|暂停|冷淡|犹豫|担心|顾虑|质疑|问题(?:多|很多|严重)|故障|退(?:款|货|单)|换(?:供应商|了别家)|选了别|用完了|砍(?:了|掉)?|冻结|黄了|没戏|凉了|不用(?:我们|咱们?)(?:了|的)|换(?:成|用|回)?(?:自研|自建|自己做)|严重|发热|发烫|异响|噪音|变形|开裂|断裂|裂(?:了|纹|开)|生锈|变质|发霉|异味|脱落|短路|烧(?:了|坏|毁)|渗水|僵(?:住|持)|不好|很差|太差|太慢|糟|难(?:缠|搞|推|谈)|催(?:了几|得|好几)|出了?(?:问题|bug|故障)|被(?:竞品|对手|同行)|不回(?:复|消息|微信|信息)?|失联|联系不上|压价|砍价|否(?:了|决)|坏(?:了|掉|的)|损坏|破损|漏(?:水|油|气|液|发|装)|停机|死机|宕机|崩溃|报错|报警|失灵|失效|卡顿|掉线|返工|次品|不良|不合格|不达标|没(?:过|通过|达标)(?![期来去])|(?:先|暂时)?不(?:上|做|搞|推)了|流失|解约|退(?:了|回)|违约|落标|输给|没中标|未中标|流标|战败|闪退|黑屏|蓝屏|打不开|登(?:录)?不(?:上|了)|连不上|用不了|延误|晚到|迟到|发错|少发|丢件|破了)", "客户不满意"),
))  # fmt: skip

RISKS: Final = Book((
    cue("budget", r"no budget|(?:lost|no|without) (?:their |the |its |any )?funding|funding (?:was |is |got |has been )?(?:cut|pulled|gone|frozen|withdrawn)|budget (?:cut|cuts|freeze|frozen|is gone|issue|issues|tight|concerns?|not approved|constraints?|on hold|slashed|exhausted)|out of budget|over budget|(?:tight|cut|lost|limited|without|no) (?:their |the |any )?budget|hiring freeze|spend(?:ing)? freeze|cost[- ]cutting|budget(?:s)? (?:is|are|was|were|got) (?:cut|gone|frozen|tight|used up|spent)|can'?t afford", "they have no budget"),
    cue("budget", r"(?:没|没有|无|缺|超|超出|砍|削减|压缩|冻结|用完|控制|紧|卡)(?:了|掉)?(?:了)?(?:今年|明年|本年|的)?(?:预算|经费|额度)|(?:预算|经费|额度|资金)(?:被砍|不够|不足|有限|紧张|紧|没批|没下来|还没|用完|没有了|超|冻结|砍|吃紧|已?用光|没了|收紧|卡)|没钱|等(?!级)[^，。,；;]{0,4}(?:预算|经费|额度|拨款)(?!表)", "他们没预算"),
    cue("delay", r"delay(?:ed|s|ing)?|postpon(?:ed|e|es|ing)|push(?:ed|ing)? (?:back(?! on(?![a-z]))|out|to|it)|(?:push(?:ed|ing)|moved|shifted|bumped) (?:the |their |our )?(?!meeting|call|demo|visit|lunch)(?:[a-z-]+ ){1,2}(?:to|into|till|until) (?:q[1-4]|h[12]|next (?:year|quarter|month|spring|summer)|20\d\d|the new year)|push(?:ed|ing)? (?:the |their )(?:kick-?off|project|decision|go-?live|launch|start(?: date)?|signing|roll-?out|order|renewal|pilot|trial) (?:back |out )?(?:to|into|till|until|by|from)|on hold|stall(?:ed|ing|s)?|slip(?:ped|ping|s)?|not until|(?:until|till) (?:fy ?\d\d|q[1-4]|next|the end|after|early|late|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|fall|20\d\d)|next (?:year|quarter|fiscal)|put off|hold off|behind schedule|frozen|paused?|no rush|not now|not this (?:year|quarter)|later (?:this|next) year|wait(?:ing)? (?:until|till|for)|drag(?:ging|s)?|held up", "it is delayed"),
    cue("delay", r"推迟|延期|延后|拖(?:延|着|到|了)|搁置|暂缓|暂停|推到(?:明年|后年|下半年|下个?季度|年后)|(?<!预算)(?<!额度)冻结|(?<![a-z])hold(?:住|一下|一阵|着)|等[^，。,；;]{0,8}(?:节|年|假期?|旺季|淡季|月底|季度?)[后末]?再|往后(?:推|放|延)|明年(?:再|肯定|才)|年后再|下(?:个)?(?:季度|财年)再|(?:明年|后年|下半年|年后|节后|下个?季度|[一二三四]季度|开春|忙完[^，。,；;]{0,4})(?:[一二三四上下][季半][度年]?)?[^，。,；;]{0,2}[再才](?:看|说|定|议|聊|谈|启动|考虑|推|做|上|买|采购|联系|推进)|(?:要|得|只能|只好)等到|等(?:到)?(?:明年|年后|下(?:个)?(?:月|季度|半年)|通知)|缓一缓|先放(?:一?放|着)|不着急|不急|再等等|还要等|进度慢|卡(?:住|在)|顺延|改期|停滞", "项目推迟"),
    cue("price", r"(?:too |very |so |quite |bit |pretty |rather )?(?:expensive|pricey|costly)|price (?:is )?(?:too high|concern|concerns|issue|sensitive|objection|pressure|pushback)|cheap(?:er)?|discount|lower (?:the )?price|over ?priced|cost concern|sticker shock|price[- ]sensitive|(?:pric(?:e|es|ing)|quote|cost) (?:(?:is|was|were|are|came in|looks?|seems?) )?(?:[\d.]+ ?% )?(?:(?:still|way|much|a|bit|so|too|very|quite) )*(?:high|steep)|pric(?:e|ing) (?:is|was|remains) (?:still )?(?:an?|the|their) (?:main |big |only |real )?(?:issue|concern|problem|blocker|sticking point|objection)|(?:push(?:ed|ing|es)? back|haggl\w+|object\w*|moan\w*) (?:on|about|over) (?:the |our )?(?:price|pricing|cost|rate|fee)s?|\d ?% off|(?:(?:can|could) (?:we|you|u)|(?:if|whether) (?:we|you|i) (?:can|could)) do (?:it for |it at )?[$€£¥]? ?\d[\d.,]*(?:k|%| flat| instead| less)|better (?:price|deal|pricing)|negotiat\w* (?:on |the )?price|high price|match (?:the|their) price", "too expensive for them"),
    cue("price", r"(?:太|偏|有点|嫌|觉得|比较|略|价格|价钱|报价|费用)(?:有点|比较|太|偏|很)?(?:贵|高了|偏高)|嫌贵|压价|砍价|还价|讲价|要求(?:降价|打折|优惠|便宜)|降价|单价[^，。,；;]{0,6}降|要求把[^，。,；;]{0,6}降|便宜(?:点|一点|些|的)|打(?:个)?折(?=吗|扣?要求)|折扣(?:不够|太|要求|力度)|价格(?:敏感|异议|谈不拢|是问题|压力|分歧|战)|要(?:更多)?(?:折扣|优惠)|再(?:便宜|优惠|降)|超出?预算|价格高|不能再[低降少]|底线|[再让给]\d(?:\.\d)?个?点|(?:最低|底|跳楼|成本)价(?!值)|比(?:同行|别家|对手|市场|友商|竞品|[^，。,；;]{1,4}家)[^，。,；;]{0,4}(?:高|贵)|(?:[万元块]|cost|price|quotation|运费|单价|总价|关税)(?:也|还)?(?:有点|比较)?(?:偏|太)(?:高|贵)", "客户嫌贵"),
    cue("silent", r"(?<!with )no (?:luck|joy)(?! with(?! him| her| them))|(?<!if )(?<!if there is )no (?:answer|reply|response|pick ?up)|voicemail|(?:went|goes|straight) to vm|ghost(?:ed|ing)|unresponsive|didn'?t (?:answer|reply|respond|pick up|show)|not (?:answering|replying|responding)|haven'?t heard|no[- ]show|radio silence|gone (?:quiet|dark|silent)|went (?:quiet|dark|silent)|still no (?:word|reply|response)|never (?:replied|called back|responded)|(?:silent|silence)|can'?t reach|hasn'?t (?:replied|responded|answered)|left (?:a )?(?:message|vm)|vm (?:for|to)", "no reply again"),
    cue("silent", r"没(?:人)?(?:接|回(?:复|消息|微信|信息|电话|邮件|音)?(?=[，。,.\s]|$|我|了|，)|回音|反应|动静|消息|联系上|搭理|理)|不(?:接|回)(?:电话|消息|微信|信息|复)?|未(?:接|回复)|失联|联系不上|打不通|无人接听|石沉大海|一直没(?:回|接|信|动静)|没有?(?:下文|音讯|音信)|没有(?:回复|回音|回应|消息)|爽约|放(?:了)?[我咱]?们?(?:的)?鸽子|无回应|关机|已读不回|占线|没回", "电话没人接"),
    cue("legal", r"legal|lawyers?|redlin(?:es?|ing|ed)|contract (?:review|terms|issue|dispute)|liability|indemnity|compliance|gdpr|dpa|nda (?:issue|pending)|lawsuit|terms (?:issue|dispute)|attorney|counsel|clause", "stuck in legal"),
    cue("legal", r"法务|律师|合规|(?<!付款)(?<!商务)(?<!交货)条款|合同(?:审核|审批|争议|问题|纠纷|有异议)|诉讼|审合同|仲裁|法律|责任条款|违约", "法务在看"),
    cue("competitor", r"competitors?|competing|competition|also (?:looking|talking|evaluating|considering)(?: at| to| with)?|(?:comparing|compare|evaluating|looking at) (?:us )?(?:with|w/?(?= )|to|against|other|alternatives|several|two|three|vendors|salesforce|hubspot)|other vendors?|another vendor|alternatives?|rival|versus|vs\.?|salesforce|hubspot|(?:went|going) with(?! us(?![a-z]))|switch(?:ing|ed)? to(?! us(?![a-z]))|incumbent|(?<!we're )(?<!we are )(?<!been )(?<!got )(?<!made the )(?<!on the )shortlist(?:ed)?(?! us)|bake-?off|other (?:quotes|offers|options|suppliers|bids)", "a competitor is in"),
    cue("competitor", r"竞品|竞争对手|对手|友商|同行(?:报|也|在)|别家|其他(?:家|供应商|厂商|厂家|品牌)|货比三家|比价|对比(?:其他|别|几家|竞品|了)|也在(?:看|谈|接触|比较|对比)(?:别|其他|另|几|竞)?|另(?:一|外)(?:一)?家|几家(?:在)?(?:比|竞|一起)|换供应商|原供应商|用友|(?:第二|备选|备用|其他|别的)(?:家)?供应商|金蝶|纷享销客|销售易|比(?:同行|别家|对手|友商)[^，。,；;]{0,4}(?:高|贵|便宜|低)|(?:同行|别家|对手)(?:价|的价|便宜|更|给)|输给(?!了?我们)|选型对比|抢单|截胡|被[^，。,；;]{1,8}[抢截撬](?:走|了|单)", "竞品也在跟"),
    Rule(r"(?<![a-z])cancel(?:led|ed|ling|lation|s)?(?![a-z])", _about_contract, "they want to cancel", "churn"),
    cue("churn", r"churn(?:ed|ing|s)?|(?:renewal|account)(?:'s| is)? at risk|leav(?:e|ing) us|not renew(?:ing)?|won'?t renew|terminate|termination|switching away|downgrad(?:e|ing)|move away|thinking of leaving|non-?renewal|end (?:the|their) contract|or (?:they|he|she|they'll|he'll|she'll) (?:will )?(?:walks?|leaves?|goes?)|(?:will|threaten\w*(?: to)?|going to) (?:walk(?! (?:us|me|him|her|them|you|through))|leave us)", "they may churn"),
    cue("churn", r"流失|不续(?:约|费|签)?|不再续|退(?:订|款|出|单|货)|取消(?:这个|了)?(?:订单|合同|合作|订购|采购|订阅)|(?:订单|合同|单子)[^，。,；;]{0,4}取消|没(?:有|再)?下(?:过)?单|解约|终止(?:合作|合同)|不(?:再)?合作|停用|弃用|不用(?:我们|咱们?)(?:了|的)|降级|换掉我们|考虑(?:换|不续)|(?:砍|缩减|清退|淘汰)(?:一批|部分)?供应商|明年不(?:续|签|做)", "客户要流失"),
    cue("champion", r"(?:champion|sponsor|contact|buyer|manager|director|he|she|cto|cfo|ceo|vp|lead)(?:'s)? (?:is |has |just )?(?:left|leaving|quit|resign\w*|laid off|moved on|changing jobs|retir\w*)|new (?:cto|cfo|ceo|cio|coo|cmo|md|gm|owner|vp|director|head|boss|buyer|procurement|decision[- ]maker|management)|no longer (?:at|with the company|works|working)|new contact (?:is|there|at)|reorg(?:anization|anisation)?|restructur\w*|layoffs?|leadership change|re-?org|lost (?:our|the) champion|(?:left|leaving) the company", "our champion left"),
    cue("champion", r"离职|换(?:了)?(?:人|负责人|领导|对接人|老板|采购|总监|cto|工作|决策人)|(?:负责人|对接人|经理|总监|采购|老板|领导)(?:换了|离职|走了|调走|变动|辞职|换人)|调(?:岗|走|任)|转岗|换届|裁员|组织(?:架构)?(?:调整|变动)|架构调整|新(?:来的|任|上任|换)(?:的)?(?:总监|经理|采购|老板|负责人|领导|cto|ceo|cio|cfo)|跳槽|辞职|退休|接任|接手的是", "对接人离职"),
    cue("quality", r"bugs?|buggy|outages?|crash(?:es|ed|ing)?|complain(?:ed|ing|s|t|ts)?|support (?:issue|issues|ticket|tickets|problems?)|service (?:issue|issues|problems?)|downtime|performance (?:issue|issues|problems?)|defect(?:s|ive)?|broken|error(?:s)?|not working|data loss|quality (?:issue|issues|problem|problems|concern|concerns)|escalat(?:ed|ion|ing)|unhappy with (?:support|service|the product|quality)|unstable|(?:support|service|quality)(?:'s| is| was| has been)? (?:really |so |very |still |just )?(?:terrible|bad|poor|awful|horrible|shocking|a joke)|damaged|faulty|(?:invoice|order|delivery|quote|bill)s? (?:is|are|was|were) wrong|not happy with (?:the |our )?(?:support|service|quality)", "bugs in the app"),
    cue("quality", r"(?<![没无未])(?<!没有)(?:投诉|抱怨|故障|bug|(?<![无没])(?<!没有)质量(?:问题|有问题|差|不行|不好|投诉)|宕机|崩溃|出(?:了)?(?:问题|错|bug|故障)|售后(?:问题|差|慢|不行)|服务(?:不好|差|跟不上|问题|慢)|响应(?:太)?慢|不稳定|系统(?:慢|卡|崩|问题)|老是(?:出错|报错|卡)|报错|掉线|退(?:货|回来)|退(?:了)(?=[\d一二两三四五六七八九十几])|坏(?:了|掉|的)|损坏|破损|漏(?:水|油|气|液|装|发)|停机|死机|报警|失灵|失效|卡顿|发热|发烫|异响|噪音|变形|开裂|断裂|裂(?:了|纹|开)|生锈|变质|发霉|异味|脱落|短路|烧(?:了|坏|毁)|渗水|闪退|黑屏|蓝屏|白屏|打不开|登(?:录)?不(?:上|了)|连不上|用不了|不准(?![备时]|许)|丢数据|不(?:制冷|制热|通电|启动|工作|合格|良(?!率)|达标)|[开发弄搞做写装寄送]错|(?:尺寸|型号|数量|规格|颜色|抬头|金额|地址|货)[^，。,；;]{0,2}(?:不对|不符|错)|(?:格式|内容|版本|参数|发票|资料|单价|数据)[^，。,；;]{0,2}(?:不对|不符|有误|错)|少发|少了(?=[\d一二两三四五六七八九十几]+[台套个件箱只片支瓶盒包])|不好用|难用|返工|次品)", "系统有故障"),
    cue("authority", r"(?:needs?|waiting for|pending|requires?) (?:\w+ ){0,2}(?:approval|sign-?off|sign off|buy-?in)|not (?:the|a) decision[- ]maker|board approval|can'?t decide|no decision[- ]maker|(?:tak(?:e|es|ing)|run(?:s|ning)?|clear(?:ing)?|check(?:ing)?) (?:it |this )?(?:to|by|past|with) (?:his|her|their|the) (?:boss|board|ceo|cfo|coo|md|manager|director|management)|final approval|boss (?:has to|needs to|must|to (?:approve|sign|decide|ok|agree))|(?:ceo|cfo|board|management) (?:has to|needs to|must|to) (?:approve|sign|decide)|procurement (?:process|review|approval)", "it needs board approval"),
    cue("authority", r"(?:要|需要|得|还要|等|待)(?:他们|她们|对方|公司|他|她)?(?:老板|领导|总部|总行|总公司|董事会|上级|集团|总经理|财务|高层|采购委员会|上面)(?:审批|批|同意|拍板|决定|点头|签字|定|批准|批复|过会)|不是决策人|做不了主|没有决策权|(?:开|上|过)董事会|差[^，。,；;]{0,4}(?:拍板|审批|签字|点头|批准)|(?:审批|流程)(?:长|慢|复杂|没走完|卡)|层层审批|(?<!线)上会(?!议)", "要等领导拍板"),
    cue("security", r"security (?:concern|concerns|questionnaire|audit|issue|issues)|(?:needs?|requires?|pending|waiting for|stuck in|pass|want|wants) (?:a |an |the |our |their )?security (?:review|assessment|sign-?off)|data (?:security|privacy|residency|breach)|infosec|pen ?test|soc ?2|privacy concern(?:s)?|on-?prem(?:ise|ises)? only", "they need a security review"),
    cue("security", r"(?:数据|信息|网络)安全(?:问题|顾虑|担心|审查|评估|要求)?|等保|私有化(?:部署)?|数据泄露|安全(?:审查|评估|顾虑|问题)|隐私|担心数据|渗透测试|安全漏洞", "担心数据安全"),
))  # fmt: skip

STAGES: Final = Book((
    cue("lead", r"(?:new|inbound|warm|cold|fresh|hot) lead|lead from|new prospect|inbound inquiry", "a new lead"),
    cue("qualified", r"qualified(?! for)|mql|sql stage|budget confirmed|has budget and authority", "they are qualified"),
    cue("proposal", r"proposal (?:stage|sent|out|submitted)|sent (?:\w+ ){0,2}proposal|quote sent|sent (?:\w+ ){0,3}quote|submitted (?:\w+ )?(?:proposal|bid)|proposal phase", "moved to proposal stage"),
    cue("negotiation", r"negotiat(?:ing|ion|ions)|haggling|contract redlines|final terms|commercial terms|in legal review", "we are negotiating"),
    cue("trial", r"(?<!interested )(?<!interest )(?:started|starting|start|in|running|began|kick(?:ed)? off) (?:a |the |their )?(?:free |paid )?(?:trial|pilot|poc)|proof of concept|(?:pilot|trial|poc)(?: is|'s| was| has been)? (?:started|starts|phase|running|begins|kicks off|going (?:great|well|ok|fine|good|smoothly|badly)|live|went live|extended|ends|ending)", "they started a pilot"),
    cue("proposal", r"quoted (?:[a-z'&.-]+ ){0,5}(?:at )?(?:[$€£¥]|usd |eur |gbp |rmb )?\d", "quoted them 40k"),
    cue("won", r"closed[- ]won|won (?:the |this |their |our )?(?:[a-z]+ )?(?:deal|it|contract|bid|tender|business|order|account|rfp)|deal(?:'s)?(?: with [^.,;]{1,30})? (?:is |was )?(?:closed|won|signed|done|ours)|closed the (?:deal|order|sale)", "deal won"),
    Rule(r"(?<![a-z'])signed (?:the |a |our |their )?(?:\w+ )?(?:contract|deal|agreement|po|order|msa|renewal)(?![a-z])", _signed_paper, "got the signed contract", "won"),
    cue("won", r"contract (?:is |was |now |all )?signed|they(?:'ve| have)? (?:just |finally )?signed|has (?:just |finally )?signed|(?:quote|proposal|offer|bid|tender)(?: (?:no\.? ?)?#?\d+)? (?:was |is |has been |got )?accepted|(?:contract|subscription|licen[cs]e|agreement)s? (?:was |is |has been |got |now )?renewed|accepted (?:our|the|my) (?:[a-z]+ )?(?:quote|proposal|offer|bid|tender)", "they signed"),
    cue("won", r"(?:(?:po|purchase order)(?: (?:no\.? ?)?#?[a-z]{0,3}-?\d+)?|order) (?:is |has |just |finally |came |been )*(?:landed|received|arrived(?! (?:damaged|broken|late|wrong|faulty|short|incomplete))|came (?:in|through)|is in|come through|issued|placed)|(?:po|purchase order) in(?= ?[!.,]| hand|$)|(?:got|received) (?:the |a |their |his |her |signed |formal )+(?:po|purchase order|order)(?! (?:number|no|template|confirmation|form|status|wrong|mixed))|placed (?:an?|the|their|his|her) (?:first |repeat |big |[a-z]+ )?order", "their po landed"),
    cue("won", r"(?:going|went|gone|go) with us|(?:chose|picked|selected|awarded(?: it to)?|switching to|switched to) us", "they're going with us"),
    Rule(r"(?<![a-z'])won(?= [a-z0-9])(?! (?:over|by|against|back)(?![a-z]))", _won, "won Helios", "won"),
    Rule(r"(?<![a-z'])signed(?= ?(?:[!.,;]|$)| (?:for|up for|off on (?:the )?(?:deal|contract|order|quote)|today|yesterday|this morning|last night|on the dotted)(?![a-z])| (?:an? )?\d)", _signed, "Jo signed!", "won"),
    cue("lost", r"closed[- ]lost|lost (?:the |this |our )?(?:\w+ )?(?:deal|it|bid|tender|contract|them|order|account|rfp|to)|deal (?:with [^.,;]{1,30} )?(?:is |was |has )?(?:lost|dead|off|fallen through|fell through)|dead deal|(?:going|gone|go|went|goes|(?:do|doing|build|building|keep|keeping) (?:it )?)(?: back)? ?in-?house|no longer (?:interested|pursuing)|not moving forward|didn't (?:get|win) (?:it|the (?:deal|bid|tender|order|job|contract))|out of the running", "deal lost"),
    cue("lost", r"(?:chose|picked|selected|took|preferred|awarded) [^.,;]{1,30}? (?:over|instead of|rather than|ahead of) (?:us|ours)|chose (?:a |the |another )?(?:competitor|vendor|someone|rival|cheaper)|(?:deal|tender|bid|project|order|contract|job|business|it) (?:has |is |was )?(?:went|gone|awarded|given) to (?!us|legal|procurement|the board|print|press|tender|committee|him|her|them|their|our)|awarded (?:it |the [a-z]+ )?to (?!us)", "chose the others over us"),
    Rule(r"(?<![a-z'])(?:went|gone|ended up|ended up going|signed|decided to (?:go|stay|stick)) with (?!us|our|me|him|her|it(?![a-z])|that|you)", _went_with, "they went with a rival", "lost"),
    cue("lead", r"(?<!更)新(?:线索|客户线索|客资|商机)|新增线索|潜在客户|陌拜|新客户(?!经理)", "一个新线索"),
    cue("proposal", r"(?:报价|方案|提案|标书)阶段|已(?:经)?(?:报价|提交方案|投标|发报价)|(?:发|递|交|提交|投)(?:了|过)(?:一?份)?(?:报价单?|方案|标书|提案)|报价已(?:发|出)|投标了", "进入报价阶段"),
    cue("negotiation", r"(?:商务)?谈判|议价|商务条款|谈(?:商务|价格|条款|合同)(?!会)|谈判阶段|合同(?:谈判|细节)", "正在商务谈判"),
    cue("trial", r"(?<!想)(?<!要)(?<!请)(?<!能)试用(?!装|竞品|别家|对手|友商|其他|另)(?:阶段|中|期|了|开始|(?=[\d一两二三四五六半]{1,3}个?[月周天年星]))|(?:开始|正在|在)试用(?!竞品|别家|对手|友商|其他|另)|POC|poc|试点|测试阶段|(?<!想)先试用", "客户正在试用"),
    Rule(r"(?<!没)(?<!未)(?:签(?:了|约了|下来|完|单了|下|字了)(?!前)(?:合同|单|约)?)", _signed_zh, "对方签了", "won"),
    cue("won", r"(?<!没)(?<!未)(?:已签(?!收|到)(?:约|合同)?|合同(?:已)?签(?:了|好|完|订|署)|成交了?|中标了?|赢单|(?<![须要取能想力法求])拿下(?:了)?|下单了|标[^，。,；;]{0,4}中了|我们中了|(?:(?<![a-z])po|订单|采购单)(?:已经?|都|也|刚)?(?:收到|下来了|到了|来了)|签约成功|签完(?![后再就马立给付])|正式签约|回签|(?:发来|收到|来了|给了|(?<!一)下)(?:了|的)?(?:正式)?(?:(?<![a-z])po(?![a-z])|订单|采购单|采购订单|中标通知书?)(?!号|确认|系统|流程)|(?<!双)(?<!共)赢(?:了|下)|(?:合同|协议|订单)[^，。,；;]{0,3}(?:(?:已经?|刚)[盖用]公?[章印]|[盖用](?:了|过|完|好)公?[章印])|(?:签约|续约|续签|续费|单子|这单|订单)(?:终于|总算|顺利)?(?:搞定|落定|到手)|正式(?:下单|成交)|[定订买](?:了|下)(?=[\d一二两三四五六七八九十百几]+[台套个件箱吨批]))", "合同签了"),
    cue("lost", r"丢(?:单|了这|标)|(?:单子?|标|项目)(?:丢|飞|跑|没)了|被[^，。,；;]{1,8}[抢截撬](?:走|了|单)|输(?:单|了|给)|没中标|落标|未中标|黄了|选(?:了|择了?)(?:别|其他|竞|对手|友商)(?:家|人|品|的)?|被(?:竞品|对手|友商|别家|同行)(?:抢|拿|签|截)(?:走|了|下)?|不做了|不用(?:我们|咱们?)(?:了|的)|换(?:成|用)(?:自研|自建)|项目(?:取消|黄|没了)|战败|(?<!物)流单", "这单丢单"),
))  # fmt: skip

TABLES: Final = {
    "kinds": KINDS, "tasks": TASKS, "reminders": REMINDERS, "positive": POSITIVE, "negative": NEGATIVE, "risks": RISKS, "stages": STAGES,
}  # fmt: skip
_ALL: Final = Book([rule for table in TABLES.values() for rule in table])
_TABLE_OF: Final = {id(rule): name for name, table in TABLES.items() for rule in table}


def find_all(text: Text) -> dict[str, list[Cue]]:
    """The cues of every table, from one pass over the text."""
    found: dict[str, list[Cue]] = {name: [] for name in TABLES}
    for match, value, rule in _ALL.hits(text):
        found[_TABLE_OF[id(rule)]].append(Cue(value, *match.span, rule.name))
    return {name: sorted(cues, key=lambda one: one.start)[:_MOST] for name, cues in found.items()}
