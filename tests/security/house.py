"""One firm with something to hide: a customer whom only the owner sees, a row of everything, and people of all kinds.

`Hidden` is what the matrix guards: names, numbers and words that stand nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.messages import Address, Command
from store.engine import Database
from store.firms import set_settings
from store.models import Identity, Outbox, Owned, Purchase
from store.work import Work
from tests.flows.surveys.scene import Scene

HIDDEN, PERSON, WORDS = "Zanzibar Holdings", "Quentin Umbral", "vermilion sprockets"
PHONE, MAIL = "13911118765", "quentin@zanzibar.example"
SECRETS = ("Zanzibar", "Quentin", "Umbral", "vermilion", "sprocket", "3911118765", "39 1111 8765", "quentin@")
NEARLY = ("Zanziba", "Quenti", "8765", "1")
"""What somebody types who has heard of them: never the whole word, so that an echo is no leak."""


class House(Scene):
    """Ann owns it; Bob and Max see their own customers only, as Vera does, who may change nothing."""

    def __init__(self, database: Database, clock: Any) -> None:
        super().__init__(database, clock)
        self.ann = self.member("Ann", "owner")
        self.max = self.member("Max", "manager")
        self.bob = self.member("Bob", "rep")
        self.vera = self.member("Vera", "viewer")
        self.hidden = self.customer(HIDDEN, owner=self.ann, phone=f"+86{PHONE}", email=MAIL, need=WORDS)
        self.write(self._furnish)
        for typed in DONE:
            name, _space, rest = typed[1:].partition(" ")
            self.does("staff", "Ann", Command(name, rest, f"c{next(self.keys)}"))
        self.says("customers", HIDDEN, f"we need {WORDS} at once")
        self.write(_narrow)
        self.mine = self.customer("Open Water", owner=self.bob, phone="+8613700137000")
        self.other = self.customer("Other Oak", owner=self.bob)

    def _furnish(self, work: Work) -> None:
        customer = work.customers.get(self.hidden)
        assert customer is not None
        contact = work.customers.add_contact(customer, PERSON, phone=f"+86{PHONE}", email=MAIL)
        work.add(Purchase(customer=customer.id, kind="order", at=work.now, amount=500, currency="CNY", what=WORDS))
        identity = work.first(Identity, customer=customer.id)
        assert identity is not None
        work.change(identity, contact=contact.id)

    def kept(self) -> Mapping[tuple[str, int], str]:
        """Every row about the hidden customer, as text."""

        def act(work: Work) -> dict[tuple[str, int], str]:
            kinds = [kind for kind in Owned.__subclasses__() if "customer" in kind.table().c]
            found = [row for kind in kinds for row in work.find(kind, customer=self.hidden)]
            return {(type(row).__name__, row.id): str(row) for row in [*found, work.customers.get(self.hidden)]}

        kept: Mapping[tuple[str, int], str] = self.write(act)
        return kept

    def types(self, account: str, person: str, typed: str) -> str:
        """Everything that anybody in this chat is shown because of it."""
        name, _space, rest = typed[1:].partition(" ")
        return self.because(account, person, lambda: self.does(account, person, Command(name, rest, "m")))

    def tries(self, account: str, person: str, press: str) -> str:
        """The same for a button, signed as if it were theirs."""
        return self.because(account, person, lambda: self.presses(account, person, press))

    def because(self, account: str, person: str, act: Any) -> str:
        """The whole of each message: words, buttons, files; and of the answer."""
        self._taken(account, person)
        answer = act()
        toast = f"{answer.toast} {answer.data}" if answer else ""
        return "\n".join([*self._taken(account, person), toast])

    def _taken(self, account: str, person: str) -> list[str]:
        """What waited for the chat; it is taken out, so that a card that is shown anew counts as shown."""
        chat = Address("memory", account, person).key

        def act(work: Work) -> list[str]:
            found = [str(row.payload) for row in work.find(Outbox, chat=chat)]
            work.cursor.execute("DELETE FROM outbox WHERE chat = ?", (chat,))
            return found

        return list(self.write(act))


DONE = (
    f"/note {HIDDEN} {WORDS}",
    f"/log Called {HIDDEN}, they want {WORDS}",
    f"/tag {HIDDEN} important",
    f"/remind tomorrow 9:00 {HIDDEN} {WORDS}",
    f"/promise {HIDDEN} {WORDS} by Friday",
    f"/deal {HIDDEN} 500000 {WORDS}",
    f"/order {HIDDEN} 90000 {WORDS}",
    f"/need {HIDDEN} {WORDS}",
    f"/prefer {HIDDEN} {WORDS}",
    f"/ticket {HIDDEN} {WORDS} are late",
    f"/quote {HIDDEN} {WORDS} 3 x 500",
    f"/did {HIDDEN} viewed {WORDS}",
    f"/until {HIDDEN} in 20 days",
    f"/lost {HIDDEN} price",
    f"/refer {HIDDEN}",
)


def _narrow(work: Work) -> None:
    firm = work.firm(work.workspace)
    assert firm is not None
    set_settings(work, firm, sight=dict.fromkeys(("rep", "manager", "viewer"), "own"))


def leaked(said: str) -> list[str]:
    """Which of the secrets somebody was shown."""
    return [secret for secret in SECRETS if secret.casefold() in said.casefold()]
