"""What everybody may do with the own account."""
