"""How articles, lists of them, and checklists look in chat."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, join, lines, ngettext, text
from bot.core.text import gettext as _
from flows.knowledge.actions import EXAMPLE, gap_groups, written
from flows.knowledge.rules import KINDS, steps_of
from flows.router import EDITORS
from flows.turn import Turn, options
from store.models import Article, Gap, Ticked, Ticket

PAGE = 8


def card_of(article: int) -> str:
    """The card on which it is shown."""
    return f"article:{article}"


def article_card(turn: Turn, article: Article, ticket: int = 0) -> Reply:
    """The article in the reader's language; `ticket` is the one for whose customer it was looked up."""
    title, body = written(article, turn.language)
    name = text(KINDS.get(article.kind, KINDS["answer"]), f" {article.number} · ", title)
    shown = [f"☐ {step}" for step in steps_of(body)] if article.kind == "sop" else [body]
    rows: list[Text | str] = [bold(name), *shown]
    if article.tags:
        rows.append(text("#" + " #".join(article.tags.split())))
    if article.state == "archived":
        rows.append(_("Archived: it is offered to nobody."))
    elif used := _told(article):
        rows.append(used)
    edit = turn.member is not None and turn.member.role in EDITORS
    other = "zh" if turn.language == "en" else "en"
    missing = turn.language if turn.language not in article.title else other if other not in article.title else ""
    label = {"zh": _("Add Chinese"), "en": _("Add English")}.get(missing, Text())
    choices = options(
        Option(_("Send to the customer"), f"kb-use:{article.id}:{ticket}", style="primary")
        if ticket and article.state == "live" and article.kind != "sop"
        else None,
        Option(_("Edit"), f"kb-edit:{article.id}") if edit else None,
        Option(label, f"kb-other:{article.id}:{missing}") if edit and missing else None,
        Option(_("Archive") if article.state == "live" else _("Use again"), f"kb-archive:{article.id}")
        if edit
        else None,
    )
    return Reply(lines(*rows), choices, card=card_of(article.id))


def _told(article: Article) -> Text | None:
    parts = []
    if article.uses:
        parts.append(ngettext("sent {n} time", "sent {n} times", article.uses))
    if article.helped or article.not_helped:
        parts.append(_("helped {yes} of {all}", yes=article.helped, all=article.helped + article.not_helped))
    return join(" · ", parts) if parts else None


def overview(turn: Turn) -> Reply:
    """What there is, and what to do first."""
    articles, gaps = turn.work.knowledge.live(), gap_groups(turn)
    write = Option(_("Write an article"), "kb-write:0")
    if not articles:
        rows = [
            bold(_("Nothing is written down yet.")),
            _("Write down what customers ask again and again: I find it for you, and offer it to them."),
            _("Example: {example}", example=code(EXAMPLE)),
        ]
        return Reply(lines(*rows, *_waiting(gaps)), options(write, _gap_option(gaps)), card="kb")
    counted = [
        text("• ", KINDS[kind], ": ", str(n))
        for kind in KINDS
        if (n := sum(article.kind == kind for article in articles))
    ]
    most = sorted((a for a in articles if a.uses + a.helped), key=lambda a: -(a.uses + a.helped))[:3]
    rows = [bold(_("What we know")), *counted]
    if most:
        rows += [_("Most used:"), *(_named(turn, article) for article in most)]
    rows += [*_waiting(gaps), _("Find one: {example}", example=code(_("/kb returns")))]
    choices = options(Option(_("Show all"), "kb-all:0"), write, _gap_option(gaps))
    return Reply(lines(*rows), choices, card="kb")


def _waiting(gaps: Sequence[Sequence[Gap]]) -> list[Text]:
    return [ngettext("{n} question has no answer yet.", "{n} questions have no answer yet.", len(gaps))] if gaps else []


def _gap_option(gaps: Sequence[Sequence[Gap]]) -> Option | None:
    return Option(_("Questions without an answer"), "kb-gaps:0") if gaps else None


def listed(turn: Turn, articles: Sequence[Article], page: int, *, title: Text, press: str) -> Reply:
    """A page of articles, each with a button."""
    page = max(0, min(page, (len(articles) - 1) // PAGE))
    here = articles[page * PAGE : (page + 1) * PAGE]
    choices = options(
        *(_button(turn, article) for article in here),
        Option(_("Earlier"), f"{press}:{page - 1}") if page else None,
        Option(_("More"), f"{press}:{page + 1}") if len(articles) > (page + 1) * PAGE else None,
    )
    return Reply(lines(bold(title), *(_named(turn, article) for article in here)), choices, card="kb-list")


def found(turn: Turn, articles: Sequence[Article], ticket: int = 0) -> Reply:
    """Several that may be meant."""
    rows = [bold(_("Which one?")), *(_named(turn, article) for article in articles)]
    return Reply(lines(*rows), tuple(_button(turn, article, ticket) for article in articles))


def nothing(turn: Turn, words: str) -> Reply:
    """What was looked for is not written down."""
    choices = options(Option(_("Write it"), "kb-write:0")) if turn.me().role in EDITORS else ()
    return Reply(_("Nothing is written down about “{words}”.", words=words[:60]), choices)


def gaps_card(turn: Turn, page: int) -> Reply:
    """One group of questions at a time: what was asked, how often, and what to do about it."""
    groups = gap_groups(turn)
    if not groups:
        return Reply(_("Every question that came in has an answer."), card="kb-gaps")
    page = max(0, min(page, len(groups) - 1))
    group = groups[page]
    often = ngettext("Asked once", "Asked {n} times", len(group))
    rows = [
        bold(text(_("Questions without an answer"), f" · {page + 1}/{len(groups)}")),
        *(text("“", row.text[:160], "”") for row in group[:3]),
        often,
    ]
    choices = options(
        Option(_("Write the answer"), f"kb-write:{group[0].id}", style="primary"),
        Option(_("Not for us"), f"kb-drop:{group[0].id}"),
        Option(_("Earlier"), f"kb-gaps:{page - 1}") if page else None,
        Option(_("Next"), f"kb-gaps:{page + 1}") if page + 1 < len(groups) else None,
    )
    return Reply(lines(*rows), choices, card="kb-gaps")


def checklist(turn: Turn, article: Article, ticket: Ticket) -> Reply:
    """The steps for one ticket: those done with who did them, the others as buttons."""
    title, body = written(article, turn.language)
    done = {row.step: row for row in turn.work.find(Ticked, ticket=ticket.id, article=article.id)}
    names = {member.id: member.name for member in turn.work.people.members()}
    steps = steps_of(body)
    rows = [
        text("☑ ", step, f" · {names.get(done[at].member, '')}") if at in done else text("☐ ", step)
        for at, step in enumerate(steps)
    ]
    head = bold(f"{title} · T-{ticket.number} · {len(done)}/{len(steps)}")
    choices = tuple(
        Option(text("☑ " if at in done else "☐ ", step[:30]), f"sop-tick:{ticket.id}:{article.id}:{at}", wide=True)
        for at, step in enumerate(steps[:12])
    )
    return Reply(lines(head, *rows), choices, card=f"sop:{ticket.id}:{article.id}")


def _named(turn: Turn, article: Article) -> Text:
    title, _body = written(article, turn.language)
    return text("• ", KINDS.get(article.kind, KINDS["answer"]), f" {article.number} · {title}")


def _button(turn: Turn, article: Article, ticket: int = 0) -> Option:
    title, _body = written(article, turn.language)
    return Option(text(title[:40]), f"kb-show:{article.id}:{ticket}", wide=True)
