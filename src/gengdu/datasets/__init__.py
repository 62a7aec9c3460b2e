"""Columns, types and meaning of every table that crosses from the registers into analytics."""
