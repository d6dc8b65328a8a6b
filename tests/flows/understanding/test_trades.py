"""Lines of many trades, spoken into the phone, listed or copied from a mail, with everything that is read from them."""

import pytest

from flows.understanding import read
from tests.flows.understanding.people import CUSTOMERS, WEDNESDAY, summary

LINES = [
    (
        "quote for 40 scanners and three drills to Target",
        "note done; Target=target; 40 scanner; 3 drill; us will: quote for 40 scanners and three drills",
    ),
    ("karen oneil rang about the loading bay", "call done; karen oneil=karen"),
    ("grace wont be back till the 2nd", "note done; other 12-02; grace=grace"),
    ("3 yr deal, may very pleased", "note done; may=may; 3 year; positive"),
    (
        "order confirmed w/ Globex, ship week of 14 Dec",
        "note done; due week 12-14; Globex=globex; us will: ship (week of 14 Dec)",
    ),
    (
        "Wayne site clean every 1st friday 8am from february",
        "note done; other FREQ=MONTHLY;BYDAY=1FR;BYHOUR=8;BYMINUTE=0; Wayne=wayne",
    ),
    (
        "log a call with omar he needs a price for the cold storage by friday noon",
        "call done; due 11-20 12:00; omar=omar; us will: price for the cold storage (by friday noon)",
    ),
    (
        "i just left the umbrella health building, mike seems keen",
        "visit done; mike=mike; umbrella health=umbrella; positive",
    ),
    (
        "mike cant make thursday, hes asking for monday at 4 instead",
        "note done; superseded 11-19; activity 11-23 16:00; mike=mike",
    ),
    ("didnt reach anna", "call done; anna=anna; silent!"),
    ("they are not signing, omar was never convinced", "note done; omar=omar; negative"),
    ("looks like Grace won't be in the office on Friday", "note done; other 11-20; Grace=grace"),
    ("tyrell have frozen spending, grace gutted", "note done; grace=grace; tyrell=tyrell; budget!; delay!; negative"),
    ("david kim is leaving Hooli on friday", "note done; other 11-20; david kim=david-kim; Hooli=hooli; champion!"),
    ("jose handed in his notice", "note done; jose=jose; champion!"),
    ("we got the Fabrikam catering contract!!", "note done; Fabrikam=fabrikam; stage won; positive"),
    (
        "Acme gone with a local roofer, cheaper than us",
        "note done; Acme=acme; competitor!; price!; stage lost; negative",
    ),
    ("John confirmed the order for 12 pumps", "note done; John=john; 12 pump; stage won; positive"),
    (
        "Bill will return the signed copy by Monday. Best, Jen",
        "note done; due 11-23; them will: return the signed copy (by Monday)",
    ),
    (
        "chase Wayne Enterprises for the signed lease on the 27th",
        "no activity; reminder 11-27; Wayne Enterprises=wayne",
    ),
    ("popped into target hq this morning", "visit done; activity 11-18; target=target"),
    (
        "they want door access, custom locks and a spare key",
        "note done; us will: door access, custom locks and a spare key",
    ),
    (
        "emma wants brochures, paint samples, price list by monday",
        "note done; due 11-23; emma=emma; us will: brochures, paint samples, price list (by monday)",
    ),
    (
        "may lin: 250 chairs @ $89.50, needs them by feb 15",
        "note done; due 02-15; may lin=may; 89.5 USD; 250 chair; us will: 250 chairs (by feb 15)",
    ),
    ("David Lee wants the fence repainted", "note done; David Lee=david-lee; us will: fence repainted"),
    ("fitting at 3 not 2 tmrw, tell tom", "note done; other 11-19 15:00; tom=tom"),
    ("jsut recieved teh po from Hooli, 22k", "note done; Hooli=hooli; 22000 None; stage won; positive"),
    (
        "todo: 1) call mark evans 2) send Hooli the new price list",
        "no activity; mark evans=mark; Hooli=hooli; us will: send Hooli the new price list",
    ),
    ("order 5521 arrives monday at Hooli", "note done; activity 11-23; Hooli=hooli"),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_a_line_of_any_trade_is_read_whole(text: str, expected: str) -> None:
    assert summary(read(text, WEDNESDAY, CUSTOMERS)) == expected
