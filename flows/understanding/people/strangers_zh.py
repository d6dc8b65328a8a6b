# ruff: noqa: E501 -- a rule is one line
"""Chinese words that look like names though nobody bears them: a title, a firm's tail, a surname in a person's place."""

from collections.abc import Callable, Sequence
from typing import Final

from flows.understanding.gated import Gated
from flows.understanding.lazily import lazy
from flows.understanding.names import TITLES
from flows.understanding.people.candidates import Candidate
from flows.understanding.people.everyday import is_everyday, is_nobody, is_word
from flows.understanding.text import Text
from flows.understanding.wordlists import COMPOUND_SURNAMES, FIRM_TAILS, SURNAMES

Add = Callable[[int, int], None]

_SURNAME: Final = f"(?:{'|'.join(sorted(COMPOUND_SURNAMES))}|[{''.join(sorted(SURNAMES))}])"
_TITLE: Final = "|".join(sorted(TITLES, key=len, reverse=True))
_HAN: Final = r"[\u4e00-\u9fff]"

TITLED: Final = Gated(
    r"(?!施工|时工|包工|农工|卫生|毕生|余生|安生)(?<![对甲乙双校院厂各官地我他](?=方))(?<![那这一旁两外里](?=边))(?<!公(?=司))(?<!江(?=苏))(?<!安(?=全))(?<!临(?=时))"
    rf"(?P<name>{_SURNAME})(?P<title>{_TITLE})"
    r"(?![部监裁共结体计额之是量价览则])(?!(?<=生)[产病意活了成日态效鲜])(?!(?<=处)[理置罚方于境分])(?!(?<=工)[作人厂程业序资期艺具商地单时])"
)
"""王总; not 施工, 总监 or 生产."""

NICKNAME: Final = lazy(rf"[老小][{''.join(sorted(SURNAMES))}]")
NICKNAMED: Final = Gated(
    r"(?:(?<=[跟和与找见约问叫给向陪请让催等带上的部是到、，,。：:；;(（ \n])|(?<=联系)|(?<=回复)|(?<=提醒)|(?<=告诉)|(?<=同事)|(?<=下属)|(?<=老板)|(?<=师傅)|(?<=助理)|(?<=徒弟)|(?<=^))"
    rf"(?P<name>[老小](?![时单项车包管程家门路金方温平安全连白毛高龙华明江成广])[{''.join(sorted(SURNAMES))}])"
    r"(?=[打说聊谈通见，。,、:：;；想要在约（(\s!！去来那这提问回发反表希觉对会已今明昨下上电沟确同答承不没让请催和跟与他她就也还转负帮把给换讲吃喝做都加跑过微签看介推]|$)",
    "跟老刘聊了",
)
"""老刘, 小王."""
_BEFORE_PERSON: Final = (
    r"(?:给|跟|和|与|找|见了?|约了?|联系了?|拜访了?|问了?|叫|的|是|向|由|陪|请|对|邀请了?|遇到了?|认识了?|同|及|、|，|,|:|\(|（|。|;|；|!|！|^|\s|"
    r"电话|客户|经理|总监|采购|负责人|老板|领导|科长|处长|部长|厂长|主任|主管|总工|店长|院长|校长|联系人|对接人|接手的?是?|接替的?是?|接班的?是?|新来的|新任|同事|助理|秘书|下属|新增|新客户|回复|提醒我|通知|告诉|催|等)"
)
_AFTER_PERSON: Final = (
    r"(?=打|说|聊|谈|通|开|见|的|，|。|,|$|想|要|在|约|（|\(|、|:|；|;|\s|!|！|？|\?|去|来|那边|这边|提|问|回|发|反馈|表示|希望|觉得|对|会|已|今|明|昨|"
    r"下|上|周|电|沟|确|同|答|承|不|没|让|请|催|签|和|跟|与|他|她|就|也|还|是|转|介|负|帮|把|给|换|离|讲|吃|喝|一起|做|都|加|跑|过|微信)"
)
_PERSON: Final = lazy(
    rf"{_BEFORE_PERSON}(?!周[例会报一二三四五六日天末]|安排|安装)(?P<name>{_SURNAME}{_HAN}{{1,2}}?){_AFTER_PERSON}"
)
_PERSON_OF_FIRM: Final = lazy(
    rf"(?:的|\(|（)?(?!周[一二三四五六日天末])(?P<name>[{''.join(sorted(SURNAMES))}]{_HAN}{{1,2}}?){_AFTER_PERSON}"
)
_FIRM_OF_PERSON: Final = lazy(r"(?:给|跟|和|与|找|见|约|联系|拜访|陪)(?P<name>[\u4e00-\u9fffA-Za-z]{2,6})的$")

