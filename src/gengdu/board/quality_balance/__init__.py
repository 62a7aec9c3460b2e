"""优质均衡 beyond the seven indicators: every item, the official form, locked evaluations."""
