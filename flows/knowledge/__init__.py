"""What the firm knows: answers, canned words, cases and checklists, found again by whoever needs them."""
