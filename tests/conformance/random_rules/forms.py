"""Forms of expressions that the compiler has ways of its own for."""

from random import Random

from tests.conformance.random_rules.vocabulary import LITERALS

_CODES = ("A B DE EUR", "1 2 3", "abc DE")


def forms(random: Random, name: str, other: str, by: str) -> tuple[str, ...]:
    """Return conditions on elements of two names and an attribute."""
    codes = random.choice(_CODES)
    return (
        f"preceding::{name}/. = .",
        f"preceding::{name} = .",
        f"preceding::{name} = normalize-space(.)",
        f"count(//{name}[. = current()]) = 1",
        f"count(//{name}[{by} = current()/{by}]) > 1",
        f"count(../{name}[{other} = current()/{other}]) = 1",
        f"../../{name}[{by} = current()/{by}][1]/{other} = {other}",
        f"every $n in //{name} satisfies count(//{name}[{by} = $n/{by}]) = 1",
        f"some $n in {name} satisfies $n = //{other}[{by} = $n/{by}]/{name}",
        f"contains(' {codes} ', concat(' ', normalize-space(.), ' '))",
        f"contains(' {codes} ', concat(' ', ., ' '))",
        f"not(contains(., ' ')) and contains(' {codes} ', concat(' ', {by}, ' '))",
        f"some $c in tokenize('{codes}', '\\s') satisfies $c = normalize-space(.)",
        f". = ('{random.choice(LITERALS)}', '{random.choice(LITERALS)}')",
        f"{by} = tokenize('{codes}', ' ')",
        f"count(distinct-values(//{name})) = count(//{name})",
        f"not({name}/{other} | {name}/{by})",
        f"sum({name}) = round(sum(//{other}/xs:decimal(.)) * 100) div 100",
        f"round(number({name}[1]) * 10 * 10) div 100 = xs:decimal({other}[1])",
        f"number({name}) = sum(//{other}[{by} = '1']/number(.))",
        f"string-length(substring-after({name}[1], '.')) <= 2",
        f"xs:decimal({name}[1]) * xs:decimal({other}[1]) = xs:decimal('2.0')",
        f"count({name}) != {random.randrange(3)} or ({name}[2] = {name}[1])",
    )
