"""What must not break, and the quick tests that are meant to guard it."""

from __future__ import annotations

from dataclasses import dataclass

QUICK = ("not postgresql and not no_answer_breaks and not at_length",)
ENGINES = ("not postgresql", "postgresql")


@dataclass(frozen=True)
class Guard:
    """A place, its tests, and the names in it that count: all, when none is given."""

    group: str
    path: str
    tests: tuple[str, ...]
    names: tuple[str, ...] = ()
    rounds: tuple[str, ...] = QUICK
    """Which of the tests are run, one round after the other, as pytest's -k has it."""


GUARDS = (
    Guard(
        "outbox", "store/outbox.py", ("tests/store/test_outbox.py", "tests/store/test_outbox_ends.py"), rounds=ENGINES
    ),
    Guard("outbox", "bot/runtime/outcomes.py", ("tests/runtime/test_sender.py",)),
    Guard("outbox", "bot/runtime/sender.py", ("tests/runtime/test_sender.py",)),
    Guard("limiter", "bot/runtime/limiter.py", ("tests/runtime/test_limiter.py",)),
    Guard(
        "leases",
        "store/leases.py",
        ("tests/store/test_machinery.py", "tests/runtime/test_leases.py"),
        rounds=ENGINES,
    ),
    Guard("leases", "bot/runtime/leases.py", ("tests/runtime/test_leases.py",)),
    Guard(
        "authorisation",
        "flows/arrival.py",
        ("tests/flows/test_arrival.py", "tests/security/test_rights.py", "tests/flows/teams/test_rooms.py"),
        names=(
            *("OPEN", "ASKED", "arrive", "_conversation", "_like_its_room", "_notice_outsider", "_was_removed"),
            *("role_of", "refusal", "_roles"),
        ),
    ),
    Guard(
        "authorisation",
        "flows/customers/sight.py",
        ("tests/security/test_rights.py", "tests/flows/customers/test_old_buttons.py"),
    ),
    Guard(
        "authorisation",
        "flows/router.py",
        ("tests/security/test_rights.py",),
        names=(
            *("OWNERS", "MANAGERS", "EDITORS", "MEMBERS", "CUSTOMERS", "STRANGERS", "EVERYONE"),
            *("command", "press", "dialog", "answered", "heard", "arguments", "_parameters"),
        ),
    ),
    Guard(
        "authorisation",
        "flows/turn.py",
        ("tests/security/test_rights.py",),
        names=("sign", "unsigned"),
    ),
    Guard(
        "authorisation",
        "flows/keys/actions.py",
        ("tests/security/test_rights.py", "tests/web/api/test_api.py"),
        names=("ROLES", "Caller", "make_key", "revoke", "caller"),
    ),
    Guard(
        "authorisation",
        "bot/web/api/calls.py",
        ("tests/web/api/test_api.py", "tests/security/test_api.py"),
        names=("asked", "write", "_turn", "_opened", "_before", "_refusal"),
    ),
    Guard("authorisation", "adapters/slack/door.py", ("tests/adapters/slack/test_door.py",)),
    Guard("authorisation", "adapters/telegram/webhook.py", ("tests/adapters/telegram/test_webhook.py",)),
    Guard(
        "escapers",
        "adapters/telegram/spans.py",
        ("tests/adapters/telegram/test_spans.py", "tests/contract/test_contract.py"),
        rounds=("telegram",),
    ),
    Guard(
        "escapers",
        "adapters/slack/words.py",
        ("tests/adapters/slack/test_words.py", "tests/contract/test_contract.py"),
        rounds=("slack",),
    ),
    Guard(
        "escapers",
        "adapters/slack/blocks.py",
        ("tests/adapters/slack/test_words.py", "tests/contract/test_contract.py"),
        rounds=("slack",),
    ),
    Guard("escapers", "flows/exports/writing.py", ("tests/security/test_sheets.py",)),
    Guard("escapers", "bot/core/incoming.py", ("tests/core", "tests/contract/test_contract.py")),
)
