"""Gengdu 耕读 carries out a district's rural-education plan, from the notice to every promise."""
