"""The second wall between firms, on PostgreSQL: policies under which a query that forgets its workspace finds nothing.

The first one is the workspace in every query. A transaction of the service begins with all rows, since it has to find
out whose turn it is, and says from then on whose it sees, in a setting that ends with it. Statements that span firms
are marked as wide (`store/statements.py`), and are few; any other one sees one firm's rows, or nobody's. Superusers and
roles with BYPASSRLS are bound by no policy: `doctor` says so.
"""

from __future__ import annotations

from typing import Any

SETTING = "rapport.workspace"
EVERYWHERE = -1
"""In the place of a workspace: the rows of all of them."""
SEE = f"SELECT set_config('{SETTING}', %s, true)"
OPEN = f"SELECT set_config('{SETTING}', '{EVERYWHERE}', false)"
"""For a whole session of a tool: migrations, backups."""
OPTION = f"-c {SETTING}={EVERYWHERE}"

_SEEN = f"nullif(current_setting('{SETTING}', true), '')::bigint"
_OPEN_TABLES = """
SELECT c.relname, CASE c.relname WHEN 'workspace' THEN 'id' ELSE 'workspace' END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY (current_schemas(false)) AND NOT c.relforcerowsecurity
AND (c.relname = 'workspace' OR EXISTS (
    SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'workspace' AND NOT a.attisdropped))
"""
_BOUND = "SELECT NOT (rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname = current_user"


def build(execute: Any) -> None:
    """Closes every table that has a workspace and no policy yet, also for its owner: one role is enough."""
    for table, column in execute(_OPEN_TABLES).fetchall():
        execute(f'CREATE POLICY wall ON "{table}" USING ({column} = {_SEEN} OR {_SEEN} = {EVERYWHERE})')
        execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY')


def binds(execute: Any) -> bool:
    """Whether policies bind the role of this connection."""
    return bool(execute(_BOUND).fetchone()[0])
