# ruff: noqa: E501 -- a rule is one line
"""How many of what: seats, 套, minutes, attempts, a discount."""

import re
from typing import Final

from flows.understanding.facts import Place, Quantity
from flows.understanding.grammar import Book, Found, Rule, longest
from flows.understanding.lazily import lazy
from flows.understanding.text import Text
from flows.understanding.vocabulary import KINDS

_NAMES: Final = {
    "seats": "seat", "seat": "seat", "licenses": "license", "license": "license", "licences": "license", "users": "user", "user": "user", "units": "unit",
    "unit": "unit", "people": "person", "ppl": "person", "persons": "person", "employees": "employee", "pcs": "piece", "pieces": "piece",
    "stores": "store", "sites": "site", "devices": "device", "machines": "machine", "trucks": "truck", "boxes": "box", "pallets": "pallet",
    "tons": "ton", "locations": "location", "branches": "branch", "reps": "rep", "agents": "agent", "attendees": "attendee", "minutes": "minute",
    "minute": "minute", "mins": "minute", "min": "minute", "hours": "hour", "hour": "hour", "hrs": "hour", "hr": "hour", "days": "day", "day": "day",
    "weeks": "week", "week": "week", "months": "month", "month": "month", "mos": "month", "mo": "month", "mths": "month", "mth": "month", "wks": "week", "wk": "week", "years": "year", "year": "year", "yr": "year", "yrs": "year",
    "attempt": "attempt", "attempts": "attempt", "copies": "copy", "sets": "set", "cases": "case", "servers": "server", "rooms": "room",
    "vehicles": "vehicle", "laptops": "laptop", "terminals": "terminal", "modules": "module", "developers": "developer", "engineers": "engineer",
    "staff": "person", "headcount": "person", "percent": "%", "%": "%", "samples": "sample", "offices": "office", "customers": "customer", "leads": "lead",
    "contacts": "contact", "questions": "question", "references": "reference", "demos": "demo", "clinics": "clinic", "options": "option", "visits": "visit", "calls": "call", "meetings": "meeting",
}  # fmt: skip
_WORDS: Final = "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True))
_ZH_UNITS: Final = [
    "个百分点",
    "个点(?![位儿])",
    "个点位",
    "个用户",
    "个账号",
    "个席位",
    "个坐席",
    "个终端",
    "个门店",
    "个人",
    "个小时",
    "个月",
    "个工作日",
    "点位",
    "用户",
    "账号",
    "席位",
    "坐席",
    "终端",
    "门店",
    "分钟",
    "小时",
    "套",
    "台",
    "人",
    "件",
    "箱",
    "吨",
    "辆",
    "份",
    "张",
    "块屏",
    "只",
    "片",
    "支",
    "瓶",
    "盒",
    "家",
    "名",
    "位",
    "条",
    "折",
    "年",
    "天",
    "周",
    "次",
    "%",
    "个",
    "平米",
    "平",
    "公斤",
    "桌(?!面|子)",
    "块(?!钱)",
    "根",
    "毫米",
    "厘米",
    "kg(?![a-z])",
    "g(?![a-z])",
    "米",
    "组",
    "批",
    "颗",
    "间",
    "户",
    "车",
    "桶",
    "袋",
    "卷",
    "根",
    "斤",
    "升",
    "罐",
    "包",
    "柜",
    "托",
    "株",
    "栋",
    "亩",
    "立方",
    "平方米",
    "平方",
    "副",
    "盘",
]
_ZH: Final = "|".join(sorted(_ZH_UNITS, key=len, reverse=True))


def _english(f: Found) -> tuple[float, str]:
    return float(f.text("n").replace(",", "")) * (1000 if f.text("k") else 1), _NAMES[f.text("u")]


def _chinese(f: Found) -> tuple[float, str] | None:
    value = KINDS["z"][1](f.text("n")) if not f.text("n")[0].isdigit() else float(f.text("n").replace(",", ""))
    unit = f.text("u")
    if not value and not f.text("n")[0].isdigit():
        return None
    if f.text("n") == "一" and f.right(1).isdigit():
        return None
    if unit in ("天", "周", "个月") and f.left(1) in ("这", "那", "前", "头"):
        return None
    if (f.text("n") in ("一", "1", "几", "两") and unit in ("个", "次", "位", "份", "条", "件")) or (
        f.text("n") in ("一", "1", "几") and unit in ("批", "家", "名", "间")
    ):
        return None
    value *= 10000 if f.text("w") else 1
    if unit == "折":
        value = value * 10 if value < 10 else value
    return value, unit


