"""Writes docs/features.md: each capability that a transcript shows, with the line that shows it.

`python -m docs.features` writes the page, `python -m docs.features --check` fails when it is stale.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.transcripts.script import Script, read, scripts

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "features.md"
STORIES = ROOT / "tests" / "transcripts"
LINKS = 6
"""So many lines at most stand for one capability."""

MEANT: Mapping[str, str] = {
    "A1": "One customer file for everybody",
    "A2": "A customer's name, firm and ways to be reached",
    "A3": "Source, kind of need, and whatever else the firm wants to know",
    "A4": "Orders, invoices and payments",
    "A5": "Every contact is logged, with time and author",
    "A7": "What customers write is filed without anybody typing",
    "A8": "The whole history, so that nobody asks a customer twice",
    "A9": "What changed in the last ninety days",
    "A10": "A summary made from the history",
    "A11": "Once a quarter the owner is asked for need, activity and chance",
    "A12": "What customers do on our site or in our app",
    "A13": "How a customer wants to be treated",
    "A14": "The owner hears when a customer does something",
    "A15": "A stranger becomes a lead",
    "A16": "Customers stay when a colleague leaves",
    "A17": "Customers hear of progress unasked",
    "A18": "Finding customers, and acting on all of them at once",
    "A19": "What a customer needs, by date",
    "A20": "Who is on the rise, with the reason",
    "A21": "Talk held elsewhere is filed too",
    "A22": "Customers who ask where things stand are told at once",
    "B1": "Tags of any kind",
    "B2": "Ready tags, one tap after each log",
    "B3": "A tag brings its customers together",
    "B4": "Tiers, with the reason",
    "B5": "Tiers by the orders of a year; both limits are B",
    "B6": "What a tier is made of, with weights of the firm's own",
    "B7": "A score with all its parts",
    "B8": "Tiers that are worked out, and reviewed every month",
    "B9": "A plan of care for each tier",
    "B10": "What each tier is for, and how far it came in the quarter",
    "B11": "Tiers go to those who look after them",
    "B12": "How often, by tier",
    "B13": "VIPs are urgent",
    "B14": "Stages: potential, new, growth, churn warning",
    "B15": "The steps of a sale, as buttons",
    "B16": "Stages that switch by what happens",
    "B17": "Standard tasks of a stage",
    "B18": "Stages go to those who look after them",
    "B19": "Numbers of the stages: conversion, cycle, satisfaction, buying again",
    "B20": "Segments of any conditions",
    "B21": "What a customer will likely want next, and why",
    "B22": "Tags that are looked at every month",
    "B23": "Each team sees its own fields first",
    "C1": "A reminder on a date",
    "C2": "Regular contacts by plan, a list each morning",
    "C3": "The week's contacts, spread evenly",
    "C4": "No two people at once with one customer",
    "C5": "How often, as agreed with the customer",
    "C6": "Not too much: a warning, and “send anyway”",
    "C7": "Another way than last time",
    "C8": "After a contact: what came of it",
    "C9": "Promises are written down, with a day",
    "C10": "A promise is remembered before it is due",
    "C11": "The customer can confirm what was promised",
    "C12": "Three steps before a promise",
    "C13": "Those who deliver see every promise and answer for it",
    "C14": "Before a contract ends its owner hears",
    "C17": "A quiet customer, with the last note and a draft",
    "C18": "A next step after a conversation",
    "C19": "The pipeline: stages, next steps, forecast",
    "C20": "A lead is offered to one after the other",
    "C21": "A lead that nobody takes is in the pool, not lost",
    "C22": "What is owed in that week already, before promising more",
    "C23": "One weekly list for sales and delivery",
    "D1": "A customer's request makes a ticket by itself",
    "D3": "The urgent ones first",
    "D4": "A named person answers, and the progress is written down",
    "D5": "How long each step took, and who had it",
    "D6": "Everybody sees at once how far it is",
    "D8": "After solving: a survey by its rules, or a return visit",
    "D9": "Tickets are in the customer's file",
    "D10": "A complaint is closed only after the customer was told",
    "D11": "Nothing stays without an owner unseen",
    "D12": "One is responsible, whoever the customer writes to",
    "D14": "What customers complain of more than usual is noticed within days",
    "D15": "Who looks after the customer hears at once that it was solved",
    "D16": "The steps of a ticket, changed in chat",
    "D19": "By which way a request came",
    "D20": "Low scores by their causes",
    "D21": "Anger is seen at once",
    "D2": "A request goes to a person by rule",
    "D7": "A promised time for every answer, warned before and after",
    "D13": "What was moved twice or more",
    "D17": "How fast the first answer is",
    "D18": "What was solved in the first exchange",
    "C15": "A message that waits for an answer reminds its owner",
    "C16": "An answer within half an hour, and what is late",
    "H9": "Somebody who follows low scores for the whole firm",
    "J1": "The service in numbers",
    "J2": "Solved at the first contact",
    "J4": "Requests by channel",
    "J10": "Trends, week by week",
    "N7": "Needs go to whoever knows about them",
    "E1": "A satisfaction survey after a service",
    "E2": "Would customers recommend us, on a scale of eleven",
    "E3": "Questions that go out by the calendar",
    "E4": "A warning above ten questions",
    "E5": "Concrete questions, ready to use",
    "E6": "Open questions in the customer's own words",
    "E7": "Anonymous, and true in the tables",
    "E8": "Several ways to answer the same survey",
    "E9": "A gift code for whoever answers, once",
    "E10": "“You said, we did”, to those who answered",
    "E11": "A question put to a customer room, and its replies",
    "E12": "A survey's answers, live",
    "E13": "Other questions for other customers",
    "E14": "A so-so answer is a warning for one person",
    "E15": "A low score alerts the team",
    "E16": "Surveys of needs, new products and better service",
    "E17": "A member writes down what a customer says on the telephone",
    "E18": "Each theme has somebody who answers for it, until it is done",
    "E19": "What customers say, by theme, with counts and as a file",
    "E20": "Scores are kept over time",
    "E21": "Score beside buying again and bringing others",
    "F1": "Birthdays, by our calendar or the lunar one; the owner hears on the working day before",
    "F2": "Anniversaries, membership days, any day of the year",
    "F3": "Greetings at holidays, for whom the firm says",
    "F4": "An offer with a greeting",
    "F5": "A greeting is the owner's own: a line of theirs, or all of it",
    "F6": "Events: yes or no by a tap, and the list",
    "F7": "Articles and cases for those whom they help, with a way to have no more",
    "F8": "Who uses the product less is offered help",
    "F9": "Codes for recommending us, counted once",
    "F10": "Who does not answer hears less, another way, something else",
    "F11": "Campaigns: the list with who is left out and why, approval, sent little by little, stopped at once",
    "F12": "A room with customers: it answers when it is meant, files what is said, and shows nothing of the house",
    "G1": "Thirty days without a word, and the owner hears",
    "G2": "Signs of leaving, each with its numbers, by the customer's own habits",
    "G3": "Yellow before red: early, not after the loss",
    "G4": "Winning back: a draft to send, and what came of it",
    "G5": "The stage of warning sets itself, with its tasks",
    "G6": "Who may leave, and who is on the rise",
    "G7": "Why more customers leave: numbers, and what stands out beyond chance",
    "G8": "No loss without its reason",
    "H1": "Each customer has one owner",
    "H2": "Roles, and a refusal that is explained",
    "H3": "Each team has a channel of its own",
    "H4": "Work for a colleague, accepted or not",
    "H5": "Colleagues hear of a new state by themselves",
    "H6": "A handover with all that one has to know",
    "H7": "Several platforms at once",
    "H12": "Rankings, where they are wanted",
    "H13": "How we do it: checklists, also for a ticket",
    "H15": "One line is enough",
    "H17": "Everything is chat, so a phone is enough",
    "H18": "What comes next with one customer",
    "I1": "Answers written once and found by everybody, in both languages",
    "I2": "Cases to learn from",
    "I3": "Ready sentences: the same words from everyone",
    "I4": "Questions that nobody has answered yet",
    "I5": "Customers find the answer themselves",
    "J3": "Satisfaction and recommendation over time",
    "J6": "The funnel, and where it is narrow",
    "J8": "What a campaign brought, and what it cost",
    "J13": "Who buys again, how soon, and what",
    "J14": "Length of sales, completeness, who uses it",
    "J15": "The day's report writes itself",
    "J16": "Who did how much",
    "J18": "The state of each owner without asking",
    "J19": "Goals as numbers, and how far they are",
    "J20": "Charts in the chat",
    "K1": "Fields of the firm's own",
    "K7": "Rules of the firm: when something happens, something is done by itself",
    "L1": "Customers come from a sheet, and can be taken back",
    "L2": "What is wrong or doubled is shown before anything changes",
    "L4": "A door for other programs",
    "L5": "Other programs hear what happens here",
    "L7": "Bots of the firm's own, connected in chat",
    "L3": "Cards with gaps, shown every week",
    "L8": "The whole file as a sheet",
    "L9": "More programs, without a change in any of them",
    "M1": "A quote approved in the chat",
    "M2": "A contract from the firm's own words",
    "M3": "Decisions where people already are",
    "M4": "Signed, delivered, in service: one chain",
    "M5": "A contract's end begins the renewal",
    "M6": "Who must agree, set in one line",
    "L10": "Sheets of other systems map by themselves",
    "N6": "The answer before a person is needed",
    "O1": "Consent, one's own data, and being forgotten",
    "O2": "Secrets safe, and who looked",
    "O3": "Everybody sees what they need, and no more",
    "O4": "Who changed what, for good",
    "O5": "A whole firm moves, and the counts are equal",
    "O6": "Started in a minute",
    "O7": "Anonymity is kept",
}
"""Every capability that a transcript may claim, in our words."""

HEAD = """# What it does

