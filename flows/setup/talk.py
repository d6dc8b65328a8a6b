# ruff: noqa: E501 -- a rule is one line
"""The guided talk in which an owner sets the firm up: one question at a time, and each can be skipped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, code, lines
from bot.core.text import gettext as _
from flows import asking
from flows.arrival import refusal
from flows.router import COMMANDS, MEMBERS, NOT_MINE, OWNERS, NotMine, command, dialog, heard, press
from flows.setup import countries
from flows.setup.settings import LANGUAGE_WORDS, find_zone, moved
from flows.turn import Turn
from flows.understanding import NOBODY, Context, read
from flows.understanding.wordlists import PLEASE

STEPS = ("name", "country", "language", "zone")
LONGEST = 80
_FIRM = r"(?:us|(?:the |our |my )?(?:company|firm|business|team|shop))"
_RENAMED = tuple(
    re.compile(PLEASE + words, re.IGNORECASE)
    for words in (
        rf"rename {_FIRM} (?:to|into|as) (?P<name>.+?)[.! ]*",
        rf"(?:change|set) (?:our|the|{_FIRM}(?:['’]s)?)(?: company| firm)? name (?:to|into|as) (?P<name>.+?)[.! ]*",
        r"(?:we are|we['’]re|(?:our|the) (?:company|firm|business) is) (?:now called|now named|renamed(?: to)?) (?P<name>.+?)(?: from now on)?[.! ]*",
        r"(?:our|the) (?:company|firm|business) is called (?P<name>.+?) (?:now|from now on)[.! ]*",
        r"our (?:new (?:company |firm )?name is|(?:company |firm )?name is now) (?P<name>.+?)[.! ]*",
        r"(?:把)?(?:我们)?(?:公司|本公司|店)(?:的)?(?:名字?|名称)?(?:改名|更名|改)(?:为|成|叫)(?P<name>.+?)[。！ ]*",
        r"(?:我们)?公司(?:现在|以后|从今天起)(?:叫|名叫)(?P<name>.+?)了?[。！ ]*",
    )
)


@command(
    "setup",
    help=_("Your firm: name, country, language, time zone"),
    for_=OWNERS,
    words=(
        *(
            "set up the firm",
            "rename the firm",
            "change our name",
            "change the firm's name",
            "change the name of the firm",
        ),
        *("设置公司", "公司设置", "改公司名", "修改公司名称", "公司改名"),
    ),
    rooms=False,
)
def setup(turn: Turn) -> Reply:
    return begin(turn)


def begin(turn: Turn) -> Reply:
    """The first question."""
    return _ask(turn, STEPS[0])


@heard("first", for_=MEMBERS)
def renamed(turn: Turn, said: Said) -> Reply | Text | NotMine:
    """ "Rename us to Southwind", 公司改名为南风: the name that customers read."""
    if not asking.may_order(turn, said) or "\n" in said.text:
        return NOT_MINE
    match = next((found for one in _RENAMED if (found := one.fullmatch(said.text.strip()))), None)
    if match is None:
        return NOT_MINE
    turn.remember(None)
    if (refused := refusal(turn, COMMANDS["setup"])) is not None:
        return refused
    before = turn.workspace.name
    if (why := _take(turn, "name", match["name"].strip(" \"'“”‘’「」"))) is not None:
        return why
    if before == turn.workspace.name:
        return _("Your firm is called “{name}” already.", name=before)
    back = code(_("rename us to {name}", name=before))
    return lines(
        _("Your firm is called “{name}” now. Customers read this name.", name=turn.workspace.name),
        _("The old name again: {example}", example=back),
    )


@press("setup", for_=OWNERS)
def setup_pressed(turn: Turn, step: str, value: str = "") -> Reply | Text:
    if step == "later":
        turn.remember(None)
        return _("All right. {setup} goes on with it any time.", setup=code("/setup"))
    if step not in STEPS:
        return Reply(_("That button is from an older version. Please ask again."), toast=True)
    return (_take(turn, step, value) if value else None) or _next(turn, step)


@dialog("setup", for_=OWNERS, wants="value")
def setup_answered(turn: Turn, state: Mapping[str, Any], said: Said) -> Reply | NotMine:
    """A sentence to log is logged, whatever was being asked: the first log is worth more than the firm's name."""
    step = str(state["step"])
    word = said.text.strip().casefold()
    if word in ("skip", "跳过", "下一步"):
        return _next(turn, step)
    if word in ("back", "go back", "previous", "返回", "上一步", "上一题", "后退"):
        return _ask(turn, STEPS[max(0, STEPS.index(step) - 1)])
    reading = read(said.text, Context(now=turn.local, country=turn.workspace.country, language=turn.language), NOBODY)
    told = reading.activity is not None and reading.activity.kind != "note"
    if told and (reading.times or len(said.text) > 25):
        return NOT_MINE
    refused = _take(turn, step, said.text.strip())
    if refused is None:
        return _next(turn, step)
    return Reply(lines(refused, _question(turn, step)), _options(turn, step))


