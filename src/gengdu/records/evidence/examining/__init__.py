"""Everything that opens what people send: run in a child process, knowing no Django.

Nothing here trusts a file; whatever it does to the child, the site only hears that it is refused.
"""
