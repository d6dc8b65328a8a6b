"""Who must agree before something goes out: by rule, once, for exactly what was shown, and never by oneself."""
