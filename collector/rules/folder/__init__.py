"""A folder of YAML files: surveys, rules and the house's brand, read, checked and written out.

May touch files and definitions, no database but `yaml_export.py`. Next: `workspace.py`.
"""
