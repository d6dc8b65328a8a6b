"""What members say about what the firm knows: `/kb`, `/c`, `/sop`."""

from __future__ import annotations

import re

from bot.core.errors import BadInput
from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, text
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.knowledge import cards
from flows.knowledge.actions import EXAMPLE, add_article, close_gaps, find, same_words, write, written
from flows.knowledge.rules import Draft, draft_of, steps_of
from flows.knowledge.suggesting import checklist_for
from flows.router import EDITORS, MEMBERS, command
from flows.tiers.settings import keep
from flows.turn import Turn
from store.models import Article, Gap

_ADD = re.compile(r"(?:add|new|写|添加|新增|增加)\s+(?:(?P<kind>case|answer|案例|答案)\s+)?(?P<rest>.+)", re.I | re.S)
_SAME = re.compile(r"(?:same|同义词?)(?:\s+(?P<words>.+))?", re.I | re.S)
_CASES = re.compile(r"(?:cases?|案例)(?:\s+(?P<words>.+))?", re.I | re.S)
_ALL = frozenset({"all", "list", "全部", "所有", "列表"})
_GAPS = frozenset({"gaps", "questions", "open", "unanswered", "待补", "没答案", "未解答"})
_HEAD = re.compile(r"(?P<title>[^\n:：,，]+)[\n:：,，]\s*(?P<body>.+)", re.S)
_NUMBER = re.compile(r"#?(?P<number>\d{1,6})(?:\s+(?P<rest>.+))?", re.S)
_TICKET = re.compile(r"[tT]-?(?P<number>\d{1,9})\b\s*(?P<rest>.*)", re.S)
SOP = _("/sop add complaint: Say sorry and repeat it; Find the cause; Tell the customer; Call again in a week")


@command(
    "kb",
    help=_("What the firm knows: find, write, see what is missing"),
    example=_("/kb returns"),
    for_=MEMBERS,
    words=("kb", "knowledge", "知识库", "知识"),
)
def kb(turn: Turn, words: Rest | None = None) -> Reply | Text:
    said = (words or "").strip()
    if not said:
        return cards.overview(turn)
    if said.casefold() in _ALL:
        return all_articles(turn, 0)
    if said.casefold() in _GAPS:
        return cards.gaps_card(turn, 0)
    if match := _ADD.fullmatch(said):
        return _added(turn, match["rest"], "case" if match["kind"] in ("case", "案例") else "answer")
    if match := _SAME.fullmatch(said):
        return _same(turn, match["words"] or "")
    if match := _CASES.fullmatch(said):
        return _cases(turn, match["words"] or "")
    if match := _NUMBER.fullmatch(said):
        return _numbered(turn, int(match["number"]), match["rest"] or "")
    return looked_up(turn, said)


def looked_up(turn: Turn, said: str, *kinds: str, ticket: int = 0) -> Reply:
    """The article that is meant; several to choose from; or that there is none."""
    hits = find(turn, said, *(kinds or ("answer", "case", "sop")))
    if not hits:
        return cards.nothing(turn, said)
    first, second = hits[0][1], hits[1][1] if len(hits) > 1 else None
    if second is None or first.score >= 1.5 * second.score:
        return cards.article_card(turn, hits[0][0], ticket)
    return cards.found(turn, [article for article, _hit in hits], ticket)


def all_articles(turn: Turn, page: int) -> Reply:
    """Everything in use."""
    articles = turn.work.knowledge.live()
    return (
        cards.listed(turn, articles, page, title=_("All articles"), press="kb-all")
        if articles
        else cards.overview(turn)
    )


def saved(turn: Turn, article: Article, label: Text, *, gap: Gap | None = None) -> Reply:
    """The card of what was just written, with its way back; a question that waited for it is answered."""
    if gap is not None:
        close_gaps(turn, gap, article=article.id)
    turn.did(label, cards.card_of(article.id))
    shown = cards.article_card(turn, article)
    undo = Option(_("Undo"), f"undo:{cards.card_of(article.id)}")
    return Reply(lines(_("Kept."), shown.text), (undo, *shown.options), card=shown.card)


def _writes(turn: Turn) -> None:
    if turn.me().role not in EDITORS:
        raise BadInput(_("Viewers read; please ask a colleague to write it down."))


def _added(turn: Turn, words: str, kind: str) -> Reply:
    _writes(turn)
    draft = draft_of(words)
    if draft is None:
        raise BadInput(_("An article has a title, a colon, and what to say. Example: {example}", example=code(EXAMPLE)))
    return saved(turn, add_article(turn, kind, draft), _("article “{title}” written", title=draft.title))


def _numbered(turn: Turn, number: int, words: str) -> Reply | Text:
    found = turn.work.knowledge.numbered(number)
    if found is None:
        return _("There is no article {number}.", number=str(number))
    if not words:
        return cards.article_card(turn, found)
    _writes(turn)
    title, _body = written(found, turn.language)
    return saved(turn, write(turn, found, words, part="body"), _("article “{title}” changed", title=title))


