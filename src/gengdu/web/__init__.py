"""The shell every page stands in: menu, query bar, lists, templates; no domain."""
