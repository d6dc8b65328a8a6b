"""The docs say only what is true: commands, settings, paths, tables, transcripts and code in them are checked."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from bot.settings import Settings
from docs import features
from flows import load
from flows.router import COMMANDS
from store.migrations import migrate
from tests.transcripts.performance import perform
from tests.transcripts.script import read, scripts
from tests.transcripts.stages import WIRES

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), ROOT / "bot" / "web" / "templates" / "README.md"])
STORIES = ROOT / "tests" / "transcripts"
LEAST = 30


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    """The code of a page that is marked as this language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.S | re.M)


def prose(page: Path) -> str:
    """The page without its code."""
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", prose(page))
    missing = [t for t in targets if not t.startswith("http") and not (page.parent / t.partition("#")[0]).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_paths_that_are_named_exist(page: Path) -> None:
    tops = "bot|store|flows|adapters|tests|docs|benchmarks"
    paths = re.findall(rf"`((?:{tops})/[\w./-]*)`", page.read_text(encoding="utf-8"))
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_commands_on_the_machine_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.M)) <= targets
    for words in set(re.findall(r"python -m bot ([a-z]+(?: [a-z]+)?)", text)):
        assert _understood(words.split()), words


def _understood(words: list[str]) -> bool:
    """Whether the command line has this; a second word may be an argument."""
    from typer.testing import CliRunner

    from bot.cli import app

    return any(CliRunner().invoke(app, [*words[:count], "--help"]).exit_code == 0 for count in (2, 1) if words)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_commands_in_chat_are_there(page: Path) -> None:
    load()
    said = re.findall(r"`/(?:crm )?([a-z][a-z-]*)(?: [^`]*)?`", prose(page))
    others = {"newbot", "setprivacy", "healthz", "metrics", "static", "chat", "widget", "crm"}
    assert set(said) - others - set(COMMANDS) - {"start"} == set()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_settings_that_are_named_exist(page: Path) -> None:
    known = {name.upper() for name in Settings.model_fields} | {"CATALOGUE", "NOBODY", "INFO"}
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"`([A-Z][A-Z_]{3,})(?:=[^`]*)?`", text)) <= known


def settings() -> Iterator[tuple[str, str, str]]:
    """(name, default, what it is) of each."""
    for name, field in Settings.model_fields.items():
        value: Any = field.default
        shown = value.get_secret_value() if hasattr(value, "get_secret_value") else value
        yield name.upper(), str(shown).lower() if isinstance(shown, bool) else str(shown), str(field.description)


def test_the_table_of_settings_is_whole() -> None:
    rows = re.findall(r"^\| `(.+?)` \| (?:`(.*?)`)? ?\| (.+) \|$", (ROOT / "docs" / "settings.md").read_text(), re.M)
    assert rows == list(settings())


def test_the_example_of_settings_is_whole() -> None:
    text = (ROOT / ".env.example").read_text()
    found = re.findall(r"^# (?P<what>.+)\n# (?P<name>[A-Z_]+)=(?P<default>.*)$", text, re.M)
    assert [(name, default, what) for what, name, default in found] == list(settings())


def test_features_are_what_the_transcripts_show() -> None:
    stale = features.PAGE.read_text(encoding="utf-8") != features.current()
    assert not stale, "docs/features.md is stale: make features"


def test_a_claim_that_no_line_shows_is_seen(tmp_path: Path) -> None:
    story = tmp_path / "story.chat"
    story.write_text("# A story\ncovers: A1\n---\nAnn: hello\n", encoding="utf-8")
    with pytest.raises(features.Unfounded, match="A1"):
        features.proofs([read(story)])


def test_a_capability_without_words_is_seen(tmp_path: Path) -> None:
    story = tmp_path / "story.chat"
    story.write_text("# A story\ncovers: O11\n---\nAnn: hello   #O11\n", encoding="utf-8")
    with pytest.raises(features.Unfounded, match="O11"):
        features.proofs([read(story)])


def test_every_line_of_features_is_there() -> None:
    text = features.PAGE.read_text(encoding="utf-8")
    for name, number in re.findall(r"\(\.\./tests/transcripts/([\w./]+)#L(\d+)\)", text):
        line = (STORIES / name).read_text(encoding="utf-8").splitlines()[int(number) - 1]
        assert re.search(r"#[A-O]\d+", line), (name, number)


def test_the_readmes_talk_is_a_transcript() -> None:
    page = ROOT / "README.md"
    source = re.search(r"From \[(tests/transcripts/[\w/]+\.chat)\]", page.read_text(encoding="utf-8"))
    assert source
    (talk,) = blocks(page, "text")
    whole = re.sub(r"[ \t]+#[A-O]\d+$", "", (ROOT / source[1]).read_text(encoding="utf-8"), flags=re.M)
    assert talk in whole


