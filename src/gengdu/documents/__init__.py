"""Word, Excel and PDF; no domain."""
