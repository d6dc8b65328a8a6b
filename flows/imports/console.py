"""An import from the command line: begun by whoever sits at the machine, done by whichever process has the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.core.errors import BadInput, NotFound
from bot.core.text import gettext as _
from flows.imports.headings import CAREFUL
from flows.jobs import begin
from flows.turn import Turn
from store.models import Job, Workspace
from store.work import Work


def start(work: Work, firm: Workspace, hash: str, name: str, also: Sequence[str] = (), dry: bool = False) -> Any:
    """Begins it; nothing is asked on the way. `also` names the columns that an import never takes by itself."""
    if unknown := sorted(set(also) - set(CAREFUL)):
        known = ", ".join(CAREFUL)
        raise BadInput(_("“{name}” is none of these: {names}.", name=unknown[0], names=known))
    turn = Turn(work=work, workspace=firm, key="console")
    return {"job": begin(turn, "import", hash=hash, name=name, straight=["", *also], dry=dry).id}


def state(work: Work, firm: Workspace, job: int) -> Any:
    """How far it is."""
    found = work.get(Job, job)
    if found is None or found.kind != "import":
        raise NotFound(_("There is no such import."))
    told = found.cursor
    return {
        "state": found.state,
        "phase": told.get("phase", "look"),
        "rows": found.arguments.get("rows", 0),
        "done": told.get("done", 0),
        "tally": told.get("tally", {}),
        "errors": told.get("errors", ""),
        "why": told.get("why", ""),
        "read": " ".join(str(found.arguments.get(n, "")) for n in ("encoding", "separator", "sheet")).strip(),
        "columns": [[label, field] for _at, label, field in found.arguments.get("head", {}).get("columns", ())],
    }
