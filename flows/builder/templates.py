# ruff: noqa: E501 -- a question is one line
"""The surveys that a young firm starts with: concrete questions, as data in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.steps import Choice, Kind, Said, Step
from flows.surveys.ready import AFTER, TITLE, VISIT

DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Template:
    """A survey to start from, with when it is usually sent; `words` are other names for it."""

    name: str
    title: Said
    steps: tuple[Step, ...]
    thanks: tuple[tuple[str, Said], ...] = ()
    words: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    delay: int = 10
    every: int = 30
    rhythm: str = ""


def _said(both: str) -> Said:
    english, _bar, chinese = both.partition(" | ")
    return {"en": english, "zh": chinese}


def _ask(name: str, kind: Kind, ask: str, when: str = "", choices: Mapping[str, str] | None = None) -> Step:
    several = tuple(Choice(id, _said(label)) for id, label in (choices or {}).items())
    return Step(name, kind, _said(ask), when=when, choices=several)


THANKS: Said = _said("Thank you. What you say changes what we do next. | 谢谢您，您的意见会变成我们下一步的改进。")
_PARTS = {
    "time": "The time it arrived | 到货时间",
    "packing": "Packing | 包装",
    "papers": "Papers and invoices | 单据和发票",
    "setup": "Putting it to work | 安装调试",
    "talk": "Reaching somebody | 联系到人",
    "none": "Nothing | 都挺方便",
}
_SERVICES = {
    "reply": "Waiting for an answer | 等回复",
    "order": "Ordering | 下单",
    "delivery": "Delivery | 交付",
    "repair": "Repair | 维修",
    "invoice": "Invoices and payment | 开票付款",
    "none": "None of them | 都还好",
}
_REASONS = {
    "price": "The price | 价格",
    "product": "It lacked something | 产品缺功能",
    "service": "The service | 服务",
    "rival": "Somebody else suits us better | 换了别家",
    "need": "We no longer need it | 不再需要",
    "other": "Something else | 其他",
}
_FEATURES = {
    "easier": "Easier to use | 更好用",
    "faster": "Faster | 更快",
    "cheaper": "Cheaper to run | 更省钱",
    "connect": "Works with what we have | 能和现有系统对接",
    "mobile": "On the phone | 手机上能用",
}
_WHEN = {
    "now": "Within a month | 一个月内",
    "quarter": "Within three months | 三个月内",
    "year": "Within a year | 一年内",
    "open": "Not planned | 还没计划",
}
CALL = "May we call you about it? | 方便我们给您打个电话了解一下吗？"

DELIVERY = Template(
    "delivery",
    _said("After a delivery | 交付之后"),
    (
        _ask("score", "csat", "How satisfied are you with the delivery? | 您对这次交付满意吗？"),
        _ask("least", "choice", "Which part was least convenient? | 这次交付哪一步最不方便？", choices=_PARTS),
        _ask(
            "better",
            "words",
            "What should we do differently about “{least|it}”? | 关于“{least|这次交付}”，您希望我们怎么改？",
            when="least != 'none'",
        ),
        _ask("call", "contact", CALL, when="score <= 3"),
    ),
    (("true", THANKS),),
    ("delivery", "交付", "发货", "收货"),
    ("delivery",),
    DAY,
)
SOLVED = Template(
    "solved",
    _said("After a solved ticket | 问题解决之后"),
    (
        _ask(
            "score", "ces", "{firm|We} made it easy to get my problem solved. | {firm|我们}让我很容易就把问题解决了。"
        ),
        _ask(
            "effort",
            "choice",
            "What cost you the most effort? | 哪一步最费劲？",
            "score <= 4",
            {
                "reach": "Reaching somebody | 联系到人",
                "explain": "Explaining it again | 反复说明情况",
                "wait": "Waiting | 等待",
                "fix": "What I had to do myself | 自己要动手",
            },
        ),
        _ask("why", "words", "What happened? | 当时是怎样的？", "score <= 4"),
        _ask("open", "words", "Is anything still open? | 还有没解决的吗？"),
    ),
    (("true", THANKS),),
    ("ticket", "solved", "工单", "售后", "解决"),
    ("ticket",),
)
NPS = Template(
    "nps",
    _said("Quarterly: would you recommend us? | 季度推荐意愿"),
    (
        _ask(
            "score",
            "nps",
            "How likely are you to recommend {firm|us} to a colleague or friend? | 您有多大可能把{firm|我们}推荐给同事或朋友？",
        ),
        _ask(
            "why",
            "words",
            "What is the main reason for your {score}? | 打{score}分，最主要的原因是什么？",
            "score <= 6",
        ),
        _ask("missing", "words", "What is missing for a 10? | 要打10分，还差在哪里？", "score == 7 || score == 8"),
        _ask("tell", "words", "What would you tell them about us? | 您会怎么向他们介绍我们？", "score >= 9"),
        _ask(
            "contacts",
            "words",
            "Who else at your side should hear from us? | 贵司还有哪位同事需要我们联系？",
            "tier == 'A'",
        ),
        _ask(
            "more",
            "words",
            "Which one thing would make you order more often? | 哪一点改进会让您更常下单？",
            "tier == 'C'",
        ),
        _ask("call", "contact", CALL, "score <= 6"),
    ),
    (
        ("score <= 6", _said("Thank you for being frank. We will come back to you. | 谢谢您直言，我们会跟进。")),
        ("true", THANKS),
    ),
    ("nps", "recommend", "quarterly", "推荐", "季度"),
    every=90,
    rhythm="quarter",
)
NEED = Template(
    "need",
    _said("What do you need? | 产品需求"),
    (
        _ask("case", "words", "What do you use {firm|our product} for most? | 您主要用{firm|我们的产品}做什么？"),
        _ask("hard", "words", "What is the hardest part of that work? | 这件事里最难的是什么？"),
        _ask("want", "choices", "What would help you most? | 哪些改进对您最有用？", choices=_FEATURES),
        _ask("wish", "words", "Which one feature do you miss most? | 您最想要的一个功能是什么？"),
        _ask("people", "number", "How many people would use it? | 大概有多少人会用？"),
        _ask("when", "choice", "When would you need it? | 您什么时候需要？", choices=_WHEN),
        _ask("call", "contact", "May we call you to understand it better? | 方便我们打电话再了解一下吗？"),
    ),
    (("true", THANKS),),
    ("need", "needs", "product need", "需求"),
    every=180,
)
PRODUCT = Template(
    "product",
    _said("A new product | 新产品调研"),
    (
        _ask("interest", "stars", "How much does it interest you? | 您对它有多大兴趣？"),
        _ask("use", "words", "Where would you use it first? | 您会先用在哪里？", "interest >= 3"),
        _ask("lacks", "words", "What keeps you from it? | 是什么让您不感兴趣？", "interest <= 2"),
        _ask("want", "choices", "What must it do well? | 它最该做好什么？", choices=_FEATURES),
        _ask("price", "number", "What would it be worth to you a month? | 您觉得每月多少钱合适？", "interest >= 3"),
        _ask("when", "choice", "When could you start? | 您什么时候可以开始用？", "interest >= 3", _WHEN),
        _ask("trial", "contact", "May we call you about a trial? | 方便联系您安排试用吗？", "interest >= 4"),
    ),
    (("true", THANKS),),
    ("product", "new product", "新产品"),
    every=180,
)
SERVICE = Template(
    "service",
    _said("Which service to improve | 服务改进"),
    (
        _ask(
            "least", "choice", "Which service was least convenient lately? | 最近哪项服务最不方便？", choices=_SERVICES
        ),
        _ask("last", "words", "What happened the last time? | 最近一次是怎样的？", "least != 'none'"),
        _ask("first", "choices", "What should we improve first? | 您希望我们先改进哪些？", choices=_SERVICES),
        _ask("score", "csat", "How satisfied are you with our service all in all? | 总体上您对我们的服务满意吗？"),
        _ask("best", "words", "What do we do better than others? | 我们哪里比别家做得好？", "score >= 4"),
        _ask("call", "contact", CALL, "score <= 3"),
    ),
    (("true", THANKS),),
    ("service", "improvement", "服务", "改进"),
    every=90,
)
LOST = Template(
    "lost",
    _said("You left: why? | 流失客户回访"),
    (
        _ask("reason", "choice", "What was the main reason? | 最主要的原因是什么？", choices=_REASONS),
        _ask(
            "where",
            "words",
            "Whom do you work with now? | 您现在和哪家合作？",
            "reason == 'rival' || reason == 'price'",
        ),
        _ask(
            "what", "words", "What exactly was missing? | 具体缺了什么？", "reason == 'product' || reason == 'service'"
        ),
        Step(
            "back",
            "scale",
            _said("How likely are you to work with us again? | 您有多大可能再和我们合作？"),
            low=0,
            high=10,
        ),
        _ask("change", "words", "What would have to change for that? | 要再合作，我们需要改变什么？", "back >= 4"),
        _ask("call", "contact", CALL, "back >= 7"),
    ),
    (("true", _said("Thank you. You are welcome back any time. | 谢谢您，随时欢迎您回来。")),),
    ("lost", "churn", "left", "流失"),
    every=365,
)
TEMPLATES: Sequence[Template] = (
    Template(VISIT.name, TITLE, VISIT.steps, VISIT.thanks, ("visit", "拜访"), AFTER),
    DELIVERY,
    SOLVED,
    NPS,
    NEED,
    PRODUCT,
    SERVICE,
    LOST,
)


def called(words: str) -> Template | None:
    """The template that is meant: by its name, its title, or a word that stands for it."""
    wanted = words.casefold().strip()
    for template in TEMPLATES:
        if wanted in (template.name, *(title.casefold() for title in template.title.values())):
            return template
    near = [t for t in TEMPLATES if any(word in wanted for word in t.words)] if wanted else []
    return near[0] if len(near) == 1 else None
