"""What Slack, or the way to it, did to a call, and what that means for the sender."""

from __future__ import annotations

from bot.core.errors import DeliveryError, NeverDeliverable, TryLater, Unsure, WrongCredentials

REPEATABLE = frozenset(
    {
        "chat.update",
        "chat.delete",
        "chat.unfurl",
        "views.publish",
        "conversations.open",
        "users.info",
        "files.info",
        "auth.test",
        "apps.connections.open",
        "fetch",
    }
)
"""Calls that may run twice without anybody seeing it, so an unknown outcome is simply tried again."""

PER_CHANNEL = frozenset({"chat.postMessage", "chat.postEphemeral"})
"""Limited in each channel; the other methods are limited for the whole workspace."""

LINK_DISABLED = "link_disabled"
"""Socket Mode was switched off for the app: like a token that is worth nothing any more, somebody must mend it."""
CREDENTIALS = frozenset(
    {LINK_DISABLED, "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"}
)
NOT_HERE = frozenset({"channel_not_found", "not_in_channel"})
UNREACHABLE = NOT_HERE | {
    "is_archived",
    "user_disabled",
    "user_not_found",
    "users_not_found",
    "user_not_visible",
    "cannot_dm_bot",
    "messages_tab_disabled",
    "restricted_action",
    "restricted_action_read_only_channel",
    "not_enabled",
}
NOT_CHANGEABLE = frozenset({"message_not_found", "cant_update_message", "cant_delete_message", "edit_window_closed"})
MOVING = "team_added_to_org"
"""The workspace is being taken into an organisation, and answers nobody for a while."""
TROUBLE = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})


class Refused(Exception):
    """Slack answered no."""

    def __init__(self, status: int, error: str, *, retry_after: float = 0.0) -> None:
        super().__init__(f"{status} {error}")
        self.status = status
        self.error = error
        self.retry_after = retry_after


class Lost(Exception):
    """No answer that could be read; `sent` is False when the request surely never left."""

    def __init__(self, *, sent: bool) -> None:
        super().__init__("no answer" if sent else "no connection")
        self.sent = sent


def is_done(refused: Refused, method: str) -> bool:
    """A refusal that says things already are as we want them."""
    return method == "chat.delete" and refused.error == "message_not_found"


def meaning(error: Refused | Lost, method: str, *, alone: bool = True) -> DeliveryError:
    """The error for the sender; where several workspaces share an account, a lost one does not stop the others."""
    if isinstance(error, Lost):
        return TryLater() if not error.sent or method in REPEATABLE else Unsure("no answer from Slack")
    if error.status == 429 or error.error in ("ratelimited", "rate_limited"):
        seconds = error.retry_after or 30.0
        return TryLater(seconds, limited=True, whole_account=method not in PER_CHANNEL)
    if error.error == MOVING:
        return TryLater(60.0, limited=True, whole_account=alone)
    if error.error in CREDENTIALS:
        if alone:
            return WrongCredentials(error.error)
        return NeverDeliverable(f"the workspace refuses our token: {error.error}", unreachable=True)
    if error.status >= 500 or error.error in TROUBLE:
        return TryLater() if method in REPEATABLE else Unsure(str(error))
    return NeverDeliverable(error.error, unreachable=error.error in UNREACHABLE)
