"""Indicators of any number of counties at once, from their snapshots.

The SQL of an indicator is written for one county. `lifting` turns it into SQL for many, where every
row carries the code of its county; each indicator is then one pass, not one per county.
"""
