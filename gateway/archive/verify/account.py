"""What a verification found, for people."""

from .result import VerificationResult, Voucher


def account(result: VerificationResult, *, files: bool) -> str:
    """Return the lines that say the verdict, what it rests on, and what is wrong.

    Args:
        result: Of the verification.
        files: Name each file of evidence, not only how many there are.
    """
    words = {True: "yes", False: "NO", None: "not established"}
    lines = [f"intact:     {words[result.ok]}", f"authentic:  {words[result.authentic]}"]
    if result.compared:
        lines.append(f"append-only since your checkpoint: {words[result.consistent]}")
    if result.witnessed is not None:
        lines.append(f"cosigned by the witnesses: {words[result.witnessed]}")
    lines += [f"vouched:    {_voucher(one)}" for one in result.vouchers]
    lines += [f"document:   {one.get('id')}  {one.get('number')}" for one in result.documents]
    lines += [
        f"nothing missing: {one.entity} from {one.since or 'the beginning'} to "
        f"{one.until or 'the end'}, {one.leaves} leaves"
        for one in result.whole
    ]
    lines.append(f"evidence:   {len(result.evidence)} files")
    if files:
        lines += [
            f"  {item.sha256}  {item.member}  (leaf {item.log_index})" for item in result.evidence
        ]
    lines.append(f"log:        {result.origin}, {result.log_size} leaves")
    lines += [f"problem:    {p.where}: {p.what}" for p in result.problems]
    lines += [f"remark:     {remark}" for remark in result.remarks]
    return "".join(f"{_plain(line)}\n" for line in lines)


def _plain(line: str) -> str:
    """Return a line that is one: what a bundle says may be made to look like a verdict."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in line)


def _voucher(one: Voucher) -> str:
    head = "" if one.size is None else f", {one.size} leaves"
    return f"{one.kind} by {one.who}, {one.at or 'at no known time'}{head}"
