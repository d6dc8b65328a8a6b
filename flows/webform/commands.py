"""`/webform`: what to paste into one's own website."""

from __future__ import annotations

from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows.router import MANAGERS, command
from flows.turn import Turn
from flows.webform.actions import form_id
from flows.webform.rules import TRAP


@command("webform", help=_("A form for your website"), for_=MANAGERS, words=("web form", "网站表单"), rooms=False)
def webform(turn: Turn) -> Text:
    address = f"{turn.workspace.settings.get('url', '')}/form/{form_id(turn.workspace)}"
    form = (
        f'<form method="post" action="{address}">\n'
        '  <input name="name" required> <input name="phone"> <input name="email" type="email">\n'
        '  <textarea name="message"></textarea>\n'
        f'  <input name="{TRAP}" style="display:none" tabindex="-1" autocomplete="off">\n'
        "  <button>OK</button>\n</form>"
    )
    return lines(
        _("Paste this into your website. Whoever fills it in becomes a lead here:"),
        code(form),
        _("Any form may post to {address}, also as JSON; the hidden field keeps machines out.", address=code(address)),
    )
