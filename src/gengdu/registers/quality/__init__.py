"""The data-quality desk: what is wrong in the registers, whose it is to mend, and their answer."""
