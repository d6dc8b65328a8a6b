"""What is heavy is imported only by whoever needs it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = (
    "telegram",
    "aiogram",
    "slack_bolt",
    "slack_sdk",
    "alembic",
    "pypinyin",
    "vl_convert",
    "python_calamine",
    "xlsxwriter",
    "holidays",
    "phonenumbers",
    "psycopg",
    "cel",
    "httpx",
    "rapidfuzz",
    "snowballstemmer",
    "rich",
    "prompt_toolkit",
)
LOOK = "import sys; print(*(name for name in {heavy!r} if name in sys.modules))"


def loaded(code: str) -> list[str]:
    """Which heavy libraries a fresh process has after this code."""
    look = LOOK.format(heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{look}"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.split("\n")[-2].split()


@pytest.mark.parametrize("code", ["import bot.__main__", "import bot.cli, bot.settings, bot.serving"])
def test_the_command_line_imports_nothing_heavy(code: str) -> None:
    assert loaded(code) == []


def test_help_imports_nothing_heavy() -> None:
    code = "from bot.cli import app\ntry:\n    app(['--help'], prog_name='python -m bot')\nexcept SystemExit:\n    pass"
    assert loaded(code) == []


def test_the_service_without_tokens_imports_no_platform() -> None:
    code = "import bot.app, bot.web.routes, adapters.browser, adapters.webhook\nbot.app.load()"
    assert set(loaded(code)) <= {"phonenumbers"}


def other_commands(topic: str, code: str) -> list[str]:
    """Whose commands are imported there, also inside a function."""
    found = re.findall(r"from flows\.(\w+)\.commands import|from flows\.(\w+) import .*\bcommands\b", code)
    return [name for pair in found for name in pair if name not in ("", topic)]


def test_a_topic_imports_no_commands_of_another() -> None:
    code = {path: path.read_text() for path in (ROOT / "flows").glob("*/*.py")}
    found = {str(path): other for path, text in code.items() if (other := other_commands(path.parent.name, text))}
    assert found == {}


def test_the_check_sees_the_commands_of_another() -> None:
    code = "def act():\n    from flows.deals.commands import reached\nfrom flows.day import cards, commands"
    assert other_commands("tiers", code) == ["deals", "day"]


def test_the_check_sees_a_heavy_import() -> None:
    assert loaded("import alembic") == ["alembic"]


EVERY = """
import importlib, pkgutil, flows
from flows import router
flows.load()
def known():
    tables = (router.COMMANDS, router.PRESSES, router.DIALOGS, router.ANSWERS, router.TIMERS)
    return [len(one) for one in (*tables, *router.HEARD.values(), *router.REACTIONS.values())]
loaded = known()
for module in pkgutil.walk_packages(flows.__path__, "flows."):
    importlib.import_module(module.name)
assert loaded == known()
"""


def test_every_button_is_known_as_soon_as_the_service_runs() -> None:
    """What only a handler imports would be heard after somebody had been there: "from an older version" until then."""
    subprocess.run([sys.executable, "-c", EVERY], cwd=ROOT, check=True, timeout=60)
