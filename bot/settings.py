"""Settings: read once from the environment and `.env`, then frozen. `.env.example` shows every one."""

from __future__ import annotations

import base64
from pathlib import Path

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything that can be set; nothing has to be."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", frozen=True, extra="ignore", env_ignore_empty=True
    )

    database_url: str = Field("sqlite:///data/rapport.db", description="sqlite:///path or postgresql://user@host/name")
    host: str = Field("127.0.0.1", description="address to listen on; only this machine can reach the default")
    port: int = Field(
        8484, ge=0, le=65535, description="port to listen on; the next free one is taken when it is in use"
    )
    public_url: str = Field(
        "", description="https address at which others reach this service: links and webhooks use it"
    )
    telegram_staff_token: SecretStr = Field(SecretStr(""), description="token of the bot for your own people")
    telegram_customer_token: SecretStr = Field(SecretStr(""), description="token of the bot for customers")
    telegram_api_url: str = Field("https://api.telegram.org", description="base of the Bot API, before /bot")
    telegram_webhook_secret: SecretStr = Field(SecretStr(""), description="set with PUBLIC_URL: webhooks, not polling")
    slack_bot_token: SecretStr = Field(SecretStr(""), description="bot token of the Slack app (xoxb-…)")
    slack_signing_secret: SecretStr = Field(SecretStr(""), description="its signing secret: proves that Slack calls")
    slack_app_token: SecretStr = Field(SecretStr(""), description="app-level token (xapp-…): Socket Mode, no webhook")
    slack_client_id: str = Field(
        "", description="with its secret and PUBLIC_URL: owners add the app to Slack by a link"
    )
    slack_client_secret: SecretStr = Field(SecretStr(""), description="the app's client secret")
    slack_api_url: str = Field("https://slack.com/api", description="base of Slack's Web API")
    seal_key: SecretStr = Field(
        SecretStr(""), description="opens tokens sealed in the database; empty: DATA_DIR/seal.key, made once"
    )
    webhook_allowed: str = Field(
        "", description="hosts and networks inside our own network that webhooks may reach, with commas"
    )
    trusted_proxies: str = Field(
        "127.0.0.1", description="proxies in front of us whose X-Forwarded-For counts, with commas"
    )
    speech_url: str = Field(
        "", description='hears voice notes: an OpenAI-compatible address, or "local" for faster-whisper; empty: nobody'
    )
    speech_key: SecretStr = Field(SecretStr(""), description="its key, if it wants one")
    speech_model: str = Field("", description="its model; of faster-whisper a size (base, small …) or a folder")
    model_url: str = Field(
        "", description="a language model's OpenAI-compatible address: fills what logs left open; empty: none"
    )
    model_key: SecretStr = Field(SecretStr(""), description="its key, if it wants one")
    model_name: str = Field("", description="which model is asked there")
    metrics_token: SecretStr = Field(
        SecretStr(""), description="bearer token that /metrics wants; empty: only this machine may ask"
    )
    data_dir: Path = Field(Path("data"), description="folder for the database file and uploaded files")
    demo: bool = Field(True, description="fill an empty database with a bilingual demo firm at the first start")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("database_url")
    @classmethod
    def _known_engine(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql://", "postgres://")):
            raise ValueError(
                "DATABASE_URL begins with sqlite:/// or postgresql://, for example sqlite:///data/rapport.db"
            )
        return url.replace("postgres://", "postgresql://", 1)

    @field_validator("seal_key")
    @classmethod
    def _whole_key(cls, key: SecretStr) -> SecretStr:
        try:
            length = len(base64.urlsafe_b64decode(key.get_secret_value()))
        except ValueError:
            length = -1
        if length not in (0, 32):
            raise ValueError("a key is 32 bytes as base64, as in the file seal.key of another machine")
        return key

    @field_validator("public_url", "telegram_api_url", "slack_api_url", "speech_url", "model_url")
    @classmethod
    def _no_slash(cls, url: str, field: ValidationInfo) -> str:
        if field.field_name == "speech_url" and url == "local":
            return url
        if url and not url.startswith(("http://", "https://")):
            raise ValueError("an address begins with https://, for example https://crm.example.com")
        return url.rstrip("/")
