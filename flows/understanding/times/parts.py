# ruff: noqa: E501 -- a rule is one line
"""Parts of the day, zones said in the text, and words for the end of the working day."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from flows.understanding.grammar import Found, Rule
from flows.understanding.times.days import offset
from flows.understanding.times.pieces import Grain, Piece, World
from flows.understanding.vocabulary import CITIES, ZONES


def part(name: str, *marks: str) -> Piece:
    return Piece("part", part=name, marks=frozenset(marks))


def on_day(days: int, name: str) -> Piece:
    """A day and a part of it in one word: tonight, 明早."""
    base = offset(days)
    return Piece("day", place=base.place, part=name, marks=base.marks)


def now(world: World) -> tuple[datetime, datetime | None, Grain]:
    return world.context.now, None, "second"


def zone_of(words: str) -> str:
    """An IANA name, or UTC with an offset for "GMT+8"."""
    for mark in "+-":
        if mark in words:
            return f"UTC{mark}{int(words.split(mark)[1])}"
    return ZONES[words]


_FARTHEST: Final = 14


def fixed_zone(name: str) -> timezone | None:
    """ "UTC+8" as a zone; None for names."""
    if not name.startswith("UTC") or len(name) < 5:
        return UTC if name == "UTC" else None
    whole, _, minutes = name[4:].partition(":")
    apart = timedelta(hours=int(whole), minutes=int(minutes or 0))
    return timezone(apart if name[3] == "+" else -apart) if int(whole) <= _FARTHEST else None


def _close(f: Found) -> Piece:
    return Piece("part", part="close", marks=frozenset({"due"} if f.text("due") else ()))


def _is_hour(f: Found) -> bool:
    """Lunch as an hour of the day, not as a meal with somebody."""
    return (
        "time" in f.text()
        or f.left(8).endswith(("at ", "after ", "before ", "around ", "over ", "by "))
        or f.left(10).endswith(("today ", "tomorrow "))
    )


RULES: Final[tuple[Rule[Piece], ...]] = (
    Rule(r"(?<!^good )(?:in the |during the |at )?(?:(?:early|late)[- ]?)?{part}(?!'s)(?! (?:of|market|shift|owl|job))", lambda f: part(f["part"], *(("plural",) if f.text("part").endswith("s") else ("ahead",) if f.text().startswith("in the ") else ())) if f["part"] != "lunch" or _is_hour(f) else None, "visit Friday afternoon", "2026-11-20@15:00"),
    Rule(r"(?<![a-z])(?:late )?(?:tonight|tonite)(?![a-z])", lambda f: on_day(0, "night"), "call tonight", "2026-11-18@20:00"),
    Rule(r"(?<![a-z])(?:last night)(?![a-z])", lambda f: on_day(-1, "night"), "dinner last night", "2026-11-17@20:00"),
    Rule(r"(?<![a-z])(?:later |late |early |earlier )?this {part}", lambda f: on_day(0, f["part"]), "call this afternoon", "2026-11-18@15:00"),
    Rule(r"(?:first thing)(?: in the morning)?(?![a-z])", lambda f: part("morning"), "first thing tomorrow", "2026-11-19@09:00"),
    Rule(r"(?:(?<=day )|(?<=this )|(?<=mon )|(?<=tue )|(?<=tues )|(?<=wed )|(?<=weds )|(?<=thu )|(?<=thur )|(?<=thurs )|(?<=fri )|(?<=sat )|(?<=sun )|(?<=tomorrow )|(?<=tmrw )|(?<=\d )|(?<=st )|(?<=nd )|(?<=rd )|(?<=th ))(?:am|pm)(?![a-z])", lambda f: part("morning" if f.text() == "am" else "afternoon"), "Friday PM", "2026-11-20@15:00"),
    Rule(r"(?<![a-z])in the (?P<h>am|pm)(?![a-z])", lambda f: part("morning" if f.text("h") == "am" else "afternoon"), "tomorrow in the pm", "2026-11-19@15:00"),
    Rule(r"(?<![a-z])(?:the )?(?:eod|cob|eob|cop|close of (?:business|play)|end of play|end of (?:the )?(?:business |working )?day)(?![a-z])", lambda f: part("close"), "by EOD tomorrow", "2026-11-19@18:00"),
    Rule(r"(?<![a-z])(?:the )?end of (?=today|tomorrow|monday|tuesday|wednesday|thursday|friday|the sunday|sunday|saturday)", lambda f: part("close"), "by end of Friday", "2026-11-20@18:00"),
    Rule(r"(?<![a-z])mid[- ]?morning(?![a-z])", lambda f: part("forenoon"), "Friday mid-morning", "2026-11-20@10:00"),
    Rule(r"(?<![a-z])(?:(?:right|until|till|by) now(?![a-z]| known)|(?<!every )(?:just )?now(?= ?(?:$|[.,;!?)]|and |but |or |so |then |because |as |please|pls)))", lambda f: Piece("instant", instant=now), "they are leaving right now", "2026-11-18T10:30:00"),
    Rule(r"(?<![a-z])(?:asap|a\.s\.a\.p\.?|as soon as possible)(?![a-z])", lambda f: Piece("instant", instant=now, marks=frozenset({"asap"})), "send it asap", "2026-11-18T10:30:00"),
    Rule(r"(?<![a-z])at (?:the (?:moment|present time)|present)(?![a-z])", lambda f: Piece("instant", instant=now), "busy at the moment", "2026-11-18T10:30:00"),
    Rule(r"(?:现在|此刻|而家|依家)(?!的|这)", lambda f: Piece("instant", instant=now), "现在就去", "2026-11-18T10:30:00"),
    Rule(r"(?<!了一)(?<!一整)(?<!整个)(?<!大半个){part_zh}(?!期|已|知|点|餐|饭|茶|市|好(?:[，,!！。~～ ]|$))", lambda f: part(f["part_zh"]) if f.text() not in ("早", "晚") else None, "周五下午去", "2026-11-20@15:00"),
    Rule(r"(?<![周期拜])一(?:大)?早", lambda f: part("early"), "明天一早出发", "2026-11-19@09:00"),
    Rule(r"(?<=[天日号一二三四五六末])(?P<p>早|晚)(?!点|餐|期|已|于|些|会|宴|饭)", lambda f: part("early" if f.text("p") == "早" else "dark"), "周五晚一起吃饭", "2026-11-20@20:00"),
    Rule(r"(?P<p>早|晚|夜)(?=上?\d{1,2}[点:]|上?[一二两三四五六七八九十]{1,2}点(?!心|评))", lambda f: part("early" if f.text("p") == "早" else "dark"), "晚8点吃饭", "2026-11-18T20:00"),
    Rule(r"{night_zh}(?:上|间)?(?!餐|饭)", lambda f: on_day(*f["night_zh"]), "明早出发", "2026-11-19@09:00"),
    Rule(r"(?:下班|收工)(?=[之以]?[前后](?!来|续))", lambda f: part("close"), "明天下班前给", "2026-11-19@18:00"),
    Rule(r"{zone}", lambda f: Piece("zone", zone=zone_of(f.text("zone"))) if f.text() not in ("la", "uk") else None, "tomorrow 9am PST", "2026-11-20T01:00"),
    Rule(r"(?:(?<=am )|(?<=pm )|(?<=:\d\d ))(?P<z>pacific|eastern|central|mountain)(?! (?:time|office|region|division|team|europe|bank|asia))(?![a-z])", lambda f: Piece("zone", zone=CITIES[f.text("z")]), "Thursday 9am Pacific", "2026-11-20T01:00"),
    Rule(r"(?:\(?){city} time\)?", lambda f: Piece("zone", zone=f["city"]), "tomorrow 9am London time", "2026-11-19T17:00"),
    Rule(r"{city_zh}", lambda f: Piece("zone", zone=f["city_zh"]), "东京时间明天上午10点", "2026-11-19T09:00"),
)  # fmt: skip
