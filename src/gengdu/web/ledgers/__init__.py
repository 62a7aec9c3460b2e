"""Pages that every entry of every ledger has besides those of a register."""
