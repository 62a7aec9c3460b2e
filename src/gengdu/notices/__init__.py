"""Reading any government notice: from a Word or text file to measures, bodies and targets."""
