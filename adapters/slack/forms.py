"""Forms that any topic may ask for, as Slack's modals; and what people filled in.

A form is data, in `Answer.data["form"]`: {"title", "press", "submit", "fields": [{"name", "label", "kind", "value",
"hint", "options", "optional"}]}; kinds are words, long, number, date, time and choice. `press` is what comes back, as
`Pressed(press, values=((name, value), …))`. Whoever knows Slack may give a whole modal as `Answer.data["view"]`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from adapters.slack.incoming import Json
from bot.core.capabilities import clipped
from bot.core.incoming import clean_text, whole

TITLE = 24
LABEL = 2000
OPTIONS = 100
FIELDS = 100


def view_of(data: Json, place: Json) -> dict[str, Any] | None:
    """The modal that an answer asks for, knowing where it was opened; None when it asks for none."""
    if "view" in data:
        return {"private_metadata": json.dumps(place), **data["view"]}
    if "form" not in data:
        return None
    form = data["form"]
    return {
        "type": "modal",
        "callback_id": form["press"],
        "private_metadata": json.dumps(place),
        "title": plain(form["title"], TITLE),
        "submit": plain(form.get("submit") or "OK", TITLE),
        "blocks": [_field(field) for field in form["fields"][:FIELDS]],
    }


def values_in(view: Json) -> tuple[tuple[str, str], ...]:
    """(field, value) pairs in the form's order; what was left empty is empty."""
    state = (view.get("state") or {}).get("values") or {}
    return tuple((name, _value(element)) for name, elements in state.items() for element in elements.values())


def plain(text: str, limit: int) -> dict[str, Any]:
    """A text object in which nothing is mark-up, not even an emoji's name."""
    return {"type": "plain_text", "text": clipped(whole(text), limit) or "…", "emoji": False}


def _field(field: Json) -> dict[str, Any]:
    kind = field.get("kind") or "words"
    block = {
        "type": "input",
        "block_id": field["name"],
        "label": plain(field["label"], LABEL),
        "element": {"action_id": "value", **_ELEMENTS[kind](field)},
        "optional": bool(field.get("optional")),
    }
    return {**block, "hint": plain(field["hint"], LABEL)} if field.get("hint") else block


def _words(field: Json) -> dict[str, Any]:
    return {"type": "plain_text_input", **_initial("initial_value", field)}


def _long(field: Json) -> dict[str, Any]:
    return {**_words(field), "multiline": True}


def _number(field: Json) -> dict[str, Any]:
    return {"type": "number_input", "is_decimal_allowed": True, **_initial("initial_value", field)}


def _date(field: Json) -> dict[str, Any]:
    return {"type": "datepicker", **_initial("initial_date", field)}


def _time(field: Json) -> dict[str, Any]:
    return {"type": "timepicker", **_initial("initial_time", field)}


def _choice(field: Json) -> dict[str, Any]:
    options = [{"text": plain(label, 75), "value": id} for id, label in field["options"][:OPTIONS]]
    chosen = next((option for option in options if option["value"] == field.get("value")), None)
    return {"type": "static_select", "options": options, **({"initial_option": chosen} if chosen else {})}


def _initial(name: str, field: Json) -> dict[str, str]:
    return {name: str(field["value"])} if field.get("value") else {}


_ELEMENTS: Mapping[str, Callable[[Json], dict[str, Any]]] = {
    "words": _words,
    "long": _long,
    "number": _number,
    "date": _date,
    "time": _time,
    "choice": _choice,
}


def _value(element: Json) -> str:
    if chosen := element.get("selected_option"):
        return str(chosen["value"])
    if "selected_options" in element:
        return ",".join(_ids(element["selected_options"]))
    names = ("value", "selected_date", "selected_time", "selected_user", "selected_conversation", "selected_channel")
    return clean_text(next((str(element[name]) for name in names if element.get(name)), ""))


def _ids(options: Sequence[Json]) -> list[str]:
    return [str(option["value"]) for option in options]
