"""Pages of surveys: plan, codes, response and result for those who run them, the form for all."""
