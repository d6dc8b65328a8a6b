"""Customers, their contacts and tags: added, changed and found with their keys kept current."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from store.models import Alias, Contact, Customer, Tag
from store.statements import Statement
from store.types import UtcTime, among, word
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

_SAVED = ("name", "phone", "email", "state")
_T, _L = Customer.table(), Alias.table()
_OWNED = Statement(
    lambda: (
        select(*columns(Customer))
        .where(_T.c.workspace == bindparam("workspace"), _T.c.owner == bindparam("owner"), _T.c.state == word("active"))
        .order_by(_T.c.id)
    )
)
_SILENT = Statement(
    lambda: (
        select(*columns(Customer))
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.owner == bindparam("owner"),
            _T.c.state == word("active"),
            _T.c.last_touch < bindparam("before", type_=UtcTime()),
        )
        .order_by(_T.c.last_touch)
        .limit(bindparam("limit"))
    )
)


_ALIASES = Statement(
    lambda: select(_L.c.name, _L.c.customer, _L.c.contact).where(
        _L.c.workspace == bindparam("workspace"), _L.c.member == bindparam("member"), among(_L.c.name, "names")
    )
)


class Customers:
    """Asks and changes the customer file."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, id: int) -> Customer | None:
        """The customer, removed ones too."""
        return self._work.get(Customer, id)

    def contact(self, id: int) -> Contact | None:
        """The contact."""
        return self._work.get(Contact, id)

    def add(self, name: str, *, owner: int | None, **values: Any) -> Customer:
        """A new customer, findable at once."""
        customer = self._work.add(Customer(name=name, owner=owner, created=self._work.now, **values))
        self._work.search.index(customer)
        return customer

    def add_contact(self, customer: Customer, name: str, **values: Any) -> Contact:
        """A new person at the customer, findable at once."""
        contact = self._work.add(Contact(customer=customer.id, name=name, created=self._work.now, **values))
        self._work.search.index(customer, contact)
        return contact

    def change(self, customer: Customer, **values: Any) -> Customer:
        """Changes facts; the search keys follow where they depend on them."""
        changed = self._work.change(customer, **values)
        if any(name in values for name in _SAVED):
            self._work.search.index(changed)
        return changed

    def change_contact(self, customer: Customer, contact: Contact, **values: Any) -> Contact:
        """Changes facts of a contact; the search keys follow."""
        changed = self._work.change(contact, **values)
        self._work.search.index(customer, changed)
        return changed

    def called(self, member: int, names: list[str]) -> dict[str, tuple[int, int]]:
        """What a member's own words for customers mean: (customer, contact or 0) by normalised name."""
        found = self._work.rows(_ALIASES, member=member, names=names)
        return {name: (customer, contact) for name, customer, contact in found}

    def learn(self, member: int, name: str, customer: int, contact: int = 0) -> Alias:
        """From now on this member means that customer by the name."""
        for known in self._work.find(Alias, member=member, name=name):
            self._work.remove(known)
        return self._work.add(Alias(member=member, name=name, customer=customer, contact=contact, made=self._work.now))

    def contacts(self, customer: int) -> list[Contact]:
        """The people at a customer, in the order in which we met them."""
        return self._work.find(Contact, customer=customer)

    def owned_by(self, member: int) -> list[Customer]:
        """A member's own customers."""
        return self._work.all(Customer, _OWNED, owner=member)

    def silent(self, member: int, before: Any, *, limit: int) -> list[Customer]:
        """A member's customers whom nobody touched since, the longest silent first."""
        return self._work.all(Customer, _SILENT, owner=member, before=before, limit=limit)

    def tags(self, customer: int) -> list[str]:
        """The customer's tags, in the order given."""
        return [row.name for row in self._work.find(Tag, customer=customer)]

    def tag(self, customer: int, names: list[str]) -> list[str]:
        """Adds tags and returns those that are new."""
        if not names:
            return []
        known = set(self.tags(customer))
        new = [name for name in dict.fromkeys(names) if name not in known]
        for name in new:
            self._work.add(Tag(customer=customer, name=name))
        return new
