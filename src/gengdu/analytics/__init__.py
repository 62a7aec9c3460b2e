"""Indicators: SQL that lists what is counted, and a card that says what it means."""
