"""People on the fake platform: they start bots, talk, press, edit, share, block, and read what is on their screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.wires.telegram.methods import as_message
from tests.wires.telegram.rules import found_in
from tests.wires.telegram.world import PRESS_SECONDS, Account, Chat, Json, Seen

if TYPE_CHECKING:
    from tests.wires.telegram.server import TelegramWire


class Press:
    """A pressed button, until the bot answers it."""

    def __init__(self, id: str, answer: Json) -> None:
        self.id = id
        self._answer = answer

    @property
    def answered(self) -> bool:
        return bool(self._answer)

    async def toast(self, seconds: float = 5.0) -> str:
        """What the bot showed for a moment; waits for its answer."""
        await until(lambda: self.answered, seconds, "the press was not answered")
        return str(self._answer.get("text", ""))


class Group:
    """A group or supergroup with its members."""

    def __init__(self, wire: TelegramWire, chat: Chat) -> None:
        self.wire = wire
        self.chat = chat

    @property
    def id(self) -> str:
        return str(self.chat.id)

    def topic(self, name: str) -> int:
        """A new forum topic; its id goes to `says(…, topic=…)`."""
        thread = self.wire.world.number()
        self.chat.topics[thread] = name
        return thread

    def add(self, who: Person | str, by: Person | None = None) -> None:
        """A person or a bot comes in."""
        actor = by.user if by else next(iter(self.chat.people.values()), self.wire.god)
        if isinstance(who, str):
            bot = self.wire.account(who)
            self.chat.bots.add(bot.token)
            self.chat.former.discard(bot.token)
            self.service(actor, {"new_chat_members": [bot.as_user()]})
            self._standing(bot, actor, "left", "member")
        else:
            self.chat.people[who.id] = who.user
            self.service(actor, {"new_chat_members": [who.user]})

    def remove(self, who: Person | str, by: Person | None = None) -> None:
        """A person leaves, or a bot is kicked."""
        actor = by.user if by else next(iter(self.chat.people.values()), self.wire.god)
        if isinstance(who, str):
            bot = self.wire.account(who)
            self._standing(bot, actor, "member", "kicked")
            self.chat.bots.discard(bot.token)
            self.chat.former.add(bot.token)
        else:
            self.chat.people.pop(who.id, None)
            self.service(actor if by else who.user, {"left_chat_member": who.user})

    def migrates(self) -> Group:
        """The group becomes a supergroup with another id; the bots hear it twice, and old addresses are refused."""
        old, new = self.chat, self.wire.new_group(self.chat.title, "supergroup")
        new.people, new.bots = dict(old.people), set(old.bots)
        self.service(self.wire.god, {"migrate_to_chat_id": new.id})
        old.moved_to = new.id
        moved = Group(self.wire, new)
        moved.service(self.wire.god, {"migrate_from_chat_id": old.id})
        return moved

    def service(self, actor: Json, content: Json) -> None:
        """A service message, which every bot in the group gets."""
        seen = Seen(self.wire.world.number(), actor, self.wire.world.now(), content=content)
        for token in self.chat.bots:
            self.wire.world.queue(self.wire.world.accounts[token], "message", as_message(self.chat, seen))

    def _standing(self, bot: Account, actor: Json, before: str, after: str) -> None:
        change = standing(self.chat, actor, bot, before, after, self.wire.world.now())
        self.wire.world.queue(bot, "my_chat_member", change)


class Person:
    """Somebody with a Telegram account; `where` is a bot's name (private chat) or a group."""

    def __init__(self, wire: TelegramWire, user: Json, phone: str) -> None:
        self.wire = wire
        self.user = user
        self.phone = phone

    @property
    def id(self) -> int:
        return int(self.user["id"])

    def starts(self, bot: str, payload: str = "") -> int:
        """Presses Start, perhaps behind a link with a payload."""
        return self.says(bot, f"/start {payload}".strip())

    def says(
        self, where: str | Group, text: str, *, topic: int = 0, answers: int = 0, extra: Json | None = None
    ) -> int:
        """Writes a message; returns its id."""
        return self._writes(where, text, {}, topic=topic, answers=answers, extra=extra)

    def sends(self, where: str | Group, content: Json, caption: str = "", *, topic: int = 0) -> int:
        """A message with any content of the Bot API: {"sticker": {…}}."""
        return self._writes(where, caption, content, topic=topic)

    def sends_photo(self, where: str | Group, picture: bytes, caption: str = "") -> int:
        """Two sizes, like Telegram makes them; the larger one is the picture."""
        small = {"file_id": self.wire.world.keep_file(b"small", "s.jpg"), "width": 90, "height": 60}
        large = {"file_id": self.wire.world.keep_file(picture, "l.jpg"), "width": 1280, "height": 853}
        sizes = [{**small, "file_unique_id": "s"}, {**large, "file_unique_id": "l", "file_size": len(picture)}]
        return self.sends(where, {"photo": sizes}, caption)

    def sends_document(self, where: str | Group, name: str, content: bytes, *, caption: str = "", size: int = 0) -> int:
        """A file; `size` pretends that it is larger than it is."""
        reference = self.wire.world.keep_file(content, name, size)
        document = {"file_id": reference, "file_unique_id": reference[-8:], "file_name": name}
        return self.sends(where, {"document": {**document, "file_size": size or len(content)}}, caption)

    def sends_voice(self, where: str | Group, content: bytes) -> int:
        reference = self.wire.world.keep_file(content, "v.oga")
        voice = {"file_id": reference, "file_unique_id": reference[-8:], "duration": 3, "mime_type": "audio/ogg"}
        return self.sends(where, {"voice": {**voice, "file_size": len(content)}})

    def shares_contact(self, where: str | Group, other: Person | None = None) -> int:
        """The own card, or somebody else's."""
        who = other or self
        card = {"phone_number": who.phone, "first_name": who.user["first_name"], "user_id": who.id}
        return self.sends(where, {"contact": card})

    def shares_place(self, where: str | Group, latitude: float, longitude: float) -> int:
        return self.sends(where, {"location": {"latitude": latitude, "longitude": longitude}})

    def edits(self, where: str | Group, text: str, message: int = 0) -> None:
        """Changes an own message, the last one unless told otherwise."""
        chat = self._chat(where)
        own = [seen for seen in chat.visible() if seen.sender["id"] == self.id]
        seen = chat.messages[message] if message else own[-1]
        seen.text, seen.entities, seen.edits = text, found_in(text), seen.edits + 1
        content = {**as_message(chat, seen), "edit_date": int(self.wire.world.now())}
        for bot in self._hearers(chat, where, seen):
            self.wire.world.queue(bot, "edited_message", content)

    def presses(self, label: str, *, where: str | Group | None = None, message: int = 0) -> Press:
        """The newest button with that label (or one that contains it) among the chats on this person's screen."""
        chat, seen, button = self._button(label, where, message)
        bot = next(account for account in self.wire.world.accounts.values() if account.id == seen.sender["id"])
        number = str(4_000_000_000_000 + self.wire.world.number())
        answer: Json = {}
        self.wire.world.presses[number] = (self.wire.world.now(), answer)
        query = {"id": number, "from": self.user, "message": as_message(chat, seen), "chat_instance": str(chat.id)}
        query["data"] = button["callback_data"]
        self.wire.world.queue(bot, "callback_query", query, seconds=PRESS_SECONDS)
        return Press(number, answer)

    def blocks(self, bot: str) -> None:
        self._standing(bot, "member", "kicked")

    def unblocks(self, bot: str) -> None:
        self._standing(bot, "kicked", "member")

    def vanishes(self, bot: str) -> None:
        """Deletes the account."""
        self._chat(bot).deactivated = True

    def sees(self, where: str | Group) -> list[Seen]:
        """What is visible now, oldest first, edits applied."""
        return self._chat(where).visible()

    async def reads(self, where: str | Group, text: str = "", *, by: str = "bot", seconds: float = 5.0) -> Seen:
        """The newest visible message of a bot with this text in it; waits for it."""

        def found() -> Seen | None:
            fitting = (seen for seen in reversed(self.sees(where)) if seen.by_bot == (by == "bot"))
            return next((seen for seen in fitting if text in seen.text.replace("\u2060", "")), None)

        def complaint() -> str:
            return f"nobody wrote {text!r}; the chat shows {[seen.text for seen in self.sees(where)]}"

        return await until(found, seconds, complaint)

    def _chat(self, where: str | Group) -> Chat:
        return where.chat if isinstance(where, Group) else self.wire.private(self, where)

    def _writes(
        self,
        where: str | Group,
        text: str,
        content: Json,
        *,
        topic: int = 0,
        answers: int = 0,
        extra: Json | None = None,
    ) -> int:
        chat = self._chat(where)
        if chat.kind == "private":
            chat.started = True
            if chat.blocked:
                self.unblocks(str(where))
        seen = Seen(
            self.wire.world.number(),
            self.user,
            self.wire.world.now(),
            text,
            found_in(text),
            thread=topic,
            answers=answers,
            content=content,
        )
        chat.messages[seen.id] = seen
        message = {**as_message(chat, seen), **(extra or {})}
        if answers in chat.messages:
            message["reply_to_message"] = as_message(chat, chat.messages[answers])
        for bot in self._hearers(chat, where, seen):
            self.wire.world.queue(bot, "message", message)
        return seen.id

    def _hearers(self, chat: Chat, where: str | Group, seen: Seen) -> list[Account]:
        """With privacy mode on, a bot in a group gets only commands, mentions and answers to itself."""
        if isinstance(where, str):
            return [self.wire.account(where)]
        bots = [self.wire.world.accounts[token] for token in chat.bots]
        return [bot for bot in bots if bot.reads_all or _concerns(bot, chat, seen)]

    def _button(self, label: str, where: str | Group | None, message: int) -> tuple[Chat, Seen, Json]:
        chats = [self._chat(where)] if where else self.wire.chats_of(self)
        shown = [(chat, seen) for chat in chats for seen in chat.visible() if message in (0, seen.id)]
        shown.sort(key=lambda item: item[1].id, reverse=True)
        for fits in (lambda text: text == label, lambda text: label in text):
            for chat, seen in shown:
                for button in (button for row in seen.buttons for button in row):
                    if fits(button["text"]) and "callback_data" in button:
                        return chat, seen, button
        labels = [text for _, seen in shown for text in seen.labels]
        raise AssertionError(f"{self.user['first_name']} sees no button {label!r}, only {labels}")

    def _standing(self, name: str, before: str, after: str) -> None:
        bot, chat = self.wire.account(name), self._chat(name)
        chat.blocked = after == "kicked"
        change = standing(chat, self.user, bot, before, after, self.wire.world.now())
        self.wire.world.queue(bot, "my_chat_member", change)


def standing(chat: Chat, actor: Json, bot: Account, before: str, after: str, now: float) -> Json:
    """A my_chat_member update's content."""
    user = bot.as_user()
    return {
        "chat": chat.as_json(),
        "from": actor,
        "date": int(now),
        "old_chat_member": {"user": user, "status": before},
        "new_chat_member": {"user": user, "status": after},
    }


def _concerns(bot: Account, chat: Chat, seen: Seen) -> bool:
    mention = f"@{bot.username}".casefold()
    answered = chat.messages.get(seen.answers)
    to_bot = answered is not None and answered.sender["id"] == bot.id
    command = seen.text.startswith("/") and ("@" not in seen.text.split()[0] or mention in seen.text.casefold())
    return command or mention in seen.text.casefold() or to_bot


async def until(found: Callable[[], Any], seconds: float, complaint: str | Callable[[], str]) -> Any:
    """The first true value, looked for every 10 ms."""
    end = asyncio.get_running_loop().time() + seconds
    while not (value := found()):
        if asyncio.get_running_loop().time() > end:
            raise AssertionError(complaint() if callable(complaint) else complaint)
        await asyncio.sleep(0.01)
    return value
