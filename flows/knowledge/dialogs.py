"""What is typed while an article is written or changed. A command, or Cancel, ends it and keeps what was there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.knowledge.actions import add_article, change_article, write, written
from flows.knowledge.commands import saved
from flows.knowledge.rules import LONGEST_BODY, LONGEST_TITLE, Draft, draft_of, language_of_words
from flows.router import EDITORS, dialog
from flows.turn import Turn
from store.models import Article, Gap


@dialog("kb-title", for_=EDITORS, wants="text")
def title(turn: Turn, state: Mapping[str, Any], said: Said) -> Reply | Text:
    """Whoever sends title and text at once is done."""
    draft = draft_of(said.text) if "\n" in said.text.strip() else None
    if draft is not None:
        turn.remember(None)
        return saved(turn, add_article(turn, "answer", draft), _("article “{title}” written", title=draft.title))
    turn.remember({"kind": "kb-body", "title": said.text.strip()[:LONGEST_TITLE], "gap": None})
    return Reply(_("And what shall we say? Write it as the customer should read it."), (Option(_("Cancel"), "cancel"),))


@dialog("kb-body", for_=EDITORS, wants="text")
def body(turn: Turn, state: Mapping[str, Any], said: Said) -> Reply | Text:
    turn.remember(None)
    draft = Draft(state["title"], said.text.strip()[:LONGEST_BODY], language_of_words(state["title"] + said.text))
    gap = turn.work.get(Gap, state["gap"]) if state["gap"] else None
    article = add_article(turn, "answer", draft)
    return saved(turn, article, _("article “{title}” written", title=draft.title), gap=gap)


@dialog("kb-part", for_=EDITORS, wants="text")
def part(turn: Turn, state: Mapping[str, Any], said: Said) -> Reply | Text:
    """A new title or text; in the other language both at once."""
    found = turn.work.get(Article, state["article"])
    if found is None:
        turn.remember(None)
        return _("That article is no longer there.")
    if state["part"] == "both":
        draft = draft_of(said.text)
        if draft is None:
            return _("The title goes on a line of its own, the text below it.")
        found = write(turn, found, draft.title, part="title", language=state["language"])
        found = write(turn, found, draft.body, part="body", language=state["language"])
    elif state["part"] == "tags":
        found = change_article(turn, found, tags=" ".join(said.text.replace("#", " ").split())[:300])
    else:
        found = write(turn, found, said.text, part=state["part"])
    turn.remember(None)
    name, _body = written(found, turn.language)
    return saved(turn, found, _("article “{title}” changed", title=name))
