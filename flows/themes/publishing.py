"""“You said, we did”: to everybody who answered, has not stopped surveys and can be reached; never at night."""

from __future__ import annotations

from datetime import timedelta

from bot.core.messages import Option, Reply
from bot.core.text import bold, code, lines, ngettext, plain, quote, text
from bot.core.text import gettext as _
from flows.dialog import in_language
from flows.surveys import cards as surveys
from flows.surveys.actions import by_day
from flows.surveys.asked import best_chats, stopped
from flows.themes.actions import themes
from flows.themes.cards import named
from flows.turn import Turn
from store.models import Publication, Survey

TELL = "publication"
"""Timer: the customer's night is over."""
SPAN = timedelta(days=365)
LONGEST = 600
EXAMPLE = _("/publish visit You said: slow delivery. We did: a second van.")


def card_of(publication: Publication) -> str:
    return f"publication:{publication.id}"


def drafted(turn: Turn, survey: Survey, said: str) -> Reply:
    """The text with how many would read it; without a text, what the themes that are done say."""
    words = said or _from_themes(turn)
    if not words:
        return Reply(
            lines(
                _("What shall they read? No theme is done yet with a line of what was changed."),
                _(
                    "Example: {example}",
                    example=code(_("/publish visit You said: slow delivery. We did: a second van.")),
                ),
            )
        )
    readers = _readers(turn, survey)
    row = turn.work.add(Publication(survey=survey.name, text=words[:LONGEST], by=turn.me().id, made=turn.now))
    title = in_language(survey.title, turn.language)
    body = lines(
        bold(_("To those who answered “{title}”:", title=title)),
        quote(row.text),
        ngettext("{n} customer would read it.", "{n} customers would read it.", len(readers))
        if readers
        else _("Nobody who answered can be reached, or all have stopped surveys."),
    )
    send = (Option(_("Send"), f"publish-send:{row.id}", style="primary"),) if readers else ()
    return Reply(body, (*send, Option(_("Don't send"), f"publish-drop:{row.id}")), card=card_of(row))


def _from_themes(turn: Turn) -> str:
    done = [theme for theme in themes(turn) if theme.state == "done" and theme.note]
    said = [_("You said: {theme}. We did: {note}", theme=named(theme), note=theme.note) for theme in done]
    return "\n".join(plain(line.resolve(turn.words)) for line in said)


def _readers(turn: Turn, survey: Survey) -> list[int]:
    """Who answered within a year and still wants to hear of it."""
    found = []
    for id in turn.work.feedback.who_answered(survey.name, turn.now - SPAN):
        customer = turn.work.customers.get(id)
        welcome = customer is not None and customer.state == "active" and not stopped(customer) & {"surveys", "all"}
        if welcome and best_chats(turn, id):
            found.append(id)
    return found


def send(turn: Turn, row: Publication) -> Reply:
    """Each reader once; where it is night it waits for the morning."""
    survey = turn.work.feedback.survey_named(row.survey)
    readers = _readers(turn, survey) if survey else []
    row = turn.work.change(row, state="sent", sent=len(readers))
    for customer in readers:
        due = by_day(turn, customer, turn.now)
        if due > turn.now:
            turn.work.timers.set(TELL, f"{row.id}:{customer}", due)
        else:
            tell(turn, row, customer)
    said = ngettext("On its way to {n} customer.", "On its way to {n} customers.", len(readers))
    return Reply(lines(said, quote(row.text)), card=card_of(row))


def tell(turn: Turn, row: Publication, customer: int) -> None:
    """One reader; whoever has stopped since reads nothing."""
    found = turn.work.customers.get(customer)
    chats = best_chats(turn, customer)
    if found is None or not chats or stopped(found) & {"surveys", "all"}:
        return
    body = lines(
        _("Thank you for your answers to {firm}.", firm=turn.workspace.name),
        text(row.text),
        _("“stop surveys” ends such messages."),
    )
    turn.say_to(chats[0], surveys.campaign(Reply(body), tell=""))
