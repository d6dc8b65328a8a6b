"""A message of ours becomes calls of the Bot API; pure, and free of both libraries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from adapters.telegram.keyboard import keyboard, unlinkable
from adapters.telegram.spans import shown, visible
from bot.core.capabilities import Capabilities
from bot.core.messages import Address, Button, File, Outgoing
from bot.core.ports import Call
from bot.core.text import Run, Runs

CAPABILITIES = Capabilities(
    text=4096,
    unit="utf16",
    buttons=100,
    label=64,
    caption=1024,
    private_first=False,
    rate=30,
    chat_rate=1,
    room_rate=20,
)
"""Telegram speaks of about 30 messages a second, one a second in a chat and 20 a minute in a group."""
PHOTO_BYTES = 10 * 1024 * 1024
NOTHING = "…"
"""Stands where a message has no character that can be seen: Telegram refuses empty ones."""

_COMMANDS = 100
_DESCRIPTION = 256
_PHOTOS = ("image/jpeg", "image/png", "image/webp")


def render(to: Address, message: Outgoing) -> Sequence[Call]:
    """Usually one call; a reference to a file without a chat is fetched, and `send` returns its hash."""
    if not to.chat and message.file and message.file.ref:
        return (Call("fetch", {}, message.file),)
    place: dict[str, Any] = {"chat_id": to.chat}
    if message.clears:
        return (Call("deleteMessage", {**place, "message_id": int(message.edits)}),) if message.edits else ()
    if message.edits:
        return (_edit(place, message),)
    if to.thread:
        place["message_thread_id"] = int(to.thread)
    if message.answers:
        place["reply_parameters"] = _reply(message.answers)
    return (_file(place, message, message.file) if message.file else _text("sendMessage", place, message),)


def render_menu(menu: Mapping[tuple[str, str], Mapping[str, str]]) -> Sequence[Call]:
    """The command menu by (language, scope), "" for every; scopes are private, groups and administrators."""
    return tuple(
        Call("setMyCommands", {"commands": _commands(commands), **_scope(scope), **_language(language)})
        for (language, scope), commands in menu.items()
    )


def render_own_menu(chat: str, commands: Mapping[str, str]) -> Call:
    """The command menu of one chat; an empty one is taken away."""
    scope = {"scope": {"type": "chat", "chat_id": int(chat)}}
    return (
        Call("setMyCommands", {"commands": _commands(commands), **scope})
        if commands
        else Call("deleteMyCommands", scope)
    )


def _reply(message: str) -> Any:
    return {"message_id": int(message), "allow_sending_without_reply": True}


def _text(method: str, place: Mapping[str, Any], message: Outgoing) -> Call:
    text, entities = _words(message, CAPABILITIES.text)
    if not visible(text):
        text, entities = NOTHING, []
    arguments = {**place, "text": text, "link_preview_options": {"is_disabled": True}}
    return Call(method, {**arguments, **_decorated("entities", entities, message.buttons)})


def _edit(place: Mapping[str, Any], message: Outgoing) -> Call:
    """A picture stays what it was, its caption changes; a missing keyboard takes the old one away."""
    place = {**place, "message_id": int(message.edits)}
    if not message.file:
        return _text("editMessageText", place, message)
    return Call("editMessageCaption", {**place, **_caption(message)})


def _file(place: Mapping[str, Any], message: Outgoing, file: File) -> Call:
    method, field = _door(file)
    arguments = {**place, **_caption(message)}
    if not file.hash:
        return Call(method, {**arguments, field: file.ref})
    return Call(method, arguments, file)


def field_of(method: str) -> str:
    """The argument that carries the file: sendPhoto's is "photo"."""
    return method.removeprefix("send").lower()


def _door(file: File) -> tuple[str, str]:
    method = "sendDocument"
    if file.kind == "picture" and file.mime in _PHOTOS and file.size <= PHOTO_BYTES:
        method = "sendPhoto"
    if file.kind == "voice" and file.mime == "audio/ogg":
        method = "sendVoice"
    if file.kind == "video" and file.mime == "video/mp4":
        method = "sendVideo"
    return method, field_of(method)


def _caption(message: Outgoing) -> dict[str, Any]:
    text, entities = _words(message, CAPABILITIES.caption)
    caption = {"caption": text} if visible(text) else {}
    return {**caption, **_decorated("caption_entities", entities if caption else [], message.buttons)}


def _decorated(name: str, entities: list[dict[str, Any]], buttons: Sequence[Button]) -> dict[str, Any]:
    rows = keyboard(buttons)
    markup = {"reply_markup": {"inline_keyboard": rows}} if rows else {}
    return {**({name: entities} if entities else {}), **markup}


def _words(message: Outgoing, limit: int) -> tuple[str, list[dict[str, Any]]]:
    return shown(message.text, limit, _written_out(message.buttons))


def _written_out(buttons: Sequence[Button]) -> Runs:
    return tuple(
        run for button in unlinkable(buttons) for run in (Run(f"\n{button.label}: "), Run(button.url, style="code"))
    )


def _commands(commands: Mapping[str, str]) -> list[dict[str, str]]:
    """Telegram takes Latin names only; words in other writing stay typeable, just not in the menu."""
    named = [(name, text) for name, text in commands.items() if name.isascii() and name.replace("_", "").isalnum()]
    return [{"command": name.lower()[:32], "description": text[:_DESCRIPTION] or name} for name, text in named][
        :_COMMANDS
    ]


def _scope(scope: str) -> dict[str, Any]:
    kinds = {"private": "all_private_chats", "groups": "all_group_chats", "administrators": "all_chat_administrators"}
    return {"scope": {"type": kinds[scope]}} if scope else {}


def _language(language: str) -> dict[str, str]:
    """Telegram knows two letters: "zh_CN" is "zh"."""
    return {"language_code": language[:2].lower()} if language else {}
