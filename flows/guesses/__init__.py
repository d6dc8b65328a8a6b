"""What a line was probably about that nobody could take."""
