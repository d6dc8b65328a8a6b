# ruff: noqa: E501 -- a rule is one line
"""Who is meant: candidates from the text, one lookup, then a choice that never guesses between two."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal, NamedTuple

from flows.understanding.characters import is_chinese
from flows.understanding.context import Context
from flows.understanding.facts import Mention, Place
from flows.understanding.lazily import lazy
from flows.understanding.names import LATIN_TITLES, TITLES, Known, Names, surname_of
from flows.understanding.text import Text, corrected
from flows.understanding.wordlists import COMMON, COMPOUND_SURNAMES, FIRM_TAILS, LATIN_FIRM_TAILS, SURNAMES, WORDLIKE

_WORD: Final = lazy(r"[^\W\d_](?:[\w]|['.&-](?=\w))*|\d+(?=[a-z])")
_CHINESE: Final = lazy(r"(?:(?![了着过吗呢吧啊嗯哦们这那哪么您她它很把被])[\u3400-\u9fff·])+")
_NO_NAME: Final = lazy(
    r"没有|什么|情况|之前|之后|一样|其他|客户|报价|合同|方案|预算|需要|可以|我们|他们|对方|如果|因为|所以|但是|已经|时候|觉得|希望|准备|安排|联系|沟通|确认|讨论|反馈|满意|兴趣|考虑|决定|价格|产品|需求|"
    r"项目|资料|会议|电话|微信|邮件|拜访|回访|跟进|提醒|记得|刚才|目前|后续|比较|非常|应该|可能|还是|或者|以及|关于|问题|现在|演示|样机|发票|付款|回款|签约|续约|见面|吃饭|腾讯(?:视频)?(?:会议|文档|课堂)|阿里(?:旺旺|云盘)|美团外卖|百度(?:网盘|地图)|(?:顺丰|京东)(?:到付|快递|包邮|单号|冷运|寄)|[发走寄用叫](?:顺丰|京东|德邦)(?=$|[，。,、\s]|过|给|到|寄|发)|(?:华为|小米|苹果)手机|企业微信|开会|上线|试用|交付|发货|打算|答应|承诺"
)
_LATIN: Final = lazy(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9]*(?:['.&-][A-Za-zÀ-ɏ0-9]+)*")
_NO_START: Final = frozenset(
    "的了着过在和跟与给把被向对说要想会就都也还很是有不没这那我你他她它们之其于及以让请将已再又去来到为从等吗呢吧啊哦嗯问谈聊见约打发送报签买卖用看做下上个一二两三四五六七八九十，"
)
_NO_END: Final = frozenset(
    "了着过在跟给把被向对说要想会就都也还很是有不没这那我你他她们让请将已再又吗呢吧啊问聊打见约去来"
)
_TITLE: Final = "|".join(sorted(TITLES, key=len, reverse=True))
_TITLED: Final = lazy(
    rf"(?!施工|时工|包工|农工|卫生|毕生|余生|安生)(?<![对甲乙双校院厂各官地](?=方))(?<!公(?=司))(?<!江(?=苏))(?<!安(?=全))(?<!临(?=时))(?P<name>{'|'.join(sorted(COMPOUND_SURNAMES))}|[{''.join(sorted(SURNAMES))}])(?P<title>{_TITLE})(?![部监裁共结体计额之是量价览则])(?!(?<=生)[产病意活了成日态效鲜])(?!(?<=处)[理置罚方于境分])(?!(?<=工)[作人厂程业序资期艺具商地单时])"
)
_LATIN_TITLED: Final = lazy(
    rf"(?<![A-Za-z])(?P<title>{'|'.join(sorted(LATIN_TITLES))})\.? (?P<name>[A-Z][\w'-]+)", re.IGNORECASE
)
_BEFORE_PERSON: Final = r"(?:给|跟|和|与|找|见了?|约了?|联系了?|拜访了?|问了?|叫|的|是|向|由|陪|请|对|邀请了?|遇到了?|认识了?|同|及|、|，|,|:|\(|（|。|;|；|!|！|^|\s|电话|客户|经理|总监|采购|负责人|老板|联系人|新增|新客户|回复|提醒我|通知|告诉|催|等)"
_AFTER_PERSON: Final = r"(?=打|说|聊|谈|通|开|见|的|，|。|,|$|想|要|在|约|（|\(|、|:|；|;|\s|!|！|？|\?|去|来|那边|这边|提|问|回|发|反馈|表示|希望|觉得|对|会|已|今|明|昨|下|上|周|电|沟|确|同|答|承|不|没|让|请|催|签|和|跟|与|他|她|就|也|还|是|转|介|负|帮|把|给|换|离|讲|吃|喝|一起|做|都|加|跑|过|微信)"
_UNKNOWN_PERSON: Final = lazy(
    rf"{_BEFORE_PERSON}(?P<name>(?:{'|'.join(sorted(COMPOUND_SURNAMES))}|[{''.join(sorted(SURNAMES))}])[\u4e00-\u9fff]{{1,2}}?){_AFTER_PERSON}"
)
_AFTER_FIRM: Final = lazy(
    rf"(?:的|\(|（)?(?P<name>[{''.join(sorted(SURNAMES))}][\u4e00-\u9fff]{{1,2}}?){_AFTER_PERSON}"
)
_UNKNOWN_FIRM: Final = lazy(
    rf"(?:给|跟|和|与|找|见|约|联系|拜访|去|在|到|从|陪|请|帮|等|催|问|由|被|让|叫|趟|是|了|过|客户|^|[，,。:；;\s、(（])(?P<name>(?![叫是有做说想要问来帮等催由向我他她你您本该此其各某这那])(?:(?!联系|拜访|客户|电话|微信|[给跟与找见约去在到了的从陪请被让趟刚])[\u4e00-\u9fff]){{2,8}}?(?:{'|'.join(FIRM_TAILS)})(?:有限公司|公司|集团)?)"
)
_FIRM_OF: Final = lazy(r"(?:给|跟|和|与|找|见|约|联系|拜访|陪)(?P<name>[\u4e00-\u9fffA-Za-z]{2,6})的$")
_MEETS: Final = lazy(
    r"(?<![a-z])(?:ask|asked|tell|told|call|called|ping|pinged|met|meet|text|texted|e-?mailed|with|w/|spoke to|talked to|chase|chased|rang|ring|visited|saw|remind|thank|thanked|call with) $"
)
_MODAL: Final = lazy(r" (?:be|have|not|get|send|need|want|come|call|is|was|will|of|that)(?![a-z])")
_MONTHLIKE: Final = frozenset(
    ("may", "april", "june", "august", "summer", "autumn", "monday", "first", "next", "best", "general")
)
_OF_ROLE: Final = lazy(
    r"的?(?:(?:采购|财务|技术|研发|生产|行政|人事|市场|运营|项目|工程|品质|质量|销售|业务|it)(?:部|部门|中心|处|科|组)?的?)?(?:经理|总监|主管|主任|负责人|老板|部长|科长|窗口)?"
)
_ADJECTIVE: Final = lazy(r"(?:是|很|挺|真|最|够|太|非常|蛮|超|好|特别|比较|期|更)$")
_SAID_IN_CHINESE: Final = lazy(r" ?(?:说|那边|这边|问|要|想|的|回|发|确认|觉得|答应|也|同意|今天|昨天|刚)")
_FOR_NAME: Final = lazy(
    r"(?:把|将|为|替|给|跟|和|与|找|见了?|约了?|联系了?|拜访了?|问了?|去|在|到|向|由|陪|说|同|、|客户|公司|帮|等|让|请|叫|来自|催|被|[，,。:;；(（\s]|^)$"
)
_AFTER_NAME: Final = lazy(
    r"(?:的(?!\w*$)|集团|公司|说|那边|这边|采购|项目|方面|客户|今年|明年|总部|想|要|希望|提|问|回|[:(（，,]|来|去|会|已|[\u4e00-\u9fff]{1,3}总|总(?![体是之共结量额部的])|打(?:了|过|电话|完)|报(?:了|过|的|价)|发(?:了|过|的|来)|寄(?:了|过|的)|也|都|没|不|就|同意|点头|通(?:了|过|完)|(?:聊|谈|开|吃|见)(?:了|过)|(?:喝|吃)(?:酒|饭|茶|了)|法务|财务|签|[（(])"
)
_PERSON_VERB: Final = lazy(
    r"(?<![a-z])(?:with|from|called|met|emailed|e-mailed|texted|messaged|pinged|to|by|call|meet|email|phoned|rang|saw|visited|and|told|asked|remind|tell|ask|contact|introduced|ping|text|phone|visit|mr|ms|mrs|dr|for|cc|lunch with|,|&|\+)\.? ?$",
)
_NAME_VERB: Final = lazy(
    r" ?(?:says|said|wants|wanted|asked|will|is|was|has|needs|likes|loves|confirmed|called|emailed|told|agreed|promised|mentioned|thinks|at|from|\(|@|, (?:the |our )?(?:cto|cfo|ceo|coo|cio|vp|head|director|manager|buyer|lead)|replied|signed|texted|can|could|would|didn'?t|hasn'?t|isn'?t|won'?t|does|doesn'?t|prefers|pushed|went|left|and|&)(?![a-z])"
)
_AT: Final = lazy(
    r"(?<![a-z])(?:at|from|@|of|with|for|in|over at|client|customer|visited|visit|account) ?(?:the )?$|[(（@]$"
)
_AT_FIRM: Final = lazy(
    r"[ ]?[(（@,][ ]?|[ ,(@]{1,3}(?:(?:the|their|our|a|an|new|[a-zA-Z]{2,14}) ){0,4}(?:at|from|of|@|with) ?(?:the )?"
)
_UNKNOWN_PLACE: Final = lazy(
    r"(?:拜访|走访|陌拜|登门拜访|联系|回访|[去跑到](?=了))(?:了|过|完)?(?:一?趟|一?下)?[ ]?(?P<name>(?![他她它我你您客对老新公现上下前几两一二三四五六七八九十百多那这])(?:(?![了着过的吗呢没不被把])[\u4e00-\u9fff]){2,6}?)(?=$|[，,。；;、\s]|的(?:[\u4e00-\u9fff]{1,3}(?:总|经理|老板|主任|工|姐|哥)|老板|负责人|采购)|老板|负责人|那边)"
    r"|(?:电话|打|邮件|微信)给(?P<called>(?![他她它我你您客对老这那])(?:(?![了着过的吗呢没不被把])[\u4e00-\u9fff]){2,4})(?=$|[，,。；;、])"
    r"|(?:跟|和|与|给|帮|找|约|陪|请|催|向|同)(?P<with>(?![他她它我你您客对老这那])(?:(?![了着过的吗呢没不被把我你他她它们给跟和与找对向在到去来说问想要会就都也还很])[\u3400-\u9fff]){2,4}?)(?=聊|谈|通(?:了|话|电)|打(?:了|电)|开(?:了|会|个)|签|见|发(?!现|展)|报(?:了|价|过)|确认|对(?:接|账|了|一)|过(?:了|一)|吃|喝|约|寄|送|讲|做(?:了|个|演|一)|演示|沟通|续|商量|定(?:了|好|在)|的(?:会|合同|单子|项目|订单|老板|负责人|采购|财务|[\u4e00-\u9fff]{1,2}(?:总|经理|工|主任)))"
    r"|(?:家|户|个|公司|客户|店|厂)叫(?:做|作)?(?P<named>[\u4e00-\u9fff]{2,8}?)(?=的|，|。|,|$|\s)"
    r"|(?:^|[。；;!！\n])(?P<said>(?![他她它我你您客对老这那])(?:(?![了着过的吗呢没不被把我你他她它们给跟和与找对向在到去来说问想要会就都也还很])[\u3400-\u9fff]){2,4}?)(?=问(?!题)|说(?!明|好)|来(?:电|信|问|了|邮)|打(?:电话|来)|回(?:复|电|了|信)|要(?:求|我们|[一二两三四五六七八九十几\d])|反馈|答复|催(?!化)|下单|签(?:了|约|合)|那边|这边|付款|回款|发来|同意|拒绝|想要)"
    r"|(?:新客户|新增客户|新增|客户叫|公司叫|公司是)[ :：，]{0,2}(?P<new>[\u4e00-\u9fff]{2,10}?)(?=$|[，,。；;、\s]|[要需想是说的])"
)
_NO_PLACE: Final = lazy(
    r"同行|生产|仓库|质检|库房|工程|品质|工地|现场|技术|法务|供应商|厂家|物业|师傅|司机|助理|秘书|家里|朋友|同学|医生|老师|学生|经销|代理|合作|甲方|乙方|双方|第三方|团队|部门|竞品|对手|友商|销售|售后|客服|研发|运营|人事|行政|物流部|快递|税务|海关|专家|评委|用户|业主|租户|房东|中介|渠道|内部|自己|别人|人家|别家|这家|那家|几家|两家|每家|哪家|谁|大家|负责|新来|刚来|分管|介绍|认识|推荐|隔壁|当地|本地|顾客|消费者|店长|主管|会计|总监|厂长|工程师|设计师|刚才|刚刚|今天|昨天|明天|上次|下次|这次|那个|这个|那边|这边|顺便|另外|然后|最后|对接|电脑|手机|短信|正式|打样|到货|验收|售前|家人|孩子|上级|上面|下面|大区|分公司|子公司|母公司|厂商|工人|员工|决策|老婆|老公|爱人|参加|面谈|当面|"
    r"现场|工厂|厂里|办公室|总部|展会|机场|学校|政府|领导|采购|财务|前台|同事|老板|经理|负责人|联系人|市场|门店|仓库|车间|出差|北京|上海|广州|深圳|杭州|苏州|南京|成都|武汉|重庆|天津|西安|外地|国外|多次|很久|名单|线索|商机|取消|推迟|延期|改期|改到|改成|结束|顺利|完成|失败|成功|定在|定于|时间|计划|安排|一下"
)
_OF_FIRM: Final = lazy(
    r"^(?:.*(?:给|跟|和|与|找|见了?|约了?|联系了?|拜访了?|陪|问了?|[，,。；;\s]))?(?P<name>(?![他她我你您客对咱])[\u4e00-\u9fffA-Za-z]{2,8})的(?:(?:采购|财务|技术|研发|生产|行政|人事|市场|运营|项目|工程|品质|质量|销售|业务|IT|it)(?:部|部门|中心|处|科|组)?的?(?:经理|总监|主管|主任|负责人|老板|部长|科长|窗口)?|老板|负责人|经理|总监|主任|窗口)?$"
)
_CALLED: Final = lazy(
    r"(?<![a-z])(?:called|met|visited|emailed|phoned|rang|texted|messaged|demoed|pitched|(?:(?:met|meeting|spoke|talked|chatted|call|demo|lunch|coffee|zoom|chat|mtg)(?: up)? (?:with|w/|to|for))|from|at|for|visit|call) (?=(?P<name>[a-z][a-z&'-]+(?: [a-z][a-z&'-]+){0,3}))"
)
_ROLE: Final = lazy(
    r"(?<![a-z])(?:owner|contact|manager|buyer|director|boss|md|gm|cto|cfo|ceo|coo|cio|vp|founder|partner|lead|name|colleague|assistant|secretary|pa|wife|husband|brother|son|ask for|speak to|engineer|head)(?: is|'s| was|:|,)? ?$"
)
_WHERE: Final = lazy(r"^.{0,9} (?:from|of|at|@|over at) (?:the )?$")
_MOST: Final = 60
_FAR: Final = 1500
_RECENT: Final = timedelta(days=30)
_LONG_AGO: Final = timedelta(days=140)
"""Of namesakes the one touched lately is meant only when the others were not heard of for so long: a slip is silent."""


class Candidate(NamedTuple):
    """Some words that may be a name."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class People:
    """Those found, by kind, and the words that name nobody we know."""

    people: tuple[Mention, ...]
    companies: tuple[Mention, ...]
    unknown: tuple[Mention, ...]


