"""What happens to schools: they open, close, merge, split, move, and change name or code.

An event is planned without writing anything; what the preview shows is what is then written, as one
change that can be undone. Nothing of the past is touched: rows end on the day, others begin on it.
"""
