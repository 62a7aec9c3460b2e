"""What exists: bodies, places, schools, staff and pupils, each kept once and with its history."""
