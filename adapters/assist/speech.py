"""Speech to text, by an OpenAI-compatible address or by faster-whisper on this machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from adapters.assist.asked import LONGEST_ANSWER, Asked, Wire
from bot.core.errors import NeverDeliverable
from bot.core.messages import Address, File, Outgoing
from bot.core.ports import Call, Files

LOCAL = "local"
"""In place of an address: faster-whisper in this process."""
LARGEST = 25 * 1024 * 1024
SECONDS = 180.0
_ENDINGS = {
    "audio/ogg": ".ogg",
    "audio/webm": ".webm",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/x-m4a": ".m4a",
    "audio/aac": ".aac",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "audio/flac": ".flac",
}

Transcribe = Callable[[bytes], str]


class SpeechAdapter(Asked):
    """Hears a file and answers with its words; an empty answer means that no words are in it."""

    name = "speech"

    def __init__(
        self,
        *,
        account: str,
        files: Files,
        url: str,
        key: str = "",
        model: str = "",
        transcribe: Transcribe | None = None,
    ) -> None:
        super().__init__(account=account)
        self._files, self._model = files, model
        self._wire = Wire(url, key, SECONDS) if url != LOCAL else None
        self._transcribe = transcribe or Whisper(model or "base")
        self._one = asyncio.Lock()

    def render(self, to: Address, message: Outgoing) -> Sequence[Call]:
        return (Call("transcribe", {}, message.file),)

    async def send(self, call: Call) -> str:
        file = call.file
        if file is None or not file.hash:
            raise NeverDeliverable("there is no sound")
        try:
            sound = await asyncio.to_thread(self._files.read, file.hash)
        except OSError as error:
            raise NeverDeliverable("the file is gone") from error
        if len(sound) > LARGEST:
            raise NeverDeliverable("it is too long for the service")
        text = await (self._ask(file, sound) if self._wire else self._hear(sound))
        return " ".join(text.split())[:LONGEST_ANSWER]

    async def close(self) -> None:
        """Lets go of the connections."""
        if self._wire:
            await self._wire.close()

    async def _ask(self, file: File, sound: bytes) -> str:
        assert self._wire is not None  # noqa: S101 - asked only with an address
        form = {"model": self._model or "whisper-1", "response_format": "json"}
        answer = await self._wire.post(
            "/audio/transcriptions", data=form, files={"file": (_named(file), sound, file.mime or "audio/ogg")}
        )
        text = answer.get("text")
        if not isinstance(text, str):
            raise NeverDeliverable("the service's answer can't be read")
        return text

    async def _hear(self, sound: bytes) -> str:
        """One at a time: the machine's own work should not starve."""
        async with self._one:
            try:
                return await asyncio.to_thread(self._transcribe, sound)
            except ImportError as error:
                raise NeverDeliverable("faster-whisper is not installed here") from error
            except Exception as error:
                raise NeverDeliverable(f"the sound can't be read ({type(error).__name__})") from error


def _named(file: File) -> str:
    """Services tell the format by the ending."""
    mime = file.mime.partition(";")[0]
    ending = _ENDINGS.get(mime, "")
    return file.name if "." in file.name or not ending else (file.name or "voice") + ending


class Whisper:
    """A model of faster-whisper, loaded when the first note comes."""

    def __init__(self, model: str) -> None:
        self._name = model
        self._loaded: Any = None

    def __call__(self, sound: bytes) -> str:
        if self._loaded is None:
            from faster_whisper import WhisperModel

            self._loaded = WhisperModel(self._name, device="cpu", compute_type="int8")
        segments, _info = self._loaded.transcribe(BytesIO(sound), vad_filter=True, condition_on_previous_text=False)
        return " ".join(segment.text for segment in segments if segment.no_speech_prob < 0.8)
