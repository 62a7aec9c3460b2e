"""Accounts: one's own, and those one manages."""
