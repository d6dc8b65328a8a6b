# ruff: noqa: E501 -- a rule is one line
"""The words beside a name that tell whether it is one, and a person's or a firm's."""

from typing import Final

from flows.understanding.lazily import lazy

MODAL: Final = lazy(r" (?:be|have|not|get|send|need|want|come|call|is|was|will|of|that)(?![a-z])")
OPENS: Final = lazy(
    r" (?:(?:says|wants|asks|confirms|likes|prefers|pays|owes|complains|needs)(?![a-z])|called(?=[,.;!]|$| (?:about|re|asking|wanting|to|for|again)(?![a-z])))"
)
"""What "next" and "best" never do, but who is called so does, where a line begins with it: next wants a quote."""
MONTHLIKE: Final = frozenset(
    ("may", "april", "june", "august", "summer", "autumn", "monday", "first", "next", "best", "general")
)
MONTHS: Final = frozenset(("may", "april", "june", "august"))
OF_ROLE: Final = lazy(
    r"的?(?:(?:采购|财务|技术|研发|生产|行政|人事|市场|运营|项目|工程|品质|质量|销售|业务|it)(?:部|部门|中心|处|科|组)?的?)?(?:经理|总监|主管|主任|负责人|老板|部长|科长|窗口)?"
)
ADJECTIVE: Final = lazy(r"(?:是|很|挺|真|最|够|太|非常|蛮|超|好|特别|比较|期|更)$")
SAID_IN_CHINESE: Final = lazy(
    r" ?(?:[那这][批个单些份家]|说|那边|这边|问|要|想|的|回|发|确认|觉得|答应|投诉|抱怨|催|反馈|打|约|签|付|嫌|改|拒|收|提|让|还|已|不|没|也|同意|今天|昨天|刚|(?:的)?(?:电话|手机|座机|邮箱|地址|联系人|联系方式|负责人)(?:号码?|是|多少|呢|在|[?？]|$)|电话(?:沟通|聊|谈|确认|回访)|(?:是|归|由)?谁)"
)
FOR_NAME: Final = lazy(
    r"(?:把|将|为|替|给|跟|和|与|找|见了?|约了?|联系了?|拜访了?|问了?|跟进了?|催了?|去|在|到|向|由|陪|说|同|、|客户|公司|帮|等|让|请|叫|来自|催|被|[，,。:;；(（\s]|^)$"
)
WENT_TO: Final = lazy(r"(?:要|下午|上午|晚上|明天|今天|后天|[一二三四五六日天号])去$|拜访了?$|走访了?$")
WENT_FOR: Final = lazy(r"的(?!开标|投标|项目|会)")
AFTER_NAME: Final = lazy(
    r"(?:的(?!\w*$)|[这那](?:单|批|笔|标|个(?:单|项目|标))|集团|公司|说|那边|这边|采购|项目|方面|客户|今年|明年|[这上下本]个?月|[这上下本]周|嘴上|口头|总部|想|要|希望|提|问|回|[:(（，,]|来|去|会|"
    r"已|[\u4e00-\u9fff]{1,3}总|总(?![体是之共结量额部的])|打(?:了|过|电话|完)|报(?:了|过|的|价)|发(?:了|过|的|来)|"
    r"寄(?:了|过|的)|也|都|没|不|就|\d|刚(?=下|发|打|来|签|要|又|把|说|给)|又(?=放|爽|催|改|嫌|拖|打|问|要)|同意|点头|通(?:了|过|完)|(?:聊|谈|开|吃|见)(?:了|过)|(?:喝|吃)(?:酒|饭|茶|了)|"
    r"法务|财务|签|催|嫌|答应|透露|反映|介绍|推荐|来电|松口|生气|发火|拒|[（(]|[上下]午|中午|晚上|今天|明天|昨天|下?周[一二三四五六日])"
)
TOWARDS_NAME: Final = lazy(
    r"(?:把|替|给|跟|和|与|找|约了?|联系|拜访|催|陪|同|帮|对|向|欠|去|打(?:不|得|没)?通了?|联系[不没得]?上|请|答应了?|承诺了?|回访了?|接待|提醒|回复|被|比|输给了?|选了?|换成)$"
)
_WHEN: Final = (
    r"[上下]午|中午|晚上|[今明昨][天晚早]|后天|(?:下下?|这|本|上)?个?(?:周|星期|礼拜|月)|[年季]底|[\d一二三四五六七八九十]{1,2}[月号点]|"
    r"元旦|春节|国庆|节[前后]"
)
_DEALINGS: Final = (
    r"视频|语音|电话|微信|开会|会议|见面|碰|签|谈|聊|吃饭|对(?:账|接|一|方案)|演示|出(?:样|货|方案|报价|图)|发(?!展|生|现)|交(?:付|货|样)|"
    r"送(?:样|货|一|\d)|寄|做(?:个|一|演示|方案|培训)|报价|催|续|补|换货|修|装(?:机|系统|好)|派|安排|提供|准备|投标|讲标|验收|沟通|确认|回访|回复|培训|上门|抢|撬|截|拿(?:走|下)|便宜|低|高(?!峰)|贵|了|[一二两三四五六七八九十\d]{1,3}[份个套台批张件]"
)
WITH_IT: Final = lazy(rf"(?:{_WHEN}|{_DEALINGS})")
"""After 跟, 给 or 答应 a word that is also a firm is the firm where a time or a dealing with it follows."""
NAME_VERB: Final = lazy(
    r" ?(?:says|said|wants|wanted|asked|will|is|was|has|needs|likes|loves|confirmed|called|emailed|told|agreed|"
    r"promised|mentioned|thinks|at|from|\(|@|, (?:the |our )?(?:cto|cfo|ceo|coo|cio|vp|head|director|manager|buyer|"
    r"lead)|reckons?|feels|believes|expects|hopes|knows|wondered|insists|claims|reports|admits|keeps|seems|plans|decided|complained|complains|cancelled|owes|came|tells|told|runs|gets|works|takes|replied|signed|texted|sent|rang|phoned|came|gave|got|just|messaged|pinged|hates|asks|accepted|rejected|spoke|paid|pays|buys|orders|signs|agrees|accepts|rejects|declined|declines|requests|requested|returned|returns|received|bought|ordered|placed|chose|picked|moved|booked|cancelled|forwarded|shared|introduced|can|could|would|didn'?t|hasn'?t|isn'?t|won'?t|does|doesn'?t|prefers|pushed|went|"
    r"left|and|&)(?![a-z])"
)
DOES: Final = lazy(
    r"(?:(?: is| was)? (?:very|really|so|super|quite|v) (?:pleased|gutted|thrilled|delighted|chuffed|fuming|furious|livid|keen|unhappy|annoyed|impressed|happy|excited)| (?:gutted|thrilled|delighted|chuffed|fuming|livid|(?:happy|fine|ok|okay|cool|pleased|good|unhappy) (?:with|w/|about)|keen (?:on|to)|apologi[sz]ed|retiring|rebooked|admitted|hinted|rang|phoned)|'s (?:(?:new|old|direct|work|personal|latest|last|next|first) )?(?:e-?mail|number|mobile|cell|phone|extension|address|birthday|b-?day|order|quote|invoice|feedback|reply|answer|deal|po|account|trial|site|samples|delivery|contract|renewal|budget|flight|assistant)(?![a-z])|'s (?:out|off|away|back|on (?:leave|holiday|vacation|board)|sick|ill|busy|keen|happy|not|asking|looking|going|coming|sending|still|just|got|been|agreed|signed|confirmed|moving|leaving|retiring|switching|joining|thinking|visiting|travelling|waiting|chasing|boss|assistant|team|pa|manager|office|cfo|ceo)| is (?:now |still |also )?(?:comparing|asking|looking|leaving|waiting|checking|thinking|sending|working|pushing|considering|reviewing|talking|travelling|away|keen|happy|on (?:board|leave|holiday))| to (?:send|sign|confirm|share|check|review|revert|get|give|reply|bring|introduce|speak|talk)| (?:says|said|wants|wanted|asked|asks|confirmed|confirms|told|called|rang|reckons|thinks|agreed|promised|emailed|texted|replied|loves|likes|hates|prefers|cancelled|pays|paid|owes|ordered|complained|complains"
    r"|(?:sent|sends|signed|signs|shared|forwarded|brought|booked|pushed|moved|introduced|checked|returned|came|got|gave|gives) (?:the|an?|me|us|him|her|them|our|his|their|my|back|it|over|off)|(?:will|'ll) (?!be(?![a-z])|not(?![a-z])|it(?![a-z])|do(?![a-z])|the(?![a-z])|a )[a-z]+(?= )"
    r"|needs (?:someone|somebody|an?|another|more|help|us|his|her|\d+)|(?:out|off|away|ooo|on (?:leave|holiday|vacation|annual leave)|back) (?:till?|until|sick|from|this|next|today|tomorrow|tmrw|all|mon|tue|wed|thu|fri|on)[a-z]*|still (?:waiting|not|owes|wants|needs|thinks|silent|out|off|away|keen|interested|unsure|undecided|chasing|asking|comparing|deciding|hasn['’]?t|angry|unhappy)|liked|loved|hated|preferred|mentioned|noted|suggested|approved|rejected|declined|requested|insisted|insists|visited|thought|felt|chose|forgot|responded|pinged|messaged|wrote|expects|hopes|suggests|hoping|has (?:asked|agreed|decided|left|moved|promised|confirmed|signed|signed off)"
    r"|(?:can['’]?t|cannot|couldn['’]?t|could not|won['’]?t) (?:be (?:in|able|back|around|free|available|here|there|joining|at|on|coming)|make|do|come|see|meet|talk|speak|sign|decide|attend|wait|afford|join|travel|commit|get)"
    r"|(?:isn['’]?t|wasn['’]?t) (?:keen|happy|in|sure|convinced|ready|interested|available|free|around|impressed|answering|replying|picking)|(?:don['’]?t|doesn['’]?t|didn['’]?t|does not|did not) (?:want|like|answer|reply|pick|show|know|think|agree|care|mind|have time)|(?:hasn['’]?t|has not) (?:opened|sent|come|got|been|confirmed|replied|answered|signed|decided|paid|called|heard|got back)))(?![a-z])"
)
"""What only somebody does: grace confirms, mark will sign, will sent the order."""
ASKED_ABOUT: Final = lazy(r"(?:^|[^a-z])(?:is|are|was|were|does|do|did|has|have|can|could|would|should|when is|if) $")
ASKED_WHAT: Final = lazy(
    r" (?:still|already|ever|even|happy|keen|interested|coming|going|joining|sending|signing|paying|using|waiting|getting|buying|want|need|owe|order|pay|paid|sign|send|reply|replied|signed|agreed|confirmed|been|got|have|had|know|like|up for|ok with|on (?:board|holiday|leave))(?![a-z])"
)
"""Is target still keen: whom a question is about."""
OF_A_FIRM: Final = lazy(
    r"(?:'s)? (?:hq|head ?office|head ?quarters|stores|procurement|warehouse|guys|folks|boardroom)(?![a-z])"
)
"""What only a firm has: target hq."""
DETERMINED: Final = lazy(r"(?<![a-z])(?:the|an?|our|my|his|her|their|your|this|that|its|no) $")
"""The bill will go out: a thing."""
WITH_THEM: Final = lazy(
    r"(?<![a-z])(?:with|w/?|cc|cc'd|copied|met|told|send|texted|e-?mailed|rang|phoned|pinged|messaged|(?:spoke|talked|spoken|speaking|talking) (?:to|with)|(?:reply|message|msg|text|word|answer|hear|heard|news|feedback|e-?mail|call) from) $"
)
"""Behind these a month's name is somebody's: lunch with may."""
AT: Final = lazy(
    r"(?<![a-z])(?:at|from|@|of|with|for|in|over at|client|customer|visited|visit|account) ?(?:the )?$|[(（@]$"
)
AT_FIRM: Final = lazy(
    r"[ ]?[(（@,][ ]?|[ ,(@]{1,3}(?:(?:the|their|our|a|an|new|[a-zA-Z]{2,14}) ){0,4}(?:at|from|of|@|with) ?(?:the )?"
)
ROLE: Final = lazy(
    r"(?<![a-z])(?:owner|contact|manager|buyer|director|boss|md|gm|cto|cfo|ceo|coo|cio|vp|founder|partner|lead|name|"
    r"colleague|assistant|secretary|pa|wife|husband|brother|son|ask for|speak to|engineer|head)(?: now| there)?(?: is|'s| was|:|,)? ?$"
)
OF_SOMEBODY: Final = lazy(
    r"(?<![a-z])(?:owner|contact|manager|buyer|director|boss|md|gm|cto|cfo|ceo|coo|cio|vp|founder|lead|assistant|engineer|head|"
    r"successor|deputy|colleague|foreman|chef|nurse|surgeon|pharmacist|controller|planner|guy|lady|man|woman)(?![a-z])[^.;()]{0,32}[(]$"
)
"""The new buyer there (…): an aside with somebody's name."""
RIVAL: Final = lazy(
    r"(?<![a-z])(?:(?:went|gone|goes|go|going|signed|stay(?:ed|ing)?|stick(?:ing)?|stuck) with|chose|picked|prefers?|vs\.?|versus|against|lost (?:[\w'&]{1,40} ){0,2}to|(?:awarded|given|gone|went) to(?= )|"
    r"switch(?:ed|ing)? to|compar(?:ed|ing) (?:us )?(?:to|with)|(?:quotes?|offers?|bids?|prices?) from|undercut by|competitors?(?: is| are|:)?) (?:the )?$"
)
"""Went with …: another supplier's name."""
WHERE: Final = lazy(r"^.{0,9} (?:from|of|at|@|over at) (?:the )?$")
