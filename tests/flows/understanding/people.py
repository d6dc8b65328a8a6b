# ruff: noqa: E501 -- an example is one line
"""The firms and people that the tests know, the day they are written on, and a reading in one line."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flows.understanding import Context, Known, MemoryNames, Mention, Reading, Time

WEDNESDAY = Context(datetime(2026, 11, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai")))

FIRMS = {
    "acme": "Acme|Acme Corp", "globex": "Globex", "initech": "Initech", "umbrella": "Umbrella Health", "northwind": "Northwind", "contoso": "Contoso",
    "fabrikam": "Fabrikam", "vandelay": "Vandelay", "hooli": "Hooli", "stark": "Stark Industries|Stark", "wayne": "Wayne Enterprises",
    "bluebird": "Bluebird Logistics", "apex-robotics": "Apex Robotics", "apex-fin": "Apex Financial", "target": "Target", "delta": "Delta Dental",
    "soylent": "Soylent Foods", "tyrell": "Tyrell", "cyberdyne": "Cyberdyne", "huawei": "华为|Huawei", "tencent": "腾讯", "alibaba": "阿里巴巴|阿里",
    "xiaomi": "小米", "byd": "比亚迪", "jd": "京东", "meituan": "美团", "sany": "三一重工|三一", "midea": "美的", "haier": "海尔", "zte": "中兴",
    "cmb": "招商银行|招行", "ccb": "建设银行|建行", "pingan-tech": "平安科技", "pingan-bank": "平安银行", "hengli": "恒力机械", "xinghe": "星河电子",
    "lanhai": "蓝海物流", "dahua": "大华科技", "sf": "顺丰", "gree": "格力",
}  # fmt: skip
PEOPLE = {
    "li-wei": ("Li Wei", "acme"), "john": ("John Smith", "globex"), "sarah": ("Sarah Chen", "initech"), "mike": ("Mike Johnson", "umbrella"),
    "priya": ("Priya Patel", "northwind"), "tom": ("Tom Baker", "contoso"), "may": ("May Lin", "fabrikam"), "will": ("Will Turner", "vandelay"),
    "emma": ("Emma Davis", "stark"), "david-lee": ("David Lee", "wayne"), "david-kim": ("David Kim", "hooli"), "karen": ("Karen O'Neil", "bluebird"),
    "chris": ("Chris Wong", "apex-robotics"), "anna": ("Anna Müller", "target"), "jose": ("José Álvarez", "delta"), "mark": ("Mark Evans", "soylent"),
    "grace": ("Grace Park", "tyrell"), "omar": ("Omar Haddad", "cyberdyne"), "liwei-hw": ("李伟", "huawei"), "liwei-xh": ("李伟", "xinghe"),
    "wangqiang": ("王强", "tencent"), "zhangmin": ("张敏", "alibaba"), "chenjing": ("陈静", "xiaomi"), "liuyang": ("刘洋", "byd"),
    "zhaolei": ("赵磊", "jd"), "sunli": ("孙丽", "meituan"), "zhoujie": ("周杰", "sany"), "wuting": ("吴婷", "midea"), "zhengkai": ("郑凯", "haier"),
    "fengtao": ("冯涛", "zte"), "hefang": ("何芳", "cmb"), "machao": ("马超", "ccb"), "linxiao": ("林晓", "pingan-tech"), "gaofeng": ("高峰", "hengli"),
    "xujing": ("徐静", "lanhai"), "dingyi": ("丁一", "dahua"), "wangfang": ("王芳", "sf"), "wangwei": ("王伟", "gree"), "zhangwei": ("张伟", "zte"),
}  # fmt: skip


def firm(key: str, names: str) -> Known:
    first, *others = names.split("|")
    return Known("customer", key, first, own=True, aliases=tuple(others))


CUSTOMERS = MemoryNames(
    [firm(key, names) for key, names in FIRMS.items()]
    + [Known("contact", key, name, customer, own=True) for key, (name, customer) in PEOPLE.items()]
)


def summary(reading: Reading) -> str:
    """A reading in one line, for tests that read like a conversation."""
    done = reading.activity
    parts = ["asks" if reading.question else f"{done.kind} {done.status}" if done else "no activity"]
    parts += [f"{one.role} {one.rrule or moment(one)}" for one in reading.times]
    parts += [f"{one.mention}={whom(one)}" for one in (*reading.people, *reading.companies)]
    parts += [
        f"{one.amount:.10g}{'' if one.amount_to is None else f'-{one.amount_to:.10g}'} {one.currency}"
        for one in reading.money
    ]
    parts += [f"{one.value:g} {one.unit}" for one in reading.quantities]
    parts += [f"{one.by} will: {one.what}" + (f" ({one.due})" if one.due else "") for one in reading.commitments]
    parts += [one.value for one in (*reading.phones, *reading.emails)] + [f"#{one.value}" for one in reading.tags]
    parts += [f"{one.value}!" for one in reading.risks] + ([f"stage {reading.stage.value}"] if reading.stage else [])
    return "; ".join(parts + ([] if reading.sentiment == "neutral" else [reading.sentiment]))


def moment(one: Time) -> str:
    start = one.start.strftime("%m-%d %H:%M") if isinstance(one.start, datetime) else one.start.strftime("%m-%d")
    if one.end is None or one.grain in ("week", "month", "quarter", "year"):
        return f"{one.grain} {start}" if one.grain in ("week", "month", "quarter", "year") else start
    last = one.end if isinstance(one.end, datetime) else one.end - timedelta(1)
    return f"{start} to {last:%H:%M}" if isinstance(last, datetime) else f"{start} to {_day(last)}"


def _day(last: date) -> str:
    return last.strftime("%m-%d")


def whom(one: Mention) -> str:
    return str(one.id) if one.id is not None else " or ".join(map(str, one.ids)) or "?"