def find(text: Text, context: Context, names: Names, blocked: bytearray) -> People:
    """All names of a line; `blocked` marks what other readers have already read."""
    folded = text.folded
    candidates = _candidates(folded, blocked)
    known = names.exact(tuple({one.text for one in candidates})) if candidates else {}
    hits = _longest([one for one in candidates if one.text in known])
    used = bytearray(blocked)
    for one in hits:
        used[one.start : one.end] = b"\1" * (one.end - one.start)
    fuzzy = _likely(folded, used, hits)
    near = names.near(tuple({one.text for one in fuzzy})) if fuzzy else {}
    return _Choice(text, context, hits, known, fuzzy, near).made()


def _candidates(folded: str, blocked: bytearray) -> list[Candidate]:
    found = _latin_candidates(folded, blocked)
    if not folded.isascii():
        blocked = bytearray(blocked)
        for match in _NO_NAME.finditer(folded):
            blocked[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for run in _CHINESE.finditer(folded):
        _add_chinese(folded, run.start(), run.end(), blocked, found)
    return found


def _latin_candidates(folded: str, blocked: bytearray) -> list[Candidate]:
    """Runs of one to four words; everyday words count only with a capital."""
    words = [
        (m.start(), m.start() + len(word), word)
        for m in _LATIN.finditer(folded)
        if not blocked[m.start()] and (word := m[0].removesuffix("'s"))
    ]
    plain = [word.lower() in COMMON or len(word) < 2 for _, _, word in words]
    found: list[Candidate] = []
    for first, (start, end, word) in enumerate(words):
        lower = plain[first] and not word[0].isupper()
        if lower and word not in WORDLIKE:
            continue
        if (not lower and (not plain[first] or word.lower() in WORDLIKE)) or (
            lower and _MEETS.search(folded[max(0, start - 12) : start].lower())
        ):
            found.append(Candidate(start, end, word))
        for last in range(first + 1, min(first + 4, len(words))):
            if words[last][0] - words[last - 1][1] > 2 or "\n" in folded[words[last - 1][1] : words[last][0]]:
                break
            if not plain[last] or words[last][2][0].isupper():
                found.append(Candidate(start, words[last][1], folded[start : words[last][1]]))
    return found


def _add_chinese(folded: str, begin: int, stop: int, blocked: bytearray, found: list[Candidate]) -> None:
    """Every stretch of two to eight characters that neither begins nor ends with a word no name begins or ends with."""
    for start in range(begin, min(stop - 1, begin + _FAR)):
        first = folded[start]
        if blocked[start] or (first in _NO_START and first not in SURNAMES and folded[start : start + 2] != "三一"):
            continue
        limit = min(start + 8, stop)
        taken = blocked.find(1, start, limit)
        ends = range(start + 2, (limit if taken < 0 else taken) + 1)
        found += [Candidate(start, end, folded[start:end]) for end in ends if folded[end - 1] not in _NO_END]
        tail = folded.find("公司", limit, start + 24)
        if 0 < tail < stop:
            found.append(Candidate(start, tail + 2, folded[start : tail + 2]))


def _longest(hits: list[Candidate]) -> list[Candidate]:
    hits.sort(key=lambda one: (one.start - one.end, one.start))
    taken: list[Candidate] = []
    used: set[int] = set()
    for one in hits:
        if used.isdisjoint(range(one.start, one.end)):
            used.update(range(one.start, one.end))
            taken.append(one)
    return sorted(taken, key=lambda one: one.start)[:_MOST]


def _likely(folded: str, used: bytearray, hits: Sequence[Candidate]) -> list[Candidate]:
    """Words that look like names though nobody bears them: titles, capitals, surnames in a person's place."""
    found: list[Candidate] = []

    def add(start: int, end: int) -> None:
        if not any(used[start:end]):
            used[start:end] = b"\1" * (end - start)
            found.append(Candidate(start, end, folded[start:end]))

    for match in _TITLED.finditer(folded):
        add(match.start(), match.end())
    for match in _LATIN_TITLED.finditer(folded):
        add(match.start(), match.end())
    for start, end in _capitals(folded, used):
        add(start, end)
    if any(map(is_chinese, folded)):
        for match in _UNKNOWN_FIRM.finditer(folded):
            if not _is_everyday(match["name"]):
                add(*match.span("name"))
        for match in _UNKNOWN_PLACE.finditer(folded):
            group = next(name for name in ("name", "called", "with", "said", "named", "new") if match[name])
            if not _is_nobody(match[group]):
                add(*match.span(group))
        _add_people(folded, used, hits, add)
        for one in [one for one in (*found, *hits) if is_chinese(one.text[0])]:
            shift = max(0, one.start - 12)
            before = _OF_FIRM.search(folded[shift : one.start])
            if before and not _is_nobody(before["name"]):
                add(before.start("name") + shift, before.end("name") + shift)
    if not hits and not found:
        _add_uncapitalised(folded, add)
    return found[:_MOST]


def _add_uncapitalised(folded: str, add: Callable[[int, int], None]) -> None:
    """Where nobody else is named: the uncommon words where a name would stand, as people write who never use capitals."""
    for match in _CALLED.finditer(folded):
        end = start = match.start("name")
        for word in _LATIN.finditer(folded, start, match.end("name")):
            if word[0] in COMMON or word[0] in WORDLIKE or len(word[0]) < 3:
                break
            end = word.end()
        if end > start:
            add(start, end)


def _add_people(folded: str, used: bytearray, hits: Sequence[Candidate], add: Callable[[int, int], None]) -> None:
    ends = {hit.end for hit in hits}
    place = 0
    while match := _UNKNOWN_PERSON.search(folded, place):
        start, end = match.span("name")
        place = max(start, match.start() + 1)
        if match["name"] not in WORDLIKE and not _is_everyday(match["name"]) and not any(used[start:end]):
            add(start, end)
            place = end
            before = _FIRM_OF.search(folded[max(0, start - 10) : start])
            if before:
                shift = max(0, start - 10)
                add(before.start("name") + shift, before.end("name") + shift)
    for end in ends:
        match = _AFTER_FIRM.match(folded, end)
        if match and match["name"] not in WORDLIKE and not _is_everyday(match["name"]):
            add(*match.span("name"))


_EVERYDAY: Final = lazy(
    r"[的了着过在和跟与给把被向对说要想会就都也还很是有不没这那我你他她们吗呢吧打问谈聊签报发]|客户|^[^\u4e00-\u9fff]?(?:公司|们公司|司)$|(?:方案|合同|报价|系统|项目|时间|电话|微信|邮件|需求|产品|价格|预算|资料|文件|意见|反馈|问题|情况|结果|计划|安排|沟通|交流|会议|回访|跟进|发票|款|单|期|价|量|年|月|周|日)"
)


def _is_nobody(name: str) -> bool:
    """The boss, the factory, last time: words that stand where a firm's name would."""
    if len(name) > 3 and name.endswith(FIRM_TAILS):
        return bool(_NO_NAME.search(name))
    return bool(_NO_PLACE.search(name) or _NO_NAME.search(name)) or name in WORDLIKE


def _is_everyday(name: str) -> bool:
    return bool(_EVERYDAY.search(name[1:])) or (name[:1] in "的了我你他她它这那" and len(name) < 4)


def _capitals(folded: str, used: bytearray) -> list[tuple[int, int]]:
    """Runs of capitalised words that are no everyday words."""
    found: list[tuple[int, int]] = []
    for match in _LATIN.finditer(folded):
        word = match[0]
        start, end = match.span()
        if (
            used[start]
            or ("'" in word and word.split("'")[0].lower() in COMMON)
            or not (word[0].isupper() and (not _is_common(word) or _extends(found, folded, start, word)))
        ):
            continue
        if (
            word.lower() in WORDLIKE
            and not _extends(found, folded, start, word)
            and not _PERSON_VERB.search(folded[:start][-12:].lower())
        ):
            continue
        if found and folded[found[-1][1] : start] in (" ", " & ") and end - found[-1][0] < 40:
            found[-1] = (found[-1][0], end)
        elif len(word) > 1 and not (word.isupper() and len(word) < 5) and not _is_opening_verb(folded, start, word):
            found.append((start, end))
    return found


def _is_common(word: str) -> bool:
    """An everyday word, or a slip for one."""
    low = word.lower()
    return low in COMMON or (corrected(low) or low) in COMMON


def _is_opening_verb(folded: str, start: int, word: str) -> bool:
    """Drafted, Chasing: a capital that only opens the sentence."""
    before = folded[:start].rstrip()
    return word.endswith(("ed", "ing")) and (not before or before[-1] in ".!?;:\n-*")


def _extends(found: list[tuple[int, int]], folded: str, start: int, word: str) -> bool:
    return (
        bool(found)
        and folded[found[-1][1] : start] == " "
        and word.lower() not in {"i", "and", "the", "q1", "q2", "q3", "q4"}
    )


class _Choice:
    """From lookups to mentions, firms first, since they tell people of one name apart."""

    def __init__(
        self, text: Text, context: Context, hits: Sequence[Candidate], known: Mapping[str, tuple[Known, ...]],
        fuzzy: Sequence[Candidate], near: Mapping[str, tuple[Known, ...]],
    ) -> None:  # fmt: skip
        self.text, self.context = text, context
        self.hits, self.known, self.fuzzy, self.near = hits, known, fuzzy, near
        self.people: list[Mention] = []
        self.companies: list[Mention] = []
        self.unknown: list[Mention] = []

    def made(self) -> People:
        readings = [(one, self.known[one.text], "exact") for one in self.hits]
        readings += [(one, self.near[one.text], "near") for one in self.fuzzy if self._is_near(one)]
        linked = self._firms(readings)
        for one, found, way in readings:
            contacts = [known for known in found if known.kind == "contact"]
            customers = [known for known in found if known.kind == "customer"]
            if customers and not (contacts and self._is_person_place(one)):
                self._add_firm(one, customers, contacts, way, linked)
            elif contacts:
                self._add_person(one, contacts, way, linked, readings)
        self._add_unknown()
        return People(_sorted(self.people), _sorted(self.companies), _sorted(self.unknown))

    def _is_new_firm(self, one: Candidate) -> bool:
        """An unknown firm where a firm would stand, by its tail or the words beside it."""
        return one.text not in self.near and self._kind(one) == "firm"

    def _is_firm(self, hit: Candidate) -> bool:
        return any(known.kind == "customer" for known in self.known[hit.text])

    def _is_near(self, one: Candidate) -> bool:
        """Whether it may be somebody known; 赵总 of a firm that nobody knows is somebody new."""
        if one.text not in self.near:
            return False
        folded = self.text.folded
        titled = bool(surname_of(one.text)) and not any(self._is_firm(hit) for hit in self.hits)
        for other in self.fuzzy:
            if other.text in self.near or other is one:
                continue
            if titled and self._kind(other) == "firm":
                return False
            if other.end <= one.start and is_chinese(one.text[0]) and _OF_ROLE.fullmatch(folded[other.end : one.start]):
                return False
            gap = folded[one.end : other.start] if one.end <= other.start < one.end + 40 else ""
            if gap and _AT_FIRM.fullmatch(gap) and not is_chinese(one.text[0]):
                return False
        return True

    def _firms(self, readings: Sequence[tuple[Candidate, Sequence[Known], str]]) -> dict[str | int, Candidate]:
        """Every firm that some words of the line can mean, for telling people apart."""
        return {known.id: one for one, found, _ in readings for known in found if known.kind == "customer"}

    def _is_person_place(self, one: Candidate) -> bool:
        return bool(_PERSON_VERB.search(self.text.folded[max(0, one.start - 12) : one.start].lower()))

    def _place(self, one: Candidate, way: str, confidence: float) -> Place:
        return Place(one.start, one.end, f"name: {way}", confidence)

    def _said(self, one: Candidate) -> str:
        return self.text.raw[one.start : one.end]

    def _add_firm(
        self,
        one: Candidate,
        customers: list[Known],
        contacts: list[Known],
        way: str,
        linked: Mapping[str | int, Candidate],
    ) -> None:
        if self._is_word(one) and not self._beside_own_contact(customers):
            return
        named = {known.customer for hit in self.hits for known in self.known[hit.text] if known.kind == "contact"}
        beside = [known for known in customers if known.id in named] if len(customers) > 1 else []
        best = beside if len(beside) == 1 else self._ranked(customers) if not contacts else customers
        if len(best) == 1:
            self.companies.append(
                Mention(
                    self._said(one), best[0].id, self._place(one, way, 0.95 if way == "exact" else 0.75), (), best[0].id
                )
            )
        else:
            self.companies.append(
                Mention(self._said(one), None, self._place(one, way, 0.5), tuple(known.id for known in best))
            )

    def _beside_own_contact(self, customers: Sequence[Known]) -> bool:
        """Whether somebody who works there is named too."""
        ids = {known.id for known in customers}
        return any(
            known.customer in ids
            for one in self.hits
            for known in self.known[one.text]
            if known.kind == "contact" and len(one.text) > 1
        )

    def _is_word(self, one: Candidate) -> bool:
        """A name that is also a word counts only where a name would stand."""
        if one.text.lower() not in WORDLIKE:
            return False
        left, right = self.text.folded[max(0, one.start - 12) : one.start], self.text.folded[one.end : one.end + 12]
        if one.text[0].isupper() and _SAID_IN_CHINESE.match(right):
            return False
        if is_chinese(one.text[0]):
            return bool(_ADJECTIVE.search(left)) or not (_FOR_NAME.search(left) and _AFTER_NAME.match(right))
        if not one.text[0].isupper():
            return one.text in _MONTHLIKE or not _MEETS.search(left.lower()) or bool(_MODAL.match(right))
        at_start = not self.text.folded[: one.start].strip() or self.text.folded[: one.start].rstrip()[-1:] in ".!?;\n"
        return at_start and not _NAME_VERB.match(right.lower())

    def _add_person(
        self, one: Candidate, contacts: list[Known], way: str, linked: Mapping[str | int, Candidate],
        readings: Sequence[tuple[Candidate, Sequence[Known], str]],
    ) -> None:  # fmt: skip
        beside = [known for known in contacts if known.customer is not None and known.customer in linked]
        if self._is_word(one) and not beside and " " not in one.text:
            return
        if self._is_wrong_firm(one, contacts, beside):
            self.people.append(Mention(self._said(one), None, self._place(one, "new at that firm", 0.6)))
            return
        best = self._nearest(one, beside, linked) if beside else self._ranked(contacts)
        if len(best) == 1:
            sure = 0.95 if way == "exact" else 0.75
            self.people.append(Mention(self._said(one), best[0].id, self._place(one, way, sure), (), best[0].customer))
        else:
            ids = tuple(known.id for known in best)
            self.people.append(Mention(self._said(one), None, self._place(one, way, 0.5), ids))

    def _nearest(self, one: Candidate, beside: list[Known], linked: Mapping[str | int, Candidate]) -> list[Known]:
        """Of those whose firm is named, the ones whose firm stands nearest."""
        if len(beside) < 2:
            return beside

        def distance(known: Known) -> int:
            firm = linked[known.customer if known.customer is not None else ""]
            return min(abs(firm.start - one.end), abs(one.start - firm.end))

        least = min(map(distance, beside))
        nearest = [known for known in beside if distance(known) == least]
        return nearest if len(nearest) == 1 else self._ranked(nearest)

    def _is_wrong_firm(self, one: Candidate, contacts: Sequence[Known], beside: Sequence[Known]) -> bool:
        """ "Li Wei at Globex" when the only Li Wei known works elsewhere: somebody new."""
        if beside:
            return False
        if _is_short(one) and not any(map(self._is_firm, self.hits)) and any(map(self._is_new_firm, self.fuzzy)):
            return True
        firms = [hit for hit in self.hits if self._is_firm(hit)]
        firms += [new for new in self.fuzzy if new.text not in self.near and _has_firm_tail(new.text)]
        folded = self.text.folded
        follows = any(
            one.end <= hit.start < one.end + 40 and _AT_FIRM.fullmatch(folded[one.end : hit.start]) for hit in firms
        )
        leads = any(hit.end <= one.start and _OF_ROLE.fullmatch(folded[hit.end : one.start]) for hit in firms)
        leads = leads or any(folded[new.end : one.start] == "的" for new in self.fuzzy if new.text not in self.near)
        return (follows or leads) and all(known.customer is not None for known in contacts)

    def _ranked(self, found: Sequence[Known]) -> list[Known]:
        """The writer's own first, then the one touched lately when only one was; of a crowd, those touched last."""
        pool = [known for known in found if known.own] or found
        unique = list({known.id: known for known in pool}.values())
        if len(unique) < 2:
            return unique
        lately = [known for known in unique if self._touched_within(known, _RECENT)]
        if len(lately) == 1 and not any(
            self._touched_within(known, _LONG_AGO) for known in unique if known not in lately
        ):
            return lately
        return unique if len(unique) <= _MOST else sorted(unique, key=_last_touch, reverse=True)[:_MOST]

    def _touched_within(self, known: Known, span: timedelta) -> bool:
        return known.last_touch is not None and self.context.now - known.last_touch <= span

    def _add_unknown(self) -> None:
        for one in self.fuzzy:
            if self._is_near(one):
                continue
            mention = Mention(self._said(one), None, self._place(one, "looks like a name", 0.5))
            self.unknown.append(mention)
            (self.people if self._kind(one) == "person" else self.companies).append(mention)

    def _kind(self, one: Candidate) -> Literal["person", "firm"]:
        """Person or firm, by title, tail, or the words beside it."""
        words = one.text.lower().split()
        if is_chinese(one.text[0]):
            if self.text.folded.startswith("的", one.end) and any(other.start == one.end + 1 for other in self.fuzzy):
                return "firm"
            is_firm = (
                one.text.endswith(FIRM_TAILS)
                or len(one.text) > 4
                or (one.text[0] not in SURNAMES and not _TITLED.match(one.text))
            )
            return (
                "firm"
                if is_firm
                or (
                    self.text.folded[one.end : one.end + 1] == "的"
                    and len(one.text) < 4
                    and one.text[0] not in SURNAMES
                )
                else "person"
            )
        before = self.text.folded[max(0, one.start - 40) : one.start]
        if before.rfind("(") > before.rfind(")") and self.people and self.people[-1].place.end <= one.start:
            return "firm"
        if words[0].rstrip(".") in LATIN_TITLES:
            return "person"
        if words[-1].strip(".") in LATIN_FIRM_TAILS or "&" in one.text or one.text.isupper() or "." in one.text:
            return "firm"
        left = self.text.folded[max(0, one.start - 14) : one.start].lower()
        if _ROLE.search(left):
            return "person"
        if _WHERE.search(left) and any(0 < one.start - other.end < 8 for other in (*self.hits, *self.fuzzy)):
            return "firm"
        right = self.text.folded[one.end : one.end + 6].lower()
        if re.search(
            r"(?<![a-z])(?:at|from|@|of|visited|visit|client|customer|account|into|for) ?(?:the )?$|[(（,]\s?$", left
        ) and not re.match(r" ?(?:at|from|\()", right):
            return "firm" if len(words) < 2 or re.search(r"(?:at|@|\(|visited) ?$", left) else "person"
        return (
            "person" if len(words) in (2, 3) or _PERSON_VERB.search(left) or _NAME_VERB.match(right + " ") else "firm"
        )


def _is_short(one: Candidate) -> bool:
    """A given name alone: many bear it."""
    return " " not in one.text and one.text.isascii()


def _has_firm_tail(name: str) -> bool:
    return name.endswith(FIRM_TAILS) or name.split()[-1].lower().strip(".") in LATIN_FIRM_TAILS


def _last_touch(known: Known) -> float:
    return known.last_touch.timestamp() if known.last_touch else 0.0


def _sorted(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    seen: dict[tuple[str, object], Mention] = {}
    for one in sorted(mentions, key=lambda mention: mention.place.start):
        seen.setdefault((one.mention.lower(), one.id), one)
    return tuple(seen.values())


__all__ = ["People", "find"]
