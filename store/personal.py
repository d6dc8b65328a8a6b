"""For every column of every table: whether it is personal, and how it is erased; a test looks at each.

A new column stands in exactly one of the lists of its table:

* `kept`: a number, a state, a moment, a reference: says nothing of a customer once the rest is gone;
* `staff`: about a member of the firm; kept with the firm's records, shown to the member by `/mydata`;
* `blank`: personal, emptied in a customer's rows (it goes with the row where the rows go);
* `words`: somebody's words, which may name any customer: names and numbers are struck out in every row of the firm.

`of` says how the rows of one customer are found, as "column=table of whose ids" or "column@" for the address of one of
the customer's chats; without it the table has no rows of a customer. Such rows go, unless `stays` is set: figures of
the firm then stay true, without anybody's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from store.models import Row


@dataclass(frozen=True, slots=True)
class Held:
    """What a table holds of people."""

    of: tuple[tuple[str, str], ...] = ()
    """(column, table whose ids it has), ("", …) for an address."""
    stays: bool = False
    kept: frozenset[str] = frozenset()
    staff: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    @property
    def personal(self) -> frozenset[str]:
        """What speaks of a customer."""
        return self.blank | self.words


def held(
    of: str = "", *, stays: bool = False, kept: str = "", staff: str = "", blank: str = "", words: str = ""
) -> Held:
    """Lists of names with spaces between them."""
    links = tuple((column.rstrip("@"), table) for column, _sep, table in (part.partition("=") for part in of.split()))
    lists = (frozenset(names.split()) for names in (kept, staff, blank, words))
    return Held(links, stays, *lists)


REGISTRY: Mapping[str, Held] = {
    "customer": held(
        "id=customer",
        stays=True,
        kept="owner stage step tier value score state rhythm last_touch last_in last_out created version",
        blank="name phone email source need industry place language zone stopped",
    ),
    "contact": held("customer=customer", kept="customer created version", blank="name title phone email"),
    "conversation": held(
        "customer=customer",
        kept="platform account side kind language reachable blocked away outsider seen introduced unread menu member",
        blank="address title customer contact formerly",
        words="dialog choices edits",
    ),
    "identity": held("customer=customer", kept="platform account member former customer contact", blank="person name"),
    "ticket": held(
        "customer=customer",
        stays=True,
        kept="number customer conversation kind priority state step owner tone opened answered solved solved_by closed "
        "told into moves reopened topics version",
        blank="contact source",
        words="title cause",
    ),
    "activity": held(
        "customer=customer",
        stays=True,
        kept="customer member kind status channel direction at amount currency filled logged version",
        blank="contact source result",
        words="text",
    ),
    "deal": held(
        "customer=customer",
        stays=True,
        kept="customer member amount currency stage state opened moved closed expected until renews version",
        words="what reason step",
    ),
    "quote": held(
        "customer=customer",
        kept="customer deal member kind discount currency state valid made sent revision version",
        blank="source file",
        words="lines text",
    ),
    "invitation": held(
        "customer=customer",
        stays=True,
        kept="survey customer trigger activity member by channel state step reason score made sent finished reminded "
        "round version",
        blank="contact conversation given",
    ),
    "purchase": held(
        "customer=customer",
        stays=True,
        kept="customer kind number amount currency at state member version",
        words="what",
    ),
    "reminder": held(
        "customer=customer",
        kept="member customer activity origin due wall zone rule workdays anchor away state by asked rung occurrence "
        "acted escalated version",
        blank="source",
        words="text",
    ),
    "promise": held(
        "customer=customer",
        kept="customer activity ticket member by due state asked told confirmed closed made deliverer version",
        words="what details",
    ),
    "alert": held(
        "customer=customer",
        kept="topic subject customer invitation score state claimed_by claimed assigned_by reminder told told_name "
        "made version",
        words="words",
    ),
    "lead": held("customer=customer", kept="customer source state member passed until made version", words="words"),
    "need": held("customer=customer", kept="customer state member at", words="text"),
    "preference": held("customer=customer", kept="customer name member at"),
    "trace": held("customer=customer", kept="customer at", blank="what about number"),
    "field_value": held("customer=customer", kept="customer field", blank="words number"),
    "standing": held("customer=customer", kept="customer kind was now member at", words="why"),
    "tag": held("customer=customer", kept="customer", blank="name"),
    "alias": held("customer=customer", kept="customer contact made", staff="member", blank="name"),
    "pass": held("customer=customer", kept="digest purpose role member customer contact by made expires used used_by"),
    "search_key": held("customer=customer", kept="kind customer contact", blank="key"),
    "origin": held("customer=customer", kept="customer job", blank="key"),
    "apart": held("one=customer other=customer", kept="one other member at"),
    "file": held(
        "customer=customer conversation=conversation activity=activity",
        kept="mime kind size account error conversation customer activity at line",
        blank="hash ref",
        words="name",
    ),
    "answer": held("invitation=invitation", kept="invitation question at", words="value"),
    "line": held(
        "ticket=ticket",
        kept="ticket kind at member contact activity minutes state corrects waits version",
        blank="source error author",
        words="text",
    ),
    "stay": held("ticket=ticket", stays=True, kept="ticket step state owner by since until"),
    "sla_clock": held(
        "ticket=ticket",
        stays=True,
        kept="ticket kind target started due left state warned claimed missed ended version",
    ),
    "recipient": held(
        "customer=customer",
        stays=True,
        kept="campaign customer state reason after sent answered version",
        words="answer",
    ),
    "occasion": held(
        "customer=customer",
        kept="customer contact kind member made",
        blank="calendar month day year leap",
        words="name",
    ),
    "greeting": held(
        "customer=customer",
        kept="subject customer contact kind day own offer state reason auto member sent made version",
        words="name words",
    ),
    "referral": held("customer=customer", kept="customer member made", blank="code"),
    "gift_code": held("customer=customer", stays=True, kept="survey code customer given version"),
    "room_reply": held("customer=customer", kept="question customer at", blank="person source", words="text"),
    "sealed_answer": held("invitation=invitation", kept="invitation question", blank="sealed"),
    "ballot": held(kept="survey token sealed part", words="answers"),
    "publication": held(kept="survey state made sent version", staff="by", words="text"),
    "room_question": held(kept="conversation state made until version", staff="by", words="text"),
    "round": held(kept="survey pace state total made version", staff="by"),
    "theme": held(kept="name words state changed version", staff="owner", words="note"),
    "referred": held("customer=customer", kept="referral customer at rewarded version"),
    "loss": held("customer=customer", stays=True, kept="customer member at back version", words="reason"),
    "winback": held("customer=customer", kept="customer member way state made tried ended version"),
    "gap": held("activity=activity", kept="activity ticket at state article", words="text"),
    "offer": held("ticket=ticket", stays=True, kept="ticket article at outcome"),
    "ticked": held("ticket=ticket", stays=True, kept="ticket article step member at"),
    "move": held("deal=deal", stays=True, kept="deal stage kind at by amount"),
    "card": held("address@", kept="card message version", blank="address"),
    "outbox": held(
        "chat@",
        kept="key account lane state card under tell again queued after expires attempts part lease until message done "
        "error",
        blank="chat",
        words="payload",
    ),
    "shown": held("chat@", kept="key version at", blank="chat", words="entry"),
    "push": held(kept="member room kind at state card", words="body"),
    "approval": held(
        kept="subject content by approver stand_in open_to_all hours state answer decided_by decided asked version",
        words="question reason",
    ),
    "change": held(kept="at member state card outbox", words="label rows"),
    "job": held(kept="kind state owner until created by error", blank="address", words="arguments cursor"),
    "listing": held(kept="at", staff="member", words="query"),
    "report": held(kept="posted room", staff="member day", words="text"),
    "segment": held(kept="tag member made", words="name query"),
    "sheet_row": held(kept="job number outcome why", words="cells"),
    "inbound": held(kept="account key received state error", words="raw answer"),
    "request": held(kept="api_key key digest status at", words="body"),
    # no customer's data
    "account": held(kept="platform name side token state handle offered bot by"),
    "api_key": held(kept="digest name role tail state made seen", staff="member"),
    "approval_rule": held(kept="condition approver stand_in hours"),
    "article": held(kept="number kind title body tags state uses helped not_helped by made changed version"),
    "attempt": held(kept="who at"),
    "audit": held(kept="at action digest seal subject", staff="actor"),
    "campaign": held(
        kept="kind segment offer listed size spread state cost member made started ended version", words="name words"
    ),
    "wording": held(kept="segment offer member made", words="name words"),
    "festival": held(kept="key name calendar month day segment state member made"),
    "endpoint": held(kept="url secret facts state failures reason by made"),
    "erasure": held(kept="customer born at by counts state"),
    "feed": held(kept="digest made", staff="member"),
    "firing": held("customer=customer", kept="rule subject at customer state until", staff="member", words="words"),
    "goal": held(kept="metric target period by made", staff="member"),
    "lease": held(kept="name owner epoch until paused_until"),
    "member": held(
        kept="state",
        staff="name role team language zone quiet_from quiet_until brief_at home joined duty back deputy skills "
        "at_most",
    ),
    "mute": held(staff="member kind"),
    "hours": held(kept="day blocks", staff="member"),
    "own_field": held(kept="name label kind choices state"),
    "route": held(kept="conversation topic"),
    "rule": held(kept="purpose name fact condition then position active by made version"),
    "flow_step": held(kept="key name state position"),
    "stage": held(kept="name kind chance stale position removed"),
    "survey": held(
        kept="name edition kind title steps thanks after delay every audience rhythm share quota draft active version "
        "times remind anonymous closed"
    ),
    "timer": held(kept="kind subject due state error"),
    "tombstone": held(kept="digest at"),
    "workspace": held(kept="name country language zone currency secret settings created"),
}
"""Those on which others depend stand first."""

EVERYWHERE = frozenset({"id", "workspace"})
"""Columns that say nothing anywhere."""


def gaps() -> list[str]:
    """What the registry does not say, says twice, or says of what is not there; empty when it is whole."""
    found = []
    for name, table in Row.metadata.tables.items():
        said = REGISTRY.get(name)
        if said is None:
            found.append(f"table {name}: give it a line in store/personal.py, for its {', '.join(table.c.keys())}")
            continue
        lists = (said.kept, said.staff, said.blank, said.words)
        for column in set(table.c.keys()) - EVERYWHERE:
            times = sum(column in names for names in lists)
            if times != 1:
                how = "nowhere" if not times else "twice"
                found.append(f"{name}.{column} stands {how} in store/personal.py: kept, staff, blank or words?")
        gone = frozenset[str]().union(*lists) - set(table.c.keys())
        found += [f"{name}.{column} is in store/personal.py and not in the table" for column in sorted(gone)]
        found += [f"{name} is found by {column}, which it has not" for column, _of in said.of if column not in table.c]
        if "customer" in table.c and not said.of and name != "erasure":
            found.append(f"{name} has a customer: say how its rows are found (of=…)")
    found += [f"there is no table {name} any more" for name in REGISTRY.keys() - Row.metadata.tables.keys()]
    return sorted(found)


def kind_of(name: str) -> Any:
    """The class behind a table."""
    return next(mapper.class_ for mapper in Row._sa_registry.mappers if mapper.class_.__tablename__ == name)
