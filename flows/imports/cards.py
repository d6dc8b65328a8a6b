"""How an import looks in chat: what was found, how far it is, what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.messages import Option, Reply
from bot.core.text import Part, Text, bold, join, lines, ngettext, text
from bot.core.text import gettext as _
from flows.imports.headings import CAREFUL, LABELS, Column, Head
from store.models import Job

SHOWN = 12
"""Columns that are listed; a sheet with more says how many there are."""
SAMPLES = 3


def card_of(job: Job) -> str:
    """One message, from the first look to the undo."""
    return f"import:{job.id}"


def head_of(job: Job) -> Head:
    """The heading as it stands in the job's row."""
    kept = job.arguments["head"]
    return Head(kept["row"], tuple(Column(*column) for column in kept["columns"]), kept["found"])


def kept_head(head: Head) -> dict[str, Any]:
    """As the job's row keeps it."""
    return {"row": head.row, "columns": [[c.at, c.label, c.field] for c in head.columns], "found": head.found}


def label_of(field: str) -> Text:
    """What a field is called."""
    return LABELS.get(field) or Text((field.removeprefix("own:"),))


def preview(job: Job) -> Reply:
    """What was found, how each column is understood, and a few rows of it."""
    head, facts = head_of(job), job.arguments
    mapped = [
        c for c in head.columns if c.field in LABELS or c.field.startswith("own:") or c.field in ("first", "last")
    ]
    careful = [column for column in mapped if column.field in CAREFUL]
    kept_out = [column for column in careful if column.field not in facts["careful"]]
    listed = mapped if facts["kind"] != "vcard" else ()
    shown = [text("• ", c.label, " → ", label_of(c.field)) for c in listed if c not in kept_out]
    body = lines(
        text(bold(facts["name"]), " · ", _counted(facts)),
        _how(facts),
        None if head.found else _("I found no line with headings, so I looked at what stands in the columns."),
        *shown[:SHOWN],
        _("… and {n} more columns", n=len(shown) - SHOWN) if len(shown) > SHOWN else None,
        *(_left_alone(column) for column in kept_out),
        _unknown(head),
        *_samples(facts.get("samples", ())),
    )
    if not head.of("name") and not any(head.of(f) for f in ("contact", "first", "last", "phone", "email")):
        return Reply(
            lines(body, _("Which column has the customer's name?")), (_columns(job), _cancel(job)), card=card_of(job)
        )
    options = [
        Option(_("Import"), f"import-go:{job.id}", style="primary"),
        Option(_("Try first"), f"import-try:{job.id}"),
        _columns(job),
        *(
            Option(_("Also take: {column}", column=c.label[:24]), f"import-also:{job.id}:{c.field}", wide=True)
            for c in kept_out
        ),
        _cancel(job),
    ]
    return Reply(body, tuple(options), card=card_of(job))


def _counted(facts: Mapping[str, Any]) -> Text:
    if facts["kind"] == "vcard":
        return ngettext("{n} contact card", "{n} contact cards", facts["rows"])
    return ngettext("{n} row", "{n} rows", facts["rows"])


def _how(facts: Mapping[str, Any]) -> Text | None:
    if facts["kind"] == "vcard":
        return None
    if facts["kind"] == "xlsx":
        others = ", ".join(facts["others"][:5])
        more = _("Other sheets are left out: {names}", names=others) if others else None
        return lines(_("Sheet “{name}”", name=facts["sheet"]), more)
    return _(
        "{encoding}, separated by {separator}", encoding=facts["encoding"], separator=_separator(facts["separator"])
    )


def _separator(mark: str) -> Part:
    named = {"\t": _("tabs"), ",": _("commas"), ";": _("semicolons")}
    return named.get(mark, mark)


def _left_alone(column: Column) -> Text:
    return _(
        "“{column}” looks like {field}. It changes nothing until you say so.",
        column=column.label,
        field=label_of(column.field),
    )


def _unknown(head: Head) -> Text | None:
    unknown = [column.label for column in head.columns if not column.field]
    return _("Left out: {columns}", columns=", ".join(unknown[:SHOWN])) if unknown else None


def _samples(samples: Sequence[str]) -> list[Text]:
    return [_("For example:"), *(text("  ", sample) for sample in samples[:SAMPLES])] if samples else []


def _columns(job: Job) -> Option:
    return Option(_("Columns"), f"import-columns:{job.id}")


def _cancel(job: Job) -> Option:
    return Option(_("Cancel"), f"import-stop:{job.id}")


