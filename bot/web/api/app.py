"""The paths of the API, and what each may answer: the OpenAPI document is made from this."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Header, Query, Request, Security
from fastapi import Path as InPath
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException

from bot.web.api import acts
from bot.web.api import schemas as s
from bot.web.api.calls import Refusal, read, write
from store.engine import Database
from store.models import Activity, Contact, Customer, Lead, Purchase, Reminder, Trace

WHAT = """Keys are made and revoked in the chat: `/apikey NAME [role]`. A key acts in its maker's name, in one firm.
Every POST and PATCH may carry an `Idempotency-Key`: sent again within a day, it gets the first answer again and nothing
is done twice. Lists come in pages: give `next` as `cursor` to get the rest. Times are RFC 3339 with a zone."""

_key = HTTPBearer(auto_error=False, description="A key from the chat: /apikey NAME")
_SAID = {
    400: "The body is no JSON.",
    401: "No such key, or it was revoked.",
    403: "The key may not do this.",
    404: "There is no such thing in this firm.",
    409: "It was decided or changed meanwhile, or the Idempotency-Key was used for something else.",
    413: "The body is larger than 1 MB.",
    422: "A value can't be read; the message says which.",
    503: "Too much is waiting: come again.",
}
_REFUSED: dict[int | str, dict[str, Any]] = {
    status: {"description": said} if status == 413 else {"model": s.Failure, "description": said}
    for status, said in _SAID.items()
}

Id = Annotated[int, InPath(ge=1, le=s.LARGEST)]
Cursor = Annotated[str | None, Query(pattern=r"^[0-9]{1,15}$", description="`next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=200)]
Of = Annotated[int | None, Query(alias="customer", ge=1, le=s.LARGEST, description="Only those of this customer.")]
Named = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200, pattern=r"^[\x21-\x7e]+$")]

router = APIRouter(responses=_REFUSED, dependencies=[Security(_key)])


@router.get("/customers", tags=["customers"])
async def list_customers(request: Request, cursor: Cursor = None, limit: Limit = 50) -> s.Page[s.CustomerOut]:
    return await read(request, lambda t: acts.listed(t, s.CustomerOut, Customer, cursor, limit, None))


@router.post("/customers", tags=["customers"], status_code=201, response_model=s.CustomerOut)
async def add_customer(request: Request, body: s.CustomerIn, named: Named = None) -> Response:
    return await write(request, lambda turn: acts.new_customer(turn, body), 201)


@router.get("/customers/{id}", tags=["customers"])
async def get_customer(request: Request, id: Id) -> s.CustomerOut:
    return await read(request, lambda turn: acts.customer(turn, id))


@router.patch("/customers/{id}", tags=["customers"], response_model=s.CustomerOut)
async def change_customer(request: Request, id: Id, body: s.CustomerPatch, named: Named = None) -> Response:
    return await write(request, lambda turn: acts.change_customer(turn, id, body))


@router.get("/customers/{id}/contacts", tags=["customers"])
async def list_contacts(request: Request, id: Id, cursor: Cursor = None, limit: Limit = 50) -> s.Page[s.ContactOut]:
    return await read(request, lambda t: acts.listed(t, s.ContactOut, Contact, cursor, limit, id))


@router.post("/customers/{id}/contacts", tags=["customers"], status_code=201, response_model=s.ContactOut)
async def add_contact(request: Request, id: Id, body: s.ContactIn, named: Named = None) -> Response:
    return await write(request, lambda turn: acts.new_contact(turn, id, body), 201)


@router.get("/activities", tags=["activities"])
async def list_activities(
    request: Request, of: Of = None, cursor: Cursor = None, limit: Limit = 50
) -> s.Page[s.ActivityOut]:
    return await read(request, lambda t: acts.listed(t, s.ActivityOut, Activity, cursor, limit, of))


@router.post("/activities", tags=["activities"], status_code=201, response_model=s.ActivityOut)
async def add_activity(request: Request, body: s.ActivityIn, named: Named = None) -> Response:
    return await write(request, lambda turn: acts.new_activity(turn, body), 201)


@router.get("/orders", tags=["orders"])
async def list_orders(request: Request, of: Of = None, cursor: Cursor = None, limit: Limit = 50) -> s.Page[s.OrderOut]:
    return await read(request, lambda t: acts.listed(t, s.OrderOut, Purchase, cursor, limit, of))


@router.post("/orders", tags=["orders"], status_code=201, response_model=s.OrderOut)
async def add_order(request: Request, body: s.OrderIn, named: Named = None) -> Response:
    return await write(request, lambda turn: acts.new_order(turn, body), 201)


@router.get("/events", tags=["events"])
async def list_events(request: Request, of: Of = None, cursor: Cursor = None, limit: Limit = 50) -> s.Page[s.EventOut]:
    return await read(request, lambda t: acts.listed(t, s.EventOut, Trace, cursor, limit, of))


@router.post("/events", tags=["events"], status_code=201, response_model=s.EventOut)
async def add_event(request: Request, body: s.EventIn, named: Named = None) -> Response:
    return await write(request, lambda turn: acts.new_event(turn, body), 201)


@router.get("/leads", tags=["leads"])
async def list_leads(request: Request, of: Of = None, cursor: Cursor = None, limit: Limit = 50) -> s.Page[s.LeadOut]:
    return await read(request, lambda t: acts.listed(t, s.LeadOut, Lead, cursor, limit, of))


@router.post("/leads", tags=["leads"], status_code=201, response_model=s.LeadOut)
async def add_lead(request: Request, body: s.LeadIn, named: Named = None) -> Response:
    return await write(request, lambda turn: acts.new_lead(turn, body), 201)


@router.get("/reminders", tags=["reminders"])
async def list_reminders(
    request: Request, of: Of = None, cursor: Cursor = None, limit: Limit = 50
) -> s.Page[s.ReminderOut]:
    return await read(request, lambda t: acts.listed(t, s.ReminderOut, Reminder, cursor, limit, of))


@router.post("/reminders", tags=["reminders"], status_code=201, response_model=s.ReminderOut)
async def add_reminder(request: Request, body: s.ReminderIn, named: Named = None) -> Response:
    return await write(request, lambda turn: acts.new_reminder(turn, body), 201)


@router.patch("/reminders/{id}", tags=["reminders"], response_model=s.ReminderOut)
async def change_reminder(request: Request, id: Id, body: s.ReminderPatch, named: Named = None) -> Response:
    return await write(request, lambda turn: acts.change_reminder(turn, id, body))


def build(database: Database) -> FastAPI:
    """The application under /api/v1."""
    app = FastAPI(title="Rapport", version="1", description=WHAT, docs_url=None, redoc_url=None)
    app.state.database = database
    app.include_router(router)
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _other)
    return app


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)  # noqa: S101 - registered for it
    headers = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "1"}}.get(error.status)
    return JSONResponse(error.body(), error.status, headers)


async def _unreadable(request: Request, error: Exception) -> Response:
    """The first thing that is wrong, and where; a stranger without a key hears of the key first."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it
    try:
        await read(request, lambda turn: s.Problem(code="", message=""))
    except Refusal as refusal:
        return await _refused(request, refusal)
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return JSONResponse(Refusal(400, "no_json", "The body is no JSON.").body(), 400)
    where = ".".join(str(part) for part in first["loc"])
    return JSONResponse(Refusal(422, "bad_input", f"{where}: {first['msg']}").body(), 422)


async def _other(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    headers = dict(error.headers or {})
    return JSONResponse(Refusal(error.status_code, "http", str(error.detail)).body(), error.status_code, headers)
