"""What was promised to customers: made with care, seen by whoever must deliver, kept or said aloud in time."""