def columns(job: Job, page: int = 0) -> Reply:
    """Every column as a button: a tap, and the person says what it is."""
    head = head_of(job)
    here = head.columns[page * SHOWN : (page + 1) * SHOWN]
    named = [
        Option(
            text(c.label, " → ", label_of(c.field) if c.field else _("left out")),
            f"import-column:{job.id}:{c.at}",
            wide=True,
        )
        for c in here
    ]
    more = Option(_("More"), f"import-columns:{job.id}:{page + 1}") if len(head.columns) > (page + 1) * SHOWN else None
    back = Option(_("Back"), f"import-back:{job.id}")
    return Reply(
        _("Which column do you want to change?"), tuple(o for o in (*named, more, back) if o), card=card_of(job)
    )


def fields(job: Job, at: int, own: Sequence[str]) -> Reply:
    """What a column can become."""
    head = head_of(job)
    column = next(c for c in head.columns if c.at == at)
    known = [name for name in LABELS if name != "own"] + list(own)
    choices = [Option(label_of(name), f"import-is:{job.id}:{at}:{name}") for name in known]
    out = Option(_("Leave it out"), f"import-is:{job.id}:{at}:-")
    return Reply(
        _("What is “{column}”?", column=column.label),
        (*choices, out, Option(_("Back"), f"import-columns:{job.id}")),
        card=card_of(job),
    )


def progress(job: Job) -> Reply:
    """How far it is, in the same message."""
    row, total = job.cursor.get("done", 0), max(1, job.arguments["rows"])
    share = min(100, row * 100 // total)
    bar = "▓" * (share // 10) + "░" * (10 - share // 10)
    doing = _("Trying") if job.cursor["phase"] == "try" else _("Importing")
    if job.cursor["phase"] == "undo":
        doing = _("Taking back")
    return Reply(
        lines(text(doing, " ", bold(job.arguments["name"])), text(bar, f" {share} %"), counts(job)),
        (Option(_("Stop"), f"import-stop:{job.id}"),),
        card=card_of(job),
    )


def counts(job: Job) -> Text:
    """The true numbers so far."""
    tally = job.cursor.get("tally", {})
    warned = job.cursor.get("warned", 0)
    return join(
        " · ",
        [
            _("{n} new", n=tally.get("created", 0)),
            _("{n} updated", n=tally.get("updated", 0)),
            _("{n} unchanged", n=tally.get("same", 0)),
            _("{n} skipped", n=tally.get("skipped", 0)),
            _("{n} failed", n=tally.get("failed", 0)),
            *([_("{n} with a remark", n=warned)] if warned else []),
        ],
    )


def tried(job: Job) -> Reply:
    """What would become of the rows; nothing has changed yet."""
    body = lines(
        _("Tried {name}: nothing has been changed yet.", name=bold(job.arguments["name"])),
        counts(job),
        *_first_problems(job),
    )
    options = (
        Option(_("Import"), f"import-go:{job.id}", style="primary"),
        Option(_("Columns"), f"import-columns:{job.id}"),
        _cancel(job),
    )
    return Reply(body, options, card=card_of(job))


def done(job: Job, *, stopped: bool = False) -> Reply:
    """What became of the rows."""
    head = (
        _("Stopped: {name}", name=bold(job.arguments["name"]))
        if stopped
        else _("Imported: {name}", name=bold(job.arguments["name"]))
    )
    body = lines(head, counts(job), *_first_problems(job), _ownerless(job))
    return Reply(body, (Option(_("Undo"), f"undo:{card_of(job)}"),), card=card_of(job))


def _ownerless(job: Job) -> Text | None:
    made = job.cursor.get("tally", {}).get("created", 0)
    free = made and not job.arguments.get("owner") and "owner" not in job.arguments["careful"]
    return _("Nobody looks after the new ones yet.") if free else None


def _first_problems(job: Job) -> list[Text]:
    return [text("• ", line) for line in job.cursor.get("problems", ())[:3]]


def taken_back(job: Job) -> Reply:
    """After the undo: what was built upon stays, and is named."""
    stayed = job.cursor.get("stayed", [])
    more = job.cursor.get("stayed_count", 0)
    body = lines(
        _("Taken back: {name}", name=bold(job.arguments["name"])),
        ngettext(
            "{n} customer stays, because somebody has worked with it since:",
            "{n} customers stay, because somebody has worked with them since:",
            more,
        )
        if more
        else None,
        *(text("• ", name) for name in stayed[:8]),
    )
    options = [
        Option(text(name), f"who:{id}", wide=True)
        for id, name in zip(job.cursor.get("stayed_ids", [])[:5], stayed[:5], strict=False)
    ]
    return Reply(body, tuple(options), card=card_of(job))
