"""The door, help, settings and cancel."""

from __future__ import annotations

from zoneinfo import available_timezones

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, code, join, lines, moment
from bot.core.text import gettext as _
from flows.arguments import Rest, Word
from flows.arrival import role_of
from flows.router import COMMANDS, EVERYONE, MEMBERS, STRANGERS, Route, command, heard, press
from flows.setup.actions import bind, looks_like_token, use
from flows.setup.actions import join as join_firm
from flows.turn import Turn
from flows.words import LANGUAGES, language_of
from store.models import Member, Pass

FIRST_LINE = _("Called Li Wei at Acme, wants a quote by Friday, follow up next Tue 3pm #hot")


@command(
    "start",
    help=_("Begin, or come in with an invitation"),
    example=_("/start"),
    for_=EVERYONE | STRANGERS,
    rooms=False,
    listed=False,
)
def start(turn: Turn, invitation: Word | None = None) -> Reply | Text:
    if invitation:
        return _enter(turn, invitation)
    if turn.member is not None:
        return lines(_("Hello {name}.", name=turn.member.name), _first_line())
    if role_of(turn) == "stranger":
        return at_the_door(turn)
    from flows.customers.commands import welcome

    return welcome(turn)


def at_the_door(turn: Turn) -> Reply:
    """The one neutral sentence for people whom the members' side does not know; it names nobody."""
    return Reply(_("I don't know you yet. If you have an invitation, open its link again or send me its code."))


@heard("said", for_=STRANGERS)
def knock(turn: Turn, said: Said) -> Reply | Text | None:
    if not turn.private:
        return None
    if looks_like_token(said.text):
        return _enter(turn, said.text)
    return at_the_door(turn)


def _enter(turn: Turn, token: str) -> Reply | Text:
    staff = turn.account is not None and turn.account.side in ("member", "both")
    customers = turn.account is not None and turn.account.side in ("customer", "both")
    purposes = {"member", "rejoin"} if staff else set()
    if customers:
        purposes.add("customer")
    entry = use(turn, token, frozenset(purposes))
    if entry is None:
        return _("That invitation is wrong, used or too old. Please ask whoever sent it for a new one.")
    if entry.purpose == "customer":
        from flows.customers.commands import meet_again

        return meet_again(turn, entry)
    return _come_in(turn, entry)


def _come_in(turn: Turn, entry: Pass) -> Reply | Text:
    if entry.member is not None and (known := turn.work.get(Member, entry.member)) is not None:
        bind(turn, known)
        return lines(_("Welcome back, {name}. This chat is yours now too.", name=known.name))
    if turn.member is not None:
        return _("You are in already, {name}.", name=turn.member.name)
    member = join_firm(turn, entry, turn.event.sender.name if turn.event else "")
    turn.did(_("{name} joined", name=member.name))
    return lines(
        _(
            "Welcome to {firm}, {name}. Tell me what happened, in your own words:",
            firm=turn.workspace.name,
            name=member.name,
        ),
        _first_line(),
        _("I log it, remind you, and you can undo everything. {help} shows more.", help=code("/help")),
    )


def _first_line() -> Text:
    return code(FIRST_LINE)


@command(
    "help", help=_("What you can say here"), example=_("/help remind"), for_=EVERYONE, words=("help", "帮助", "?", "？")
)
def help_(turn: Turn, about: Word | None = None) -> Reply | Text:
    mine = [route for route in COMMANDS.values() if role_of(turn) in route.for_ and route.listed]
    if about:
        found = next((route for route in mine if route.name == about.lstrip("/").lower()), None)
        return _explained(found) if found else _("There is no /{name} here.", name=about[:32])
    if turn.member is None:
        return lines(
            bold(_("Write to us here, and a person answers.")),
            *(_line(route) for route in mine),
        )
    return lines(
        bold(_("Just tell me what happened, for example:")),
        _first_line(),
        "",
        *(_line(route) for route in mine),
        _("Words work too: “undo”, “today”, “who is Acme”."),
    )


def _line(route: Route) -> Text:
    return join(" · ", [code(f"/{route.name}"), route.help])


def _explained(route: Route) -> Text:
    example = _("Example: {example}", example=code(route.example)) if route.example else None
    return lines(bold(route.help), code(route.usage), example)


