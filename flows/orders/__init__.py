"""What customers buy, need and prefer, and what they do on our site: told in chat or by another system."""
