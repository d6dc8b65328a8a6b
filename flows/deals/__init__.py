"""Deals: the pipeline in chat, from the first word to the renewal of the contract."""
