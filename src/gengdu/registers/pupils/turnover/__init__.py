"""The school year turns over: every pupil of the old year goes up, stays, moves on or leaves.

One action for one or many schools, previewed without writing, written as one change, undoable.
Enrolments end with their school year, so nothing of the past is touched: the new year is added.
"""
