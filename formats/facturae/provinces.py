"""The fifty provinces of Spain and its two cities: the first two digits of a post code.

Source: INE, códigos de provincias.
"""

_NAMES = (
    *("Álava", "Albacete", "Alicante", "Almería", "Ávila", "Badajoz", "Illes Balears"),
    *("Barcelona", "Burgos", "Cáceres", "Cádiz", "Castellón", "Ciudad Real", "Córdoba"),
    *("A Coruña", "Cuenca", "Girona", "Granada", "Guadalajara", "Gipuzkoa", "Huelva"),
    *("Huesca", "Jaén", "León", "Lleida", "La Rioja", "Lugo", "Madrid", "Málaga", "Murcia"),
    *("Navarra", "Ourense", "Asturias", "Palencia", "Las Palmas", "Pontevedra", "Salamanca"),
    *("Tenerife", "Cantabria", "Segovia", "Sevilla", "Soria", "Tarragona", "Teruel"),
    *("Toledo", "Valencia", "Valladolid", "Bizkaia", "Zamora", "Zaragoza", "Ceuta", "Melilla"),
)


def province_of(post_code: str) -> str | None:
    """Return the province of a post code of five digits; None where there is none."""
    number = post_code[:2]
    if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= len(_NAMES):
        return None
    return _NAMES[int(number) - 1]
