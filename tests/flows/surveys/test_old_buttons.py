"""Buttons that are pressed when they should not be: late, elsewhere, by somebody else, or about what is over."""

from __future__ import annotations

import pytest

from bot.core.messages import Address, Command
from flows.reactions import REACTIONS
from flows.surveys import following
from flows.tickets.facts import TicketReopened
from store.models import Conversation, Given, Invitation, Survey, Ticket
from tests.flows.surveys.scene import Scene

STEPS = [
    {"name": "score", "kind": "csat", "ask": {"en": "How was it?"}},
    {"name": "why", "kind": "words", "ask": {"en": "Why?"}},
]
THANKS = [["true", {"en": "Your opinion becomes our next step."}]]


@pytest.fixture
def engine() -> str:
    """Nothing here depends on how rows are kept."""
    return "sqlite"


def asked(scene: Scene, name: str = "Acme", *, survey: str = "mood", chats: int = 1, trigger: str = "") -> Invitation:
    """Somebody has been asked; the survey is made where there is none yet."""

    def act(work: object) -> None:
        from flows.surveys.actions import ask
        from flows.turn import Turn
        from store.work import Work

        assert isinstance(work, Work)
        firm = work.firm(1)
        assert firm is not None
        row = next(iter(work.find(Survey, name=survey)), None)
        row = row or work.add(Survey(name=survey, title={"en": survey}, steps=STEPS, thanks=THANKS, kind="csat"))
        customer = next(found for found in work.find(Conversation, side="customer")).customer
        assert customer is not None
        made = Invitation(survey=row.id, customer=customer, trigger=trigger or f"t:{survey}", made=work.now)
        turn = Turn(work=work, workspace=firm, key=f"send:{survey}")
        ask(turn, row, work.add(made), anyway=True)

    if not scene.find(Conversation, side="customer"):
        scene.customer(name, owner=1, chats=chats)
    scene.write(act)
    found: Invitation = scene.find(Invitation)[-1]
    return found


def arrived(scene: Scene) -> Invitation:
    """The platform has the last question."""
    row = scene.find(Invitation)[-1]
    scene.came_back(f"survey:{row.id}", "sent")
    found: Invitation = scene.find(Invitation)[-1]
    return found


def last(scene: Scene, person: str = "Acme") -> str:
    return scene.heard("customers", person)[-1]


# who stops


def test_who_stops_unanswered_is_not_thanked(scene: Scene) -> None:
    scene.member("Ann", "manager")
    row = asked(scene)
    scene.presses("customers", "Acme", f"survey-stop:{row.id}")
    said = " ".join(scene.heard("customers", "Acme"))
    assert "we ask nothing more" in said
    assert "opinion" not in said
    assert scene.find(Invitation)[0].state == "stopped"
    assert "stopped surveys" in scene.toast("customers", "Acme", f"answer:{row.id}:score:5")
    assert scene.find(Given) == []


def test_who_stops_after_an_answer_is_thanked_for_it(scene: Scene) -> None:
    scene.member("Ann", "manager")
    row = asked(scene)
    scene.presses("customers", "Acme", f"answer:{row.id}:score:5")
    scene.presses("customers", "Acme", f"survey-stop:{row.id}")
    said = " ".join(scene.heard("customers", "Acme"))
    assert "Your opinion becomes" in said
    assert (scene.find(Invitation)[0].state, scene.find(Invitation)[0].score) == ("finished", 5)


# edited, paused, switched off, expired


def test_an_edited_survey_goes_on_with_the_questions_that_were_sent(scene: Scene) -> None:
    scene.member("Ann", "manager")
    row = asked(scene)

    def edit(work: object) -> None:
        old = work.find(Survey, name="mood")[0]  # type: ignore[attr-defined]
        steps = [{"name": "rate", "kind": "nps", "ask": {"en": "Recommend us?"}}]
        work.change(old, active=False)  # type: ignore[attr-defined]
        work.add(Survey(name="mood", title={"en": "mood"}, steps=steps, kind="nps", edition=2))  # type: ignore[attr-defined]

    scene.write(edit)
    scene.presses("customers", "Acme", f"answer:{row.id}:rate:9")
    assert scene.find(Given) == []
    scene.presses("customers", "Acme", f"answer:{row.id}:score:4")
    assert last(scene).endswith("Why?\nA line is enough.\nTo change the score, press another.")
    scene.says("customers", "Acme", "good work")
    assert {given.question: given.value for given in scene.find(Given)} == {"score": 4, "why": "good work"}


