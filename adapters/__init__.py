"""How messages travel: one package a platform, imported only when an account needs it."""
