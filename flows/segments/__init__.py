"""Finding customers and acting on all of them: filters in a short form, saved segments, lists."""
