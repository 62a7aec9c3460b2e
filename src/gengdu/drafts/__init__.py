"""A notice on its way to a plan: uploaded, read, checked side by side, adopted."""
