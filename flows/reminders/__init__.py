"""What a member has to do, and when it rings."""
