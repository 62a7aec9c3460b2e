"""Surveys by sample: how many to ask, whom, and what their answers say of everybody."""
