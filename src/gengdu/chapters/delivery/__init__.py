"""Safeguards: leadership, research, evaluation (measures 18-20)."""
