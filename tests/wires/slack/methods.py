"""What the Web API does when it accepts a call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from tests.wires.slack.world import Accepted, ApiError, Json, Place, Seen, Team, World


class Methods:
    """Carries out what `rules.check` has let pass."""

    def __init__(self, world: World, url: Callable[[], str]) -> None:
        self.world = world
        self._url = url
        self._uploads: dict[str, tuple[str, str, int]] = {}
        self._table: Mapping[str, Callable[[Team, Json], Json]] = {
            "chat.postMessage": self._post,
            "chat.postEphemeral": self._post_for_one,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "chat.unfurl": self._unfurl,
            "views.open": self._open,
            "views.push": self._open,
            "views.update": self._update_view,
            "views.publish": self._publish,
            "conversations.open": self._open_direct,
            "conversations.info": self._channel,
            "users.info": self._user,
            "files.info": self._file,
            "files.delete": self._delete_file,
            "files.getUploadURLExternal": self._upload_url,
            "files.completeUploadExternal": self._complete,
            "auth.test": self._who,
        }

    def carry_out(self, team: Team, method: str, arguments: Json, who: str = "") -> Json:
        result = self._table[method](team, arguments)
        chat = str(arguments.get("channel", arguments.get("channel_id", "")))
        message = str(result.pop("shown", "") or result.get("ts", ""))
        self.world.log.append(Accepted(self.world.now(), team.id, method, chat, arguments, message, who))
        return {"ok": True, **result}

    def take_upload(self, ticket: str, content: bytes) -> None:
        """The second of the three steps."""
        file, name, length = self._uploads[ticket]
        if len(content) != length:
            raise ApiError("length_mismatch")
        self.keep_file(name, content, id=file)

    def keep_file(self, name: str, content: bytes, *, mime: str = "", id: str = "", size: int = 0) -> Json:
        """`size` pretends that it is larger than it is."""
        id = id or self.world.id("F")
        url = f"{self._url()}/files-pri/{id}/{name}"
        described = {"id": id, "name": name, "title": name, "mimetype": mime or "application/octet-stream"}
        described |= {"size": size or len(content), "url_private": url, "url_private_download": url, "mode": "hosted"}
        self.world.files[id] = (described, content)
        return described

    def respond(self, ticket: str, message: Json) -> None:
        """To a response_url."""
        found = self.world.responses.get(ticket)
        if found is None or found.left <= 0 or found.until < self.world.now():
            raise ApiError("used_url")
        found.left -= 1
        place = self.world.places[found.place]
        original = place.messages.get(found.message)
        if original and (message.get("delete_original") or message.get("replace_original")):
            original.deleted = bool(message.get("delete_original"))
            original.text, original.blocks = message.get("text", ""), message.get("blocks", [])
            original.edits += 1
            return
        only_for = "" if message.get("response_type") == "in_channel" else found.user
        self.show(place, message, by_bot="response", only_for=only_for)

    def show(self, place: Place, message: Json, *, by_bot: str, user: str = "", only_for: str = "") -> Seen:
        seen = Seen(
            self.world.stamp(),
            user,
            message.get("text", ""),
            list(message.get("blocks") or []),
            message.get("thread_ts") or "",
            by_bot,
            only_for,
            metadata=message.get("metadata") or {},
        )
        place.messages[seen.ts] = seen
        return seen

    def _post(self, team: Team, arguments: Json) -> Json:
        place = self.world.place_for(team, arguments["channel"])
        thread = arguments.get("thread_ts")
        if thread and thread not in place.messages:
            raise ApiError("thread_not_found")
        seen = self.show(place, arguments, by_bot=team.id, user=team.bot)
        return {"channel": place.id, "ts": seen.ts, "message": {"text": seen.text, "user": team.bot}}

    def _post_for_one(self, team: Team, arguments: Json) -> Json:
        place = self.world.place_for(team, arguments["channel"])
        if arguments["user"] not in place.people:
            raise ApiError("user_not_in_channel")
        seen = self.show(place, arguments, by_bot=team.id, user=team.bot, only_for=arguments["user"])
        return {"message_ts": seen.ts}

    def _update(self, team: Team, arguments: Json) -> Json:
        seen = self._own(team, arguments, "cant_update_message")
        seen.text, seen.blocks = arguments.get("text", ""), list(arguments.get("blocks") or [])
        seen.edits += 1
        return {"channel": arguments["channel"], "ts": seen.ts, "text": seen.text}

    def _delete(self, team: Team, arguments: Json) -> Json:
        seen = self._own(team, arguments, "cant_delete_message")
        seen.deleted = True
        return {"channel": arguments["channel"], "ts": seen.ts}

    def _own(self, team: Team, arguments: Json, error: str) -> Seen:
        if str(arguments["channel"])[:1] in ("U", "W"):
            raise ApiError("channel_not_found")
        seen = self.world.place_for(team, arguments["channel"]).messages.get(str(arguments["ts"]))
        if seen is None or seen.deleted or seen.only_for:
            raise ApiError("message_not_found")
        if seen.by_bot != team.id:
            raise ApiError(error)
        return seen

    def _unfurl(self, team: Team, arguments: Json) -> Json:
        for place in self.world.places.values():
            for seen in place.messages.values():
                if seen.ts == arguments.get("ts") or f"{place.id}-{seen.ts}" == arguments.get("unfurl_id"):
                    seen.preview = arguments["unfurls"]
                    return {}
        raise ApiError("cannot_find_message")

    def _open(self, team: Team, arguments: Json) -> Json:
        user = self.world.pull(arguments["trigger_id"])
        view = {**arguments["view"], "id": self.world.id("V"), "team_id": team.id}
        user.modal, user.errors = view, {}
        self.world.views[view["id"]] = (user, view)
        return {"view": view}

    def _update_view(self, team: Team, arguments: Json) -> Json:
        if arguments.get("view_id") not in self.world.views:
            raise ApiError("not_found")
        user, old = self.world.views[arguments["view_id"]]
        view = {**arguments["view"], "id": old["id"], "team_id": team.id}
        self.world.views[view["id"]] = (user, view)
        user.modal = view
        return {"view": view}

    def _publish(self, team: Team, arguments: Json) -> Json:
        user = self.world.person(arguments["user_id"])
        id = (user.home or {}).get("id") or self.world.id("V")
        user.home = {**arguments["view"], "id": id, "team_id": team.id}
        self.world.views[id] = (user, user.home)
        return {"view": user.home}

    def _open_direct(self, team: Team, arguments: Json) -> Json:
        user = self.world.person(arguments["users"])
        return {"channel": {"id": self.world.direct(user, team).id}}

    def _channel(self, team: Team, arguments: Json) -> Json:
        place = self.world.place_for(team, arguments["channel"])
        return {"channel": {"id": place.id, "name": place.title, "is_ext_shared": place.is_shared}}

    def _user(self, team: Team, arguments: Json) -> Json:
        if arguments["user"] not in self.world.users:
            raise ApiError("user_not_found")
        user = self.world.users[arguments["user"]]
        return {"user": {"id": user.id, "team_id": user.team.id, "name": user.name.lower(), "real_name": user.name}}

    def _file(self, team: Team, arguments: Json) -> Json:
        if arguments["file"] not in self.world.files:
            raise ApiError("file_not_found")
        return {"file": self.world.files[arguments["file"]][0]}

    def _delete_file(self, team: Team, arguments: Json) -> Json:
        for place in self.world.places.values():
            for seen in place.messages.values():
                if any(file["id"] == arguments["file"] for file in seen.files):
                    seen.deleted = True
        if self.world.files.pop(arguments["file"], None) is None:
            raise ApiError("file_not_found")
        return {}

    def _upload_url(self, team: Team, arguments: Json) -> Json:
        ticket, file = self.world.id("T"), self.world.id("F")
        self._uploads[ticket] = (file, arguments["filename"], int(arguments["length"]))
        return {"upload_url": f"{self._url()}/upload/v1/{ticket}", "file_id": file}

    def _complete(self, team: Team, arguments: Json) -> Json:
        files, stamp = [self._file(team, {"file": file["id"]})["file"] for file in arguments["files"]], ""
        if arguments.get("channel_id"):
            if str(arguments["channel_id"])[:1] in ("U", "W"):
                raise ApiError("channel_not_found")
            place = self.world.place_for(team, arguments["channel_id"])
            shown = self.show(place, arguments, by_bot=team.id, user=team.bot)
            shown.files, stamp = files, shown.ts
        return {"files": files, "shown": stamp}

    def _who(self, team: Team, arguments: Json) -> Json:
        return {"team_id": team.id, "team": team.name, "user_id": team.bot, "user": "rapport", "bot_id": f"B{team.bot}"}


def as_json(value: Any) -> Any:
    """For the control door."""
    return {**asdict(value), "shown": value.shown, "labels": value.labels} if isinstance(value, Seen) else asdict(value)
