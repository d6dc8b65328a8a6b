"""Days that matter to customers: told in chat, kept every year, greeted in the owner's words or by themselves."""