def test_the_readmes_picture_is_there() -> None:
    pictures = re.findall(r"!\[.+?\]\((.+?)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert pictures
    assert all((ROOT / picture).stat().st_size > 20_000 for picture in pictures)


def test_kinds_and_states_of_the_glossary_are_the_codes() -> None:
    from flows.activities.words import KINDS
    from flows.setup.accounts import Side
    from flows.setup.console import ROLES
    from flows.understanding.facts import Status

    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = {name: values.split(", ") for name, values in re.findall(r"^\| (.+?) \| (.+) \|$", text, re.M)}
    assert rows["role of a member"] == list(ROLES)
    assert rows["kind of an activity"] == list(KINDS)
    assert rows["status of an activity"] == [
        *get_args(Status),
        "cancelled",
    ]  # a log says what is, not what was called off
    assert rows["side of an account"] == list(get_args(Side))


@pytest.mark.parametrize(
    ("kind", "row"), [("Invitation", "state of an invitation"), ("Alert", "state of an alert")], ids=str
)
def test_states_of_the_glossary_are_the_tables(kind: str, row: str) -> None:
    from store import models

    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    states = next(values for name, values in re.findall(r"^\| (.+?) \| (.+) \|$", text, re.M) if name == row)
    doc = " ".join((getattr(models, kind).__doc__ or "").split())
    for state in states.split(", "):
        assert re.search(rf"\b{state}\b", doc), state


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=named)
def test_decisions_are_short_and_say_what_was_given_up(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len([line for line in text.splitlines() if line.strip()]) <= 12
    number = int(page.name[:4])
    assert text.startswith(f"# {number}. ")
    for part in ("**Question.**", "**Choice.**", "**Why.**", "**What we gave up.**"):
        assert part in text


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(page.name[:4]) for page in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


async def test_a_command_is_one_file_and_a_transcript(tmp_path: Path) -> None:
    """The recipe itself: its code is a topic's, its talk is played, and nothing else is touched."""
    page = ROOT / "docs" / "howto" / "add-a-command.md"
    (code,), (talk,) = blocks(page, "python"), blocks(page, "text")
    load()
    before = set(COMMANDS)
    story = tmp_path / "story.chat"
    story.write_text(talk, encoding="utf-8")
    url = f"sqlite:///{tmp_path / 'recipe.db'}"
    migrate(url)
    sys.modules["recipe"] = module = type(sys)("recipe")
    try:
        exec(compile(code, str(page), "exec", dont_inherit=True), module.__dict__)  # noqa: S102 - our own page
        await perform(read(story), WIRES[0], url, tmp_path / "files")
    finally:
        del sys.modules["recipe"]
        new = set(COMMANDS) - before
        for name in new:
            del COMMANDS[name]
    assert new == {"source"}


def test_a_survey_of_the_recipe_can_be_answered() -> None:
    from flows.dialog import as_json, begin, from_json, take, thanks

    (code,) = blocks(ROOT / "docs" / "howto" / "add-a-survey.md", "python")
    made: dict[str, Any] = {}
    exec(compile(code, "add-a-survey.md", "exec", dont_inherit=True), made)  # noqa: S102 - our own page
    dialog = made["DELIVERY"]
    after = take(dialog, begin(dialog), "二")
    assert (after.step, after.answers) == ("late", {"score": 2})
    assert take(dialog, begin(dialog), "5").step == ""
    assert thanks(dialog, take(dialog, begin(dialog), "5"))["en"] == "Thank you."
    assert from_json("delivery", 1, as_json(dialog), [list(pair) for pair in dialog.thanks]) == dialog


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "howto").glob("*.md")), ids=named)
def test_a_recipe_names_its_files_in_a_table(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    files = re.findall(r"^\| `([\w./-]+)` \|", text, re.M)
    assert files
    assert all((ROOT / file).exists() for file in files)


def test_the_numbers_of_the_recipes_are_true() -> None:
    def code(page: str) -> list[str]:
        text = (ROOT / "docs" / "howto" / page).read_text(encoding="utf-8")
        files = re.findall(r"^\| `([\w./-]+)` \|", text, re.M)
        return [file for file in files if file.endswith(".py") and not file.startswith("tests/")]

    assert len(code("add-a-command.md")) == 1
    assert len(code("add-a-survey.md")) == 2


@pytest.mark.parametrize("module", ["docs.features", "benchmarks"])
def test_what_the_pages_let_one_run_has_a_module(module: str) -> None:
    done = subprocess.run([sys.executable, "-c", f"import {module}"], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0


def test_no_page_is_without_a_way_to_it() -> None:
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in PAGES
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
        if not target.startswith("http")
    }
    inside = {page.resolve() for folder in linked if folder.is_dir() for page in folder.glob("*.md")}
    lonely = [named(page) for page in PAGES if page.name != "README.md" and page.resolve() not in linked | inside]
    assert lonely == []


def test_there_are_transcripts_enough() -> None:
    assert len(list(scripts(STORIES))) >= LEAST
