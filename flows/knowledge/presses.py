"""Buttons on articles, questions without an answer, and checklists."""

from __future__ import annotations

from bot.core.messages import Option, Reply
from bot.core.text import Text, lines, text
from bot.core.text import gettext as _
from flows.knowledge import cards
from flows.knowledge.actions import change_article, close_gaps, used, written
from flows.knowledge.commands import all_articles, saved
from flows.relay.outward import draft
from flows.replies import settled
from flows.router import CUSTOMERS, EDITORS, MEMBERS, press
from flows.tickets.actions import flow_of, move, solve
from flows.tickets.rules import first_in
from flows.turn import Turn
from store.models import Article, Conversation, Gap, Offer, Ticked

Outcome = Reply | Text | None


@press("kb-show", for_=MEMBERS)
def show(turn: Turn, article: int, ticket: int) -> Reply:
    found = turn.work.get(Article, article)
    return cards.article_card(turn, found, ticket) if found is not None else _gone()


@press("kb-all", for_=MEMBERS)
def all_(turn: Turn, page: int) -> Reply:
    return all_articles(turn, page)


@press("kb-cases", for_=MEMBERS)
def cases(turn: Turn, page: int) -> Reply:
    return cards.listed(turn, turn.work.knowledge.live("case"), page, title=_("Cases"), press="kb-cases")


@press("kb-canned", for_=MEMBERS)
def canned(turn: Turn, page: int) -> Reply:
    return cards.listed(turn, turn.work.knowledge.live("canned"), page, title=_("Ready sentences"), press="kb-canned")


@press("kb-sops", for_=MEMBERS)
def sops(turn: Turn, page: int) -> Reply:
    return cards.listed(turn, turn.work.knowledge.live("sop"), page, title=_("Checklists"), press="kb-sops")


@press("kb-gaps", for_=MEMBERS)
def gaps(turn: Turn, page: int) -> Reply:
    return cards.gaps_card(turn, page)


@press("kb-drop", for_=EDITORS)
def drop(turn: Turn, gap: int) -> Reply:
    found = turn.work.get(Gap, gap)
    if found is None or found.state != "open":
        return settled()
    close_gaps(turn, found, article=None)
    turn.did(_("question “{words}” dropped", words=found.text[:40]), "kb-gaps")
    return cards.gaps_card(turn, 0)


@press("kb-write", for_=EDITORS)
def write_(turn: Turn, gap: int) -> Outcome:
    """A new article: its title first, unless it answers a question that waits."""
    found = turn.work.get(Gap, gap) if gap else None
    if found is not None:
        turn.remember({"kind": "kb-body", "title": found.text[:120], "gap": found.id})
        asked = _("What shall we say to “{words}”? Write it as the customer should read it.", words=found.text[:120])
        return Reply(asked, (Option(_("Cancel"), "cancel"),))
    turn.remember({"kind": "kb-title"})
    return Reply(_("What is it about? A few words, as customers would ask."), (Option(_("Cancel"), "cancel"),))


@press("kb-edit", for_=EDITORS)
def edit(turn: Turn, article: int) -> Outcome:
    found = turn.work.get(Article, article)
    if found is None:
        return _gone()
    title, body = written(found, turn.language)
    choices = (
        Option(_("Other text"), f"kb-text:{found.id}"),
        Option(_("Other title"), f"kb-title:{found.id}"),
        Option(_("Words to find it by"), f"kb-tags:{found.id}"),
    )
    return Reply(lines(_("What shall change in “{title}”?", title=title), text(body[:300])), choices)


@press("kb-text", for_=EDITORS)
def other_text(turn: Turn, article: int) -> Outcome:
    return _ask(turn, article, "body", "", _("Send me the new text."))


@press("kb-title", for_=EDITORS)
def other_title(turn: Turn, article: int) -> Outcome:
    return _ask(turn, article, "title", "", _("Send me the new title."))


@press("kb-tags", for_=EDITORS)
def other_tags(turn: Turn, article: int) -> Outcome:
    return _ask(turn, article, "tags", "", _("Send me the words, with spaces between them."))


