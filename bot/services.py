"""The services that read for us, where the settings name them; without, nothing leaves the machine."""

from __future__ import annotations

import adapters
from bot.core.ports import Adapter, Files
from bot.settings import Settings


def services(settings: Settings, files: Files) -> list[Adapter]:
    """Each is an account of its own name."""
    found = []
    if settings.speech_url:
        key = settings.speech_key.get_secret_value()
        about = {"url": settings.speech_url, "key": key, "model": settings.speech_model}
        found.append(adapters.build("speech", account="speech", files=files, **about))
    if settings.model_url:
        key = settings.model_key.get_secret_value()
        about = {"url": settings.model_url, "key": key, "model": settings.model_name}
        found.append(adapters.build("model", account="model", **about))
    return found
