"""What waits for people in all ledgers, and the acts of approval, one entry or many at once."""
