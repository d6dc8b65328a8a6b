"""Surveys, invitations, answers and alerts: who was asked what and when, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from store.models import Alert, Code, Given, Invitation, Survey
from store.statements import Statement
from store.types import UtcTime, among, one_of, word
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

_S, _I, _G, _A, _K = Survey.table(), Invitation.table(), Given.table(), Alert.table(), Code.table()
_ASKED = ("sending", "sent", "started", "finished", "skipped", "stopped", "unknown", "expired")
"""States in which the customer has been asked, or may have been."""

_CURRENT = Statement(
    lambda: (
        select(*columns(Survey))
        .where(_S.c.workspace == bindparam("workspace"), _S.c.name == bindparam("name"), _S.c.active.is_(True))
        .order_by(_S.c.version.desc())
        .limit(1)
    )
)
_LAST_ASKED = Statement(
    lambda: (
        select(_I.c.sent, _S.c.name)
        .join(_S, (_S.c.id == _I.c.survey) & (_S.c.workspace == _I.c.workspace))
        .where(
            _I.c.workspace == bindparam("workspace"),
            _I.c.customer == bindparam("customer"),
            one_of(_I.c.state, *_ASKED),
            _I.c.sent.is_not(None),
        )
        .order_by(_I.c.sent.desc())
        .limit(200)
    )
)
_ANSWERED_IN = Statement(
    lambda: (
        select(_I.c.conversation)
        .where(
            _I.c.workspace == bindparam("workspace"),
            _I.c.customer == bindparam("customer"),
            one_of(_I.c.state, "finished", "started"),
            _I.c.conversation.is_not(None),
        )
        .order_by(_I.c.sent.desc(), _I.c.id.desc())
        .limit(1)
    )
)
_OF = (_K.c.workspace == bindparam("workspace"), _K.c.survey == bindparam("survey"))
_FREE_CODES = Statement(lambda: select(*columns(Code)).where(*_OF, _K.c.customer.is_(None)).order_by(_K.c.id).limit(20))
_CODES_LEFT = Statement(lambda: select(func.count()).where(*_OF, _K.c.customer.is_(None)))
_CODES_GIVEN = Statement(lambda: select(func.count()).where(*_OF, _K.c.customer.is_not(None)))
_DROP_CODES = Statement(lambda: delete(_K).where(*_OF, _K.c.customer.is_(None)))
_WHO_ANSWERED = Statement(
    lambda: (
        select(_I.c.customer)
        .join(_S, (_S.c.id == _I.c.survey) & (_S.c.workspace == _I.c.workspace))
        .where(
            _I.c.workspace == bindparam("workspace"),
            _S.c.name == bindparam("name"),
            one_of(_I.c.state, "finished", "started"),
            _I.c.sent >= bindparam("since", type_=UtcTime()),
        )
        .distinct()
        .order_by(_I.c.customer)
    )
)
_WAITING_IN = Statement(
    lambda: (
        select(*columns(Invitation))
        .where(
            _I.c.workspace == bindparam("workspace"),
            _I.c.round == bindparam("round"),
            _I.c.state == word("waiting"),
        )
        .order_by(_I.c.id)
        .limit(bindparam("limit"))
    )
)
_ROUND_STATES = Statement(
    lambda: (
        select(_I.c.state, _I.c.reason, func.count())
        .where(_I.c.workspace == bindparam("workspace"), _I.c.round == bindparam("round"))
        .group_by(_I.c.state, _I.c.reason)
    )
)
_LATEST = Statement(
    lambda: (
        select(*columns(Invitation))
        .where(_I.c.workspace == bindparam("workspace"), _I.c.customer == bindparam("customer"))
        .order_by(_I.c.id.desc())
        .limit(bindparam("limit"))
    )
)
_REFUSED = Statement(
    lambda: (
        select(*columns(Invitation))
        .where(
            _I.c.workspace == bindparam("workspace"),
            one_of(_I.c.state, "refused", "failed"),
            or_(_I.c.member == bindparam("who"), _I.c.by == bindparam("who")),
        )
        .order_by(_I.c.id.desc())
        .limit(1)
    )
)
_WORDS = Statement(
    lambda: (
        select(_I.c.customer, _I.c.score, _G.c.value)
        .join(_G, (_G.c.invitation == _I.c.id) & (_G.c.workspace == _I.c.workspace))
        .where(
            _I.c.workspace == bindparam("workspace"),
            _I.c.survey == bindparam("survey"),
            among(_G.c.question, "questions"),
        )
        .order_by(_G.c.at.desc(), _G.c.id.desc())
        .limit(bindparam("limit"))
    )
)
_SCORES = Statement(
    lambda: (
        select(_I.c.score, func.count())
        .where(
            _I.c.workspace == bindparam("workspace"),
            _I.c.survey == bindparam("survey"),
            _I.c.score.is_not(None),
        )
        .group_by(_I.c.score)
    )
)
_STATES = Statement(
    lambda: (
        select(_I.c.state, func.count())
        .where(_I.c.workspace == bindparam("workspace"), _I.c.survey == bindparam("survey"))
        .group_by(_I.c.state)
    )
)
_CLAIM = Statement(
    lambda: (
        update(_A)
        .where(_A.c.workspace == bindparam("workspace"), _A.c.id == bindparam("row"), _A.c.state == word("open"))
        .values(state="claimed", claimed_by=bindparam("who"), claimed=bindparam("now", type_=UtcTime()))
    )
)


def _answer(new: Any) -> Any:
    names = ("workspace", "invitation", "question", "value", "at")
    values = {name: bindparam(name, type_=_G.c[name].type) for name in names}
    insert = new(_G).values(values)
    return insert.on_conflict_do_update(
        index_elements=["workspace", "invitation", "question"],
        set_={"value": insert.excluded.value, "at": insert.excluded.at},
    )


_ANSWER = {
    "sqlite": Statement(lambda: _answer(sqlite.insert)),
    "postgresql": Statement(lambda: _answer(postgresql.insert)),
}


class Feedback:
    """Asks and changes what customers said."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def survey(self, name: str) -> Survey | None:
        """The newest active version."""
        return self._work.one(Survey, _CURRENT, name=name)

    def last_asked(self, customer: int) -> list[tuple[datetime, str]]:
        """When the customer was asked, and with which survey, newest first."""
        return [(at, name) for at, name in self._work.rows(_LAST_ASKED, customer=customer)]

    def answered_in(self, customer: int) -> int | None:
        """The conversation in which the customer last answered."""
        found: int | None = self._work.value(_ANSWERED_IN, customer=customer)
        return found

    def survey_named(self, name: str) -> Survey | None:
        """The newest edition, whether it is switched on or not."""
        return max(self._work.find(Survey, name=name, draft=False), key=lambda row: row.edition, default=None)

    def who_answered(self, name: str, since: datetime) -> list[int]:
        """The customers who answered a survey, in any of its editions."""
        return [customer for (customer,) in self._work.rows(_WHO_ANSWERED, name=name, since=since)]

    def free_codes(self, survey: str) -> list[Code]:
        """Some codes that nobody has, the oldest first."""
        return self._work.all(Code, _FREE_CODES, survey=survey)

    def codes_left(self, survey: str) -> int:
        return int(self._work.value(_CODES_LEFT, survey=survey))

    def codes_given(self, survey: str) -> int:
        return int(self._work.value(_CODES_GIVEN, survey=survey))

    def drop_codes(self, survey: str) -> int:
        """Takes away those that nobody has."""
        return self._work.run(_DROP_CODES, survey=survey)

    def waiting_in(self, round: int, limit: int) -> list[Invitation]:
        """Who of a round is still to be asked, as it was begun."""
        return self._work.all(Invitation, _WAITING_IN, round=round, limit=limit)

    def round_states(self, round: int) -> Counter[tuple[str, str]]:
        """How many of a round stand how, with the reason."""
        rows = self._work.rows(_ROUND_STATES, round=round)
        return Counter({(state, reason): count for state, reason, count in rows})

    def invitations(self, customer: int, *, limit: int = 5) -> list[Invitation]:
        """The customer's latest invitations, refused ones with their reason among them."""
        return self._work.all(Invitation, _LATEST, customer=customer, limit=limit)

    def refused(self, member: int) -> Invitation | None:
        """The newest invitation of this member's that was not sent."""
        return self._work.one(Invitation, _REFUSED, who=member)

    def words(self, survey: int, questions: Sequence[str], *, limit: int = 5) -> list[tuple[int, int | None, str]]:
        """The latest answers of customers to these questions: (customer, score, words)."""
        rows = self._work.rows(_WORDS, survey=survey, questions=list(questions), limit=limit)
        return [(customer, score, str(words)) for customer, score, words in rows]

    def answer(self, invitation: int, question: str, value: Any) -> None:
        """Keeps the answer; a later one to the same question takes its place."""
        self._work.run(
            _ANSWER[self._work.dialect], invitation=invitation, question=question, value=value, at=self._work.now
        )

    def answers(self, invitation: int) -> dict[str, Any]:
        """Question to answer."""
        return {row.question: row.value for row in self._work.find(Given, invitation=invitation)}

    def scores(self, survey: int) -> dict[int, int]:
        """How often each score was given."""
        return {score: count for score, count in self._work.rows(_SCORES, survey=survey)}

    def states(self, survey: int) -> dict[str, int]:
        """How many invitations are in each state."""
        return {state: count for state, count in self._work.rows(_STATES, survey=survey)}

    def claim(self, alert: Alert, member: int) -> bool:
        """Takes the alert for a member; False when somebody was faster."""
        return bool(self._work.run(_CLAIM, row=alert.id, who=member, now=self._work.now))