_MOST: Final = 100
_NO_THINGS: Final = (
    "works?|suits?|gets|needs|wants|looks|arrives|comes|goes|lands|starts|ends|expires|says|asks|pays|seems|sounds|means|covers|ships|leaves|closes|opens|includes|gives|stays|stands|falls|shows|makes|takes|"
    "runs|sees|has|was|is|as|this|his|hers|its|ours|yours|theirs|us|vs|plus|minus|less|thanks|yes|others|times|ones|tops|perhaps|always|besides|dollars|euros|pounds|bucks|cents|pence|grands|rupees|francs|"
    "kronor|dirhams|yens|quid|stars|percents|points|pages|oclock|mornings|afternoons|evenings|nights|weekdays|fortnights|quarters|decades|degrees|across|towards|afterwards|upwards|downwards|onwards|"
    "bounces|keeps|feels|thinks|likes|loves|hates|agrees|confirms|prefers|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|seconds|news|chris|james|lewis|thomas|francis|dennis|carlos|davis|evans|jones|williams|harris|hughes|adams"
)
_NUMBERED: Final = lazy(
    r"(?<![a-z])(?:no\.?|nr\.?|number|clause|option|room|version|phase|step|item|line|unit|gate|hall|booth|building|floor|plan|tier|bay|dock|route|zone|day|week|year|model|type|level|stage|part|block|lot|page|chapter|article|section|rev|release|series|class|grade|size|iphone|windows|office|studio|street|road|plot|suite|batch|round|table|store|branch|site|line|net) ?#?$"
)
"""Order 5521 arrives: a number that tells which."""
RULES: Final = Book((
    Rule(rf"(?<![\d.,$£€¥a-z/:-])(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}(?:\.\d{{1,2}})?)(?P<k>k)? ?(?:-|more |new |additional |extra |full )?(?P<u>{_WORDS})(?![a-z])", _english, "a 50 seat plan", "50 seat"),
    Rule(rf"{{n}} (?:more |new |additional |extra )?(?P<u>{_WORDS})(?![a-z])", lambda f: _words_of(f), "twenty staff", "20 person"),
    Rule(rf"(?:(?<![\d.,$£€¥a-z/:#-])(?P<count>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}})(?P<k>k)?|{{n}}) (?:more |new |additional |extra |full |of (?:the|our|their) )?(?P<u>(?!(?:{_NO_THINGS})(?![a-z]))[a-z]{{2,}}[^\W\dsu]s)(?![a-z'])", lambda f: _things(f), "quote for 40 scanners", "40 scanner"),
    Rule(rf"(?:(?P<half>half a)|(?P<n>an?|\d{{1,3}}|two|three|four|five|six|ten)) dozen (?:more |new )?(?P<u>(?!(?:{_NO_THINGS})(?![a-z]))[a-z]{{2,}}s|people|staff)(?![a-z'])", lambda f: _dozens(f), "a dozen pallets", "12 pallet"),
    Rule(r"(?<![零十百千万\d])(?P<n>[一二两三四五六七八九])成(?![功立本交员都熟果品套年为人长分绩语就名型像份因形片天衣])", lambda f: (KINDS["z"][1](f.text("n")) * 10, "%"), "预付三成", "30 %"),
    Rule(r"{ord} (?P<u>attempt|time|try)(?![a-z])", lambda f: (float(f["ord"]), "attempt"), "3rd attempt", "3 attempt"),
    Rule(r"(?:(?P<n>\d{1,2}|[一二两三四五六七八九])个)?半个?(?:小时|钟头)(?!后|前|之|内|以)", lambda f: ((float(KINDS["z"][1](f.text("n")) if not f.text("n")[0].isdigit() else f.text("n")) if f.text("n") else 0) + 0.5, "小时"), "聊了一个半小时", "1.5 小时"),
    Rule(rf"(?<![\d.,第a-z¥$])(?P<n>\d{{1,8}}(?:,\d{{3}})*(?:\.\d{{1,2}})?|[一二两三四五六七八九十百千几][零一二两三四五六七八九十百千万几]{{0,8}})(?P<w>万)? ?(?:[多来余](?=[套台人件箱吨辆份张只片支瓶盒家名位条个公根米]))?(?P<u>{_ZH})(?![面份级半来之部])", _chinese, "要50套", "50 套"),
))  # fmt: skip


def _words_of(f: Found) -> tuple[float, str] | None:
    words = f.text("n")
    return None if words.strip() in ("a", "an") or words.strip()[0].isdigit() else (float(f["n"]), _NAMES[f.text("u")])


def _is_a_name(text: Text, start: int, end: int) -> bool:
    """3 Brothers: a capital where the line has small letters."""
    last = text.said(start, end).split()[-1]
    return last[:1].isupper() and not last.isupper()


def _things(f: Found) -> tuple[float, str] | None:
    """So many of whatever is counted: 12 pumps, three greenhouses."""
    spelt, count = f.text("n"), f.text("count")
    if spelt in ("a", "an", "one", "half") or spelt[:1].isdigit() or count == "1" or _NUMBERED.search(f.left(12)):
        return None
    value = float(count.replace(",", "")) * (1000 if f.text("k") else 1) if count else float(f["n"])
    return value, _singular(f.text("u"))


def _dozens(f: Found) -> tuple[float, str]:
    count = 0.5 if f.text("half") else float(KINDS["n"][1](f.text("n")))
    return count * 12, _NAMES.get(f.text("u")) or _singular(f.text("u"))


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("xes", "ches", "shes", "sses", "zes")) else word[:-1]


def read(text: Text, blocked: bytes | bytearray, rules: Book[tuple[float, str]] = RULES) -> tuple[Quantity, ...]:
    """All counts that do not lie in words already read."""
    found: list[Quantity] = []
    for match, (value, unit), rule in longest(rules, text)[:_MOST]:
        start, end = match.span
        if not any(blocked[start:end]) and not _is_a_name(text, start, end):
            found.append(
                Quantity(
                    text.said(start, end).strip(), value, unit, Place(text.at(start), text.at(end), rule.name, 0.85)
                )
            )
    return tuple(found)
