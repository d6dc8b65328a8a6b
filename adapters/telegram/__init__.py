"""Telegram, twice: the staff bot rides on python-telegram-bot, the customer bot on aiogram."""
