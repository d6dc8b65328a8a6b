"""`/apikey`: who may come in by program."""

from __future__ import annotations

from bot.core.errors import BadInput
from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, moment, text
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.keys.actions import EXAMPLE, ROLES, keys, make_key, revoke
from flows.replies import settled
from flows.router import MANAGERS, command, press
from flows.secrets import shown_once
from flows.turn import Turn


@command(
    "apikey",
    help=_("Keys for other programs"),
    example=_("/apikey webshop rep"),
    for_=MANAGERS,
    words=("api key", "api keys", "接口密钥"),
    rooms=False,
)
def apikey(turn: Turn, words: Rest | None = None) -> Reply:
    if not words:
        return _listed(turn)
    name, _space, role = words.strip().rpartition(" ")
    if not name or role.lower() not in ROLES:
        raise BadInput(_("Say a name and a role: {roles}. Example: {example}", roles=", ".join(ROLES), example=EXAMPLE))
    row, token = make_key(turn, name, role.lower())
    body = lines(
        _("The key “{name}” ({role}), shown only now:", name=row.name, role=row.role),
        shown_once(turn, token),
        _(
            "It goes into the header {header}. What it can do: {url}",
            header=code("Authorization: Bearer …"),
            url=_url(turn),
        ),
    )
    return Reply(body, (Option(_("Revoke"), f"apikey-off:{row.id}", style="danger"),))


def _url(turn: Turn) -> str:
    return f"{turn.workspace.settings.get('url', '')}/api/v1/docs"


def _listed(turn: Turn) -> Reply:
    found = keys(turn)
    if not found:
        return Reply(
            lines(
                _("No program has a key yet. A key acts in your name, with a role of its own."),
                _("Example: {example}", example=EXAMPLE),
            )
        )
    shown = [
        text(
            "• ", bold(row.name), f" …{row.tail} · {row.role} · ",
            _("last used {when}", when=moment(row.seen, "short")) if row.seen else _("never used"),
        )
        for row in found
    ]  # fmt: skip
    options = tuple(Option(_("Revoke {name}", name=row.name[:30]), f"apikey-off:{row.id}", wide=True) for row in found)
    return Reply(lines(*shown), options)


@press("apikey-off", for_=MANAGERS)
def off(turn: Turn, key: int) -> Reply | Text:
    row = revoke(turn, key)
    if row is None:
        return settled()
    return Reply(_("The key “{name}” opens nothing any more.", name=row.name))
