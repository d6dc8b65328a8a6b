"""What was written down in a call can be taken back as a whole; and who stops on the page is the customer."""

from __future__ import annotations

from store.models import Alert, Audit, Given, Invitation, Reminder, Survey
from tests.flows.surveys.scene import Scene


def called(scene: Scene, score: str = "1") -> Invitation:
    """Bob has Acme on the telephone and writes down what is said."""
    scene.member("Bob")
    scene.member("Eve")
    customer = scene.customer("Acme", owner=1)
    survey = scene.find(Survey, name="visit")[0]
    scene.presses("staff", "Bob", f"survey-call:{customer}:{survey.id}")
    scene.says("staff", "Bob", score)
    scene.says("staff", "Bob", "two weeks late")
    return scene.find(Invitation)[0]


def test_a_call_is_taken_back_whole_with_its_alert(scene: Scene) -> None:
    invitation = called(scene)
    assert (invitation.score, invitation.state, scene.find(Alert)[0].state) == (1, "finished", "open")
    scene.presses("staff", "Bob", f"survey-withdraw:{invitation.id}")
    assert len(scene.find(Given)) == 2
    scene.presses("staff", "Bob", f"survey-withdraw:{invitation.id}:yes")
    row = scene.find(Invitation)[0]
    assert (row.score, row.state, row.sent, scene.find(Given)) == (None, "draft", None, [])
    assert scene.find(Alert)[0].state == "withdrawn"
    scene.presses("staff", "Bob", f"survey-phone:{invitation.id}")
    scene.says("staff", "Bob", "5")
    assert scene.find(Invitation)[0].score == 5


def test_a_so_so_call_takes_its_task_along(scene: Scene) -> None:
    invitation = called(scene, "3")
    assert len(scene.find(Reminder, state="open")) == 1
    scene.presses("staff", "Bob", f"survey-withdraw:{invitation.id}:yes")
    assert scene.find(Reminder, state="open") == []


def test_nobody_else_takes_it_back(scene: Scene) -> None:
    invitation = called(scene)
    assert "settled" in scene.toast("staff", "Eve", f"survey-withdraw:{invitation.id}:yes")
    assert len(scene.find(Given)) == 2


def test_what_a_customer_does_on_the_page_is_written_down_as_theirs(scene: Scene) -> None:
    from flows.surveys.channels import token
    from flows.surveys.page import take

    scene.member("Bob")
    customer = scene.customer("Acme", owner=1, chats=0)
    survey = scene.find(Survey, name="visit")[0]
    scene.presses("staff", "Bob", f"survey-which:{customer}:{survey.id}:0")
    invitation = scene.find(Invitation)[0]
    scene.presses("staff", "Bob", f"survey-link:{invitation.id}")
    link = token(scene.write(lambda work: work.firm(1)), invitation.id)
    scene.database.write(lambda work: take(work, link, {"do": ["stop"], "step": ["score"]}, "en", "k")).result(10)
    last = scene.find(Audit)[-1]
    assert (last.actor, last.action) == ("customer", "page:survey")
