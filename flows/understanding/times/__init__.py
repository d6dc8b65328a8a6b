"""Finding times: rules give pieces, neighbouring pieces join into one time."""