def test_a_question_that_was_never_sent_cannot_be_answered(scene: Scene) -> None:
    scene.member("Ann", "manager")
    row = asked(scene)
    scene.write(lambda work: work.change(work.find(Invitation)[0], state="waiting", sent=None, step=""))
    assert scene.toast("customers", "Acme", f"answer:{row.id}:score:4")
    assert scene.find(Given) == []


def test_after_a_fortnight_an_old_button_says_so_and_words_are_a_message(scene: Scene) -> None:
    scene.member("Ann", "manager")
    row = asked(scene)
    scene.tick(days=14, minutes=1)
    assert "open for 14 days" in last(scene)
    scene.presses("customers", "Acme", f"answer:{row.id}:score:4")
    scene.says("customers", "Acme", "5")
    assert scene.find(Given) == []
    assert scene.find(Invitation)[0].state == "expired"


def test_an_ended_anonymous_survey_says_that_it_has_ended(scene: Scene) -> None:
    from tests.flows.surveys.test_anonymous import close, prepared

    rows = prepared(scene, 6)
    close(scene)
    scene.presses("customers", "P1", f"answer:{rows[1]}:score:4")
    assert "the survey has ended" in last(scene, "P1")
    assert "14 days" not in last(scene, "P1")


# two at once, and others


def both(scene: Scene) -> tuple[Invitation, Invitation, str, str]:
    """A second survey in another chat of theirs, as a manager may send; and both chats."""
    first = asked(scene, chats=2)
    where, other = sorted(scene.find(Conversation, side="customer"), key=lambda row: row.id != first.conversation)
    scene.clock.forward(minutes=1)
    scene.write(lambda work: work.change(work.get(Conversation, other.id), seen=work.now))
    second = asked(scene, survey="need")
    assert second.conversation == other.id
    here, there = (row.address.rpartition(":")[2] for row in (where, other))
    return first, second, here, there


def test_two_surveys_in_two_chats_keep_apart(scene: Scene) -> None:
    scene.member("Ann", "manager")
    first, second, here, there = both(scene)
    scene.says("customers", there, "2")
    scene.says("customers", here, "5")
    scene.says("customers", there, "too slow")
    scene.says("customers", here, "very kind")
    given = {(row.invitation, row.question): row.value for row in scene.find(Given)}
    assert given == {
        (first.id, "score"): 5,
        (first.id, "why"): "very kind",
        (second.id, "score"): 2,
        (second.id, "why"): "too slow",
    }


def test_stop_in_one_chat_closes_both(scene: Scene) -> None:
    scene.member("Ann", "manager")
    first, second, _here, there = both(scene)
    scene.presses("customers", there, f"survey-stop:{second.id}")
    assert {row.state for row in scene.find(Invitation)} == {"stopped"}
    for row in (first, second):
        assert "stopped surveys" in scene.toast("customers", "Acme", f"answer:{row.id}:score:1")


def test_strangers_in_a_group_change_nothing(scene: Scene) -> None:
    """The very chat has become a group: others of the same firm, guests and our own people press there."""
    scene.member("Ann", "manager")
    row = asked(scene)
    key = Address("memory", "customers", "Acme").key
    scene.write(lambda work: work.change(work.first(Conversation, address=key), kind="room"))
    from bot.core.messages import Event, Sender
    from flows import handle as flows

    for person in ("Zoe", "Ann", "Mallory"):
        body = scene.pressed("customers", "Acme", f"answer:{row.id}:score:1")
        event = Event(f"x{person}", scene.clock(), Address("memory", "customers", "Acme"), Sender(person, person), body)
        scene.database.write(lambda work, event=event: flows.handle(work, event)).result(30)
        stop = scene.pressed("customers", "Acme", f"survey-stop:{row.id}")
        event = Event(f"y{person}", scene.clock(), event.where, event.sender, stop)
        scene.database.write(lambda work, event=event: flows.handle(work, event)).result(30)
    assert scene.find(Given) == []
    assert (scene.find(Invitation)[0].score, scene.find(Invitation)[0].state) == (None, "sending")