_TAILS: Final = "|".join(FIRM_TAILS)
_TAIL: Final = lazy(_TAILS)
_BEFORE_FIRM: Final = r"(?:给|跟|和|与|找|见|约|联系|拜访|去|在|到|从|陪|请|帮|等|催|问|由|被|让|叫|趟|是|了|过|介绍的|推荐的|转来的|新来的|客户|^|[，,。:；;\s、(（])"
_FIRM: Final = lazy(
    rf"{_BEFORE_FIRM}(?P<name>(?!公司[叫是名]|一[个家位]|[这那某][个家位])(?![叫是有做说想要问来帮等催由向缺少差我他她你您本该此其各某这那])"
    rf"(?:(?!联系|拜访|客户|电话|微信|[给跟与找见约去在到了的从陪请被让趟刚]){_HAN}){{2,8}}?(?:{_TAILS})(?:有限公司|公司|集团)?)"
)
_LONGEST_FIRM: Final = 16

_PLAIN: Final = rf"(?![他她它我你您客对老这那])(?:(?![了着过的吗呢没不被把]){_HAN})"
_QUIET: Final = r"(?![他她它我你您客对老这那])(?:(?![了着过的吗呢没不被把我你他她它们给跟和与找对向在到去来说问想要会就都也还很])[\u3400-\u9fff])"
"""Characters of a name where the words around it hold particles and verbs of their own."""


SPOTS: Final = (
    Gated(
        r"(?:拜访|走访|陌拜|登门拜访|联系(?!人|方式|电话)|回访|[去跑到](?=了))(?:了|过|完)?(?:一?趟|一?下)?[ ]?"
        rf"(?P<name>(?![新公现上下前就再才马立都也还]|[几两一二三四五六七八九十百多]{{1,3}}[家个位次户天遍下趟回]){_PLAIN}{{2,6}}?)"
        rf"(?=$|[，,。；;、\s]|的(?:{_HAN}{{1,3}}(?:总|经理|老板|主任|工|姐|哥)|老板|负责人|采购)|老板|负责人|那边)",
        "拜访了百味轩",
    ),
    Gated(rf"[送寄运拉]了?[^，。,；;]{{0,10}}[到去](?P<name>{_PLAIN}{{2,6}}?)(?=$|[，,。；;])", "送了三箱到百味轩"),
    Gated(rf"(?:电话|打|邮件|微信)给(?P<name>{_PLAIN}{{2,4}})(?=$|[，,。；;、])", "打给百味轩"),
    Gated(
        rf"(?:跟|和|与|给|帮|找|约|陪|请|催|向|同)(?P<name>{_QUIET}{{2,6}}?)"
        r"(?=聊|谈|通(?:了|话|电)|打(?:了|电)|开(?:了|会|个)|签|见|发(?!现|展)|报(?:了|价|过)|确认|对(?:接|账|了|一)|过(?:了|一)|吃|喝|约|寄|送|讲|"
        r"做(?:了|个|演|一)|演示|沟通|续|商量|定(?:了|好|在)|的(?:会|合同|单子|项目|订单|老板|负责人|采购|财务|[\u4e00-\u9fff]{1,2}(?:总|经理|工|主任)))",
        "跟百味轩签了",
    ),
    Gated(
        rf"(?:家|户|个|公司|客户|店|厂|[，,])叫(?:做|作)?(?P<name>{_HAN}{{2,8}}?)(?=的|，|。|,|$|\s)", "有家叫百味轩的"
    ),
    Gated(
        rf"(?:^|[。；;!！\n])(?P<name>{_QUIET}{{2,4}}?)"
        r"(?=问(?!题)|说(?!明|好)|来(?:电|信|问|了|邮)|打(?:电话|来)|回(?:复|电|了|信)|要(?:求|我们|[一二两三四五六七八九十几\d])|反馈|答复|催(?!化)|下单|"
        r"签(?:了|约|合)|那边|这边|付款|回款|发来|同意|拒绝|想要)",
        "百味轩那边同意了",
    ),
    Gated(
        rf"(?:新客户|新增客户|新增|客户叫|公司叫|公司是)[ :：，]{{0,2}}(?P<name>{_HAN}{{2,10}}?)(?=$|[，,。；;、\s]|[要需想是说的])",
        "新客户百味轩",
    ),
)
"""Where a firm's name stands, whatever it is called."""
_OF_FIRM: Final = lazy(
    r"^(?:.*(?:给|跟|和|与|找|见了?|约了?|联系了?|拜访了?|陪|问了?|介绍了?|认识了?|推荐了?|加了?|[，,。；;\s]))?(?P<name>(?![他她我你您客对咱])[\u4e00-\u9fffA-Za-z]{2,8})的"
    r"(?:(?:采购|财务|技术|研发|生产|行政|人事|市场|运营|项目|工程|品质|质量|销售|业务|IT|it)(?:部|部门|中心|处|科|组)?的?"
    r"(?:经理|总监|主管|主任|负责人|老板|部长|科长|窗口)?|老板|负责人|经理|总监|主任|窗口)?$"
)


