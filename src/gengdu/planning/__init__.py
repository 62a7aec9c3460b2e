"""Planning models: what could be done, at the least cost. No Django, no database, no clock."""
