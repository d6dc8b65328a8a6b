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
    ("Contoso wants 20% off or they walk", "note done; Contoso=contoso; 20 %; price!; churn!; negative"),
    ("Stark moved the rollout to Q2", "note done; other quarter 04-01; Stark=stark; delay!"),
    (
        "Globex picked us, agreement signed with John today",
        "note done; past 11-18; John=john; Globex=globex; stage won; positive",
    ),
    ("offer #88 accepted by Omar", "note done; Omar=omar; stage won; positive"),
    ("Hooli po 5512 arrived", "note done; Hooli=hooli; stage won; positive"),
    ("the deal with Tyrell is dead", "note done; Tyrell=tyrell; stage lost; negative"),
    (
        "had to cancel dinner with Anna, moving it to Monday 7pm",
        "meeting planned; activity 11-23 19:00; Anna=anna; negative",
    ),
    ("need pricing sign-off before I can answer Stark", "no activity; Stark=stark; authority!"),
    ("lunch with Priya at noon tmrw, ask about the new plant", "meeting planned; activity 11-19 12:00; Priya=priya"),
    (
        "Sarah has to run it past her director",
        "note done; Sarah=sarah; them will: run it past her director; authority!",
    ),
    ("Mike says the quote was 15% too high", "note done; Mike=mike; 15 %; price!"),
    ("karen asked if we can do 60k flat", "note done; karen=karen; 60000 None; price!"),
    (
        "May Lin wants to push the start from Dec 7 to Jan 11",
        "note done; superseded 12-07; activity 01-11; May Lin=may; delay!",
    ),
    ("workshop with Contoso wk of dec 7", "meeting planned; activity week 12-07; Contoso=contoso"),
    ("visit Acme in Leeds on Friday with Li Wei", "visit planned; activity 11-20; Li Wei=li-wei; Acme=acme"),
    ("asked around, will says the budget is fine", "note done; will=will"),
    ("send grace the price list", "no activity; grace=grace; us will: send grace the price list"),
    ("Hooli pilot is going well", "note done; Hooli=hooli; stage trial; positive"),
    ("quick catch up with Omar, all quiet", "meeting done; Omar=omar"),
    ("our service has been awful lately says Priya", "note done; Priya=priya; quality!; negative"),
    ("pls set a reminder for fri noon: invoice Globex", "no activity; reminder 11-20 12:00; Globex=globex"),
    ("tried will again, no luck", "note done; will=will; silent!"),
    ("following up with samples by thursday", "note done; due 11-19; us will: samples (by thursday)"),
    (
        "John from Globex can't do the 25th, Friday works",
        "meeting planned; superseded 11-25; activity 11-20; John=john; Globex=globex",
    ),
    ("grace to confirm the date by thurs", "note done; due 11-19; grace=grace; them will: confirm the date (by thurs)"),
    ("Hooli churned", "note done; Hooli=hooli; churn!; negative"),
    ("karen pushed back on the price again", "note done; karen=karen; price!; negative"),
    ("Contoso order arrived damaged", "note done; Contoso=contoso; quality!; negative"),
    ("chase Anna weekly until they sign", "no activity; reminder FREQ=WEEKLY; Anna=anna"),
    ("Tyrell scored us 9/10 on the survey", "note done; Tyrell=tyrell"),
    ("no budget till FY27 at Initech", "note done; other year 01-01; Initech=initech; budget!; delay!; negative"),
    (
        "i promised mike johnson a spare badge by monday",
        "note done; due 11-23; mike johnson=mike; us will: spare badge (by monday)",
    ),
    ("grace's off sick", "note done; grace=grace"),
    ("Wayne Ent wants a discount", "note done; Wayne Ent=wayne; price!"),
    ("Sarah moved us again. now Dec 3 at 9", "meeting planned; activity 12-03 09:00; Sarah=sarah"),
    ("王强 wants a demo next Wed 10am", "demo planned; activity 11-25 10:00; 王强=wangqiang"),
    (
        "Emma Davis no longer at Stark, ask for Kim Roth",
        "note done; Emma Davis=emma; Kim Roth=?; Stark=stark; champion!",
    ),
    (
        "invoice 88 for $1,200 gets paid on friday",
        "note done; due 11-20; 1200 USD; them will: invoice 88 for $1,200 gets paid (friday)",
    ),
    ("spoke to John about it, Jo Li was there too", "call done; John=john; Jo Li=?"),
    ("Karen picks the winner by friday", "note done; due 11-20; Karen=karen; them will: picks the winner (by friday)"),
    (
        "Priya sends signed papers by EOM",
        "note done; due 11-30; Priya=priya; them will: sends signed papers (by EOM); positive",
    ),
    ("spoke to Omar, back to me tuesday", "call done; due 11-24; Omar=omar; them will: back to me (tuesday)"),
    (
        "ring john tmr 10, then visit acme at 3",
        "call planned; activity 11-19 10:00; reminder 11-19 15:00; john=john; acme=acme",
    ),
    ("no answer from may, try her mobile", "call done; may=may; silent!"),
    ("Stark has a new COO", "note done; Stark=stark; champion!"),
    ("sync with hooli mon moved from 9 to 10:30", "meeting planned; activity 11-23 10:30; hooli=hooli"),
    ("plant tour at Soylent week of the 14th", "visit planned; activity week 12-14; Soylent=soylent"),
    ("met sarah at the fair, she brought Nico Ruiz from Vertex", "meeting done; sarah=sarah; Nico Ruiz=?; Vertex=?"),
    ("Tom gave us 8/10", "note done; Tom=tom"),
    ("Anna cancelled last minute", "note done; Anna=anna; negative"),
    (
        "dinner with northwind + target thursday 7pm",
        "meeting planned; activity 11-19 19:00; northwind=northwind; target=target",
    ),
    ("seats @ 18 gbp each for Initech", "note done; Initech=initech; 18 GBP"),
    ("quote valid 30 days, sent to Globex", "email done; Globex=globex; 30 day"),
    ("is sarah chen still at Initech", "asks; sarah chen=sarah; Initech=initech"),
    ("Karen: fine with it. May: too slow.", "note done; Karen=karen; May=may; mixed"),
    (
        "ship 2 cables to Tyrell tomorrow",
        "no activity; due 11-19; Tyrell=tyrell; 2 cable; us will: ship 2 cables (tomorrow)",
    ),
    ("chk the stock for Emma by wed", "no activity; due 11-25; Emma=emma; us will: chk the stock for Emma (by wed)"),
    ("dinner with Omar at the Grandview, he's happy", "meeting done; Omar=omar; positive"),
    ("call John re the invoice - straight to vm", "call done; John=john; silent!"),
    ("grace is comparing us w/ two others", "note done; grace=grace; competitor!"),
    ("emailed Tom the plan, cc may", "email done; Tom=tom; may=may"),
    (
        "RFP response due fri 4pm for Wayne Enterprises",
        "note done; due 11-20 16:00; Wayne Enterprises=wayne; us will: RFP response (fri 4pm)",
    ),
    (
        "Bill from Hooli - he's leaving the firm, new lead from webinar too",
        "note done; Hooli=hooli; champion!; stage lead",
    ),
    ("rang Emma, no ans", "call done; Emma=emma; silent!"),
    ("karen wants to move our lunch tomorrow from 12 to 1", "meeting planned; activity 11-19 13:00; karen=karen"),
    ("Globex paid 9k, rest due 11 dec", "note done; due 12-11; Globex=globex; 9000 None; them will: rest (11 dec)"),
    ("Umbrella Health lost its funding", "note done; Umbrella Health=umbrella; budget!; negative"),
    ("Priya referred us to her sister firm", "note done; Priya=priya; positive"),
    ("grace needs someone on site friday", "visit planned; activity 11-20; grace=grace"),
    ("grace can't do thursday", "note done; other 11-19; grace=grace"),
    ("bill can't go out before friday", "note done; other 11-20"),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_a_hurried_line_is_read_whole(text: str, expected: str) -> None:
    assert summary(read(text, WEDNESDAY, CUSTOMERS)) == expected
