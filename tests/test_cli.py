"""The command line: alone, beside a running service, and what it says when something is wrong."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot.local import Held, Note, held, is_held, noted, read_note
from tests.web.conftest import settings_of

ROOT = Path(__file__).parents[1]
COMMANDS = (
    "serve",
    "chat",
    "demo",
    "migrate",
    "doctor",
    "link",
    "understand",
    "bench",
    "invite",
    "parked",
    "survey",
    "backup",
    "restore",
)


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "SLACK_", "PUBLIC"))}
    return {**kept, "PYTHONPATH": str(ROOT), "PORT": "0", "DEMO": "false", "COLUMNS": "100", **more}


def bot(folder: Path, *words: str, given: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=environment(**more),
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def running(folder: Path, **more: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """A service and the lines that it printed until it was ready."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"],
        cwd=folder,
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        lines = []
        for line in process.stdout:
            lines.append(line.rstrip())
            if "Ctrl+C" in line:
                break
        try:
            yield process, lines
        finally:
            process.terminate()
            process.communicate(timeout=20)


def test_help_names_every_command(tmp_path: Path) -> None:
    told = bot(tmp_path, "--help").stdout
    for name in COMMANDS:
        assert re.search(rf"^\s+{name}\s+\S", told, re.M), name


@pytest.mark.parametrize("words", [(name,) for name in COMMANDS] + [("invite", "member"), ("invite", "customer")])
def test_every_command_explains_itself(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = bot(tmp_path, *words, "--help")
    assert done.returncode == 0
    assert "Usage: python -m bot" in done.stdout


def test_a_setting_that_can_not_be_is_named(tmp_path: Path) -> None:
    done = bot(tmp_path, "migrate", DATABASE_URL="mysql://x")
    assert done.returncode == 1
    assert "DATABASE_URL: " in done.stderr
    assert "Traceback" not in done.stderr


def test_the_demo_needs_an_empty_database(tmp_path: Path) -> None:
    first, second = bot(tmp_path, "demo"), bot(tmp_path, "demo")
    assert (first.returncode, first.stdout) == (0, "The demo firm is there.\n")
    assert (second.returncode, second.stdout) == (1, "There is a firm already: the demo needs an empty database.\n")


def test_migrate_can_be_said_twice(tmp_path: Path) -> None:
    assert bot(tmp_path, "migrate").stdout == bot(tmp_path, "migrate").stdout
    assert (tmp_path / "data" / "rapport.db").exists()


def test_understand_reads_one_text(tmp_path: Path) -> None:
    found = json.loads(bot(tmp_path, "understand", "Called Li Wei, follow up tomorrow 3pm #hot").stdout)
    assert "hot" in json.dumps(found)
    assert "activity" in found


def test_understand_reads_lines_and_knows_customers(tmp_path: Path) -> None:
    (tmp_path / "known.json").write_text(json.dumps({"customers": [{"id": "c1", "name": "Acme"}], "contacts": []}))
    lines = '{"text": "Called Acme"}\nnot json\n{"text": "给华为打了电话"}\n'
    done = bot(tmp_path, "understand", "--customers", "known.json", given=lines)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == 3
    assert "error" in answers[1]
    assert answers[2]["activity"]["kind"] == "call"


def test_doctor_says_what_to_do(tmp_path: Path) -> None:
    done = bot(tmp_path, "doctor", TELEGRAM_WEBHOOK_SECRET="s")
    assert done.returncode == 1
    assert "ok    Python: " in done.stdout
    assert "LOOK  TELEGRAM_WEBHOOK_SECRET: needs PUBLIC_URL" in done.stdout


def test_invitations_are_printed_without_a_service(tmp_path: Path) -> None:
    bot(tmp_path, "demo")
    told = bot(tmp_path, "invite", "member", "--role", "manager").stdout
    assert re.search(r"code  [\w-]{22}\n", told)
    assert "For manager at Northwind Tools" in told


def test_a_backup_is_made_beside_the_service_and_comes_back(tmp_path: Path) -> None:
    with running(tmp_path):
        made = bot(tmp_path, "backup", "firm.tar.gz")
        refused = bot(tmp_path, "restore", "firm.tar.gz", "--force")
    assert (made.returncode, made.stdout.startswith("firm.tar.gz: ")) == (0, True), made.stderr
    assert (refused.returncode, refused.stderr) == (1, "The service is running: stop it first, then restore.\n")
    assert "Back as of 20" in bot(tmp_path, "restore", "firm.tar.gz", "--force").stdout


def test_a_role_that_is_none_is_refused(tmp_path: Path) -> None:
    bot(tmp_path, "demo")
    done = bot(tmp_path, "invite", "member", "--role", "king")
    assert (done.returncode, done.stderr) == (1, "A role is one of: owner, manager, rep, viewer.\n")


def test_the_service_writes_for_other_commands(tmp_path: Path) -> None:
    with running(tmp_path) as (_process, lines):
        link = next(line for line in lines if "Rapport is ready" in line).split()[-1]
        member = bot(tmp_path, "invite", "member", "--role", "owner").stdout
        customer = bot(tmp_path, "invite", "customer", "Acme").stdout
        again = bot(tmp_path, "invite", "customer", "Acme").stdout
        base = link.partition("/enter/")[0]
        assert f"link  {base}/enter/" in member
        assert f"link  {base}/c/" in customer
        assert "was not in the customer file" in customer
        assert "was not in the customer file" not in again
        assert httpx.get(f"{base}/healthz", trust_env=False).json()["ok"]


def test_there_is_never_a_second_writer(tmp_path: Path) -> None:
    with running(tmp_path) as (_process, lines):
        url = next(line for line in lines if "Rapport is ready" in line).split()[-1].partition("/enter/")[0]
        second = bot(tmp_path, "serve")
        assert (second.returncode, second.stdout) == (1, "")
        assert second.stderr == f"It runs already at {url}: one process has the database.\n"
        assert bot(tmp_path, "demo").returncode == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_well_when_it_is_told_to(tmp_path: Path, number: signal.Signals) -> None:
    with running(tmp_path) as (process, _lines):
        process.send_signal(number)
        out, _log = process.communicate(timeout=20)
        assert process.returncode == 0
        assert "Stopping" in out
    assert not (tmp_path / "data" / "service.json").exists()
    assert not is_held(settings_of(tmp_path, database_url=f"sqlite:///{tmp_path}/data/rapport.db"))


@pytest.mark.parametrize("setting", [{"PORT": "99999"}, {"PORT": "-1"}, {"PORT": "abc"}, {"HOST": "999.1.1.1"}])
def test_an_address_that_cannot_be_is_named(tmp_path: Path, setting: Mapping[str, str]) -> None:
    refused = bot(tmp_path, "serve", **setting)
    assert refused.returncode == 1
    assert next(iter(setting)) in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_taken_port_is_said_aloud(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with running(tmp_path, PORT=str(port)) as (_process, lines):
            assert any(line.startswith(f"Port {port} is taken, so I use ") for line in lines)


def test_what_is_off_is_said_calmly(tmp_path: Path) -> None:
    with running(tmp_path) as (_process, lines):
        said = "\n".join(lines)
    for name in ("TELEGRAM_STAFF_TOKEN", "TELEGRAM_CUSTOMER_TOKEN", "PUBLIC_URL"):
        assert said.count(name) == 1


def test_logs_are_json_without_codes(tmp_path: Path) -> None:
    with running(tmp_path) as (process, lines):
        link = next(line for line in lines if "Rapport is ready" in line).split()[-1]
        httpx.get(link, trust_env=False)
        process.terminate()
        _out, log = process.communicate(timeout=20)
    rows = [json.loads(line) for line in log.splitlines()]
    assert {"serving", "stopped"} <= {row.get("action") for row in rows}
    assert link.rpartition("/")[2] not in log


async def test_a_terminal_talks_to_the_running_service(tmp_path: Path) -> None:
    with running(tmp_path, DEMO="true"):
        done = await asyncio.to_thread(bot, tmp_path, "chat", "--as", "Sam Carter", given="/who Acme\n")
    assert done.returncode == 0, done.stderr
    assert "Owner: Sam Carter" in done.stdout


def test_a_terminal_alone_starts_a_service_for_the_talk(tmp_path: Path) -> None:
    done = bot(tmp_path, "chat", given="/who Acme\n", DEMO="true")
    assert done.returncode == 0, done.stderr
    assert "Acme" in done.stdout


def test_a_terminal_of_nobody_says_how_to_begin(tmp_path: Path) -> None:
    done = bot(tmp_path, "chat", given="hello\n")
    assert done.returncode == 1
    assert "python -m bot invite member --role owner" in done.stderr


def test_the_lock_is_let_go(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    with held(settings):
        assert is_held(settings)
        with pytest.raises(Held), held(settings):
            pass
    assert not is_held(settings)


def test_a_newer_services_note_is_left_alone(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    newer: dict[str, str] = {"url": "http://127.0.0.1:2", "token": "b"}
    with noted(settings, Note("http://127.0.0.1:1", "a")):
        left = json.loads((tmp_path / "service.json").read_text())
        (tmp_path / "service.json").write_text(json.dumps({**left, **newer}))
    assert read_note(settings) == Note("http://127.0.0.1:2", "b")


def test_a_service_of_another_database_in_the_same_folder_is_not_asked(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    other = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}/ours.db"})
    with noted(settings, Note("http://127.0.0.1:1", "a")):
        assert read_note(settings) == Note("http://127.0.0.1:1", "a")
        assert read_note(other) is None


def test_a_survey_is_published_from_a_file_and_a_fault_in_it_changes_nothing(tmp_path: Path) -> None:
    bot(tmp_path, "demo")
    lines = "name: checkup\nquestions:\n  - kind: csat\n    ask: How was it? | 怎么样？\n"
    (tmp_path / "right.yaml").write_text(lines, encoding="utf-8")
    (tmp_path / "wrong.yaml").write_text(lines.replace("csat", "cast"), encoding="utf-8")
    done, again, wrong = (bot(tmp_path, "survey", "apply", f"{n}.yaml") for n in ("right", "right", "wrong"))
    assert done.stdout == "checkup (edition 1, questions: 1) is published.\n"
    assert "is as the file says already" in again.stdout
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "line 3, questions[0].kind: There is no kind “cast”" in wrong.stderr
