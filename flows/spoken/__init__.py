"""What people ask for in a sentence where a button or a command would do it."""
