"""Made-up companies, one folder each: `<name>/world.py` with `write(seed, folder)`."""
