"""Every table, so that the metadata is whole wherever the package is imported."""

from sqlalchemy import BigInteger, Integer

from store.models.afterwards import (
    Ballot,
    Code,
    Publication,
    RoomQuestion,
    RoomReply,
    Round,
    SealedAnswer,
    Theme,
)
from store.models.campaigns import Campaign, Recipient
from store.models.care import Festival, Greeting, Occasion, Referral, Referred, Wording
from store.models.churn import Loss, Winback
from store.models.customers import Alias, Contact, Customer, SearchKey, Tag
from store.models.data import Apart, ApiKey, Origin, Request, SheetRow
from store.models.days import Feed, Goal, Report
from store.models.deals import Approval, ApprovalRule, Deal, Move, Quote, Stage
from store.models.desk import Firing, FlowStep, Hours, Line, Rule, SlaClock, Stay, Ticket
from store.models.endpoints import Endpoint
from store.models.feedback import Alert, Given, Invitation, Survey
from store.models.file import (
    FieldValue,
    Lead,
    Listing,
    Need,
    OwnField,
    Preference,
    Purchase,
    Segment,
    Standing,
    Trace,
)
from store.models.knowledge import Article, Gap, Offer, Ticked
from store.models.people import Attempt, Conversation, Identity, Member, Mute, Pass, Push, Route
from store.models.privacy import Erasure, Retention, Tombstone
from store.models.row import Numbered, Owned, Row, leave_the_orm
from store.models.service import (
    Account,
    Audit,
    Card,
    Change,
    Inbound,
    Job,
    Lease,
    Outbox,
    Shown,
    StoredFile,
    Timer,
    Workspace,
)
from store.models.work import Activity, Promise, Reminder

__all__ = [
    "Account",
    "Activity",
    "Alert",
    "Alias",
    "Apart",
    "ApiKey",
    "Approval",
    "ApprovalRule",
    "Article",
    "Attempt",
    "Audit",
    "Ballot",
    "Campaign",
    "Card",
    "Change",
    "Code",
    "Contact",
    "Conversation",
    "Customer",
    "Deal",
    "Endpoint",
    "Erasure",
    "Feed",
    "Festival",
    "FieldValue",
    "Firing",
    "FlowStep",
    "Gap",
    "Given",
    "Goal",
    "Greeting",
    "Hours",
    "Identity",
    "Inbound",
    "Invitation",
    "Job",
    "Lead",
    "Lease",
    "Line",
    "Listing",
    "Loss",
    "Member",
    "Move",
    "Mute",
    "Need",
    "Numbered",
    "Occasion",
    "Offer",
    "Origin",
    "Outbox",
    "OwnField",
    "Owned",
    "Pass",
    "Preference",
    "Promise",
    "Publication",
    "Purchase",
    "Push",
    "Quote",
    "Recipient",
    "Referral",
    "Referred",
    "Reminder",
    "Report",
    "Request",
    "Retention",
    "RoomQuestion",
    "RoomReply",
    "Round",
    "Route",
    "Row",
    "Rule",
    "SealedAnswer",
    "SearchKey",
    "Segment",
    "SheetRow",
    "Shown",
    "SlaClock",
    "Stage",
    "Standing",
    "Stay",
    "StoredFile",
    "Survey",
    "Tag",
    "Theme",
    "Ticked",
    "Ticket",
    "Timer",
    "Tombstone",
    "Trace",
    "Winback",
    "Wording",
    "Workspace",
]

for _table in Row.metadata.tables.values():
    for _column in _table.c:
        if type(_column.type) is Integer:  # what refers to an id is as wide as an id
            _column.type = BigInteger()

leave_the_orm()
