"""Number series: without gaps, or kept by somebody else."""
