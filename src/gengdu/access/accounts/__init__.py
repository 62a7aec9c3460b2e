"""Accounts that somebody manages, and who stands in for whom."""
