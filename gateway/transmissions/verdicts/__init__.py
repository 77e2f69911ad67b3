"""What the codes of authorities and networks mean on our three axes: one small table for each."""