Every line below is a line of a transcript that runs in the tests. This page is made from them: `make features`.
"""


class Unfounded(Exception):
    """A transcript claims what none of its lines shows, or what nobody has put in words."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Where something is shown."""

    story: Path
    title: str
    number: int
    text: str


def proofs(stories: Sequence[Script]) -> Mapping[str, Sequence[Proof]]:
    """Capability → the lines that show it; raises Unfounded."""
    found: defaultdict[str, list[Proof]] = defaultdict(list)
    for story in stories:
        if missing := set(story.covers) - set(story.shown()):
            raise Unfounded(f"{story.path.name} claims {sorted(missing)}, and no line shows it")
        for line in (*story.talk, *story.db):
            for id in line.ids:
                found[id].append(Proof(story.path, story.title, line.number, line.text))
    if unknown := set(found) - set(MEANT):
        raise Unfounded(f"docs/features.py has no words for {sorted(unknown)}")
    return found


def page(stories: Sequence[Script]) -> str:
    """The whole page."""
    found = proofs(stories)
    rows = [f"| {id} | {MEANT[id]} | {_shown(found[id])} |" for id in MEANT if id in found]
    told = [f"| [{story.path.stem}]({_link(story.path)}) | {story.title} |" for story in stories]
    return "\n".join(
        (
            HEAD,
            "| | what | shown by |",
            "|---|---|---|",
            *rows,
            "",
            f"## All {len(stories)} transcripts",
            "",
            "| transcript | what happens |",
            "|---|---|",
            *told,
            "",
        )
    )


def _shown(lines: Sequence[Proof]) -> str:
    """The first line in full, a few others as links."""
    first, *more = lines
    rest = "".join(f", {_named(proof)}" for proof in more[: LINKS - 1])
    words = first.text.replace("|", "\\|")
    return f"`{words}` {_named(first)}{rest}"


def _named(proof: Proof) -> str:
    return f"[{proof.story.stem}:{proof.number}]({_link(proof.story)}#L{proof.number})"


def _link(story: Path) -> str:
    return Path(os.path.relpath(story, PAGE.parent)).as_posix()


def current() -> str:
    """The page as the transcripts are now."""
    return page([read(path) for path in scripts(STORIES)])


if __name__ == "__main__":
    made = current()
    if "--check" not in sys.argv:
        PAGE.write_text(made, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != made:
        sys.exit("docs/features.md is stale: make features")