# not solved


def about_a_ticket(scene: Scene) -> tuple[Ticket, Invitation]:
    """Solved, and the question how it was stands in the chat."""
    scene.member("Ann", "manager")
    scene.customer("Acme", owner=1)
    scene.says("customers", "Acme", "The pump leaks, please help")
    ticket = scene.find(Ticket)[0]
    scene.does("staff", "Ann", Command("t", f"{ticket.number} solved", "t1"))
    ticket = scene.find(Ticket)[0]
    assert ticket.state == "solved"
    trigger = f"ticket:{ticket.id}:{int(ticket.solved.timestamp())}"
    for row in scene.find(Invitation):
        scene.write(lambda work, row=row: work.remove(work.get(Invitation, row.id)))
    scene.write(lambda work: [work.change(chat, dialog=None) for chat in work.find(Conversation, side="customer")])
    scene.write(lambda work: work.change(work.get(Ticket, ticket.id), answered=work.now))
    return ticket, asked(scene, trigger=trigger)


def test_not_solved_closes_the_question_how_it_was(scene: Scene) -> None:
    ticket, _row = about_a_ticket(scene)
    row = arrived(scene)
    assert row.state == "sent"
    scene.presses("customers", "Acme", f"not-solved:{ticket.id}")
    row = scene.find(Invitation)[0]
    assert (row.state, row.reason) == ("expired", "undone")
    assert any("not done yet" in said for said in scene.heard("customers", "Acme"))
    scene.presses("customers", "Acme", f"answer:{row.id}:score:5")
    assert scene.find(Given) == []
    assert not any("14 days" in said for said in scene.heard("customers", "Acme"))
    scene.does("staff", "Ann", Command("why", "Acme", "w1"))
    assert "closed unanswered" in scene.heard("staff", "Ann")[-1]
    chat = scene.find(Conversation, side="customer")[0]
    assert (chat.dialog or {}).get("kind") != "survey"


def test_not_solved_takes_back_what_is_still_on_our_side(scene: Scene) -> None:
    ticket, _row = about_a_ticket(scene)
    scene.presses("customers", "Acme", f"not-solved:{ticket.id}")
    row = scene.find(Invitation)[0]
    assert (row.state, row.reason, row.sent) == ("refused", "undone", None)


def test_not_solved_keeps_what_was_answered(scene: Scene) -> None:
    ticket, row = about_a_ticket(scene)
    scene.presses("customers", "Acme", f"answer:{row.id}:score:2")
    scene.presses("customers", "Acme", f"not-solved:{ticket.id}")
    row = scene.find(Invitation)[0]
    assert (row.state, row.score) == ("finished", 2)


def test_saying_so_in_the_survey_itself_loses_nothing(scene: Scene) -> None:
    ticket, row = about_a_ticket(scene)
    scene.presses("customers", "Acme", f"answer:{row.id}:score:1")
    scene.says("customers", "Acme", "It still leaks")
    assert scene.find(Ticket)[0].state not in ("solved", "closed")
    row = scene.find(Invitation)[0]
    assert (row.state, row.score) == ("finished", 1)
    assert {given.value for given in scene.find(Given)} == {1, "It still leaks"}
    assert ticket.id == scene.find(Ticket)[0].id


def test_unless_it_is_told_the_question_stays(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    others = tuple(one for one in REACTIONS[TicketReopened] if one is not following.reopened)
    monkeypatch.setitem(REACTIONS, TicketReopened, others)
    ticket, _row = about_a_ticket(scene)
    arrived(scene)
    scene.presses("customers", "Acme", f"not-solved:{ticket.id}")
    assert scene.find(Invitation)[0].state == "sent"
