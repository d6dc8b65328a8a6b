"""Rules of ours that no linter knows, kept by reading the code: `make check` has bandit's (ruff's S)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("bot", "store", "flows", "adapters")
SQL_AT = {"store", "bot/backup.py"}
"""Where SQL may be written: the store, and what folds the log of a file into it before that is replaced."""
SAYS = {"debug", "info", "warning", "error", "exception", "critical"}
PERSONAL = {"text", "words", "body", "name", "phone", "email", "raw", "payload", "message", "title", "said", "token"}


def _sources() -> Iterator[tuple[str, ast.AST]]:
    for top in OURS:
        for path in (ROOT / top).rglob("*.py"):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def _calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
            yield node


def sql_by_hand(place: str, tree: ast.AST) -> list[str]:
    """Statements run on a cursor outside the store, and texts of SQL that are put together out of values."""
    found = []
    for call in _calls(tree, "execute", "executemany", "exec_driver_sql", "executescript"):
        inside = any(place == ours or place.startswith(f"{ours}/") for ours in SQL_AT)
        made = call.args and isinstance(call.args[0], ast.BinOp | ast.Call)
        joined = call.args and isinstance(call.args[0], ast.JoinedStr) and not place.startswith("store/")
        program = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "program"  # of CEL
        if not program and (not inside or made or joined):
            found.append(f"{place}:{call.lineno}")
    return found


def words_in_logs(place: str, tree: ast.AST) -> list[str]:
    """Log lines that are put together out of values, or carry a field that is somebody's words."""
    found = []
    for call in _calls(tree, *SAYS):
        if not (isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)):
            continue
        if call.func.value.id not in ("logger", "logging", "log"):
            continue
        extra = next((word.value for word in call.keywords if word.arg == "extra"), None)
        given = extra.keys if isinstance(extra, ast.Dict) else ()
        keys = {key.value for key in given if isinstance(key, ast.Constant)}
        plain = bool(call.args) and isinstance(call.args[0], ast.Constant)
        told = {getattr(arg, "attr", getattr(arg, "id", "")) for arg in call.args[1:]}
        if not plain or (keys | told) & PERSONAL:
            found.append(f"{place}:{call.lineno}")
    return found


def forgotten(place: str, tree: ast.AST) -> list[str]:
    """Statements made outside the store, where the rule of workspaces does not look."""
    return [
        f"{place}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Statement"
        if not place.startswith("store/")
    ]


def dangerous(place: str, tree: ast.AST) -> list[str]:
    """What makes code out of values, opens objects out of bytes, or a shell."""
    names = {"eval", "exec", "compile", "__import__"}
    found = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]
    found += [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and {"pickle", "marshal", "shelve", "dill"}
        & {getattr(node, "module", None), *(alias.name for alias in node.names)}
    ]
    found += [
        call.lineno
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for word in call.keywords
        if (word.arg, getattr(word.value, "value", None)) in (("shell", True), ("verify", False))
    ]
    return [f"{place}:{line}" for line in found]


RULES = (sql_by_hand, words_in_logs, forgotten, dangerous)


@pytest.mark.parametrize("rule", RULES)
def test_the_code_keeps_the_rule(rule) -> None:  # type: ignore[no-untyped-def]
    assert [line for place, tree in _sources() for line in rule(place, tree)] == []


@pytest.mark.parametrize(
    ("rule", "place", "planted"),
    [
        (sql_by_hand, "flows/x.py", "work.cursor.execute('SELECT 1')"),
        (sql_by_hand, "store/x.py", "cursor.execute('SELECT ' + name)"),
        (sql_by_hand, "store/x.py", "cursor.execute('SELECT {}'.format(name))"),
        (words_in_logs, "flows/x.py", "logger.info(f'{customer.name} called')"),
        (words_in_logs, "flows/x.py", "logger.info('called %s', customer.name)"),
        (words_in_logs, "flows/x.py", "logger.info('called', extra={'action': 'x', 'text': said})"),
        (forgotten, "flows/x.py", "_MINE = Statement(lambda: select(table))"),
        (dangerous, "flows/x.py", "eval(said)"),
        (dangerous, "flows/x.py", "import pickle"),
        (dangerous, "adapters/x.py", "client.get(url, verify=False)"),
        (dangerous, "bot/x.py", "subprocess.run(said, shell=True)"),
    ],
)
def test_the_rule_sees_what_is_planted(rule, place: str, planted: str) -> None:  # type: ignore[no-untyped-def]
    assert rule(place, ast.parse(planted)) == [f"{place}:1"]
