"""The customer file: added, found, shown, tagged, invited."""
