"""Making the demo firm: members, customers, ninety days of work, what is due, and the chats of the demo page."""

from __future__ import annotations

import hashlib
import random
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.core.messages import Address
from flows.alerts.rules import LOW
from flows.demo.people import COLLEAGUES, MANAGER, NAME, OWNER, REP, REP_ZH, Colleague, Firm, customers
from flows.demo.talk import CUSTOMER_HINT, HINT, LOGGED, PROMISED, ROOM, ROOM_HINT, TO_DO, WORDS, Language
from flows.handle import finish
from flows.reminders.actions import set_reminder
from flows.reminders.day import plan_brief
from flows.setup.actions import found_firm
from flows.surveys.facts import ScoreGiven
from flows.turn import Turn
from flows.words import LANGUAGES, zone_here, zone_of
from store.alone import FOUNDING, alone
from store.firms import firms, set_settings
from store.models import (
    Account,
    Activity,
    Contact,
    Conversation,
    Customer,
    Given,
    Identity,
    Invitation,
    Member,
    Promise,
    Route,
    Survey,
    Workspace,
)
from store.work import Work

WEB = "web"
UNHAPPY = "Wayne Logistics"
DAYS = 90
PersonOf = Callable[[str], str]


def person_of(secret: str) -> str:
    """The browser's id of whoever keeps this secret, as the chat page's adapter makes it."""
    return hashlib.sha256(secret.encode()).hexdigest()[:32]


def found_demo(work: Work) -> bool:
    """Makes the whole firm in one transaction, on this machine's clock; False when there is a firm already."""
    alone(work, FOUNDING)
    if firms(work):
        return False
    firm = found_firm(work, name=NAME, country="CN", language="en", zone=zone_here())
    work.add(Account(platform="browser", name=WEB, side="both"))
    turn = Turn(work=work, workspace=firm, key="demo")
    members = {colleague.name: _member(turn, colleague) for colleague in COLLEAGUES}
    for member in members.values():
        plan_brief(turn, member)
    past = _Past(turn, members, random.Random(7))  # noqa: S311 - invented data, the same every time
    known = [past.customer(firm_) for firm_ in customers()]
    rows = {firm_.name: row for firm_, row in known}
    _chats(turn, members, rows)
    _low_score(turn, members[REP.name], rows[UNHAPPY])
    finish(turn)
    work.for_good()
    return True


def panes(firm: Workspace, member: Member, language: Language) -> Sequence[Mapping[str, str]]:
    """The three chats of the demo page, for its owner; nothing for anybody else and in any other firm."""
    kept = firm.settings.get("demo")
    return kept[language] if kept and member.role == "owner" else ()


def _member(turn: Turn, colleague: Colleague) -> Member:
    return turn.work.add(
        Member(
            name=colleague.name,
            role=colleague.role,
            language=colleague.language,
            zone=turn.workspace.zone,
            joined=turn.now - timedelta(days=DAYS),
        )
    )


