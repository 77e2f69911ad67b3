"""The people of an account; what each may do where is said in `members`."""
