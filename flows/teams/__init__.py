"""Who belongs to us: colleagues come, get a role, leave; and rooms, where people from outside may be."""
