"""Services that read for us and are asked through the outbox: speech to text, and a language model."""
