"""A fake of Telegram's Bot API: as strict as the real one, scriptable in its failures, driven by people with names.

async with TelegramWire() as wire:
    staff = wire.bot("staff bot")                       # staff.token goes to the adapter, wire.url is its api_url
    ann = wire.user("Ann", phone="15550100")
    ann.starts("staff bot", "invite-code")
    ann.says("staff bot", "Called Li Wei at Acme")
    card = await ann.reads("staff bot", "Li Wei")       # waits for a visible message, edits applied
    press = ann.presses("Undo")
    assert await press.toast() == "Undone"
    wire.drops("sendMessage", accepted=True)            # the next one is taken, then the line goes dead
"""

from tests.wires.telegram.people import Group, Person, Press
from tests.wires.telegram.server import TelegramWire
from tests.wires.telegram.world import Account, Seen

__all__ = ["Account", "Group", "Person", "Press", "Seen", "TelegramWire"]
