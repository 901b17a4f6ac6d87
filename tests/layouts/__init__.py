"""Reports written in every layout met in use, and damaged, to hold a reader to what is printed."""
