"""What people say about colleagues: invite, list, promote, remove; several platforms; a viewer's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, code, lines, text
from bot.core.text import gettext as _
from flows import asking
from flows.arguments import Word
from flows.arguments import colleague as named_so
from flows.arrival import ROLES, refusal, role_name
from flows.replies import below, settled
from flows.router import COMMANDS, MANAGERS, MEMBERS, NOT_MINE, command, heard, press
from flows.teams import actions, cards, listening
from flows.teams.rules import RANK, may_change, may_give, role_of_word
from flows.teams.wishes import Wish, read_wish
from flows.turn import Turn
from flows.undo.actions import BATCHES
from store.models import Change, Member

__all__ = ["listening"]

Said_ = Reply | Text | Sequence[Reply | Text]


@command(
    "colleague",
    help=_("Invite a colleague"),
    example=_("/colleague rep"),
    for_=MANAGERS,
    words=("invite a colleague", "invite colleague", "邀请同事"),
    rooms=False,
)
def colleague(turn: Turn, role: Word | None = None) -> Said_:
    if role is None:
        return Reply(_("In which role?"), _roles(turn))
    return _invited(turn, _role(role)) if _role(role) else _no_role(turn, role)


@press("colleague", for_=MANAGERS)
def colleague_pressed(turn: Turn, role: str) -> Said_:
    return _invited(turn, role) if role in ROLES else _no_role(turn, role)


def _invited(turn: Turn, role: str) -> Said_:
    if not turn.private:
        return _("Please write me that in our private chat.")
    return cards.invitation_text(turn, actions.invite(turn, role), role)


def _role(said: str) -> str:
    return role_of_word(said) or ""


def _roles(turn: Turn) -> tuple[Option, ...]:
    return tuple(Option(label, f"colleague:{role}") for role, label in ROLES.items() if may_give(turn.me().role, role))


def _no_role(turn: Turn, said: str) -> Reply:
    return Reply(
        _("“{role}” is no role. Example: {example}", role=said[:40], example=code(_("/colleague rep"))), _roles(turn)
    )


@command(
    "members",
    help=_("Who belongs to us"),
    for_=MEMBERS,
    words=(
        *(
            "members",
            "colleagues",
            "team members",
            "who is on my team",
            "who is on the team",
            "who is on our team",
            "who's on the team",
            "who is in the team",
        ),
        *("成员", "同事们", "团队成员", "团队里有谁", "团队里都有谁", "有哪些同事", "我们有几个人", "我们有哪些人"),
    ),
)
def members(turn: Turn) -> Text:
    return cards.members_list(turn, turn.work.people.members())


@command("role", help=_("Give a colleague another role"), example=_("/role Bob manager"), for_=MANAGERS)
def role(turn: Turn, name: Member, role: Word) -> Reply | Text:
    wanted = role_of_word(role)
    if wanted is None:
        return _("“{role}” is no role. Example: {example}", role=role[:40], example=code(_("/role Bob manager")))
    changed = actions.give_role(turn, name, wanted)
    card = f"role:{changed.id}"
    turn.did(_("role of {name}: {role}", name=changed.name, role=role_name(changed.role)), card)
    return below(turn, Reply(_role_told(turn, changed), (Option(_("Undo"), f"undo:{card}"),), card=card))


def _role_told(turn: Turn, changed: Member) -> Text:
    """Whose role it is hears of it too."""
    said = _("You are {role} now.", role=role_name(changed.role))
    turn.message_member(changed, Reply(said), "team")
    return _("{name} is {role} now.", name=changed.name, role=role_name(changed.role))


def role_back(turn: Turn, change: Change) -> Reply:
    """Nothing but the role is taken back, and only by whoever may still give it."""
    return Reply(_role_told(turn, actions.role_back(turn, change)), card=change.card)


BATCHES["role"] = role_back


@command(
    "remove", help=_("Remove a colleague"), example=_("/remove Bob"), for_=MANAGERS, words=("移除成员",), rooms=False
)
def remove(turn: Turn, name: Member) -> Reply:
    actions.may_remove(turn, name)
    customers = len(turn.work.customers.owned_by(name.id))
    reminders = len(turn.work.reminders.open(name.id, turn.now + actions.FOREVER))
    return cards.confirm(turn, name, actions.successors(turn, name), customers, reminders)


@heard("first", for_=MEMBERS)
def wished(turn: Turn, said: Said) -> Any:
    """ "Add Mei to the team", "Bob left the company", 把小王升为经理; only of who is one of us, or comes anew."""
    wish = read_wish(said.text) if asking.may_order(turn, said) else None
    if wish is None:
        return NOT_MINE
    found = named_so(turn, wish.name) if wish.name else None
    if (found is None) if wish.act != "invite" else (found is None and not wish.plainly and _in_file(turn, wish.name)):
        return NOT_MINE
    bare = said.text.casefold().lstrip().startswith(("invite", "邀请"))
    unknown = bare and wish.act == "invite" and wish.name and found is None and not (wish.plainly or wish.role)
    if unknown and turn.me().role not in MANAGERS:
        return NOT_MINE
    turn.remember(None)
    if (refused := refusal(turn, COMMANDS[_COMMANDS[wish.act]])) is not None:
        return refused
    if wish.act == "invite":
        return _wanted(turn, wish, found)
    assert found is not None  # noqa: S101 - seen above
    if wish.act == "remove":
        return below(turn, remove(turn, found))
    return role(turn, found, Word(wish.role)) if wish.role else _which_role(turn, found, wish.way)


def _which_role(turn: Turn, found: Member, way: str) -> Reply:
    """ "Demote Cem": what they may become by whoever asks."""
    rank, mine = RANK[found.role], turn.me().role
    fit = [one for one in ROLES if (RANK[one] < rank if way == "down" else RANK[one] > rank)]
    picks = tuple(Option(ROLES[one], f"role-of:{found.id}:{one}") for one in fit if may_give(mine, one))
    if not picks or not may_change(mine, found.role):
        return Reply(_("{name} is {role}, and stays so.", name=found.name, role=role_name(found.role)))
    now = _("{name} is {role} now.", name=found.name, role=role_name(found.role))
    return Reply(lines(now, _("In which role?")), picks)


@press("role-of", for_=MANAGERS)
def role_pressed(turn: Turn, member: int, role_: str) -> Reply | Text:
    found = turn.work.get(Member, member)
    if found is None or found.state != "active" or role_ not in ROLES:
        return settled()
    return role(turn, found, Word(role_))


_COMMANDS = {"invite": "colleague", "role": "role", "remove": "remove"}


def _in_file(turn: Turn, name: str) -> bool:
    """A customer of that name is no colleague to be."""
    return bool(name) and bool(turn.work.search.named([name]))


def _wanted(turn: Turn, wish: Wish, found: Member | None) -> Said_:
    if found is not None:
        return _("{name} is here already.", name=found.name)
    if wish.name and not (wish.plainly or wish.role):
        return Reply(
            lines(
                _("In which role?"),
                _("If {name} is a customer: {example}", name=wish.name, example=code(text("/add ", wish.name))),
            ),
            _roles(turn),
        )
    return colleague(turn, Word(wish.role) if wish.role else None)


@press("remove", for_=MANAGERS)
def remove_pressed(turn: Turn, member: int, successor: int) -> Reply:
    gone, heir = turn.work.get(Member, member), turn.work.get(Member, successor)
    if gone is None or heir is None or not turn.private:
        return settled()
    done = actions.remove(turn, gone, heir)
    if heir.id != turn.me().id:
        actions.tell_successor(turn, gone, done)
    rooms = actions.tell_rooms(turn, gone, heir)
    shown = cards.removed(gone, heir, done.customers, len(done.reminders), rooms)
    turn.rewrite(shown.card, shown)
    return Reply(_("{name} is removed.", name=gone.name), toast=True)


@press("member-stays", for_=MANAGERS)
def stays(turn: Turn, member: int) -> Reply:
    found = turn.work.get(Member, member)
    if found is None or found.state != "active":
        return settled()
    return Reply(_("{name} stays. Nothing was changed.", name=found.name), card=f"member:{member}")


@press("invite-back", for_=MANAGERS)
def invite_back(turn: Turn, member: int) -> Said_:
    found = turn.work.get(Member, member)
    if found is None or not turn.private:
        return settled()
    return cards.invitation_text(turn, actions.invite_back(turn, found), found.role)


@command("link", help=_("Use me on one more platform"), for_=MEMBERS, words=("关联账号",), rooms=False)
def link(turn: Turn) -> Text:
    return cards.linking(actions.link_code(turn))


@heard("said", for_=frozenset({"viewer"}))
def viewer_said(turn: Turn, said: Said) -> Text | None:
    """A viewer's sentence is never dropped in silence."""
    if not said.text.strip():
        return None
    return lines(
        _("You may look things up here, but your role is {role}, so I wrote nothing down.", role=role_name("viewer")),
        _("Ask a manager for another role, or look somebody up: {example}", example=code(_("/who Acme"))),
    )
