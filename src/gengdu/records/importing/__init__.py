"""Takes files into a register: match the columns, look at every cell, compare, stage, confirm."""
