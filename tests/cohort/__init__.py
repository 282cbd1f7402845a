"""A package, so that worker processes find the examiners of its tests by their name."""
