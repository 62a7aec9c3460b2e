"""Ratios taken in one run against a stated yardstick, appended to bench/results.json."""
