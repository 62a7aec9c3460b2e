"""Reminders of what is due, expiring, missing, waiting or returned: in the page and by message.

Sources say what there is to remind of (`occasions.declare_source`), `gathering` works out whom it
concerns on a working day, `delivering` sends one message a day to each person over each channel.
"""
