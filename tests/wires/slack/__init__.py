"""A fake of Slack, as strict as the real one: signed events with retries, interactions, forms, sockets, the Web API.

async with SlackWire() as wire:
    wire.calls("http://127.0.0.1:8080/hooks/slack")     # or Socket Mode, as soon as somebody opens a connection
    ann = wire.user("Ann")                               # wire.home.token, wire.secret, wire.app_token, wire.api_url
    ann.says("bot", "Called Li Wei at Acme")             # a direct message; or a channel: wire.channel("sales", [ann])
    card = await ann.reads("bot", "Li Wei")              # waits for a visible message, edits applied
    press = ann.presses("Undo")
    assert await press.ended() == 200
    await ann.commands("/crm who Acme", sales).ended()
    modal = await ann.modal()
    submitted = ann.fills(name="Acme")
    wire.drops("chat.postMessage", accepted=True)        # the next one is taken, then the line goes dead
"""

from tests.wires.slack.delivery import Delivery
from tests.wires.slack.people import Channel, Person
from tests.wires.slack.server import SlackWire
from tests.wires.slack.world import Seen, Team

__all__ = ["Channel", "Delivery", "Person", "Seen", "SlackWire", "Team"]
