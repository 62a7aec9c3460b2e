"""The API: every declared register and the plan's standing, for programs with a token."""
