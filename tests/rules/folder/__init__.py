"""Folders of YAML files."""
