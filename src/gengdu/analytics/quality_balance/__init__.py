"""Compulsory education of high quality and balance (县域义务教育优质均衡): the resource part.

Sources and how sure they are: policy/standards/quality_balance.yaml. Everything is computed with
exact fractions and compared unrounded.
"""
