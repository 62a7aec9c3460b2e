"""Pages and addresses of the files that prove ledger entries."""