def add_titled(text: Text, add: Add) -> None:
    """王总, 老刘."""
    if text.has_chinese:
        for match in TITLED.finditer(text):
            add(match.start(), match.end())
        for match in NICKNAMED.finditer(text):
            add(match.start(), match.end())


def add_firms(text: Text, add: Add) -> None:
    """Firms by their tails, and whatever stands where a firm's name would."""
    folded = text.folded
    place = 0
    while tail := _TAIL.search(folded, place):
        place = max(place, tail.start() - _LONGEST_FIRM)
        match = _FIRM.search(folded, place, tail.end() + _LONGEST_FIRM)
        while match and is_everyday(match["name"]):
            match = _FIRM.search(folded, match.start() + 1, tail.end() + _LONGEST_FIRM)
        if match:
            add(*match.span("name"))
        place = max(tail.end(), match.end() if match else 0)
    for spot in SPOTS:
        for match in spot.finditer(text):
            if not is_nobody(match["name"]):
                add(*match.span("name"))


def add_people(folded: str, used: bytearray, hits: Sequence[Candidate], add: Add) -> None:
    """A surname in a person's place, and the firm it is said to be of."""
    place = 0
    while match := _PERSON.search(folded, place):
        start, end = match.span("name")
        place = max(start, match.start() + 1)
        if not is_word(match["name"]) and not is_everyday(match["name"]) and not any(used[start:end]):
            add(start, end)
            place = end
            shift = max(0, start - 10)
            if before := _FIRM_OF_PERSON.search(folded[shift:start]):
                add(before.start("name") + shift, before.end("name") + shift)
    for end in {hit.end for hit in hits}:
        match = _PERSON_OF_FIRM.match(folded, end)
        if match and not is_word(match["name"]) and not is_everyday(match["name"]):
            add(*match.span("name"))


def add_firms_of(named: Sequence[Candidate], folded: str, add: Add) -> None:
    """The firm before somebody: 百味轩的王总."""
    for one in named:
        if "\u3400" <= one.text[0] <= "\u9fff":
            shift = max(0, one.start - 12)
            before = _OF_FIRM.search(folded[shift : one.start])
            if before and not is_nobody(before["name"]):
                add(before.start("name") + shift, before.end("name") + shift)
