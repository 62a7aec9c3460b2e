"""The official form 全国义务教育优质均衡发展县（市、区）申报表, tables Ⅰ to Ⅵ, filled.

`tables.json` holds its fixed cells and merges (its source is named in it).
"""
