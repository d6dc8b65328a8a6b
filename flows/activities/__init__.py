"""What happened with customers: logged in one line, corrected, undone."""
