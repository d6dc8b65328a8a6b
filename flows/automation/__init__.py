"""The firm's own rules: when something happens and a condition holds, a room is alerted or something is done."""
