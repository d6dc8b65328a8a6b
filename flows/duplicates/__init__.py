"""Customers that are one and the same: suggested, compared, merged by a person, taken apart again."""
