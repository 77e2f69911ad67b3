"""What compiled rules run on: the tree, the values and the functions of XPath 2.0."""
