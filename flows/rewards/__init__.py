"""Thank-you codes from a list of the firm's: one for whoever answers a survey, and never two."""