@press("kb-other", for_=EDITORS)
def other_language(turn: Turn, article: int, language: str) -> Outcome:
    asked = {"zh": _("Send me title and text in Chinese: a line for the title, the rest below.")}
    english = _("Send me title and text in English: a line for the title, the rest below.")
    return _ask(turn, article, "both", "zh" if language == "zh" else "en", asked.get(language, english))


def _ask(turn: Turn, article: int, part: str, language: str, asked: Text) -> Outcome:
    found = turn.work.get(Article, article)
    if found is None:
        return _gone()
    turn.remember({"kind": "kb-part", "article": found.id, "part": part, "language": language})
    return Reply(asked, (Option(_("Cancel"), "cancel"),))


@press("kb-archive", for_=EDITORS)
def archive(turn: Turn, article: int) -> Outcome:
    found = turn.work.get(Article, article)
    if found is None:
        return _gone()
    live = found.state == "live"
    found = change_article(turn, found, state="archived" if live else "live")
    title, _body = written(found, turn.language)
    done = _("article “{title}” archived", title=title) if live else _("article “{title}” in use again", title=title)
    return saved(turn, found, done)


@press("kb-use", for_=EDITORS)
def use(turn: Turn, article: int, ticket: int) -> Outcome:
    """The article's words, in the customer's language, as the draft of an answer: nothing goes out by itself."""
    found, about = turn.work.get(Article, article), turn.work.desk.get(ticket)
    if found is None or about is None:
        return _gone()
    chat = turn.work.get(Conversation, about.conversation) if about.conversation else None
    _title, body = written(found, turn.words_for(chat).language if chat else turn.language)
    used(turn, found)
    turn.did(_("article {number} used for T-{ticket}", number=str(found.number), ticket=str(about.number)))
    draft(turn, about, body)
    return None


@press("sop-of", for_=MEMBERS)
def sop_of(turn: Turn, ticket: int, article: int) -> Outcome:
    found, about = turn.work.get(Article, article), turn.work.desk.get(ticket)
    return cards.checklist(turn, found, about) if found is not None and about is not None else _gone()


@press("sop-tick", for_=EDITORS)
def tick(turn: Turn, ticket: int, article: int, step: int) -> Outcome:
    """Pressed again it is open again."""
    found, about = turn.work.get(Article, article), turn.work.desk.get(ticket)
    if found is None or about is None:
        return _gone()
    row = turn.work.first(Ticked, ticket=ticket, article=article, step=step)
    if row is not None:
        turn.work.remove(row)
    else:
        turn.work.add(Ticked(ticket=ticket, article=article, step=step, member=turn.me().id, at=turn.now))
    shown = cards.checklist(turn, found, about)
    turn.did(_("step {n} of a checklist", n=str(step + 1)), shown.card)
    return shown


# the customer


@press("kb-yes", for_=CUSTOMERS)
def helped(turn: Turn, offer: int) -> Outcome:
    """The customer's own word ends the ticket for good: what comes next is another matter."""
    found = _open_offer(turn, offer)
    if found is None:
        return settled()
    turn.work.change(found, outcome="yes")
    if article := turn.work.get(Article, found.article):
        turn.work.change(article, helped=article.helped + 1)
    ticket = turn.work.desk.get(found.ticket)
    if ticket is not None and ticket.state in ("open", "waiting"):
        move(turn, solve(turn, ticket), first_in(flow_of(turn), "closed"))
    return Reply(_("Glad it helped. If anything is left, just write."), card=f"kb-offer:{found.id}")


@press("kb-no", for_=CUSTOMERS)
def not_helped(turn: Turn, offer: int) -> Outcome:
    found = _open_offer(turn, offer)
    if found is None:
        return settled()
    turn.work.change(found, outcome="no")
    if article := turn.work.get(Article, found.article):
        turn.work.change(article, not_helped=article.not_helped + 1)
    return Reply(_("All right. A person answers you here."), card=f"kb-offer:{found.id}")


def _open_offer(turn: Turn, id: int) -> Offer | None:
    found = turn.work.get(Offer, id)
    ticket = turn.work.desk.get(found.ticket) if found is not None else None
    mine = ticket is not None and turn.conversation is not None and ticket.conversation == turn.conversation.id
    return found if found is not None and mine and not found.outcome else None


def _gone() -> Reply:
    return Reply(_("That article is no longer there."), toast=True)
