"""What can be said here."""