@command("cancel", help=_("Stop what we are in the middle of"), for_=EVERYONE, words=("cancel", "取消", "算了"))
def cancel(turn: Turn) -> Reply | Text:
    return _stop(turn) or _("There is nothing open.")


@press("cancel", for_=EVERYONE)
def cancel_pressed(turn: Turn) -> Reply | Text:
    return _stop(turn) or Reply(_("That is over already."), toast=True)


def _stop(turn: Turn) -> Text | None:
    if turn.conversation is None or not turn.conversation.dialog:
        return None
    turn.remember(None)
    return _("All right, forgotten. Nothing was changed.")


@command("settings", help=_("Language, time zone, quiet hours"), for_=MEMBERS, words=("settings", "设置"), rooms=False)
def settings(turn: Turn) -> Reply:
    return _settings(turn)


def _settings(turn: Turn) -> Reply:
    me, words = turn.me(), turn.words
    quiet = _("{start} to {end}", start=_clock(me.quiet_from), end=_clock(me.quiet_until))
    text = lines(
        bold(_("Your settings")),
        _("Language: {language}", language=_("English") if words.language == "en" else _("Chinese")),
        _("Time zone: {zone}, now {now}", zone=words.zone, now=moment(turn.now, "time")),
        _("Quiet hours: {hours}", hours=quiet if me.quiet_from != me.quiet_until else _("none")),
        _("Morning brief: {time}", time=_clock(me.brief_at)),
        _("Change the zone with {example}.", example=code("/zone Asia/Shanghai")),
    )
    choices = [Option(_("English"), "language:en"), Option(_("Chinese"), "language:zh")]
    quiet_options = [Option(_("Quiet 21–8"), "quiet:1260:480"), Option(_("Never quiet"), "quiet:0:0")]
    return Reply(text, (*choices, *quiet_options), card=f"settings:{me.id}")


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@press("language", for_=MEMBERS)
def language(turn: Turn, code: str) -> Reply:
    turn.member = turn.work.change(turn.me(), language=language_of(code))
    turn.__dict__.pop("words", None)
    return _settings(turn)


@press("quiet", for_=MEMBERS)
def quiet(turn: Turn, start: int, end: int) -> Reply:
    turn.member = turn.work.change(turn.me(), quiet_from=start % 1440, quiet_until=end % 1440)
    return _settings(turn)


@command("zone", help=_("Your time zone"), example=_("/zone Europe/Berlin"), for_=MEMBERS, rooms=False)
def zone(turn: Turn, zone: Rest) -> Reply | Text:
    wanted = zone.strip().replace(" ", "_")
    known = {name.casefold(): name for name in available_timezones()}
    found = known.get(wanted.casefold()) or next(
        (name for key, name in sorted(known.items()) if key.split("/")[-1] == wanted.casefold()), None
    )
    if found is None:
        return _("I know no zone “{zone}”. Example: {example}", zone=zone[:40], example=code("/zone Europe/Berlin"))
    before = turn.words.zone
    turn.member = turn.work.change(turn.me(), zone=found)
    turn.__dict__.pop("words", None)
    if before != found:
        from flows.reminders.actions import follow_zone

        follow_zone(turn, turn.member)
    return _settings(turn)


@command(
    "language",
    help=_("English or Chinese"),
    example=_("/language zh"),
    for_=EVERYONE,
    words=("english", "中文"),
)
def speak(turn: Turn, language: Word | None = None) -> Reply | Text:
    said = (language or "").casefold()
    wanted = {"en": "en", "english": "en", "英文": "en", "zh": "zh", "中文": "zh", "chinese": "zh", "cn": "zh"}.get(
        said
    )
    if wanted is None or wanted not in LANGUAGES:
        return Reply(_("English or Chinese?"), (Option(_("English"), "speak:en"), Option(_("Chinese"), "speak:zh")))
    return _speak(turn, wanted)


@press("speak", for_=EVERYONE)
def speak_pressed(turn: Turn, code: str) -> Reply | Text:
    return _speak(turn, language_of(code))


def _speak(turn: Turn, wanted: str) -> Text:
    if turn.member is not None and turn.private:
        turn.member = turn.work.change(turn.member, language=wanted)
    elif turn.conversation is not None:
        turn.conversation = turn.work.change(turn.conversation, language=wanted)
    turn.__dict__.pop("words", None)
    return _("I speak English here now.")
