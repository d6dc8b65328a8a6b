"""Charts and sheets of paper: from plain values to bytes; the drawing libraries are imported when they are used."""