def _same(turn: Turn, words: str) -> Text:
    """ "/kb same RMA 退货 return": from now on each is found by the others."""
    rows = same_words(turn)
    meant = " ".join(re.split(r"[\s,，、/=]+", words.strip()))
    if len(meant.split()) >= 2:
        _writes(turn)
        keep(turn, "same_words", rows := [*rows, meant][-200:])
    shown = [text("• ", ", ".join(row.split())) for row in rows[-20:]]
    example = code(_("/kb same RMA return"))
    none = [_("None of your own yet.")]
    return lines(bold(_("Words that mean the same here")), *(shown or none), _("Example: {example}", example=example))


def _cases(turn: Turn, words: str) -> Reply:
    if words:
        return looked_up(turn, words, "case")
    found = turn.work.knowledge.live("case")
    if found:
        return cards.listed(turn, found, 0, title=_("Cases"), press="kb-cases")
    example = code(_("/kb add case Auto parts maker: 30 machines, saved two shifts"))
    return Reply(lines(_("No case is written down yet."), _("Example: {example}", example=example)))


@command(
    "c", help=_("Ready sentences for customers"), example=_("/c hello"), for_=MEMBERS, words=("快捷回复", "常用语")
)
def canned(turn: Turn, words: Rest | None = None) -> Reply | Text:
    said = (words or "").strip()
    if match := re.fullmatch(r"(?:add|new|添加|新增)\s+(?P<rest>.+)", said, re.I | re.S):
        _writes(turn)
        draft = draft_of(match["rest"])
        if draft is None:
            raise BadInput(_("It has a short name, a colon, and the words. Example: {example}", example=_canned(turn)))
        return saved(turn, _canned_anew(turn, draft), _("ready sentence “{title}” kept", title=draft.title))
    articles = turn.work.knowledge.live("canned")
    named = next((a for a in articles if said.casefold() in {t.casefold() for t in a.title.values()}), None)
    if said and named is None:
        return looked_up(turn, said, "canned")
    if named is not None:
        return cards.article_card(turn, named)
    if not articles:
        return lines(_("No ready sentence is kept yet."), _("Example: {example}", example=_canned(turn)))
    return cards.listed(turn, articles, 0, title=_("Ready sentences"), press="kb-canned")


def _canned(turn: Turn) -> Text:
    return code(_("/c add hello: Hello, this is {firm}. How can I help?", firm=turn.workspace.name))


def _canned_anew(turn: Turn, draft: Draft) -> Article:
    """The same name again is the same sentence in other words, or in the other language."""
    known = next((a for a in turn.work.knowledge.live("canned") if draft.title in a.title.values()), None)
    if known is None:
        return add_article(turn, "canned", draft)
    known = write(turn, known, draft.body, part="body", language=draft.language)
    return write(turn, known, draft.title, part="title", language=draft.language)


@command(
    "sop",
    help=_("How we do it: checklists, also for a ticket"),
    example=_("/sop complaint"),
    for_=MEMBERS,
    words=("sop", "流程手册", "标准流程"),
)
def sop(turn: Turn, words: Rest | None = None) -> Reply | Text:
    said = (words or "").strip()
    if match := re.fullmatch(r"(?:add|new|添加|新增)\s+(?P<rest>.+)", said, re.I | re.S):
        return _sop_added(turn, match["rest"])
    if match := _TICKET.fullmatch(said):
        return _sop_of_ticket(turn, int(match["number"]), match["rest"])
    articles = turn.work.knowledge.live("sop")
    if not articles:
        return lines(_("No checklist is written down yet."), _("Example: {example}", example=code(SOP)))
    if said:
        return looked_up(turn, said, "sop")
    return cards.listed(turn, articles, 0, title=_("Checklists"), press="kb-sops")


def _sop_added(turn: Turn, words: str) -> Reply:
    """The title says for which kinds of ticket it is, where it names one."""
    _writes(turn)
    match = _HEAD.fullmatch(words.strip())
    draft = draft_of(f"{match['title']}\n{match['body']}") if match else None
    if draft is None or not steps_of(draft.body):
        raise BadInput(_("A checklist has a name, a colon, and its steps. Example: {example}", example=code(SOP)))
    return saved(turn, add_article(turn, "sop", draft), _("checklist “{title}” written", title=draft.title))


def _sop_of_ticket(turn: Turn, number: int, words: str) -> Reply | Text:
    ticket = turn.work.desk.numbered(number)
    if ticket is None:
        return _("I know no ticket T-{number}.", number=str(number))
    asked = find(turn, words, "sop", most=1) if words else []
    found = asked[0][0] if asked else checklist_for(turn, ticket)
    if found is None:
        return lines(_("No checklist fits this ticket yet."), _("Example: {example}", example=code(SOP)))
    return cards.checklist(turn, found, ticket)
