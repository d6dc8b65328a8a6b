"""What people say about a ticket in one line."""

from __future__ import annotations

import pytest

from flows.tickets.wishes import Wish, led, mentioned, numbered, of_somebody, read_wish, source_in


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("", Wish("show")),
        ("?", Wish("show")),
        ("怎么样了", Wish("show")),
        ("solved", Wish("solve")),
        ("is fixed.", Wish("solve")),
        ("已解决", Wish("solve")),
        ("搞定了", Wish("solve")),
        ("solved without survey", Wish("quietly")),
        ("已解决，不用发问卷", Wish("quietly")),
        ("not solved", Wish("reopen")),
        ("没解决", Wish("reopen")),
        ("close", Wish("close")),
        ("关闭", Wish("close")),
        ("take it", Wish("take")),
        ("我来", Wish("take")),
        ("waiting for the customer", Wish("wait")),
        ("等客户回复", Wish("wait")),
        ("in work", Wish("work")),
        ("处理中", Wish("work")),
        ("urgent", Wish("priority", "urgent")),
        ("priority high", Wish("priority", "high")),
        ("优先级改为高", Wish("priority", "高")),
        ("加急", Wish("priority", "加急")),
        ("complaint", Wish("kind", "complaint")),
        ("is a fault", Wish("kind", "fault")),
        ("类型改为投诉", Wish("kind", "投诉")),
        ("to Bob", Wish("assign", "Bob")),
        ("@Bob", Wish("assign", "Bob")),
        ("give it to Li Wei", Wish("assign", "Li Wei")),
        ("转给李伟", Wish("assign", "李伟")),
        ("merge with 105", Wish("merge", "105")),
        ("合并到T-105", Wish("merge", "105")),
        ("split", Wish("split")),
        ("timeline", Wish("way")),
        ("历史", Wish("way")),
        ("note part ordered, 45 min", Wish("note", "part ordered, 45 min")),
        ("备注：已订配件", Wish("note", "已订配件")),
        ("part ordered", Wish("note", "part ordered")),
        ("they want it by Friday", Wish("note", "they want it by Friday")),
        ("配件已经订了", Wish("note", "配件已经订了")),
        ("the priority is not clear yet", Wish("note", "the priority is not clear yet")),
        ("cause: wrong seal", Wish("cause", "wrong seal")),
        ("原因是密封圈装错", Wish("cause", "密封圈装错")),
        ("give it back", Wish("drop")),
        ("退回", Wish("drop")),
        ("step spare part ordered", Wish("step", "spare part ordered")),
    ],
)
def test_what_is_wanted(words: str, wish: Wish) -> None:
    assert read_wish(words) == wish


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("T-102 solved", (102, "solved")),
        ("t-102", (102, "")),
        ("#T-102: part ordered", (102, "part ordered")),
        ("T102 已解决", (102, "已解决")),
        ("ticket 102 take", (102, "take")),
        ("工单102 已解决", (102, "已解决")),
        ("T-102已解决", (102, "已解决")),
        ("T5 pump delivered", None),
        ("Called Acme about T-102", None),
        ("the pump leaks", None),
    ],
)
def test_a_line_that_begins_with_a_ticket(words: str, found: tuple[int, str] | None) -> None:
    assert numbered(words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("solve T-102", (102, "solve")),
        ("close ticket 102", (102, "close")),
        ("关闭T-102", (102, "关闭")),
        ("take T-102", (102, "take")),
        ("note on T-102: part ordered", (102, "note part ordered")),
        ("把T-102转给李伟", (102, "转给李伟")),
        ("give T-102 to Bob", (102, "give to Bob")),
        ("Called Acme about T-102", None),
        ("今天去看了T-102的设备", None),
    ],
)
def test_a_line_in_which_the_act_comes_first(words: str, found: tuple[int, str] | None) -> None:
    assert led(words) == found


def test_tickets_that_a_line_names() -> None:
    assert mentioned("Promised Acme the seal by Friday, T-102 and t-7") == [102, 7]
    assert mentioned("工单105的配件") == [105]
    assert mentioned("model XT-102") == []


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("called: the pump leaks", "phone"),
        ("客户来电，泵漏油", "phone"),
        ("by e-mail: needs the manual", "email"),
        ("公众号留言：要说明书", "wechat"),
        ("the pump leaks", ""),
    ],
)
def test_by_which_way_it_came(words: str, source: str) -> None:
    assert source_in(words) == source


@pytest.mark.parametrize(
    ("words", "who", "act"),
    [
        ("close sarahs ticket", "sarah", "close"),
        ("please reopen the Acme case", "Acme", "reopen"),
        ("assign Acme's ticket to bob", "Acme", "assign"),
        ("mark the coffee house ticket as urgent", "coffee house", "priority"),
        ("the Acme issue is fixed now", "Acme", ""),
        ("把鼎盛的工单转给李娜", "鼎盛", "assign"),
        ("鼎盛的工单已经解决了", "鼎盛", "solve"),
        ("查看鼎盛的工单", "鼎盛", "show"),
        ("sarah asked about her ticket", "", ""),
        ("鼎盛的工单还在等配件", "", ""),
    ],
)
def test_a_ticket_is_called_by_whose_it_is(words: str, who: str, act: str) -> None:
    found = of_somebody(words)
    assert (found[0] if found else "") == (who if act else "")
    assert not found or read_wish(found[1]).act == act
