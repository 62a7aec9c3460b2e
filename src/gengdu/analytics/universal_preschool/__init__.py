"""Universal preschool (县域学前教育普及普惠): the items that are numbers, and those papers prove.

Sources and how sure they are: policy/standards/universal_preschool.yaml. Everything is computed
with exact fractions and compared unrounded.
"""
