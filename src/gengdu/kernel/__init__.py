"""Words every other package needs: dates, periods, school years, quantities, identifiers, cells."""
