"""Long lists of a register, made in the background and kept for whoever asked."""
