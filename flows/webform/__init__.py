"""Strangers from the firm's own website, and from programs: each becomes a lead, or a word to whoever knows them."""
