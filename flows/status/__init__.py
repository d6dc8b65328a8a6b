"""How the service itself is: asked for by owners, and told to them where they can still be reached."""
