"""What an entity still needs before it can go live, country by country."""
