"""Lines of many trades, spoken into the phone, listed or copied from a mail, with everything that is read from them."""

import pytest

from flows.understanding import Known, MemoryNames, read
from tests.flows.understanding.people import CUSTOMERS, WEDNESDAY, summary

LINES = [
    (
        "they want a call, a price and a sketch by friday",
        "note done; due 11-20; us will: price and a sketch (by friday)",
    ),
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
    ("Tom B rang about the scaffolding", "call done; Tom B=tom"),
    ("david k wants it cheaper, david l wants it faster", "note done; david k=david-kim; david l=david-lee; price!"),
    ("Apex fin - audit quote 14.5k + VAT", "note done; Apex fin=apex-fin; 14500 None"),
    ("karen o's mobile is off", "note done; karen o=karen"),
    (
        "Grace happy w/ it, will place an order after their board meeting on 2 Dec",
        "note done; activity 12-02; Grace=grace; them will: place an order after their board meeting (2 Dec); positive",
    ),
    ("Globex want their money back, half of it was mouldy", "note done; Globex=globex; quality!; negative"),
    ("he's lost the tender form, resend it please", "note done; us will: resend it"),
    ("vandelay broke the lease, will apologised", "note done; will=will; vandelay=vandelay; churn!; negative"),
    (
        "jose said yes to the panels he signs on friday",
        "note done; due 11-20; jose=jose; them will: signs (friday); positive",
    ),
    ("Omar never agreed to the new rate", "note done; Omar=omar"),
    ("mike j cancelled the plan, says he can do it in house", "note done; mike j=mike; churn!; stage lost; negative"),
    ("Tom: order went up to 900 tons, over the moon", "note done; Tom=tom; 900 ton; positive"),
    (
        "site walk at Globex every 2nd wednesday 7.30am",
        "visit planned; activity FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;BYHOUR=7;BYMINUTE=30; Globex=globex",
    ),
    (
        "Globex 11am, Stark 2:30pm",
        "meeting planned; activity 11-18 11:00; activity 11-18 14:30; Globex=globex; Stark=stark",
    ),
    (
        "next week: mon - Stark 10am, tue - Tyrell 2pm",
        "meeting planned; other week 11-23; activity 11-23 10:00; activity 11-24 14:00; Stark=stark; Tyrell=tyrell",
    ),
    (
        "Chris W to send drawings, me to price by Friday",
        "note done; due 11-20; Chris W=chris; them will: send drawings; us will: price (by Friday)",
    ),
    (
        "david from hooli will bring the keys on monday at half 9",
        "note done; due 11-23 09:30; david=david-kim; hooli=hooli; them will: bring the keys (monday at half 9)",
    ),
    (
        "omar: can u get me 10 bags of cement by 6",
        "note done; due 11-18 18:00; omar=omar; 10 bag; us will: get me 10 bags of cement (by 6)",
    ),
    ("Priya asked for references, sent her two already", "note done; Priya=priya"),
    ("any replies from Hooli since friday", "asks; past 11-13 to 11-18; Hooli=hooli"),
    (
        "hi it's Jen, pls note Globex are moving out in june",
        "note done; other month 06-01; Globex=globex; churn!; negative",
    ),
    ("touched base with Jose, clinic refit on track", "call done; Jose=jose"),
    (
        "lease for Bluebird at 1,250/mo. Decides by Tues",
        "note done; due 11-24; Bluebird=bluebird; 1250 None; them will: Decides (by Tues)",
    ),
    ("anna is after 20 cases of the pinot", "note done; anna=anna; 20 case"),
    ("new cfo at Hooli is cutting suppliers", "note done; Hooli=hooli; champion!; churn!; negative"),
    ("omar's pump keeps tripping, down since monday", "note done; past 11-16 to 11-18; omar=omar; quality!; negative"),
    ("new slot for Contoso 27th 9am", "meeting planned; activity 11-27 09:00; Contoso=contoso"),
    ("dinner w/ anna + omar tues 24th 7pm at Nobu", "meeting planned; activity 11-24 19:00; anna=anna; omar=omar"),
    ("lunch with Priya thu 1pm, Hilton", "meeting planned; activity 11-19 13:00; Priya=priya"),
    ("omar pushing for 15 percent", "note done; omar=omar; 15 %; price!"),
    ("Sarah Chen buys 60 seats if we match 19/seat", "note done; Sarah Chen=sarah; 19 None; 60 seat; price!"),
    ("Tom signed, 36 mo at 2.4k/mo", "note done; Tom=tom; 2400 None; 36 month; stage won; positive"),
    ("Globex pilot ended friday, 9 of 12 users active", "note done; past 11-13; Globex=globex; 12 user; stage trial"),
    (
        "li wei wants to bring forward go live from 3 march to 15 jan",
        "note done; superseded 03-03; due 01-15; li wei=li-wei",
    ),
    ("20 min chat with Sarah, nothing new", "call done; Sarah=sarah; 20 minute"),
    (
        "i'll be at Fabrikam friday morning, then Contoso at 3",
        "visit planned; activity 11-20; activity 11-20 15:00; Fabrikam=fabrikam; Contoso=contoso",
    ),
    ("emailed the draft to grace 10 min ago", "email done; activity 11-18 10:20; grace=grace"),
    ("gave flowers to mark the day", "note done"),
    ("the renewal was signed by emma", "note done; emma=emma; stage won; positive"),
    (
        "no decision from Apex Financial till the january board",
        "note done; other month 01-01; Apex Financial=apex-fin; delay!",
    ),
    (
        "soylent want 700 more cartons, 3.20 each, mark needs em before 12 dec",
        "note done; due 12-12; mark=mark; soylent=soylent; 3.2 None; 700 carton; us will: 700 more cartons (12 dec)",
    ),
    ("deal at Contoso slipping to Q1", "note done; other quarter 01-01; Contoso=contoso; delay!; negative"),
    ("grace isnt keen, she dont want the bigger one", "note done; grace=grace; negative"),
    (
        "will @ Vandelay wants pricing in AUD, approx 45k aud",
        "note done; will=will; Vandelay=vandelay; 45000 AUD; us will: pricing in AUD",
    ),
    (
        "bluebird wants to cancel, save call booked fri 9.30",
        "call planned; activity 11-20 09:30; bluebird=bluebird; churn!; negative",
    ),
    ("karen is happy to sign but finance are dragging their feet", "note done; karen=karen; delay!; mixed"),
    (
        "enquiry from the website, someone needs 12 licences by the 20th",
        "note done; due 11-20; 12 license; us will: 12 licences (by the 20th); stage lead",
    ),
    ("sarah hasnt opened my last 2 emails", "note done; sarah=sarah; 2 email; silent!"),
    ("mark from soylent is dodging calls", "note done; mark=mark; soylent=soylent; silent!"),
    (
        "Delta Dental upgrade approved, jose sending the PO by friday",
        "note done; due 11-20; jose=jose; Delta Dental=delta; them will: sending the PO (by friday); positive",
    ),
    ("li wei just needs his director to sign off", "note done; li wei=li-wei; authority!"),
    ("cyberdyne trial extended to the 11th, 6 logged in", "note done; other 12-11; cyberdyne=cyberdyne; stage trial"),
    ("Tyrell office closed 23-31 dec", "note done; due 12-23 to 12-31; Tyrell=tyrell"),
    ("Grace won't commit before february", "note done; other month 02-01; Grace=grace; delay!"),
    (
        "tom is ok with the logo, artwork to follow from him",
        "note done; tom=tom; them will: artwork to follow from him; positive",
    ),
    ("Grace is after 15% off", "note done; Grace=grace; 15 %; price!"),
    ("Priya asked about 10% off the second van", "note done; Priya=priya; 10 %; price!"),
    ("Omar is over budget for this job", "note done; Omar=omar; budget!; negative"),
    (
        "cash is tight at Bluebird, Karen can't pay that much",
        "note done; Karen=karen; Bluebird=bluebird; budget!; price!; negative",
    ),
    ("tom thinks the fee is steep", "note done; tom=tom; price!; negative"),
    ("Anna: lower it or they're switching to the local firm", "note done; Anna=anna; competitor!; churn!; negative"),
    (
        "Fabrikam are going with the other bakery instead",
        "note done; Fabrikam=fabrikam; competitor!; stage lost; negative",
    ),
    ("Wayne Enterprises: the owner's wife has the final say", "note done; Wayne Enterprises=wayne; authority!"),
    ("Contoso needs board ok first", "note done; Contoso=contoso; authority!"),
    ("sarah isn't picking up", "note done; sarah=sarah; silent!"),
    ("Emma left me a voicemail, wants the keys tomorrow", "call done; due 11-19; Emma=emma"),
    ("kick-off call with Tyrell, all good", "call done; Tyrell=tyrell; positive"),
    ("Stark audit done, no issues", "note done; Stark=stark"),
    (
        "got a lead today: Nina Rossi, Lumen Trams, wants a price",
        "note done; past 11-18; Nina Rossi=?; Lumen Trams=?; us will: price; stage lead",
    ),
    (
        "moving the walk-round at Hooli from Tues to Thurs 9am",
        "meeting planned; superseded 11-24; activity 11-19 09:00; Hooli=hooli",
    ),
    ("the foreman decides, meet him on the 26th at 2pm", "meeting planned; activity 11-26 14:00"),
    (
        "tried Soylent's front desk twice, mark away until Friday",
        "call done; other 11-20; mark=mark; Soylent=soylent; silent!",
    ),
    ("is target still using the old till rolls?", "asks; target=target"),
    (
        "met Eva Stone at the fair. email price list tomorrow",
        "meeting done; due 11-19; Eva Stone=?; us will: email price list (tomorrow)",
    ),
    ("John expects sign-off on Tuesday", "note done; due 11-24; John=john; them will: sign-off (Tuesday)"),
    ("may liked the green one", "note done; may=may; positive"),
    ("Globex training went ok", "meeting done; Globex=globex"),
    ("answer her by Monday", "no activity; due 11-23; us will: answer her (by Monday)"),
    (
        "went quiet after the visit last week, ping her thursday morning",
        "note done; activity week 11-09; reminder 11-19; silent!",
    ),
    (
        "prep the figures for Tuesday's 9am with Globex",
        "no activity; due 11-24 09:00; Globex=globex; us will: prep the figures (Tuesday's 9am)",
    ),
    (
        "need the samples ready before Friday's 4pm with Tom",
        "no activity; due 11-20 16:00; Tom=tom; us will: samples ready (Friday's 4pm)",
    ),
    ("the terms should reach him before his board on the 8th", "note done; due 12-08"),
    ("she needs CFO sign-off by Friday", "note done; due 11-20; them will: CFO sign-off (by Friday); authority!"),
    ("Stark licence for the tills runs out on 3 Dec", "note done; due 12-03; Stark=stark"),
    ("lost Bluebird to Maersk", "note done; Bluebird=bluebird; Maersk=?; competitor!; stage lost; negative"),
    ("Call Chris Wong tmrw at 9am re payment plan", "call planned; activity 11-19 09:00; Chris Wong=chris"),
    ("Zoom call Hooli finance Thurs 9.30am", "call planned; activity 11-19 09:30; Hooli=hooli"),
    ("offered 5% if they sign this week", "note done; due week 11-16; 5 %"),
    ("Anna sending artwork tomorrow", "note done; due 11-19; Anna=anna; them will: sending artwork (tomorrow)"),
    ("back on the 7th, send the quote then", "note done; due 12-07; us will: send the quote (the 7th)"),
    ("the call-out fee is too much for Jose", "note done; Jose=jose; price!"),
    ("trial at Delta ends Dec 4 now", "note done; due 12-04; other 11-18 10:30; Delta=delta"),
    ("agenda for Thursday 3:15 sent to Mark Evans", "note done; activity 11-19 15:15; Mark Evans=mark"),
    ("Omar can only do Monday, pls move the demo", "demo planned; other 11-23; Omar=omar"),
    ("the quote feels a bit pricey, Karen says", "note done; Karen=karen; price!; negative"),
    ("pump broke after 3 weeks, Omar cross", "note done; other 12-09; Omar=omar; quality!; negative"),
    ("Bluebird: two other vendors in the race", "note done; Bluebird=bluebird; competitor!"),
    ("switched to whatsapp with Grace", "message done; Grace=grace"),
    ("called Tom 3 times", "call done; Tom=tom; silent!"),
    ("Globex picks us", "note done; Globex=globex; stage won; positive"),
    ("they'll renew, the dinner was fun", "meeting done; them will: renew; positive"),
    ("book 45 mins with Sarah Chen next Thu", "meeting planned; activity 11-26; Sarah Chen=sarah; 45 minute"),
    (
        "pls schedule half an hour with Priya on Monday at 2",
        "meeting planned; activity 11-23 14:00; Priya=priya; 0.5 hour",
    ),
    ("our lawyer has until Friday to answer", "note done; due 11-20; us will: answer (Friday); legal!"),
    ("photos to her today", "note done; due 11-18; us will: photos to her (today)"),
    (
        "need Anna's site address tomorrow",
        "no activity; due 11-19; Anna=anna; them will: Anna's site address (tomorrow)",
    ),
    ("rollout slipped from Q2 to Q3", "note done; superseded quarter 04-01; other quarter 07-01; delay!; negative"),
    (
        "prep the Contoso review slides over the weekend",
        "no activity; due 11-21 to 11-22; Contoso=contoso; us will: prep the Contoso review slides (over the weekend)",
    ),
    ("contract to be signed Thursday", "note done; due 11-19"),
    (
        "Emma will pay the balance (7,900) on the 30th",
        "note done; due 11-30; Emma=emma; 7900 None; them will: pay the balance (7,900) (the 30th)",
    ),
    ("Grace wants the Italian version of the manual", "note done; Grace=grace"),
    (
        "every second Tuesday 10am service call with Stark",
        "call planned; activity FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;BYHOUR=10;BYMINUTE=0; Stark=stark",
    ),
    ("grace's new mobile is 020 7946 0001", "note done; grace=grace; +862079460001"),
    ("half hour chat w/ Chris, reopen in July", "call done; reminder month 07-01; Chris=chris"),
    ("please log: lunch w/ Tom Baker Nov 17, talked prices", "meeting done; activity 11-17; Tom Baker=tom"),
    (
        "Anna wants 4 posters for the hall, due Tuesday",
        "note done; due 11-24; Anna=anna; 4 poster; us will: 4 posters for the hall (Tuesday)",
    ),
    ("2 crates for Soylent, needed by Friday noon", "note done; due 11-20 12:00; Soylent=soylent; 2 crate"),
    ("Hooli's CEO vetoed it, staying with the incumbent", "note done; Hooli=hooli; competitor!; stage lost; negative"),
    ("Karen isn't happy with the last delivery", "note done; Karen=karen; quality!; negative"),
    ("our invoice to Target was wrong", "note done; Target=target; quality!"),
    ("Priya signed up for the webinar", "note done; Priya=priya"),
    ("Vandelay wants to consolidate suppliers", "note done; Vandelay=vandelay; churn!; negative"),
    ("answers due Dec 1", "note done; due 12-01; us will: answers (Dec 1)"),
    ("Emma wants to move Friday's call to 5pm", "call planned; activity 11-20 17:00; Emma=emma"),
    ("the lift is stuck, visit postponed to tomorrow 2pm", "visit planned; activity 11-19 14:00; delay!; negative"),
    ("Mark said no to the extra van", "note done; Mark=mark; negative"),
    ("drive to Leeds on the 24th to see Globex", "note done; activity 11-24; Globex=globex"),
    ("the contract by end of week", "note done; due 11-20; us will: contract (by end of week)"),
    ("order of 300 bags likely in Q2", "note done; other quarter 04-01; 300 bag"),
    ("Omar signs tomorrow", "note done; due 11-19; Omar=omar; them will: signs (tomorrow); positive"),
    ("Tyrell want to pay in 3 parts", "note done; Tyrell=tyrell; 3 part"),
    ("Bluebird wants out of the contract", "note done; Bluebird=bluebird; churn!; negative"),
    ("follow-up call with May Lin next Thu 4pm confirmed", "call planned; activity 11-26 16:00; May Lin=may"),
    ("grace still waiting on the spare key", "note done; grace=grace"),
    ("let Priya know by Friday", "no activity; due 11-20; Priya=priya; us will: let Priya know (by Friday)"),
    ("Delta: 3 boxes missing, Jose may cancel", "note done; Jose=jose; Delta=delta; 3 box; quality!; churn!; negative"),
    ("Stark pump trial kicks off Dec 14", "note done; other 12-14; Stark=stark; stage trial"),
    ("Umbrella's procurement is slow", "note done; Umbrella=umbrella; delay!; negative"),
    ("the open day was a success, Anna says", "note done; Anna=anna; positive"),
    ("could switch to Friday 2pm", "note done; other 11-20 14:00"),
    ("got the lead times from Chris", "note done; Chris=chris"),
    ("have to lead the walk-round on friday", "no activity; other 11-20"),
    ("Tom said the price isn't steep", "note done; Tom=tom"),
    ("let's meet elsewhere", "meeting planned"),
    ("Anna may cancel Thursday's call", "note done; other 11-19; Anna=anna; negative"),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_a_line_of_any_trade_is_read_whole(text: str, expected: str) -> None:
    assert summary(read(text, WEDNESDAY, CUSTOMERS)) == expected


FOUND = MemoryNames(
    [
        Known("customer", "coffee", "Coffee House", own=True),
        Known("contact", "jack", "Jack Reed", "coffee", own=True),
    ]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("put coffee house on hold", "note done; coffee house=coffee; delay!"),
        ("coffee house's vat number changed", "note done; coffee house=coffee"),
        ("met them in a coffee house", "meeting done"),
        ("jack dont want it", "note done; jack=jack"),
    ],
)
def test_everyday_words_name_somebody_where_a_name_stands(text: str, expected: str) -> None:
    assert summary(read(text, WEDNESDAY, FOUND)) == expected
