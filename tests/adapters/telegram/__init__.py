"""Telegram, over real HTTP against the fake platform."""
