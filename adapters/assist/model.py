"""A language model behind an OpenAI-compatible address: a question in words goes out, a JSON object comes back."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.assist.asked import LONGEST_ANSWER, Asked, Wire
from bot.core.errors import NeverDeliverable
from bot.core.messages import Address, Outgoing
from bot.core.ports import Call
from bot.core.text import plain

SECONDS = 30.0
LONGEST = 600
"""Tokens of an answer."""


class ModelAdapter(Asked):
    """The message's text is the question, what stands before its first blank line the instruction."""

    name = "model"

    def __init__(self, *, account: str, url: str, key: str = "", model: str = "") -> None:
        super().__init__(account=account)
        self._model = model
        self._wire = Wire(url, key, SECONDS)

    def render(self, to: Address, message: Outgoing) -> Sequence[Call]:
        return (Call("complete", {"text": plain(message.text)}),)

    async def send(self, call: Call) -> str:
        instruction, _, question = str(call.arguments["text"]).partition("\n\n")
        asked = {
            "model": self._model or "default",
            "temperature": 0,
            "max_tokens": LONGEST,
            "response_format": {"type": "json_object"},
            "messages": [{"role": "system", "content": instruction}, {"role": "user", "content": question}],
        }
        answer = await self._wire.post("/chat/completions", json=asked)
        try:
            content = answer["choices"][0]["message"]["content"]
        except (LookupError, TypeError) as error:
            raise NeverDeliverable("the service's answer can't be read") from error
        if not isinstance(content, str):
            raise NeverDeliverable("the service's answer can't be read")
        return content[:LONGEST_ANSWER]

    async def close(self) -> None:
        """Lets go of the connections."""
        await self._wire.close()
