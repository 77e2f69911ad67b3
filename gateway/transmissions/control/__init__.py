"""What stops a wire for a while: breakers, buckets, waits and pauses, shared by all processes."""
