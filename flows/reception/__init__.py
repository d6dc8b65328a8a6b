"""The front door for customers: a wish for a person, greetings, the hours when nobody is here, and who is kept out."""