@dataclass
class _Past:
    """What happened before today: always the same talk, counted back from now."""

    turn: Turn
    members: Mapping[str, Member]
    dice: random.Random
    count: int = 0

    def customer(self, firm: Firm) -> tuple[Firm, Customer]:
        """The customer with everything that is known of it."""
        work, number = self.turn.work, self.count
        self.count += 1
        owner = self._owner(firm, number)
        row = work.customers.add(
            firm.name,
            owner=owner.id,
            source=firm.source,
            language=firm.language,
            stage="growth" if set(firm.tags.split()) & {"signed", "已签", "老客户"} else "lead",
            phone=_phone(firm, number),
        )
        contact = work.customers.add_contact(row, firm.contact, title=firm.title, email=_mail(number))
        work.customers.tag(row.id, firm.tags.split())
        last = self._history(firm, row, contact, owner)
        row = work.customers.change(row, last_touch=last, last_out=last)
        self._due(firm, row, owner, number)
        return firm, row

    def _owner(self, firm: Firm, number: int) -> Member:
        if number % 10 == 9:
            return self.members[MANAGER.name]
        return self.members[REP.name if firm.language == "en" else REP_ZH.name]

    def _history(self, firm: Firm, row: Customer, contact: Contact, owner: Member) -> datetime:
        """Two to six activities, the last of them one to forty days ago; some were followed by a survey."""
        days = sorted(self.dice.sample(range(41, DAYS), self.dice.randint(1, 5)), reverse=True)
        days.append(self.dice.randint(1, 40))
        at = self.turn.now
        for day in days:
            kind, words = self.dice.choice(LOGGED[_spoken(firm)])
            at = self._hour(day)
            activity = self.turn.work.add(
                Activity(
                    customer=row.id,
                    contact=contact.id,
                    member=owner.id,
                    kind=kind,
                    at=at,
                    text=words.format(who=firm.contact),
                    channel={"call": "phone", "email": "email", "visit": "visit", "meeting": "meeting"}.get(kind, ""),
                    logged=at,
                )
            )
            if kind in ("visit", "call") and day > 45 and self.dice.random() < 0.5:
                self._asked(firm, activity)
        return at

    def _asked(self, firm: Firm, activity: Activity) -> None:
        """A survey that was answered long ago: old enough that everybody may be asked again."""
        work = self.turn.work
        survey = next((s for s in work.find(Survey, active=True) if s.kind == "csat"), None)
        if survey is None:
            return
        score, at = self.dice.choices((5, 4, 3, 2, 1), (45, 30, 15, 7, 3))[0], activity.at + timedelta(minutes=15)
        invitation = work.add(
            Invitation(
                survey=survey.id,
                customer=activity.customer,
                contact=activity.contact,
                trigger=f"activity:{activity.id}",
                activity=activity.id,
                member=activity.member,
                state="finished",
                score=score,
                made=activity.at,
                sent=at,
                finished=at + timedelta(minutes=4),
            )
        )
        work.add(Given(invitation=invitation.id, question="score", value=score, at=at))
        if words := WORDS[_spoken(firm)].get(score):
            work.add(Given(invitation=invitation.id, question=_open_question(score), value=words, at=at))

    def _due(self, firm: Firm, row: Customer, owner: Member, number: int) -> None:
        """What is open: a reminder for every fourth customer, a promise for every sixth."""
        if number % 4 == 2:
            due = self._hour(-self.dice.randint(0, 9), 16 if number % 8 == 2 else 10)
            about = self.dice.choice(TO_DO[_spoken(firm)])
            if due > self.turn.now:
                set_reminder(self.turn, owner, due, about, customer=row.id)
        if number % 6 == 3:
            what = self.dice.choice(PROMISED[_spoken(firm)])
            due = self._hour(-self.dice.randint(1, 12), 18)
            self.turn.work.add(Promise(customer=row.id, member=owner.id, what=what, due=due))

    def _hour(self, days_ago: int, hour: int | None = None) -> datetime:
        """A working hour of that day, never later than now for days that have passed."""
        zone = zone_of(self.turn.workspace.zone)
        local = self.turn.now.astimezone(zone) - timedelta(days=days_ago)
        at = local.replace(hour=hour or self.dice.randint(9, 17), minute=self.dice.choice((0, 10, 30, 45)), second=0)
        return at.replace(microsecond=0).astimezone(self.turn.now.tzinfo)


def _open_question(score: int) -> str:
    """Which of the survey's open questions follows a score."""
    return "wrong" if score <= 2 else "better" if score == 3 else "best"


def _spoken(firm: Firm) -> Language:
    return "zh" if firm.language == "zh" else "en"


def _phone(firm: Firm, number: int) -> str:
    """Numbers that are kept free for films, and a Chinese series that is given to nobody."""
    return f"+1555010{number:04d}" if firm.language == "en" else f"+861000000{number:04d}"


def _mail(number: int) -> str:
    return f"contact{number}@example.com"