def _take(turn: Turn, step: str, said: str) -> Text | None:
    """Keeps the answer; why not, when it can't be read."""
    match step:
        case "name":
            name = " ".join(said.split())
            if not 0 < len(name) <= LONGEST:
                return _("A firm's name has at most {n} characters.", n=LONGEST)
            _change(turn, name=name)
        case "country":
            country = countries.country_of(said)
            if country is None:
                return _("I know no country “{country}”. Example: {example}", country=said[:40], example=_("Germany"))
            _change(turn, country=country, currency=countries.currency_of(country))
        case "language":
            language = LANGUAGE_WORDS.get(said.casefold())
            if language is None:
                return _("I speak no “{language}” yet.", language=said[:40])
            _change(turn, language=language)
        case "zone":
            zone = find_zone(said)
            if zone is None:
                return _("I know no zone “{zone}”. Example: {example}", zone=said[:40], example=code("Europe/Berlin"))
            _live_at(turn, zone)
    return None


def _live_at(turn: Turn, zone: str) -> None:
    """Whoever has no zone of their own lives on the firm's clock."""
    if turn.workspace.zone == zone:
        return
    _change(turn, zone=zone)
    for member in turn.work.people.members():
        if not member.zone:
            moved(turn, member)


def _change(turn: Turn, **values: str) -> None:
    turn.workspace = turn.work.people.change_firm(turn.workspace, **values)
    turn.work.audit(f"member:{turn.me().id}", "firm_changed", ",".join(values))
    turn.__dict__.pop("words", None)


def _next(turn: Turn, step: str) -> Reply:
    following = STEPS[STEPS.index(step) + 1 :]
    return _ask(turn, following[0]) if following else _finished(turn)


def _ask(turn: Turn, step: str) -> Reply:
    turn.remember({"kind": "setup", "step": step})
    return Reply(_question(turn, step), _options(turn, step))


def _question(turn: Turn, step: str) -> Text:
    match step:
        case "name":
            return _(
                "What is your firm called? Customers read this name; now it is “{name}”.", name=turn.workspace.name
            )
        case "country":
            return _("In which country is it? Type it, or choose:")
        case "language":
            return _("Which language do customers and rooms hear first?")
        case _:
            return _("Which time zone? Now it is {zone}.", zone=turn.workspace.zone)


def _options(turn: Turn, step: str) -> tuple[Option, ...]:
    found: list[Option] = []
    if step == "country":
        names = ((code, countries.country_name(code, turn.language)) for code in countries.OFFERED)
        found = [Option(Text((name,)), f"setup:country:{code}") for code, name in names]
    elif step == "language":
        found = [Option(_("English"), "setup:language:en"), Option(_("Chinese"), "setup:language:zh")]
    elif step == "zone":
        zones = countries.zones_of(turn.workspace.country, turn.now)
        found = [Option(Text((zone,)), f"setup:zone:{zone}", wide=True) for zone in zones]
    return (*found, Option(_("Skip"), f"setup:{step}"), Option(_("Later"), "setup:later"))


def _finished(turn: Turn) -> Reply:
    turn.remember(None)
    firm = turn.workspace
    country = countries.country_name(firm.country, turn.language)
    return Reply(
        lines(
            bold(_("{firm} is set up.", firm=firm.name)),
            _("Country: {country}", country=country),
            _("Time zone: {zone}", zone=firm.zone),
            _("Now invite your first colleague: I give you a text to paste."),
        ),
        (
            Option(_("Invite a colleague"), "colleague:rep", style="primary"),
            Option(_("Invite a manager"), "colleague:manager"),
        ),
    )
