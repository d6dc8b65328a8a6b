"""Making surveys: from a template, question by question in chat, or from a file; drafts, checks and publishing."""
