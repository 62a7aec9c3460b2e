"""Photos, documents and videos that prove a ledger entry: stored once, shown by its rights."""
