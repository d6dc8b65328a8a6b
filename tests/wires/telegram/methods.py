"""What each method of the Bot API does to the fake's world."""

from __future__ import annotations

from typing import Any

from tests.wires.telegram.rules import linked
from tests.wires.telegram.world import PRESS_SECONDS, Accepted, Account, ApiError, Chat, Json, Seen, World

FILE_FIELDS = {"sendPhoto": "photo", "sendDocument": "document", "sendVoice": "voice", "sendVideo": "video"}
DOWNLOAD_BYTES = 20 * 1024 * 1024
DELETE_SECONDS = 48 * 3600
LATE = "Bad Request: query is too old and response timeout expired or query ID is invalid"


class Methods:
    """Carries out calls that were found valid, and logs those that changed something."""

    def __init__(self, world: World) -> None:
        self.world = world

    def carry_out(
        self, bot: Account, method: str, arguments: Json, upload: tuple[str, bytes] | None, who: str = ""
    ) -> Any:
        action = getattr(self, f"_{method}", None)
        if action is None and method not in FILE_FIELDS:
            raise ApiError(404, "Not Found")
        entry = Accepted(self.world.now(), bot.name, method, str(arguments.get("chat_id", "")), arguments, who=who)
        result = self._send_file(bot, method, arguments, upload) if action is None else action(bot, arguments)
        if isinstance(result, dict):
            entry.message = result.get("message_id", 0)
        self.world.log.append(entry)
        return result

    def _getMe(self, bot: Account, arguments: Json) -> Json:
        return {**bot.as_user(), "can_join_groups": True, "can_read_all_group_messages": bot.reads_all}

    def _sendMessage(self, bot: Account, arguments: Json) -> Json:
        return self._new(bot, arguments, arguments["text"], arguments.get("entities", []))

    def _send_file(self, bot: Account, method: str, arguments: Json, upload: tuple[str, bytes] | None) -> Json:
        field = FILE_FIELDS[method]
        if upload is None and arguments.get(field) not in self.world.files:
            raise ApiError(400, f"Bad Request: there is no {field} in the request")
        reference = self.world.keep_file(upload[1], upload[0]) if upload else arguments[field]
        size = len(self.world.files[reference][1])
        media: Any = {"file_id": reference, "file_unique_id": reference[-8:], "file_size": size}
        if field == "document":
            media["file_name"] = upload[0] if upload else "file"
        if field in ("voice", "video"):
            media.update(duration=1, **({"width": 1, "height": 1} if field == "video" else {}))
        if field == "photo":
            media = [{**media, "width": 90, "height": 90}]
        return self._new(
            bot,
            arguments,
            arguments.get("caption", ""),
            arguments.get("caption_entities", []),
            {field: media},
            reference,
        )

    def _new(
        self,
        bot: Account,
        arguments: Json,
        text: str,
        entities: list[Json],
        content: Json | None = None,
        file: str = "",
    ) -> Json:
        chat = self.world.chat_of(bot, arguments["chat_id"])
        thread = int(arguments.get("message_thread_id", 0))
        if thread and thread not in chat.topics:
            raise ApiError(400, "Bad Request: message thread not found")
        reply = arguments.get("reply_parameters") or {}
        if reply and reply["message_id"] not in chat.messages and not reply.get("allow_sending_without_reply"):
            raise ApiError(400, "Bad Request: message to be replied not found")
        seen = Seen(
            id=self.world.number(),
            sender=bot.as_user(),
            at=self.world.now(),
            text=text,
            entities=linked(text, entities),
            buttons=_rows(arguments),
            thread=thread,
            answers=reply.get("message_id", 0),
            file=file,
            content=content or {},
        )
        chat.messages[seen.id] = seen
        return as_message(chat, seen)

    def _own(self, bot: Account, arguments: Json, doing: str) -> tuple[Chat, Seen]:
        chat = self.world.chat_of(bot, arguments["chat_id"])
        seen = chat.messages.get(int(arguments["message_id"]))
        if seen is None or seen.deleted:
            raise ApiError(400, f"Bad Request: message to {doing} not found")
        if doing == "edit" and seen.sender["id"] != bot.id:
            raise ApiError(400, "Bad Request: message can't be edited")
        return chat, seen

    def _editMessageText(self, bot: Account, arguments: Json) -> Json:
        chat, seen = self._own(bot, arguments, "edit")
        if seen.content:
            raise ApiError(400, "Bad Request: there is no text in the message to edit")
        return self._changed(chat, seen, arguments, arguments["text"], arguments.get("entities", []))

    def _editMessageCaption(self, bot: Account, arguments: Json) -> Json:
        chat, seen = self._own(bot, arguments, "edit")
        if not seen.content:
            raise ApiError(400, "Bad Request: there is no caption in the message to edit")
        return self._changed(chat, seen, arguments, arguments.get("caption", ""), arguments.get("caption_entities", []))

    def _changed(self, chat: Chat, seen: Seen, arguments: Json, text: str, entities: list[Json]) -> Json:
        after = (text, linked(text, entities), _rows(arguments))
        if after == (seen.text, seen.entities, seen.buttons):
            raise ApiError(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
                "same as a current content and reply markup of the message",
            )
        seen.text, seen.entities, seen.buttons = after
        seen.edits += 1
        return as_message(chat, seen)

    def _deleteMessage(self, bot: Account, arguments: Json) -> bool:
        _, seen = self._own(bot, arguments, "delete")
        if self.world.now() - seen.at > DELETE_SECONDS:
            raise ApiError(400, "Bad Request: message can't be deleted for everyone")
        seen.deleted = True
        return True

    def _answerCallbackQuery(self, bot: Account, arguments: Json) -> bool:
        asked, answer = self.world.presses.get(arguments["callback_query_id"], (0.0, {}))
        if self.world.now() - asked > PRESS_SECONDS:
            raise ApiError(400, LATE)
        answer.update(arguments)
        return True

    def _getFile(self, bot: Account, arguments: Json) -> Json:
        reference = arguments["file_id"]
        if reference not in self.world.files:
            raise ApiError(400, "Bad Request: invalid file_id")
        path, content, size = self.world.files[reference]
        if max(size, len(content)) > DOWNLOAD_BYTES:
            raise ApiError(400, "Bad Request: file is too big")
        unique = reference[-8:]
        return {"file_id": reference, "file_unique_id": unique, "file_size": len(content), "file_path": path}

    def _setMyCommands(self, bot: Account, arguments: Json) -> bool:
        bot.menus.append(arguments)
        return True

    def _deleteMyCommands(self, bot: Account, arguments: Json) -> bool:
        bot.menus.append({**arguments, "commands": []})
        return True

    def _setWebhook(self, bot: Account, arguments: Json) -> bool:
        bot.webhook, bot.secret = arguments.get("url", ""), arguments.get("secret_token", "")
        return True

    def _deleteWebhook(self, bot: Account, arguments: Json) -> bool:
        bot.webhook = ""
        return True

    def _getWebhookInfo(self, bot: Account, arguments: Json) -> Json:
        return {"url": bot.webhook, "has_custom_certificate": False, "pending_update_count": len(bot.waiting)}

    def _createForumTopic(self, bot: Account, arguments: Json) -> Json:
        chat = self.world.chat_of(bot, arguments["chat_id"])
        thread = self.world.number()
        chat.topics[thread] = arguments["name"]
        return {"message_thread_id": thread, "name": arguments["name"], "icon_color": 7322096}


def as_message(chat: Chat, seen: Seen) -> Json:
    """The message as the Bot API shows it."""
    message: Json = {"message_id": seen.id, "from": seen.sender, "chat": chat.as_json(), "date": int(seen.at)}
    words, spans = ("caption", "caption_entities") if seen.content else ("text", "entities")
    if seen.text:
        message[words] = seen.text
    if seen.text and seen.entities:
        message[spans] = seen.entities
    if seen.buttons:
        message["reply_markup"] = {"inline_keyboard": seen.buttons}
    if seen.thread:
        message.update(message_thread_id=seen.thread, is_topic_message=True)
    return {**message, **seen.content}


def _rows(arguments: Json) -> list[list[Json]]:
    rows: list[list[Json]] = (arguments.get("reply_markup") or {}).get("inline_keyboard", [])
    return rows
