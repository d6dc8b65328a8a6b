"""The firm's own fields: added in chat, at once on cards and in filters."""
