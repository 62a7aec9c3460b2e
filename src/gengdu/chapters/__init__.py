"""What the plan asks for: one app for each chapter, one folder for each measure."""
