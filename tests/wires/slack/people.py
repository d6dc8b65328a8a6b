"""People on the fake platform: they write, press, fill in, edit, delete, use commands and shortcuts, and read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.wires.slack.delivery import Delivery
from tests.wires.slack.world import Json, Place, Seen, Team, User, buttons_of, words_of
from tests.wires.telegram.people import until

if TYPE_CHECKING:
    from tests.wires.slack.server import SlackWire

BOT = "bot"
"""As a place: the direct message with the app."""
_URL = re.compile(r"https?://[^\s<>]+")


class Channel:
    """A channel with its people."""

    def __init__(self, wire: SlackWire, place: Place) -> None:
        self.wire = wire
        self.place = place

    @property
    def id(self) -> str:
        return self.place.id

    def add(self, who: Person | Team) -> None:
        """A person or an app comes in; apps that are in hear it."""
        if isinstance(who, Team):
            self.place.bots.append(who)
            user, team = who.bot, who
        else:
            self.place.people[who.id] = who.user
            user, team = who.id, who.user.team
        self._tell("member_joined_channel", user, team)

    def remove(self, who: Person | Team) -> None:
        """A person leaves, or the app is removed."""
        if isinstance(who, Team):
            self.place.bots.remove(who)
            self.wire.happens(who, {"type": "channel_left", "channel": self.id, "actor_id": "U0ADMIN"})
        else:
            self.place.people.pop(who.id, None)
            self._tell("member_left_channel", who.id, who.user.team)

    def archives(self) -> None:
        self.place.archived = True

    def _tell(self, kind: str, user: str, team: Team) -> None:
        about = {"type": kind, "user": user, "channel": self.id, "channel_type": "C", "team": team.id}
        for bot in self.place.bots[:1]:
            self.wire.happens(bot, about, shared=self.place.is_shared)


class Person:
    """Somebody in a workspace; `where` is "bot" (the direct message with the app) or a channel."""

    def __init__(self, wire: SlackWire, user: User) -> None:
        self.wire = wire
        self.user = user

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def direct(self) -> str:
        """The id of the direct message with the app."""
        return self._place(BOT).id

    def says(self, where: str | Channel, text: str, *, thread: str = "", files: list[Json] | None = None) -> str:
        """Writes a message and returns its id; a mention in a channel reaches the app as two events, as it does."""
        place = self._place(where)
        seen = Seen(self.wire.world.stamp(), self.id, self.wire.marked(text), thread_ts=thread, files=files or [])
        place.messages[seen.ts] = seen
        message = {**self._message(place, seen), "event_ts": seen.ts}
        kind = {"channel_type": place.kind, **({"subtype": "file_share"} if files else {})}
        for team in place.bots[:1]:
            self.wire.happens(team, {"type": "message", **message, **kind}, shared=place.is_shared)
            if f"<@{team.bot}>" in seen.text and place.kind != "im":
                self.wire.happens(team, {"type": "app_mention", **message}, shared=place.is_shared)
            self._links(team, place, seen)
        return seen.ts

    def sends_file(
        self,
        where: str | Channel,
        name: str,
        content: bytes,
        *,
        mime: str = "",
        text: str = "",
        size: int = 0,
        thread: str = "",
    ) -> str:
        """A message with a file; `size` pretends that it is larger than it is."""
        file = self.wire.methods.keep_file(name, content, mime=mime, size=size)
        return self.says(where, text, thread=thread, files=[file])

    def edits(self, where: str | Channel, text: str, ts: str = "") -> None:
        """Changes an own message, the last one unless told otherwise."""
        place, seen = self._own(where, ts)
        before = self._message(place, seen)
        seen.text, seen.edits = self.wire.marked(text), seen.edits + 1
        edited = {"user": self.id, "ts": self.wire.world.stamp()}
        after = {**self._message(place, seen), "edited": edited}
        self._changed(place, "message_changed", {"message": after, "previous_message": before})

    def deletes(self, where: str | Channel, ts: str = "") -> None:
        place, seen = self._own(where, ts)
        seen.deleted = True
        gone = {"deleted_ts": seen.ts, "previous_message": self._message(place, seen)}
        self._changed(place, "message_deleted", gone)

    def presses(self, label: str, *, where: str | Channel | None = None, ts: str = "") -> Delivery:
        """The newest button with that label (or one that contains it), also on the home and in a modal."""
        found = self._button(label, where, ts)
        if found is None:
            raise AssertionError(f"{self.user.name} sees no button {label!r}")
        container, button = found
        action = {name: button[name] for name in ("action_id", "value", "text") if name in button}
        action |= {"type": "button", "block_id": "b", "action_ts": self.wire.world.stamp()}
        return self.wire.interacts("block_actions", self, {"actions": [action], **container})

    def commands(self, line: str, where: str | Channel = BOT) -> Delivery:
        """A slash command; apps need not be in the channel."""
        command, _, text = line.partition(" ")
        place = self._place(where)
        fields = {
            "token": "legacy",
            "team_id": self.user.team.id,
            "team_domain": self.user.team.name.lower(),
            "channel_id": place.id,
            "channel_name": "directmessage" if place.kind == "im" else place.title,
            "user_id": self.id,
            "user_name": self.user.name.lower(),
            "command": command,
            "text": self.wire.marked(text),
            "api_app_id": self.wire.app_id,
            "is_enterprise_install": "false",
            "response_url": self.wire.response_url(self.user, place),
            "trigger_id": self.wire.world.trigger(self.user),
        }
        return self.wire.delivers(Delivery("command", fields), lambda done: self._answered(done, place))

    def logs(self, where: str | Channel, ts: str, callback: str = "log_activity") -> Delivery:
        """The shortcut "Log as activity" on a message."""
        place = self._place(where)
        seen = place.messages[ts]
        about = {
            "callback_id": callback,
            "message_ts": ts,
            "action_ts": self.wire.world.stamp(),
            "channel": {"id": place.id, "name": place.title},
            "message": self._message(place, seen) | ({"bot_id": f"B{seen.by_bot}"} if seen.by_bot else {}),
            "response_url": self.wire.response_url(self.user, place),
        }
        return self.wire.interacts("message_action", self, about)

    def opens_home(self, tab: str = "home") -> Delivery:
        event = {"type": "app_home_opened", "user": self.id, "channel": self.direct, "tab": tab}
        return self.wire.happens(self.user.team, event)

    @property
    def home(self) -> str:
        """What the person's App Home shows."""
        return words_of((self.user.home or {}).get("blocks", []))

    async def modal(self, title: str = "", seconds: float = 5.0) -> Json:
        """The open form, once there is one."""

        def found() -> Json | None:
            view = self.user.modal
            return view if view and title in view["title"]["text"] else None

        view: Json = await until(found, seconds, f"no form {title!r} was opened for {self.user.name}")
        return view

    def fills(self, **values: str) -> Delivery:
        """Submits the open form; an unknown field or a missing required one is refused, as Slack's client does."""
        view = self.user.modal
        assert view, f"{self.user.name} has no form open"
        inputs = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
        assert not values.keys() - inputs.keys(), f"the form has only {sorted(inputs)}"
        missing = [name for name, block in inputs.items() if name not in values and not block.get("optional")]
        missing = [name for name in missing if not _initial(inputs[name]["element"])]
        assert not missing, f"the form also needs {missing}"
        state = {name: _filled(block["element"], values.get(name)) for name, block in inputs.items()}
        submitted = {**view, "state": {"values": state}, "hash": f"{self.wire.world.number()}.hash"}
        about = {"view": submitted, "response_urls": []}
        return self.wire.interacts("view_submission", self, about, self._submitted)

    def joins(self, channel: Channel) -> None:
        channel.add(self)

    def leaves(self, channel: Channel) -> None:
        channel.remove(self)

    def vanishes(self) -> None:
        """The account is deactivated."""
        self.user.deactivated = True

    def sees(self, where: str | Channel) -> list[Seen]:
        """What is visible to this person now, oldest first, edits applied."""
        return self._place(where).visible(self.id)

    async def reads(self, where: str | Channel, text: str = "", *, seconds: float = 5.0) -> Seen:
        """The newest visible message of the app with this text in it; waits for it."""

        def found() -> Seen | None:
            fitting = (seen for seen in reversed(self.sees(where)) if seen.by_bot)
            return next((seen for seen in fitting if text in seen.shown), None)

        def complaint() -> str:
            return f"nobody wrote {text!r}; there is {[seen.shown for seen in self.sees(where)]}"

        seen: Seen = await until(found, seconds, complaint)
        return seen

    def _place(self, where: str | Channel) -> Place:
        return where.place if isinstance(where, Channel) else self.wire.world.direct(self.user, self.user.team)

    def _own(self, where: str | Channel, ts: str) -> tuple[Place, Seen]:
        place = self._place(where)
        own = [seen for seen in place.visible(self.id) if seen.user == self.id and ts in ("", seen.ts)]
        return place, own[-1]

    def _message(self, place: Place, seen: Seen) -> Json:
        """As it stands in events and interactions."""
        user = self.wire.world.users.get(seen.user)
        team = user.team.id if user else self.user.team.id
        message = {"user": seen.user, "text": seen.text, "ts": seen.ts, "team": team, "channel": place.id}
        if user and place.is_shared:
            message |= {"user_team": team, "source_team": team}
        if seen.thread_ts:
            message |= {"thread_ts": seen.thread_ts, "parent_user_id": place.messages[seen.thread_ts].user}
        return message | ({"files": seen.files} if seen.files else {})

    def _changed(self, place: Place, subtype: str, about: Json) -> None:
        stamp = self.wire.world.stamp()
        event = {"type": "message", "subtype": subtype, "hidden": True, "channel": place.id, "ts": stamp}
        event |= {"event_ts": stamp, "channel_type": place.kind, **about}
        for team in place.bots[:1]:
            self.wire.happens(team, event, shared=place.is_shared)

    def _links(self, team: Team, place: Place, seen: Seen) -> None:
        urls = [url for url in _URL.findall(seen.text.replace("|", " ")) if self.wire.unfurls(url)]
        if urls:
            event = {"type": "link_shared", "user": self.id, "channel": place.id, "message_ts": seen.ts}
            event |= {"unfurl_id": f"{place.id}-{seen.ts}", "source": "conversations_history"}
            event["links"] = [{"url": url, "domain": url.split("/")[2]} for url in urls]
            self.wire.happens(team, event)

    def _button(self, label: str, where: str | Channel | None, ts: str) -> tuple[Json, Json] | None:
        shown = self._shown(where, ts)
        tests: list[Callable[[str], bool]] = [lambda text: text == label, lambda text: label in text]
        for fits in tests:
            for container, blocks in shown:
                for button in buttons_of(blocks):
                    if fits(button["text"]["text"]):
                        return container, button
        return None

    def _shown(self, where: str | Channel | None, ts: str) -> list[tuple[Json, list[Json]]]:
        views = [view for view in (self.user.modal, self.user.home) if view and where is None]
        found = [
            ({"container": {"type": "view", "view_id": view["id"]}, "view": view}, view["blocks"]) for view in views
        ]
        places = [self._place(where)] if where else self.wire.places_of(self)
        messages = [(place, seen) for place in places for seen in place.visible(self.id) if ts in ("", seen.ts)]
        messages.sort(key=lambda item: item[1].ts, reverse=True)
        return found + [(self._container(place, seen), seen.blocks) for place, seen in messages]

    def _container(self, place: Place, seen: Seen) -> Json:
        container = {"type": "message", "message_ts": seen.ts, "channel_id": place.id}
        container["is_ephemeral"] = bool(seen.only_for)
        if seen.thread_ts:
            container["thread_ts"] = seen.thread_ts
        return {
            "container": container,
            "channel": {"id": place.id, "name": place.title or "directmessage"},
            "message": self._message(place, seen),
            "response_url": self.wire.response_url(self.user, place, seen.ts),
        }

    def _answered(self, done: Delivery, place: Place) -> None:
        """The response of a slash command is shown to the person alone."""
        message = {"text": done.response} if isinstance(done.response, str) else done.response
        if message and message.get("text"):
            only_for = "" if message.get("response_type") == "in_channel" else self.id
            self.wire.methods.show(place, message, by_bot="response", only_for=only_for)

    def _submitted(self, done: Delivery) -> None:
        response = done.response if isinstance(done.response, dict) else {}
        self.user.errors = done.errors
        if response.get("response_action") == "update":
            self.user.modal = {**response["view"], "id": (self.user.modal or {})["id"]}
            self.wire.world.views[self.user.modal["id"]] = (self.user, self.user.modal)
        elif response.get("response_action") != "errors":
            self.user.modal = None


def _initial(element: Json) -> Any:
    return next((value for name, value in element.items() if name.startswith("initial_")), None)


def _filled(element: Json, value: str | None) -> Json:
    """The state of one input, as Slack gives it; without a value what it was opened with."""
    kind, id = element["type"], element["action_id"]
    if value is None and (first := _initial(element)) is not None:
        value = first["value"] if isinstance(first, dict) else first
    if kind == "static_select":
        chosen = next(
            (option for option in element["options"] if value in (option["value"], option["text"]["text"])), None
        )
        assert chosen or value is None, f"there is no choice {value!r}"
        return {id: {"type": kind, "selected_option": chosen}}
    names = {"datepicker": "selected_date", "timepicker": "selected_time"}
    return {id: {"type": kind, names.get(kind, "value"): value}}
