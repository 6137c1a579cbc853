"""The public benchmark itself: worlds, scorer, detectors, fitting."""
