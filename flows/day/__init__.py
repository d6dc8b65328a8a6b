"""The working day: the morning's list, the evening's report, the week, goals, rankings, the state of the team."""
