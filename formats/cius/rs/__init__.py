"""Serbia (RS): SRBDT for SEF."""
