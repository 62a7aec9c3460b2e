"""Who may see what: people, their role and scope; the only way to a child's record."""
