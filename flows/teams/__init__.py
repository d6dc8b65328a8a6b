"""The people of the firm: invitations, roles, rooms, leaving."""
