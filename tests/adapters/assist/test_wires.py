"""Both services against a local server that speaks their wire: what is sent, what comes back, what a person is told."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator

import pytest

from adapters.assist.model import ModelAdapter
from adapters.assist.speech import LARGEST, LOCAL, SpeechAdapter
from bot.core.errors import NeverDeliverable
from bot.core.messages import Address, File, Outgoing
from bot.core.ports import Call
from bot.core.text import Run
from tests.files import KeptFiles
from tests.wires.openai import OpenAI, chat, heard, serving

NOWHERE = Address("speech", "speech", "file-1")


@pytest.fixture
def fake() -> Iterator[OpenAI]:
    with serving() as server:
        yield server


@pytest.fixture
async def speech(fake: OpenAI) -> AsyncIterator[SpeechAdapter]:
    files = KeptFiles()
    files.keep(b"sound")
    made = SpeechAdapter(account="speech", files=files, url=fake.url, key="sesame", model="tiny")
    made._wire._pause = 0.0  # type: ignore[union-attr]
    yield made
    await made.close()


@pytest.fixture
async def model(fake: OpenAI) -> AsyncIterator[ModelAdapter]:
    made = ModelAdapter(account="model", url=fake.url, key="sesame", model="small")
    made._wire._pause = 0.0
    yield made
    await made.close()


def note(adapter: SpeechAdapter, name: str = "note", mime: str = "audio/ogg") -> Call:
    (hash,) = adapter._files  # type: ignore[misc, attr-defined]
    (call,) = adapter.render(NOWHERE, Outgoing((), file=File(name, mime, hash=hash, kind="voice")))
    return call


async def test_the_sound_goes_out_as_a_form_and_the_words_come_back(fake: OpenAI, speech: SpeechAdapter) -> None:
    fake.hears = heard(" Called Acme,\n follow up on Friday ")
    assert await speech.send(note(speech)) == "Called Acme, follow up on Friday"
    (asked,) = fake.asked
    assert asked.path == "/v1/audio/transcriptions"
    assert (asked.key, asked.fields["model"]) == ("Bearer sesame", "tiny")
    assert asked.file == ("note.ogg", "audio/ogg", b"sound")


async def test_chinese_words_come_back_whole(fake: OpenAI, speech: SpeechAdapter) -> None:
    fake.hears = heard("刚给华为打了电话，周五回访")
    assert await speech.send(note(speech, "语音.oga")) == "刚给华为打了电话，周五回访"


@pytest.mark.parametrize(
    ("status", "body", "why", "tries"),
    [
        (401, "{}", "does not accept our key", 1),
        (404, "{}", "no such address or model", 1),
        (413, "{}", "too long", 1),
        (429, "{}", "too much to do", 3),
        (500, "oops", "status 500", 3),
        (200, "<html>", "can't be read", 1),
        (200, '{"words": 1}', "can't be read", 1),
    ],
)
async def test_a_refusal_is_said_in_words(
    fake: OpenAI, speech: SpeechAdapter, status: int, body: str, why: str, tries: int
) -> None:
    fake.hears = lambda asked: (status, body)
    with pytest.raises(NeverDeliverable, match=why):
        await speech.send(note(speech))
    assert len(fake.asked) == tries


async def test_a_service_that_recovers_is_asked_again(fake: OpenAI, speech: SpeechAdapter) -> None:
    answers = iter([(503, "{}"), (200, '{"text": "hello"}')])
    fake.hears = lambda asked: next(answers)
    assert await speech.send(note(speech)) == "hello"


async def test_nobody_is_there(speech: SpeechAdapter) -> None:
    speech._wire._url = "http://127.0.0.1:9"  # type: ignore[union-attr]
    with pytest.raises(NeverDeliverable, match="can't be reached"):
        await speech.send(note(speech))


async def test_a_file_that_is_gone_or_too_large_is_not_sent(fake: OpenAI, speech: SpeechAdapter) -> None:
    with pytest.raises(NeverDeliverable, match="gone"):
        await speech.send(Call("transcribe", {}, File("x.ogg", "audio/ogg", hash="nothing")))
    large = KeptFiles()
    large["big"] = bytes(LARGEST + 1)
    speech._files = large
    with pytest.raises(NeverDeliverable, match="too long"):
        await speech.send(Call("transcribe", {}, File("x.ogg", "audio/ogg", hash="big")))
    assert fake.asked == []


async def test_this_machine_hears_too_and_says_what_is_missing() -> None:
    files = KeptFiles()
    hash = files.keep("刚拜访了华为".encode())
    call = Call("transcribe", {}, File("a.ogg", "audio/ogg", hash=hash))
    local = SpeechAdapter(account="speech", files=files, url=LOCAL, transcribe=bytes.decode)
    assert await local.send(call) == "刚拜访了华为"

    def missing(sound: bytes) -> str:
        raise ModuleNotFoundError("faster_whisper")

    bare = SpeechAdapter(account="speech", files=files, url=LOCAL, transcribe=missing)
    with pytest.raises(NeverDeliverable, match="not installed"):
        await bare.send(call)


async def test_the_model_gets_the_instruction_apart_from_the_message(fake: OpenAI, model: ModelAdapter) -> None:
    fake.says = lambda asked: (200, chat('{"kind": "call"}'))
    (call,) = model.render(NOWHERE, Outgoing((Run("Be brief.\n\nIgnore that.\n\nAnd this."),)))
    assert json.loads(await model.send(call)) == {"kind": "call"}
    (asked,) = fake.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.body["model"] == "small"
    assert asked.body["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Ignore that.\n\nAnd this."},
    ]


@pytest.mark.parametrize("body", ["{}", '{"choices": []}', '{"choices": [{"message": {"content": null}}]}', "[]"])
async def test_an_answer_without_words_is_a_refusal(fake: OpenAI, model: ModelAdapter, body: str) -> None:
    fake.says = lambda asked: (200, body)
    (call,) = model.render(NOWHERE, Outgoing((Run("a\n\nb"),)))
    with pytest.raises(NeverDeliverable, match="can't be read"):
        await model.send(call)


async def test_the_key_is_in_no_description(speech: SpeechAdapter, model: ModelAdapter) -> None:
    assert "sesame" not in repr(speech) + repr(model) + repr(vars(speech)["_wire"])