def _low_score(turn: Turn, member: Member, customer: Customer) -> None:
    """Somebody is unhappy since this morning, and nobody has it yet: the team's room begins with that card."""
    at, words = turn.now - timedelta(hours=2), WORDS["en"][1]
    survey = next(survey for survey in turn.work.find(Survey, active=True) if survey.kind == "csat")
    contact = turn.work.customers.contacts(customer.id)[0]
    visit = Activity(
        customer=customer.id, contact=contact.id, member=member.id, kind="visit", at=at, channel="visit", logged=at
    )
    activity = turn.work.add(visit)
    invitation = turn.work.add(
        Invitation(
            survey=survey.id,
            customer=customer.id,
            contact=contact.id,
            trigger=f"activity:{activity.id}",
            activity=activity.id,
            member=member.id,
            state="finished",
            score=1,
            made=at,
            sent=at,
            finished=at + timedelta(hours=1),
        )
    )
    for question, value in (("score", 1), (_open_question(1), words)):
        turn.work.add(Given(invitation=invitation.id, question=question, value=value, at=at))
    turn.work.customers.change(customer, last_touch=at, last_out=at)
    turn.tell(ScoreGiven(invitation.id, survey.name, survey.kind, 1, words))


# the chats of the page


def _chats(turn: Turn, members: Mapping[str, Member], known: Mapping[str, Customer]) -> None:
    """Each language has its rep, its customer and its room; every secret is this install's own."""
    demo: dict[str, list[dict[str, str]]] = {}
    cast = {"en": (REP, "Acme", MANAGER), "zh": (REP_ZH, "华为", OWNER)}
    for language in LANGUAGES:
        rep, firm, watcher = cast[language]
        demo[language] = [
            _member_pane(turn, members[rep.name], language),
            _customer_pane(turn, known[firm], language),
            _room_pane(turn, members[watcher.name], language),
        ]
    set_settings(turn.work, turn.workspace, demo=demo)


def _member_pane(turn: Turn, member: Member, language: Language) -> dict[str, str]:
    you = {"en": f"{member.name}, sales", "zh": f"{member.name} · 销售"}[language]
    return {"title": "Rapport", "you": you, "secret": _home(turn, member), "hint": HINT[language], "name": member.name}


def _customer_pane(turn: Turn, customer: Customer, language: Language) -> dict[str, str]:
    contact = turn.work.customers.contacts(customer.id)[0]
    secret = secrets.token_urlsafe(24)
    bound = {"customer": customer.id, "contact": contact.id}
    _person(turn, secret, contact.name, **bound)
    _conversation(turn, _address(person_of(secret)), "customer", language=language, **bound)
    you = {"en": f"{contact.name}, customer at {customer.name}", "zh": f"{contact.name} · {customer.name}的客户"}
    return {
        "title": turn.workspace.name,
        "you": you[language],
        "secret": secret,
        "hint": CUSTOMER_HINT[language],
        "name": contact.name,
    }


def _room_pane(turn: Turn, member: Member, language: Language) -> dict[str, str]:
    chat = "service" if language == "en" else "service-zh"
    room = _conversation(turn, _address(chat), "member", kind="room", title=ROOM[language], language=language)
    turn.work.add(Route(conversation=room.id, topic=LOW))
    you = {"en": f"{member.name}, service team", "zh": f"{member.name} · 服务团队"}[language]
    return {
        "title": ROOM[language],
        "you": you,
        "secret": _home(turn, member),
        "chat": chat,
        "hint": ROOM_HINT[language],
        "name": member.name,
    }


def _home(turn: Turn, member: Member) -> str:
    """A browser in which this member sits; unasked messages go there."""
    secret = secrets.token_urlsafe(24)
    home = _address(person_of(secret))
    _person(turn, secret, member.name, member=member.id)
    _conversation(turn, home, "member", member=member.id, language=member.language)
    turn.work.change(member, home=home.key)
    return secret


def _address(chat: str) -> Address:
    return Address("browser", WEB, chat)


def _person(turn: Turn, secret: str, name: str, **bound: Any) -> None:
    turn.work.add(Identity(platform="browser", account=WEB, person=person_of(secret), name=name, **bound))


def _conversation(turn: Turn, address: Address, side: str, **values: Any) -> Conversation:
    return turn.work.add(
        Conversation(
            address=address.key,
            platform=address.platform,
            account=address.account,
            side=side,
            seen=turn.now,
            **values,
        )
    )
