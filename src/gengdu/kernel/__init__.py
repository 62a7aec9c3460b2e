"""Words every other package needs: dates, half-open periods, school years, exact quantities."""
