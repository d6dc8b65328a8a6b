# ruff: noqa: E501 -- a rule is one line
"""Who has promised what, until when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from flows.understanding.facts import Commitment, Mention, Place
from flows.understanding.lazily import lazy
from flows.understanding.text import Text
from flows.understanding.times.reading import Seen

By = Literal["us", "them"]

_BREAK: Final = lazy(
    r"[;；。!！?？\n]|(?<!re):(?=[ \u3400-\u9fff\"])|[,，](?!\d{3})|\.(?=\s|$)|(?<![a-z])(?:and(?= (?:i|we|he|she|they|[a-z]+ (?:will|to|promised|agreed)|will|send|share|get|follow|call|wants?|needs?|asked|schedule|book|set)(?![a-z]))|but|then|so that|while|-(?= ))(?![a-z])|(?:但是?|然后|并且|另外|同时|接着|顺便)|(?<=[\u4e00-\u9fff]{7})(?=[让叫请]我们?(?![^，。,；;]{0,3}满意)|希望我们?|[我他她]说|我就)"
)
_DELIVER: Final = (
    r"send|share|get back to|deliver|provide|prepare|put together|draft|submit|revise|update|forward|finali[sz]e|write(?: up)?|quote|fix|ship|introduce|review|sign|pay|confirm|approve|decide|revert|return|"
    r"e-?mail(?! address)|mail|give|show|come back (?:to|with)|respond|reply|answer|transfer|issue|complete|finish|upload|circulate|issue|renew|place|release|get(?= (?!to |in |into |on |off |out|up|by|there|going|started|along|together|ready|hold|through|worse|better|used|rid))|set (?:it|this|that) up|let (?:us|me|them|him|her) know|loop in|resend|redo|adjust|check(?: with| w/?| the| on| if| whether)|ask(?! for (?!an? |the |more |new |his |her |their |our |it |some |feedback|confirmation|payment))|look into|figure out|work on|process|return|countersign|wire|order|start|run|test|evaluate|install|circulate|set up(?! a? ?(?:call|meeting|demo|visit))|arrange(?! a? ?(?:call|meeting|demo|visit))|organi[sz]e|make|build|create|hand over|refund|replace|invoice|file|raise|escalate|resolve|onboard|migrate|configure"
)
_WORD: Final = lazy(r"[a-z]+")
_MAY_PROMISE: Final = frozenset(re.findall(r"[a-z]{2,}", _DELIVER)) - frozenset(
    ["to", "with", "on", "if", "up", "me", "him", "her", "them", "the", "us", "for"]
) | frozenset(
    [
        "owe",
        "want",
        "wants",
        "need",
        "needs",
        "asked",
        "asks",
        "asking",
        "requested",
        "requests",
        "like",
        "expects",
        "expecting",
        "waiting",
        "requires",
        "wanted",
        "needed",
        "looking",
        "he",
        "she",
        "they",
        "promised",
        "promises",
        "sending",
        "sharing",
        "preparing",
        "drafting",
        "forwarding",
        "shipping",
        "delivering",
        "submitting",
        "getting",
        "revising",
        "finalising",
        "finalizing",
        "updating",
        "agreed",
        "committed",
        "will",
    ]
)
_US_SUBJECT: Final = (
    r"(?:i'll|i will|we'll|we will|i'm going to|i am going to|we're going to|we are going to|gonna|i need to|we need to|need to|i have to|we have to|have to|has to|i must|we must|must|i should|we should|gotta|i've got to|"
    r"i promised(?: \w+)? to|we promised(?: \w+)? to|promised(?: \w+)? to|i agreed to|we agreed to|i said (?:i'd|i would|we'd|we would)|told (?:him|her|them|\w+) (?:i'd|i'll|i would|we'd|we'll|we would)|i owe (?:them|him|her|\w+)|we owe (?:them|him|her|\w+)|let me|todo:?|to do:?|to-do:?|action(?: item)?:?|don'?t forget to|remember to|i am to|we are to|next step(?:s)?:?|i committed to|we committed to|will)"
)
_US: Final = lazy(rf"(?<![a-z]){_US_SUBJECT} (?:also |then |just )?(?P<what>(?:{_DELIVER})(?![a-z]).*)")
_IMPERATIVE: Final = lazy(
    rf"^[ \-*•>\"(]{{0,4}}(?:also |then |please |pls |must |asap:? )?(?P<what>(?!start|run |sign )(?:{_DELIVER})(?![a-z])(?!\s*$| (?:by|was|is|from|in)(?![a-z])).*)"
)
_WENT: Final = lazy(
    r"(?<![a-z])(?:went (?:out|over|well)|gone (?:out|over)|was (?:sent|accepted|rejected)|arrived|came (?:in|back))(?![a-z])"
)
_GERUND: Final = lazy(
    r"^[ \-*•>\"(]{0,4}(?:also |then |now |am |i'm |we're )?(?P<what>(?:sending|sharing|preparing|drafting|forwarding|shipping|delivering|submitting|getting (?:them|him|her|it)|revising|finali[sz]ing|updating)(?![a-z]) (?!by|was|is).*)"
)
_PROMISED_IT: Final = lazy(
    r"(?:^|(?<![a-z])(?:i|we|i've|we've) )[ ]{0,2}promised (?P<what>it|this|that|them)(?= by| before| for| on| to (?:him|her|them)|[ ]*$)"
)
_TOLD_THEM: Final = lazy(
    r"(?<![a-z])(?:told|promised|assured) (?:him|her|them|[a-z]+)(?: that)? (?:i'd|i'll|i would|we'd|we'll|we would) (?P<what>(?!call|ring|phone|meet|visit|speak)[a-z]+ .*)"
)
_PROMISED_WOULD: Final = lazy(
    r"(?<![a-z])promised(?: (?:him|her|them))?(?: that)? (?P<what>(?:they|it|this|these|those|everything|the [a-z]+)(?:'d|'ll| would| will) .*)"
)
_THING_BY: Final = lazy(
    r"^[ \-*•>\"(]{0,4}(?:and |also |so |our |the |an? )*(?P<what>(?:(?:formal|revised|new|final|updated|full|written|detailed|firm|draft|signed off|proper|best|amended) ){0,2}(?:quote|quotation|proposal|estimate|offer|pricing|price list|samples?|brochure|docs|documents|drawings|contract|specs?|credit note|invoice|certificates?|catalogue|sow|nda|draft|mock-?ups?|artwork|layout|report|presentation|deck|datasheets?)(?: (?:to|for) (?:him|her|them|us|[a-z]+))?)(?: (?:is|are|was))?(?: (?:due|needed|required|expected|to go out|to be sent|to be (?:with|at) [a-z]+))*(?: (?:to|with|for|at) (?:him|her|them|[a-z]+))?(?: (?:by|before|due|on|no later than))? ?.{0,30}$"
)
_FULFILLED: Final = lazy(
    r"(?<![a-z])(?:(?:i|we|have|just|already|and) (?:already )?(?:sent|emailed|forwarded|shared|gave|handed) (?:it|them|those|that|both|him|her|these)|sent (?:it|them|those|that|both|these)|already (?:sent|done|shared|gave)|(?:it's|that's|all) done|done already)(?![a-z])"
)
_ANSWERING: Final = lazy(
    r"(?:come back|get back|revert|answer|reply|respond|check|let (?:him|her|them) know|confirm|find out|look into)(?![a-z])",
    re.IGNORECASE,
)
_THEM_PASSIVE: Final = lazy(
    r"(?<![a-z])(?P<what>(?:the |their |first |full |final |remaining )*(?:payment|po|purchase order|signature|approval|decision|advance|cheque|deposit|funds?|remittance|money|balance)) (?:will be|is to be|to be|gets|will get|should be|is being|will come|is coming|will arrive|should come|should arrive|will go) ?(?:[a-z]+ )*"
)
_THING_PROMISED: Final = lazy(
    r"^[ \-*•>\"(]{0,4}(?P<what>(?:[a-z]+ ){0,2}[a-z]+) (?:promised (?:for|by|on|within)|to follow) ?"
)
_LET_US_KNOW: Final = lazy(
    r"(?<![a-z])(?P<what>let (?:me|us) know|(?:come|get) back to (?:me|us)|revert to (?:me|us))(?![a-z]).*"
)
_QUOTED: Final = lazy(r"(?:^|[^a-z])[\"“][^\"”]*$")
_WANTS_BY: Final = lazy(
    r"(?<![a-z])(?:wants?|needs?|wanted|needed|asked(?: us| me)? for|requires?|expects)(?! to(?! (?:have|get|receive|see)))(?: to (?:have|get|receive|see))? (?P<what>(?!(?:us|me) to)\w.*)"
)
_THEN_WILL: Final = lazy(rf"[ ]{{0,2}}(?:and )?(?:will|'ll) (?P<what>(?:{_DELIVER})(?![a-z]).*)")
_THEM_BY: Final = lazy(
    r"(?<![a-z])(?:he|she|they)(?:'ll| will) (?P<what>(?!be(?![a-z])|have|come|call|meet|ring|need|want|see)[a-z]+ .*)"
)
_PROMISED_BY: Final = lazy(
    r"(?<![a-z])(?:promised|promises)(?: us| me)? (?P<what>(?!to |it |this |that |them |him |her )\w.*)"
)
_OWE: Final = lazy(r"(?<![a-z])(?:i|we) owe (?:them|him|her|[a-z]+) (?P<what>(?:an?|the|some)? ?\w.*)")
_WANTS: Final = lazy(
    r"(?<![a-z])(?:wants?|needs?|asked(?: us| me)? for|asks(?: us| me)? for|requested|requests|is asking for|are asking for|would like|(?:he|she|they)'d like|expects?|is expecting|are expecting|waiting (?:on us )?for|requires?|wanted|needed|asking for|looking for)(?: us to (?:send|provide|share|deliver|prepare))? (?:to (?:see|get|have|receive) )?(?P<what>(?:an?|the|our|some|another|updated?|revised|new|final|more|\d+|two|three)? ?(?:[a-z0-9'&-]+ ){0,4}?(?:quotes?|quotation|proposals?|pricing|price list|prices?|contracts?|agreements?|samples?|specs?|specification|documents?|docs|deck|brochures?|references?|case stud(?:y|ies)|invoices?|estimates?|plans?|reports?|answers?|response|feedback|numbers|data ?sheets?|nda|sow|msa|poc|info|information|details|draft|list|roadmap|timeline|offer|trial|access|credentials|security questionnaire|questionnaire|certificates?|catalog(?:ue)?|comparison|roi (?:analysis|calc\w*|model)|breakdown|slides|presentation|replacement|refund|discount|terms)(?![a-z]).*)"
)
_THEM_SUBJECT: Final = r"(?:(?:he|she|they|it|client|customer|buyer|legal|procurement|finance|their (?:\w+ ){1,2}|the (?:\w+ ){1,2}|cfo|ceo|cto|coo|cio|vp|board|boss|team|[a-z][\w'.-]+(?: [a-z][\w'.-]+)?) ?(?:will|'ll|is going to|are going to|has to|have to|needs? to|must|should|promised(?: us| me)? to|promises to|agreed to|agrees to|said (?:he|she|they)(?:'ll|'d| will| would)|says (?:he|she|they)(?:'ll| will)|committed to|is to|are to|plans to|intends to|expects to|to|aims to|can))"
_THEM: Final = lazy(
    rf"(?<![a-z]){_THEM_SUBJECT} (?:also |then |probably |likely |hopefully )?(?P<what>(?:{_DELIVER})(?![a-z]).*)"
)
_PROMISED: Final = lazy(
    rf"(?<![a-z])(?:promised|promises|agreed|committed)(?: us| me)? (?:to (?P<what>(?:{_DELIVER}|have|be|move|buy)(?![a-z]).*)|(?P<thing>an? (?:answer|decision|reply|response|signature|payment|po|signed)\b.*))"
)
_ASKED_TO: Final = lazy(
    r"(?:please |pls |^[ ]*|ask(?:ed)? (?:[a-z]+ ){1,2}to |if (?:[a-z]+ ){1,3}|don'?t |didn'?t |hasn'?t |never )$"
)
_NOT_OURS: Final = lazy(
    r"(?<![a-z])(?:he|she|they|it|i|we|payment|po|order|decision|answer|who|which|not|never)(?![a-z])"
)
_PURPOSE: Final = lazy(
    r"(?:[a-z'-]+ )?(?:[a-z]+ed|rang|wrote|came|went|met|spoke|due|here|back|got|sent|happy|keen|free|time|reason|way|chance|up) to (?!(?:be|have) )"
)
_TO_THEM: Final = lazy(r"[a-z]+ (?:up |over |back to |it to )?(?:him|her|them)(?![a-z])")
_FIRST: Final = lazy(r"(?<![a-z])(?:i|we|i'll|we'll|let me|us|me)(?![a-z])")

_ZH_DELIVER: Final = (
    r"发(?:送|给|过去|出|回|去|份|一份|一下|个|邮件|资料|报价|合同|方案|新|最|详|样|产|完|正|案|修|改|到|我|票|货)?|提供|给(?:出|到|过|我们|客户|他|她|对方|一份|个|份|新|报价|方案|答复|回复|反馈|结果|最终|明确|正式|折扣|优惠|详细|合同|样品|资料|到位)?|"
    r"出(?:一?份|个|具|方案|报价|结果|合同|货|图|样|正式|详细|最终|新版?|报告)|寄(?:送|出|过去|给|样|合同|一份)?|送(?:样|货|过去|到|去|一份|合同)?|交(?:付|货|给|出|方案|合同|样|一份)|做(?:完|好|出|一?份|个|方案|报价|演示)|准备(?:好|一份|方案|资料|报价|材料|合同|一下|标书)|更新|提交|修改|改(?:好|完|一版|方案|合同|报价)|回复|答复|反馈|确认|安排(?:好|发|人|工程师|技术|售后|测试|试用|样品|开通|培训)|完成|搞定|整理|补(?:充|发|一份|上|签)?|开(?:具|票|发票|通)|处理|解决|退(?:款|还|回)|付(?:款|清|尾款|首款|定金|钱)?|打(?:款|钱|尾款|预付款|定金)|回(?:款|签|传|邮件|复)|签(?:字|合同|约|署|回|完|单)?|审(?:批|核|完|合同|批完|核完)|批(?:复|下来|准|完)?|盖章|定(?:下来|稿|方案|标|厂)|拍板|决定|走(?:完)?(?:流程|审批)|下单|报(?:价|方案|给|一?个|预算)|落实|协调|沟通好|申请|上报|汇报(?:给)?|拿(?:到|出|给)|验收|结款|结账|转账|汇款|试用|测试|上线|部署|评估|递交|调(?:货|整|价)|换货|补货|备货|发货|到货|维修|修好|上门安装|[给交寄送出](?=[ ]*$)|结(?:清|款|账|掉)|用印|响应|到场|赶到|修复|报名|投标(?!书)|开户|安装(?!包|费|要等)|派(?:人|车|工程师|师傅|技术|个|两)|安?装(?:好|上|机|完)|弄(?:好|出|完|一)|写(?:好|完|出|一)|赶(?:出|完)|搞(?:好|出|定)|画(?:好|图|出)|打样|重(?:做|发|报|出|开|算|新)|核(?:对|实|算)|算(?:好|一|出|个)|查(?:清|一下|到)|覆(?!盖)|传(?:过|给|真|一)|拉(?:个)?群|带(?:过去|去|样|上)|下(?:个|一个)?(?:小|首|大|试)?(?:订)?单|打过来|汇过来|排(?:期|产|单)|给(?:个|一个)?(?:准信|回话|说法|话)|敲定|(?<![a-z])(?:sign|send|confirm|approve|issue|pay|reply|submit|share|revert|update|feedback|review|release|finali[sz]e|deliver|quote)(?![a-z])"
)
_SAYS: Final = lazy(
    r"(?<!我)(?<!们)(?:(?<!跟.)(?<!跟..)(?<!跟...)说(?!明|服)|[他她]话|表示|回复说|告诉我|(?<=[\u3400-\u9fff])(?<![刚已也])(?:答应|承诺(?!书|函)))"
)
_ZH_VERB: Final = lazy(_ZH_DELIVER)
_ZH_MAY: Final = frozenset("我咱要需希让请等催想索wn答承回晚稍待会马这抽")
_ZH_US: Final = lazy(
    rf"(?P<subject>我们这?边?|我方|我司|咱们?|我(?!要不)|(?:答应|承诺|跟(?:他|她|客户)说)(?:了)?(?:他们?|她|客户|对方)?)?(?:们)?(?P<modal>会|要|得|需要?|必须|务必|答应|承诺|来|负责|尽快|争取|抓紧|今天|马上|先|记得|别忘了?|一定|保证|还欠|欠|应该|应|把|帮|再|可以|能)*(?:在|于)?(?P<what>(?:把|将|给|帮|向|跟)?[^，。；,;]{{0,16}}?(?:{_ZH_DELIVER})[^，。；,;]{{0,24}})"
)
_ZH_THEM: Final = lazy(
    rf"(?:(?P<subject>对方|客户|他们?|她们?|甲方|法务|财务|采购|老板|领导|总部|那边|总|经理|总监|董|工|主任|院长|厂长|先生|女士|老师)|(?P<verb>答应|承诺|预计|说|表示|保证|同意|计划|打算|准备|会))[^，。；,;]{{0,12}}?(?:(?:答应|承诺|预计|说|表示|保证|同意|计划|打算|会|将|要|得|能|可以|争取|这边|那边|尽快|必须)[^，。；,;]{{0,10}}?)?(?P<what>(?:给我们|给我|把|将)?[^，。；,;]{{0,8}}?(?:{_ZH_DELIVER})[^，。；,;]{{0,16}})"
)
_ZH_WANT: Final = lazy(
    r"(?:要|需要|想要|want|need|要求|希望(?:我们)?|让我们?|请我们?|等我们?|催我们?|想看|索要|询(?!问)|催(?:要)?|等着?|要(?:看到|见到|拿到|收到)|要我们?)(?:我们)?(?:先|尽快|再)?(?:提供|给|发|出|看|做|准备|补|提交|寄|送)?(?:他们?|她|一?下|过去|到)?(?:一?[份个套版]|\d+[份个套])?(?P<what>[^，。；,;]{0,10}?(?:报价单?|方案|合同|样品|资料|案例|标书|发票|清单|报告|手册|授权|证书|演示账号|账号|说明|文档|参数|价格表?|折扣|优惠|样机|quote|proposal|contract|NDA|deck|计划书?|建议书|答复|回复|反馈|对比表|规格书|协议|盖章件|检测报告|demo|POC|SOW|试用|企划书|估价单|提案|型录|图纸|设计稿|效果图|样[板衣件布纸张书稿]|小样|色卡|排期表?|草案|初稿|终稿|尺寸图|bom|形式发票|箱单|提单|名单|证明|照片|样书|PI(?![a-z])|检测单|质保书|合格证|资质|营业执照|账单|发货单)[^，。；,;]{0,8})"
)
_ZH_NOT: Final = lazy(
    r"^[去到][^，。；,;]{1,10}(?:签|谈|开|见|参观|考察|看)|^(?:去)?(?:回访|跟进|拜访|开会|见面|联系|打电话|演示|提醒|上门|再(?!发|给|出|做|补|报|改|寄|送|交|提|准备)|约|聊|谈|沟通)"
)
_ZH_TALK: Final = lazy(
    r"汇报$|^去汇报|去[他她]们?(?:那[儿边里]?|公司|厂|店|办公室|单位)|开[^，]{0,6}会$|回访|跟进|催(?:一下|一催|款|办|回)|回(?:个|一下)话|回电|打电话|[打回通去](?:个|一个|一下|一遍)电话|拜访|开会|见面|提醒|联系(?!人|方式)|一起吃|考察|参观|当面|上门(?!安装)"
)
_DONE: Final = lazy(
    r"(?<!答应)(?<!承诺)(?<!说好)(?<!约好)(?<!讲好)了(?!解)|过(?!去|来|程|户|期|会儿?|年)|已经?|刚|完毕|结束|到账|到手|入账|签收"
)
_TAIL: Final = lazy(
    r"(?:(?<![a-z])[ ,]{0,2}(?:by|before|on|at|in|within|until|no later than|the|and|around|about|for|to|due|this|next|sometime|end of|-)){0,3}[ ,.!]{0,3}$"
)
_TO_NAME: Final = lazy(r"(?:^| )(?:over )?(?:to|for|with|at) (?:the )?$")
_ZH_TRIM: Final = lazy(r"(?:在|于|之前|前|，|的时候)$")
_REMIND_ME: Final = lazy(
    r"(?<![a-z])(?:remind(?:er)?|nudge|wake)(?! (?:them|him|her))(?![a-z])|提醒(?!他|她|客户|对方)|闹钟"
)
_ZH_HEAD: Final = lazy(
    r"^[ ，,]*(?:(?:让|请|要)?我们?(?:这边)?|咱们?|会|要|得|在|于|再|就|记得|务必|尽快|必须|需要?|来|负责|争取|今天|一定|保证|可以|能|前|之前|以前|内|别忘了?|答应了?|承诺了?|的|先|对方|客户|他们?|她们?|法务|财务|预计|说)*"
)
_REMINDER: Final = lazy(
    r"(?<![a-z])(?:give (?:[a-z]+ ){1,2}a (?:shout|call|ring|buzz|bell|nudge)|follow(?:ing)?[- ]?up|check (?:back|in)|circle back|call|ring|ping|remind|touch base|try again|meet|visit|demo)(?![a-z])"
)


_MOST: Final = 60


@dataclass(frozen=True, slots=True)
class Clause:
    start: int
    end: int


def clauses(low: str) -> list[Clause]:
    """The text cut where one statement ends and the next begins."""
    found: list[Clause] = []
    start = 0
    for match in _BREAK.finditer(low):
        if match.start() > start:
            found.append(Clause(start, match.start()))
        start = (
            match.end()
            if match[0].strip() in ",，;；。.!！?？:\n"
            else match.start()
            if not match[0].strip()
            else match.end()
        )
    if start < len(low):
        found.append(Clause(start, len(low)))
    return found


def read(
    text: Text, now: datetime, times: Sequence[Seen], mentions: Sequence[Mention], names: Sequence[Mention]
) -> tuple[Commitment, ...]:
    """All promises of a line; what was done already, or only a reminder to talk, is none."""
    found: list[Commitment] = []
    wanted: Commitment | None = None
    reported = False
    for clause in _whole(clauses(text.low)[:_MOST], times):
        inside = [one for one in times if clause.start <= one.start < clause.end and not _is_of_a_term(text.low, one)]
        words = text.low[clause.start : clause.end]
        if any(one.placed.rrule for one in inside):
            continue
        is_reported, reported = reported, _is_report(text, clause, reported)
        if _REMIND_ME.search(words):
            continue
        due = any(one.bound in ("before", "within") or _is_asap(one) for one in inside)
        promise = _in_english(words, text, clause, mentions, bool(inside), due) or (
            _chinese(words, clause, inside) if text.has_chinese else None
        )
        if promise is None:
            if found and found[-1].due is None and inside and _is_bare(words, clause, inside):
                found[-1] = replace(found[-1], due=text.said(inside[0].start, inside[0].end))
            continue
        by, what_start, rule = promise
        if not inside and _THEN.search(words):
            inside = [one for one in times if one.start < clause.start and one.mood != "past"][-1:]
        by = "them" if rule == "待办" and is_reported and not _OUR_PART.search(words) else by
        made = _commitment(text, clause, clause.start + what_start, by, rule, inside, names)
        if made is None or _is_over(made, inside, text, now):
            continue
        if found and _answers(found[-1], made):
            found[-1] = made
            continue
        if found and made.due and made.by == "us" and _is_same_thing(found[-1], made):
            found[-1] = replace(found[-1], due=made.due)
        elif wanted and made.due and made.by == "us" and len(made.what) < 4:
            found.append(replace(wanted, due=made.due))
        elif rule == _LOOSE:
            wanted = made
            continue
        elif found and len(made.what) < 4 and found[-1].by == made.by and found[-1].due is None:
            found[-1] = replace(found[-1], due=made.due)
        elif len(made.what) > 1:
            found.append(made)
        wanted = None
    return tuple(one for one in found if not _is_fulfilled(one, text))


def _is_fulfilled(one: Commitment, text: Text) -> bool:
    """What they wanted has gone out already."""
    wish = not one.due and one.by == "us" and one.place.rule.endswith("they want")
    return wish and text.places is None and bool(_FULFILLED.search(text.low, one.place.start))


def _is_of_a_term(low: str, one: Seen) -> bool:
    """三季度的返利: when something comes from, not when it is due."""
    return low.startswith("的", one.end) and one.placed.grain in ("month", "quarter", "year") and not one.bound


def _is_wish(one: Commitment) -> bool:
    """Whether it was only asked for, so far without a day."""
    return one.due is None and one.place.rule.endswith("要一份")


def _answers(wish: Commitment, made: Commitment) -> bool:
    """Whether what we will do is to come back on what they want."""
    wanted = wish.place.rule.endswith("they want") and not wish.due
    return wanted and made.by == "us" and bool(_ANSWERING.match(made.what))


def _is_same_thing(last: Commitment, made: Commitment) -> bool:
    """Whether "send it by Friday" only says when the promise before it is kept."""
    sent = last.by == "us" and not last.due and _SEND_IT.match(made.what)
    return bool(sent or (_is_wish(last) and _SENT.match(made.what)))


_SEND_IT: Final = lazy(
    r"(?:send|share|forward|email|mail|get|deliver|ship|do) (?:it|them|that|this|those|these)(?: (?:over|back|out|across))?$",
    re.IGNORECASE,
)


def _is_asap(one: Seen) -> bool:
    return bool(one.joined.instant and "asap" in one.joined.instant.marks)


def _is_bare(words: str, clause: Clause, inside: Sequence[Seen]) -> bool:
    """Whether a clause is a time and next to nothing else, so that it belongs to the promise before it."""
    return len(_masked(words, clause, inside).strip(" ,，.。")) < 10 and any(
        one.bound in ("before", "within") or one.placed.grain in ("day", "minute", "part") for one in inside
    )


_THEN: Final = lazy(r"(?<![a-z])(?:then|by then|that day|on the day)[ .!]*$")
_LOOSE: Final = "要"
"""A wish that becomes a promise only when the next clause says by when it is sent."""


def _whole(found: Sequence[Clause], times: Sequence[Seen]) -> list[Clause]:
    """Clauses, one that is nothing but a time counted to the one before it: "寄样品，周三前"."""
    joined: list[Clause] = []
    for clause in found:
        is_time = any(one.start <= clause.start + 1 and one.end >= clause.end for one in times)
        if joined and is_time:
            joined[-1] = Clause(joined[-1].start, clause.end)
        else:
            joined.append(clause)
    return joined


def _is_report(text: Text, clause: Clause, reported: bool) -> bool:
    """Whether what follows in this sentence is what somebody else said."""
    ended = text.low[clause.start - 1 : clause.start] in ("。", "\n", "；")
    return bool(_SAYS.search(text.low, clause.start, clause.end)) or (reported and not ended)


def _is_over(made: Commitment, inside: Sequence[Seen], text: Text, now: datetime) -> bool:
    """What was due before now is a report, not a promise."""
    due = next((one for one in inside if text.said(one.start, one.end) == made.due), None)
    if due is None:
        return False
    start = due.placed.start
    if isinstance(start, datetime):
        return start < now
    end = due.placed.end
    return start < now.date() and (end is None or (not isinstance(end, datetime) and end <= now.date()))


_THEIR_SUBJECT: Final = lazy(r"(?<![a-z])(?:he|she|they|it)(?:'ll|'s|'d)?(?![a-z])")
_OUR_SUBJECT: Final = lazy(r"(?<![a-z])(?:i|we|i'll|we'll|i'm|we're|i've|we've)(?![a-z])")


def _is_ours(low: str, start: int, mentions: Sequence[Mention], text: Text) -> bool:
    """Whether a clause without a subject goes on about ourselves: nobody else is the subject before it."""
    begin = max(low.rfind(mark, 0, start) for mark in ".;!?\n") + 1
    before = low[begin:start]
    ours = max((match.start() for match in _OUR_SUBJECT.finditer(before)), default=-1)
    theirs = max((match.start() for match in _THEIR_SUBJECT.finditer(before)), default=-1)
    if ours >= 0 or theirs >= 0:
        return ours > theirs
    head = text.at(begin + len(before) - len(before.lstrip()))
    return not any(one.place.start == head for one in mentions)


def _in_english(
    words: str, text: Text, clause: Clause, mentions: Sequence[Mention], is_timed: bool, is_due: bool
) -> tuple[By, int, str] | None:
    if _MAY_PROMISE.isdisjoint(_WORD.findall(words)):
        return None
    return _english(words, _is_ours(text.low, clause.start, mentions, text), is_timed, is_due)


def _english(words: str, ours: bool, is_timed: bool, is_due: bool) -> tuple[By, int, str] | None:
    if is_timed and (match := _LET_US_KNOW.search(words)) and not _ASKED_TO.search(words[: match.start()]):
        return "them", match.start("what"), "they will let us know"
    if is_timed and (match := _THING_PROMISED.match(words)) and not _NOT_OURS.search(match["what"]):
        return "us", match.start("what"), "it is promised"
    if is_timed and (match := _GERUND.match(words)):
        return "us", match.start("what"), "we are on it"
    if is_timed and (match := _PROMISED_IT.search(words)):
        return "us", match.start("what"), "we promised it"
    if match := _OWE.search(words):
        return "us", match.start("what"), "we owe"
    if is_timed and (match := _THEM_PASSIVE.search(words)):
        return "them", match.start("what"), "it will be paid"
    if (match := _US.search(words)) and not ours and _QUOTED.search(words[: match.start()]):
        return "them", match.start("what"), "in their words"
    if match:
        head = words[: match.start()].strip()
        is_them = (
            match[0].startswith(("will", "need to", "have to", "has to", "must", "promised"))
            and head
            and not _FIRST.search(head)
        )
        if (not is_them and not match[0].startswith("will")) or (
            (ours or _TO_THEM.match(match["what"])) and match[0].startswith("will") and not head
        ):
            return "us", match.start("what"), "we will"
    if is_due and (match := _TOLD_THEM.search(words)):
        return "us", match.start("what"), "we told them"
    if is_due and ours and (match := _PROMISED_WOULD.search(words)):
        return "us", match.start("what"), "we promised they would"
    if (
        (match := _THEM.search(words))
        and _FIRST.match(match[0]) is None
        and not _PURPOSE.match(match[0])
        and not match[0].startswith(
            (
                "need",
                "want",
                "have",
                "remember",
                "forget",
                "how",
                "what",
                "when",
                "going",
                "able",
                "ready",
                "try",
                "trying",
            )
        )
    ):
        return "them", match.start("what"), "they will"
    if is_timed and not ours and (match := _THEN_WILL.match(words)):
        return "them", match.start("what"), "and will"
    if is_due and (match := _THEM_BY.search(words)):
        return "them", match.start("what"), "they will by then"
    if is_due and not words.startswith(("i ", "we ", "promised")) and (match := _PROMISED_BY.search(words)):
        return "them", match.start("what"), "they promised it by then"
    if match := _PROMISED.search(words):
        return "them", match.start("what") if match["what"] else match.start("thing"), "they promised"
    if match := _WANTS.search(words):
        return "us", match.start("what"), "they want"
    if is_due and (match := _THING_BY.match(words)):
        return "us", match.start("what"), "it is due"
    if is_due and (match := _WANTS_BY.search(words)):
        return "us", match.start("what"), "they want it by then"
    if (match := _IMPERATIVE.match(words)) and not _WENT.search(words):
        return "us", match.start("what"), "to do"
    return None


def _chinese(words: str, clause: Clause, inside: Sequence[Seen]) -> tuple[By, int, str] | None:
    if not any("\u3400" <= mark <= "\u9fff" for mark in words):
        return None
    if not inside and _ZH_MAY.isdisjoint(words):
        return None
    masked = _AFTER_MEETING.sub(lambda found: " " * len(found[0]), _masked(words, clause, inside))
    if _IS_MOVED.search(masked):
        return None
    if not inside and (soon := _SOON.search(masked)):
        return "us", soon.start("what"), "回头"
    if _DONE.search(masked) and not re.search("答应了?|承诺了?|说了?", masked):
        return None
    want = _ZH_WANT.search(masked)
    them = _ZH_THEM.search(masked)
    us = _ZH_US.search(masked)
    ours = (
        us
        and (us["subject"] or "").startswith(("我", "咱"))
        and not re.search("(?:给|发|回复|答复|帮|找)我", masked[: us.start("what") + 3])
    )
    to_us = _TO_US.search(masked) if inside else None
    if to_us and not (ours and us and us["modal"]):
        return "them", to_us.start(), "给我们"
    if us and ours and (inside or us["modal"] or "答应" in masked or "承诺" in masked):
        return "us", us.start("what"), "我们会"
    if them and inside and _is_theirs(masked, them):
        return "them", them.start("what"), "对方会"
    if want and (
        inside or "们" in want[0] or re.search("[份个套台款版]", want[0]) or _IS_ASKED.match(masked, want.start())
    ):
        return "us", want.start("what"), "要一份"
    if want:
        return "us", want.start("what"), _LOOSE
    if us and inside and not _ZH_NOT.search(us["what"].strip()):
        return ("them" if _THEIR_PART.search(masked) else "us"), us.start("what"), "待办"
    return None


_AFTER_MEETING: Final = lazy(r"开(?:完|个|了)?会|会议|[会之以]后")
_IS_MOVED: Final = lazy(r"(?:时间|日期|交期|工期|节点|计划).{0,6}(?:提前|推迟|延|改|调|挪)")
_SOON: Final = lazy(
    rf"(?:^|[，,我 ])(?:回头|晚点|稍后|等下|待会儿?|一会儿?|马上|这就|抽空)(?:再|就|要|先|把)?(?P<what>(?:{_ZH_DELIVER})[^，。；,;]{{0,16}})"
)
_IS_ASKED: Final = lazy(
    r"[让请要叫]我们?(?:提供|发|给|出|做|准备|补|寄|送|报)|(?:想要|索要|需要|要)(?!求)[^，。；,;哪啥么几多]{0,8}(?:报价单?|样品|样机|样板|图纸|资料|方案)[ 。!！]*$"
)
_OUR_PART: Final = lazy(
    r"[我他她咱]|派(?:人|车|工程师|师傅|技术|个|两)|过去|上门|报价|安装|送[到货]|[发交]货|[给交寄送][ ]*$"
)
"""What is not what others said they would do."""
_SENT: Final = lazy(r"(?:寄|发|送|给|交)(?:一?[台份个套]|过去|给?[他她]|到|出)")
_TO_US: Final = lazy(
    r"(?<!让我)(?<!叫我)(?<!们)(?<!我)(?:(?:[打汇转寄发送传交拿拨][款钱货样品]{0,2}|[款钱货样]{0,2}[打汇转寄发送传])(?:过来|给我们?)|[覆回复](?:我们?(?!说)|话)|给(?:我们?|咱们?)(?:个|一个)?(?:回|答|反|准|结|消|说|交|明|确))"
)
"""What comes to us is theirs to do."""
_THEIR_PART: Final = lazy(
    r"(?<!我们)(?:付(?:清|尾款|首款|定金)|拍板|审(?:批|完|核完)|批(?:下来|复)|走(?:完)?流程|上会|定标|(?<![a-z])(?:sign|approve|issue|pay|revert)(?![a-z])|给(?:个|一个)?(?:准信|回话|说法))"
)
"""What a seller never does himself."""


def _is_theirs(masked: str, match: re.Match[str]) -> bool:
    if re.match(r"^(?:记得|提醒|别忘|务必|答应(?!我)|承诺(?!我)|我|咱|需要?|得|要|给|把|跟|向|帮)", masked.strip()):
        return False
    if re.search(r"[让叫要请催]我", masked):
        return False
    return not re.search(r"(?:给|发给|向|跟|和|帮|找|约|联系|提醒|回复)$", masked[: match.start()].strip())


def _masked(words: str, clause: Clause, inside: Sequence[Seen]) -> str:
    """The words of times blanked, so that 下周三 is no part of what is promised."""
    masked = list(words)
    for one in inside:
        for place in range(one.start - clause.start, min(one.end, clause.end) - clause.start):
            masked[place] = " "
    return "".join(masked)


def _commitment(
    text: Text, clause: Clause, start: int, by: By, rule: str, inside: Sequence[Seen], names: Sequence[Mention]
) -> Commitment | None:
    end = clause.end
    due = next((one for one in inside if one.bound in ("before", "within")), inside[0] if inside else None)
    later = [one.start for one in inside if one.start > start]
    if by_chinese := any("\u3400" <= mark <= "\u9fff" for mark in text.low[start:end]):
        start, end = _chinese_what(text, start, end, inside)
    else:
        end = min([end, *later])
    del by_chinese
    while start < end and any(one.start <= start < one.end for one in inside):
        start += 1
    said = _trimmed(text, start, end, names)
    if len(said.strip()) < (1 if due and said.strip() in ("给", "发", "交", "寄", "出") else 2):
        return None
    said = (
        re.sub(r"^(?:an? |the |some |our )", "", said.strip(), flags=re.IGNORECASE)
        if rule in ("they want", "we owe")
        else said.strip()
    )
    if _REMINDER.match(said.lower()) or _ZH_NOT.match(said) or _ZH_TALK.search(said):
        return None
    return Commitment(
        by,
        said,
        text.said(due.start, due.end) if due else None,
        Place(text.at(start), text.at(end), f"promise: {rule}", 0.8),
    )


def _chinese_what(text: Text, start: int, end: int, inside: Sequence[Seen]) -> tuple[int, int]:
    """The longer stretch of the promise on one side of its time, without the words that only lead to it."""
    stretches = []
    last = start
    for one in inside:
        if start <= one.start < end:
            stretches.append((last, one.start))
            last = one.end
    stretches.append((max(last, start), end))
    trimmed = []
    for left, right in stretches:
        head = _ZH_HEAD.match(text.low, left, right)
        trimmed.append((head.end() if head else left, right))
    delivering = [pair for pair in trimmed if _ZH_VERB.search(text.low, *pair)]
    if delivering and delivering[-1][1] - delivering[-1][0] < 2 and len(trimmed) > 1:
        return max(trimmed, key=lambda pair: pair[1] - pair[0])
    return delivering[-1] if delivering else max(trimmed, key=lambda pair: pair[1] - pair[0])


def _trimmed(text: Text, start: int, end: int, names: Sequence[Mention]) -> str:
    """What is promised, without the preposition before its time and without "to <firm>" at its end."""
    while True:
        words = text.low[start:end]
        cut = _TAIL.search(words)
        shorter = start + cut.start() if cut else end
        for one in names:
            if (
                one.place.end == text.at(shorter)
                and (before := _TO_NAME.search(text.low[start : one.place.start]))
                and text.places is None
            ):
                shorter = start + before.start()
        if shorter == end:
            return _ZH_TRIM.sub("", text.said(start, end).strip(" ,，。.:："))
        end = shorter
