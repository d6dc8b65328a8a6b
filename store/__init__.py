"""All SQL: tables, queries by topic, and the one door to SQLite and PostgreSQL."""
