"""Evidence of any selection of records as one indexed file for those who come to inspect.

`parts` says what goes in, `layout` where each file lies, `pages` and `sheet` what is made for it,
and `writing` writes it. A file that serves several records lies once under each number: an
inspector is given the folder of one number and must find everything in it, but not thirty copies of
the one notice that names thirty schools. Later records point to it, in the index and on their page.
"""
