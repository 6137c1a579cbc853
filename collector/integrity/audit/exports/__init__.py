"""Files as other tools write them: encodings, tables, headers, scales, times.

`tables.py` reads a file into rows, `presets.py` knows the columns of tools, `scales.py` and
`times.py` read one cell. What they add up to for one file is decided in `../understanding.py`.
"""
