"""Whether a process is well, and its figures: for load balancers, orchestrators and Prometheus."""
