"""Pages and reports across all chapters; brings records, indicators and the plan together."""
