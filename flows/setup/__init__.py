"""Getting started and finding one's way: a firm, the door, help, settings, cancel."""
