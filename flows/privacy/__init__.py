"""Privacy: what is stored of somebody, shown to them and to who answers for it; and erased for good."""
