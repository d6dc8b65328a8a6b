"""Messages typed in a hurry, without capitals, apostrophes and small words, with everything that is read from them."""

import pytest

from flows.understanding import read
from tests.flows.understanding.people import CUSTOMERS, WEDNESDAY, summary

LINES = [
    ("grace will share her notes on thurs", "note done; due 11-19; grace=grace; them will: share her notes (thurs)"),
    ("will signed the order", "note done; will=will; stage won; positive"),
    ("the bill will go out friday", "note done; other 11-20"),
    ("may said ok, will order monday", "note done; due 11-23; may=may; them will: order (monday); positive"),
    ("coffee w may tmrw 9", "meeting planned; activity 11-19 09:00; may=may"),
    ("bluebird logistics are slow to answer", "note done; bluebird logistics=bluebird; negative"),
    (
        "finish the slides before mondays hooli review at 11",
        "no activity; due 11-23 11:00; hooli=hooli; us will: finish the slides (11)",
    ),
    (
        "submit the form before Tuesday's demo with Stark at 2",
        "no activity; due 11-24 14:00; Stark=stark; us will: submit the form (2)",
    ),
    ("wednesdays demo with hooli is at 4pm", "demo planned; activity 11-25 16:00; hooli=hooli"),
    ("did a call with Globex on Tuesday", "call done; activity 11-17; Globex=globex"),
    ("had a short zoom w sarah, she wants brochures", "meeting done; sarah=sarah; us will: brochures"),
    ("anna asked to wait til march", "note done; other month 03-01; anna=anna; delay!"),
    ("chase Tyrell for the signed order form", "no activity; Tyrell=tyrell"),
    (
        "need the signed order form back from Karen by Friday",
        "no activity; due 11-20; Karen=karen; them will: signed order form back from Karen (by Friday)",
    ),
    (
        "john needs prices for 10, 40 and 90 seats by thursday",
        "note done; due 11-19; john=john; 90 seat; us will: prices for 10, 40 and 90 seats (by thursday)",
    ),
    (
        "promised 王强 at Tencent a price list by monday",
        "note done; due 11-23; 王强=wangqiang; Tencent=?; us will: price list (by monday)",
    ),
    (
        "Omar replied on whatsapp, sending the deposit tomorrow",
        "message done; due 11-19; Omar=omar; them will: sending the deposit (tomorrow)",
    ),
    ("Met Dr. Ines Moreau today", "meeting done; activity 11-18; Dr. Ines Moreau=?"),
    ("interested in a trial of 5 seats", "note done; 5 seat; positive"),
    ("monthly check in with Acme every first Monday", "no activity; reminder FREQ=MONTHLY;BYDAY=1MO; Acme=acme"),
    ("emma out til the 24th, ring her nov 26", "note done; other 11-24; reminder 11-26; emma=emma"),
    ("call John Smith back in 20 min", "no activity; reminder 11-18 10:50; John Smith=john"),
    ("chris confirmed fri 2pm", "meeting planned; activity 11-20 14:00; chris=chris"),
    ("delivery confirmed friday 2pm", "note done; due 11-20 14:00"),
    ("circle back with Priya after thanksgiving", "no activity; reminder 11-27; Priya=priya"),
    ("Tom wants a quote, promised for Friday", "note done; due 11-20; Tom=tom; us will: quote (Friday)"),
    ("we're shortlisted at Wayne Enterprises", "note done; Wayne Enterprises=wayne; positive"),
    ("Contoso wants 20% off or they walk", "note done; Contoso=contoso; 20 %; churn!; negative"),
    ("Stark moved the rollout to Q2", "note done; other quarter 04-01; Stark=stark; delay!"),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_a_hurried_line_is_read_whole(text: str, expected: str) -> None:
    assert summary(read(text, WEDNESDAY, CUSTOMERS)) == expected
