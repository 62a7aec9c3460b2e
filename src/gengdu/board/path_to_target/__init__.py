"""The cheapest way for the live district to pass 优质均衡: allowed actions, the plan, its check."""
