"""Quotes and contracts: written in one sentence, approved where a rule says so, sent as a PDF."""
