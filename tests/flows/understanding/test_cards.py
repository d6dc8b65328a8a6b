"""How many cards of messages as people really type them need no correction."""

from tests.flows.understanding.cards import card, is_same, written


def test_at_least_nine_cards_in_ten_need_no_correction() -> None:
    rows = list(written())
    wrong = [
        f"{message}\n  wanted {wanted}\n  got    {card(message)}"
        for message, wanted in rows
        if not is_same(card(message), wanted)
    ]
    assert len(rows) >= 200
    assert len(wrong) <= 0.1 * len(rows), "\n".join(wrong)


def test_no_message_is_logged_with_another_customer() -> None:
    for message, wanted in written():
        if "question" in (wanted, card(message)):
            continue
        meant, got = (line.split("; ")[1] for line in (wanted, card(message)))
        assert got == meant or got in ("nobody",) or got.startswith(("which", "new")), message
