"""Counts wrong guesses at secrets that need no log-in, and stops who guesses too often."""
