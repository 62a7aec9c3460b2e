"""Evaluations as they were reported: locked for good, and held against what is known now."""
