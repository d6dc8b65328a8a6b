"""What else goes out as a sheet: contacts, activities, deals, orders, of those customers whom the reader sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.core.text import Text, ngettext, plain, text
from bot.core.text import gettext as _
from flows.activities.words import KINDS
from flows.exports import actions
from flows.imports.finding import mark_of
from flows.orders.actions import NAMES
from flows.turn import Turn
from flows.words import Words
from store.batches import rows_of
from store.models import Activity, Contact, Customer, Deal, Member, Purchase, Stage

Headings = Mapping[str, Sequence[str]]
R = TypeVar("R", Contact, Activity, Deal, Purchase)
Lines = Callable[["View", Sequence[Customer]], Iterator[list[str]]]
"""The lines about some customers."""
_WHOSE: Headings = {"en": ("Rapport ID", "Customer"), "zh": ("Rapport编号", "客户名称")}


class View:
    """Names that lines need again and again, asked for once."""

    def __init__(self, turn: Turn, words: Words) -> None:
        self.turn, self.words = turn, words
        self.members = {row.id: row.name for row in turn.work.find(Member)}
        self.stages = {row.id: row for row in turn.work.find(Stage)}
        self.own = actions.own_fields(turn)
        self._mark = mark_of(turn)

    def whose(self, customer: Customer) -> list[str]:
        """Our own number first: by it the customer is found again."""
        return [f"{self._mark}-{customer.id}", customer.name]

    def member(self, id: int | None) -> str:
        return self.members.get(id or 0, "")

    def moment(self, at: datetime | None, form: str = "%Y-%m-%d %H:%M") -> str:
        return at.astimezone(self.turn.zone).strftime(form) if at else ""

    def word(self, words: Mapping[str, Text], key: str) -> str:
        return plain(words[key].resolve(self.words)) if key in words else key


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of sheet."""

    label: Text
    file: Mapping[str, str]
    headings: Headings
    lines: Lines

    def heading(self, view: View) -> list[str]:
        return [*_WHOSE[view.words.language], *self.headings[view.words.language]]

    def counted(self, count: int) -> Text:
        return text(self.label, " · ", ngettext("{n} row", "{n} rows", count))


class _Customers(Table):
    """The file itself, a line for each contact; what is counted are the customers."""

    def heading(self, view: View) -> list[str]:
        return actions.heading(view.words.language, view.own)

    def counted(self, count: int) -> Text:
        return ngettext("{n} customer", "{n} customers", count)


def _customers(view: View, page: Sequence[Customer]) -> Iterator[list[str]]:
    return actions.lines(view.turn, page, view.own)


def _contacts(view: View, page: Sequence[Customer]) -> Iterator[list[str]]:
    for customer, row in _each(view, Contact, page):
        yield [*view.whose(customer), row.name, row.title, row.phone, row.email]


def _activities(view: View, page: Sequence[Customer]) -> Iterator[list[str]]:
    people = {row.id: row.name for row in rows_of(view.turn.work, Contact, [c.id for c in page])}
    for customer, row in _each(view, Activity, page):
        said = [people.get(row.contact or 0, ""), row.direction, row.channel, row.text, row.result]
        kind = view.word(KINDS, row.kind)
        yield [*view.whose(customer), view.moment(row.at), kind, row.status, view.member(row.member), *said]


def _deals(view: View, page: Sequence[Customer]) -> Iterator[list[str]]:
    for customer, row in _each(view, Deal, page):
        stage = view.stages.get(row.stage)
        yield [
            *view.whose(customer),
            row.what,
            str(row.amount) if row.amount is not None else "",
            row.currency,
            stage.name if stage else "",
            str(stage.chance) if stage else "",
            row.state,
            view.member(row.member),
            row.step,
            row.reason,
            *(view.moment(at, "%Y-%m-%d") for at in (row.opened, row.expected, row.closed, row.until)),
        ]


def _orders(view: View, page: Sequence[Customer]) -> Iterator[list[str]]:
    for customer, row in _each(view, Purchase, page):
        sum_ = [f"{row.amount / 100:.2f}", row.currency]
        kind = view.word(NAMES, row.kind)
        yield [*view.whose(customer), kind, row.number, row.what, *sum_, view.moment(row.at), row.state]


def _each(view: View, kind: type[R], page: Sequence[Customer]) -> Iterator[tuple[Customer, R]]:
    customers = {row.id: row for row in page}
    for row in rows_of(view.turn.work, kind, list(customers)):
        yield customers[row.customer], row


TABLES: Mapping[str, Table] = {
    "customers": _Customers(_("Customers"), {"en": "customers", "zh": "客户"}, {}, _customers),
    "contacts": Table(
        _("Contacts"),
        {"en": "contacts", "zh": "联系人"},
        {"en": ("Contact", "Title", "Mobile", "Contact e-mail"), "zh": ("联系人", "职位", "联系人手机", "联系人邮箱")},
        _contacts,
    ),
    "activities": Table(
        _("Activities"),
        {"en": "activities", "zh": "跟进记录"},
        {
            "en": ("When", "Kind", "Done or planned", "By", "With", "Direction", "By way of", "Words", "Result"),
            "zh": ("时间", "方式", "已做或计划", "记录人", "对方", "方向", "途径", "内容", "结果"),
        },
        _activities,
    ),
    "deals": Table(
        _("Deals"),
        {"en": "deals", "zh": "商机"},
        {
            "en": (
                *(
                    "Deal",
                    "Amount",
                    "Currency",
                    "Deal stage",
                    "Chance %",
                    "Open, won or lost",
                    "Whose deal",
                    "Next step",
                ),
                *("Why lost", "Opened", "Expected", "Closed", "Contract until"),
            ),
            "zh": (
                *("商机", "金额", "币种", "商机阶段", "成交概率%", "进行、赢单或输单", "商机归谁", "下一步"),
                *("输单原因", "建立日期", "预计成交", "关闭日期", "合同到期"),
            ),
        },
        _deals,
    ),
    "orders": Table(
        _("Orders"),
        {"en": "orders", "zh": "订单"},
        {
            "en": (
                "Order, invoice or payment",
                "Order no.",
                "Product",
                "Amount",
                "Currency",
                "When",
                "Open or cancelled",
            ),
            "zh": ("订单、开票或回款", "单号", "产品", "金额", "币种", "时间", "有效或已取消"),
        },
        _orders,
    ),
}
"""Every kind of sheet. Contacts and customers come in again; of the others an import reads whose they are, no more."""
