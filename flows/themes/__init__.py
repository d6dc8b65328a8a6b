"""What customers speak of: themes found by their words, each with somebody who answers for it; and what we did."""
