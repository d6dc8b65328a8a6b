"""What every column of every table is: whether it is personal and how it is erased, and what in it moves with a firm.

A new column stands in exactly one of the lists of its table:

* `kept`: a number, a state, a moment, a reference: says nothing of a customer once the rest is gone;
* `staff`: about a member of the firm; kept with the firm's records, shown to the member by `/mydata`;
* `blank`: personal, emptied in a customer's rows (it goes with the row where the rows go);
* `words`: somebody's words, which may name any customer: names and numbers are struck out in every row of the firm.

`of` says how the rows of one customer are found, as "column=table of whose ids" or "column@" for the address of one of
the customer's chats; without it the table has no rows of a customer. Such rows go, unless `stays` is set: figures of
the firm then stay true, without anybody's name.

The rest is for a firm that is taken to another database and gets other numbers there (`store/carried.py`).
`tests/store/test_columns.py` tells what a new table or column leaves open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class About:
    """What is said of one table."""

    of: tuple[tuple[str, str], ...] = ()
    """(column, table whose ids it has), ("", …) for an address."""
    stays: bool = False
    kept: frozenset[str] = frozenset()
    staff: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    by: str = "workspace"
    """The column that says whose a row is: the workspace, one of its bots, one of its chats; empty: it stays here."""
    refs: frozenset[str] = frozenset()
    """Texts such as "ticket:12"."""
    accounts: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    """Address keys, also with a message behind them."""
    own: Mapping[str, str] = field(default_factory=dict)
    """Columns that are read in a way of their own: a name in `READERS` of `store/carried.py`."""
    sealed: frozenset[str] = frozenset()
    """What only its key opens, or nobody may read at all."""
    shared: bool = False
    """Has a key that is the only one of its kind in a database: where it is there already, the row stays behind."""

    @property
    def personal(self) -> frozenset[str]:
        """What speaks of a customer."""
        return self.blank | self.words


def about(
    of: str = "", *, stays: bool = False, by: str = "workspace", own: str = "", shared: bool = False, **lists: str
) -> About:
    """Lists of names with spaces between them; `own` as column=reader."""
    links = tuple((column.rstrip("@"), table) for column, _sep, table in (part.partition("=") for part in of.split()))
    readers = dict(part.split("=") for part in own.split())
    named = {name: _listed(words) for name, words in lists.items()}
    return About(links, stays, by=by, own=readers, shared=shared, **named)


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


REGISTRY: Mapping[str, About] = {
    "customer": about(
        "id=customer",
        stays=True,
        kept="owner stage step tier value score state rhythm last_touch last_in last_out created version",
        blank="name phone email source need industry place language zone stopped",
        refs="state",
    ),
    "contact": about("customer=customer", kept="customer created version", blank="name title phone email"),
    "conversation": about(
        "customer=customer",
        kept="platform account side kind language reachable blocked away outsider seen introduced unread menu member",
        blank="address title customer contact formerly",
        words="dialog choices edits",
        accounts="account",
        addresses="address formerly",
        own="dialog=named",
    ),
    "identity": about(
        "customer=customer",
        kept="platform account member former customer contact",
        blank="person name",
        accounts="account",
    ),
    "ticket": about(
        "customer=customer",
        stays=True,
        kept="number customer conversation kind priority state step owner tone opened answered solved solved_by "
        "closed told into moves reopened topics version",
        blank="contact source",
        words="title cause",
    ),
    "activity": about(
        "customer=customer",
        stays=True,
        kept="customer member kind status channel direction at amount currency filled logged version",
        blank="contact source result",
        words="text",
        own="source=source",
    ),
    "deal": about(
        "customer=customer",
        stays=True,
        kept="customer member amount currency stage state opened moved closed expected until renews version",
        words="what reason step",
    ),
    "quote": about(
        "customer=customer",
        kept="customer deal member kind discount currency state valid made sent revision version",
        blank="source file",
        words="lines text",
        addresses="source",
    ),
    "invitation": about(
        "customer=customer",
        stays=True,
        kept="survey customer trigger activity member by channel state step reason score made sent finished "
        "reminded round version",
        blank="contact conversation given",
        refs="trigger",
    ),
    "purchase": about(
        "customer=customer",
        stays=True,
        kept="customer kind number amount currency at state member version",
        words="what",
    ),
    "reminder": about(
        "customer=customer",
        kept="member customer activity origin due wall zone rule workdays anchor away state by asked rung "
        "occurrence acted escalated version",
        blank="source",
        words="text",
        addresses="source",
    ),
    "promise": about(
        "customer=customer",
        kept="customer activity ticket member by due state asked told confirmed closed made deliverer version",
        words="what details",
    ),
    "alert": about(
        "customer=customer",
        kept="topic subject customer invitation score state claimed_by claimed assigned_by reminder told "
        "told_name made version",
        words="words",
        refs="subject",
    ),
    "lead": about(
        "customer=customer",
        kept="customer source state member passed until made version",
        words="words",
        own="passed=list",
    ),
    "need": about("customer=customer", kept="customer state member at", words="text"),
    "preference": about("customer=customer", kept="customer name member at"),
    "trace": about("customer=customer", kept="customer at", blank="what about number"),
    "field_value": about("customer=customer", kept="customer field", blank="words number"),
    "standing": about("customer=customer", kept="customer kind was now member at", words="why"),
    "tag": about("customer=customer", kept="customer", blank="name"),
    "alias": about("customer=customer", kept="customer contact made", staff="member", blank="name"),
    "pass": about(
        "customer=customer",
        kept="digest purpose role member customer contact by made expires used used_by",
        shared=True,
    ),
    "search_key": about("customer=customer", kept="kind customer contact", blank="key"),
    "origin": about("customer=customer", kept="customer job", blank="key"),
    "apart": about("one=customer other=customer", kept="one other member at"),
    "file": about(
        "customer=customer conversation=conversation activity=activity",
        kept="mime kind size account error conversation customer activity at line",
        blank="hash ref",
        words="name",
        accounts="account",
    ),
    "answer": about("invitation=invitation", kept="invitation question at", words="value"),
    "line": about(
        "ticket=ticket",
        kept="ticket kind at member contact activity minutes state corrects waits version",
        blank="source error author",
        words="text",
        addresses="source",
    ),
    "stay": about("ticket=ticket", stays=True, kept="ticket step state owner by since until"),
    "sla_clock": about(
        "ticket=ticket",
        stays=True,
        kept="ticket kind target started due left state warned claimed missed ended version",
    ),
    "recipient": about(
        "customer=customer",
        stays=True,
        kept="campaign customer state reason after sent answered version",
        words="answer",
    ),
    "occasion": about(
        "customer=customer",
        kept="customer contact kind member made",
        blank="calendar month day year leap",
        words="name",
    ),
    "greeting": about(
        "customer=customer",
        kept="subject customer contact kind day own offer state reason auto member sent made version",
        words="name words",
        refs="subject",
    ),
    "referral": about("customer=customer", kept="customer member made", blank="code"),
    "gift_code": about("customer=customer", stays=True, kept="survey code customer given version"),
    "room_reply": about(
        "customer=customer", kept="question customer at", blank="person source", words="text", addresses="source"
    ),
    "sealed_answer": about("invitation=invitation", kept="invitation question", blank="sealed", sealed="sealed"),
    "ballot": about(kept="survey token sealed part", words="answers", sealed="sealed"),
    "publication": about(kept="survey state made sent version", staff="by", words="text"),
    "room_question": about(kept="conversation state made until version", staff="by", words="text"),
    "round": about(kept="survey pace state total made version", staff="by"),
    "theme": about(kept="name words state changed version", staff="owner", words="note"),
    "referred": about("customer=customer", kept="referral customer at rewarded version"),
    "loss": about("customer=customer", stays=True, kept="customer member at back version", words="reason"),
    "winback": about("customer=customer", kept="customer member way state made tried ended version"),
    "gap": about("activity=activity", kept="activity ticket at state article", words="text"),
    "offer": about("ticket=ticket", stays=True, kept="ticket article at outcome"),
    "ticked": about("ticket=ticket", stays=True, kept="ticket article step member at"),
    "move": about("deal=deal", stays=True, kept="deal stage kind at by amount"),
    "card": about("address@", kept="card message version", blank="address", refs="card", addresses="address"),
    "outbox": about(
        "chat@",
        kept="key account lane state card under tell again queued after expires attempts part lease message done error",
        blank="chat",
        words="payload",
        refs="card under tell",
        accounts="account",
        addresses="chat",
        own="key=key",
    ),
    "shown": about("chat@", kept="key version at", blank="chat", words="entry", by="chat", addresses="chat"),
    "push": about(kept="member room kind at state card", words="body", refs="card"),
    "approval": about(
        kept="subject content by approver stand_in open_to_all hours state answer decided_by decided asked version",
        words="question reason",
        refs="subject",
    ),
    "change": about(
        kept="at member state card outbox", words="label rows", refs="card", own="rows=changes outbox=list"
    ),
    "job": about(
        kept="kind state owner until created by error",
        blank="address",
        words="arguments cursor",
        addresses="address",
        own="arguments=named cursor=named",
    ),
    "listing": about(kept="at", staff="member", words="query"),
    "report": about(kept="posted room", staff="member day", words="text"),
    "segment": about(kept="tag member made", words="name query"),
    "sheet_row": about(kept="job number outcome why", words="cells"),
    "inbound": about(kept="account key received state error", words="raw answer", by="account", accounts="account"),
    "request": about(kept="api_key key digest status at", words="body", by=""),
    # no customer's data
    "account": about(kept="platform name side token state handle offered bot by", accounts="name", sealed="token"),
    "api_key": about(kept="digest name role tail state made seen", staff="member", shared=True),
    "approval_rule": about(kept="condition approver stand_in hours"),
    "article": about(kept="number kind title body tags state uses helped not_helped by made changed version"),
    "attempt": about(kept="who at", by=""),
    "audit": about(kept="at action digest seal subject", staff="actor", refs="actor", own="subject=subject"),
    "campaign": about(
        kept="kind segment offer listed size spread state cost member made started ended version", words="name words"
    ),
    "wording": about(kept="segment offer member made", words="name words"),
    "festival": about(kept="key name calendar month day segment state member made"),
    "endpoint": about(kept="url secret facts state failures reason by made", sealed="secret"),
    "erasure": about(kept="customer born at by counts state"),
    "feed": about(kept="digest made", staff="member", shared=True),
    "firing": about(
        "customer=customer", kept="rule subject at customer state until", staff="member", words="words", refs="subject"
    ),
    "goal": about(kept="metric target period by made", staff="member"),
    "lease": about(kept="name owner epoch until paused_until", by=""),
    "member": about(
        kept="state",
        staff="name role team language zone quiet_from quiet_until brief_at home joined duty back deputy skills "
        "at_most",
        addresses="home",
    ),
    "mute": about(staff="member kind"),
    "hours": about(kept="day blocks", staff="member"),
    "own_field": about(kept="name label kind choices state"),
    "retention": about(kept="kind days by since version"),
    "route": about(kept="conversation topic"),
    "rule": about(kept="purpose name fact condition then position active by made version", own="then=steps"),
    "flow_step": about(kept="key name state position"),
    "stage": about(kept="name kind chance stale position removed"),
    "survey": about(
        kept="name edition kind title steps thanks after delay every audience rhythm share quota draft active "
        "version times remind anonymous closed"
    ),
    "timer": about(kept="kind subject due state error", own="subject=timer"),
    "tombstone": about(kept="digest at"),
    "workspace": about(
        kept="name country language zone currency secret settings created",
        by="id",
        own="settings=settings",
        sealed="secret",
    ),
}
"""Those on which others depend stand first."""

NUMBERS_OF_ROWS = _listed(
    """activity api_key approver article assigned_by by campaign claimed claimed_by contact conversation corrects
    customer deal decided_by deliverer deputy field former into invitation job line member one origin other
    owner question referral reminder renews room round rule solved_by stage stand_in survey ticket told_name
    used_by"""
)
"""Columns that name a row, whatever table they stand in."""

OTHER_NUMBERS = _listed(
    """amount at_most attempts away brief_at chance cost day days delay discount edition epoch every failures helped
    hours lane lease left minutes month moves not_helped number pace part position priority quiet_from quiet_until
    quota remind reopened revision rhythm score sent share size spread stale status step target times total
    unread uses value version warned year"""
)
