"""Makes the checks of this folder importable from the folders below it."""
