"""The seven resource indicators of 优质均衡 in pages: by indicator, year, school and record."""
