"""What customers do not want any more, by kind, in whatever words: greetings, offers, articles, or anything."""
