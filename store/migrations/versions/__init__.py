"""One file a revision, numbered; none is ever changed once it is released."""
