"""`/forget CUSTOMER` erases for good, after a preview and two presses; `/mydata` shows what is kept of oneself."""

from __future__ import annotations

from bot.core.messages import Reply, Said
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.jobs import begin
from flows.privacy.actions import erase, preview
from flows.privacy.cards import asked_to_go, forget_card, last_question, of_customer, of_member
from flows.privacy.rules import asks_what_is_kept, wants_to_go
from flows.privacy.steps import DATA
from flows.replies import below, settled
from flows.router import CUSTOMERS, EVERYONE, MANAGERS, NOT_MINE, NotMine, command, heard, press
from flows.turn import Turn
from store.models import Customer, Member

KINDS = ("json", "csv")


@command(
    "forget",
    help=_("Erase a customer for good"),
    example=_("/forget Acme"),
    for_=MANAGERS,
    words=(
        "forget customer",
        "forget everything about",
        "erase",
        "erase customer",
        "delete all data of",
        "delete everything about",
        "忘记客户",
        "抹掉",
        "抹除",
        "彻底删除",
        "彻底删除客户",
        "删除客户数据",
        "删除客户资料",
    ),
    rooms=False,
)
def forget(turn: Turn, customer: Customer) -> Reply:
    return forget_card(customer, preview(turn, customer))


@press("forget", for_=MANAGERS)
def forget_pressed(turn: Turn, customer: int) -> Reply:
    found = _there(turn, customer)
    return forget_card(found, preview(turn, found)) if found else settled()


@press("forget-ask", for_=MANAGERS)
def forget_ask(turn: Turn, customer: int) -> Reply:
    found = _there(turn, customer)
    return last_question(found) if found else settled()


@press("forget-yes", for_=MANAGERS)
def forget_yes(turn: Turn, customer: int) -> Reply:
    found = _there(turn, customer)
    if found is None:
        return settled()
    erase(turn, found)
    text = _("Erased. I am looking for the name in everything else and tell you when that is done.")
    return Reply(text, card=f"forget:{customer}")


@press("forget-no", for_=MANAGERS)
def forget_no(turn: Turn, customer: int) -> Reply:
    return Reply(_("Nothing was erased."), card=f"forget:{customer}")


def _there(turn: Turn, id: int) -> Customer | None:
    found = turn.work.customers.get(id)
    return found if found is not None and found.state == "active" else None


@command(
    "mydata",
    help=_("What is kept of you"),
    for_=EVERYONE,
    words=(
        "my data",
        "what do you know about me",
        "what is stored about me",
        "which data do you have of me",
        "我的数据",
        "我的资料",
        "你们有我的哪些信息",
        "你存了我的什么",
    ),
    rooms=False,
)
def mydata(turn: Turn) -> Reply:
    return of_member(turn) if turn.member is not None else of_customer(turn)


@heard("first", for_=CUSTOMERS)
def erased(turn: Turn, said: Said) -> Reply | NotMine:
    """ "Please delete my data", "what do you know of me": what is kept, with the button that passes a wish on."""
    wanted = wants_to_go(said.text) or asks_what_is_kept(said.text)
    return below(turn, of_customer(turn)) if turn.private and wanted else NOT_MINE


@press("mydata", for_=EVERYONE)
def mydata_file(turn: Turn, kind: str) -> Reply:
    """Written by a job, which answers here."""
    if kind not in KINDS or (turn.member is None and turn.customer is None):
        return settled()
    here = turn.here()
    whose = {"member": turn.member.id} if turn.member else {"customer": here.customer, "contact": here.contact}
    begin(turn, DATA, ending=kind, language=turn.language, **whose)
    return Reply(_("One moment, I am writing it down …"), toast=True)


@press("mydata-erase", for_=CUSTOMERS)
def mydata_erase(turn: Turn) -> Reply | Text:
    """A customer asks to be erased: those who may do it hear of it, with the button that begins."""
    customer = turn.customer
    if customer is None:
        return _("Nothing of you is kept here.")
    for member in _answerable(turn):
        turn.message_member(member, asked_to_go(customer), kind="")
    turn.work.audit("customer", "asked_to_be_erased", f"customer:{customer.id}")
    return _("I have passed it on: a person looks at it, and you hear from us.")


def _answerable(turn: Turn) -> list[Member]:
    return [member for member in turn.work.people.members() if member.role in MANAGERS]
