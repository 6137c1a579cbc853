"""A software-and-services company: apps, a support desk in several countries, resellers."""
