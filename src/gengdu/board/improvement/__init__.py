"""What plans ask for becomes tasks with owners, and tasks are held against the registers."""
