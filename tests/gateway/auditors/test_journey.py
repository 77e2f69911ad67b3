"""An auditor's day: invited, finds three documents, verifies them alone, and sees nothing else."""

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.auditors.invited import done, ids, invited
from tests.gateway.houses import Shop, invoice, opened

ISSUED = "/v1/evidence-sets/issued"


def _bare(folder: Path, key: str, bundle: str) -> int:
    """Verify a bundle with its own verifier: without the environment, and without packages."""
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-I", "-S", "verify.py", "--key", key, bundle],
        cwd=folder,
        env={},
        capture_output=True,
        check=False,
    ).returncode


@pytest.mark.timeout(300)
def test_an_auditor_finds_verifies_and_leaves(postgres: EmbeddedPostgres, tmp_path: Path) -> None:
    with opened(postgres, tmp_path / "data") as house:
        shop, other = Shop.opened(house), Shop.opened(house)
        body = invoice(profile="en16931-ubl")
        shop.call("POST", "/v1/series", {"code": "CRN"})
        sold = [shop.issued(body) for _ in range(3)]
        hidden = [shop.issued(body, "credit-notes"), shop.draft(body), other.issued(body)]
        made = invited(shop, kinds=["invoice"], directions=["issued"])
        token = made["token"]

        # She finds the three: all of them, and each by what stands on the paper.
        assert ids(shop, ISSUED, token) == {one["id"] for one in sold}
        for one in sold:
            for asked in (f"number={one['number']}", f"sha256={one['sha256']}"):
                assert ids(shop, f"{ISSUED}?{asked}", token) == {one["id"]}

        # She downloads, and verifies without us, by a key that she fetched for herself.
        key = shop.call("GET", "/v1/log/key", key=token).text.strip()
        for one in sold:
            found = shop.call("GET", f"{ISSUED}?number={one['number']}", key=token).json()["data"]
            content = shop.call("GET", found[0]["bundle_url"], key=token).content
            with zipfile.ZipFile(BytesIO(content)) as members:
                members.extract("verify.py", tmp_path)
            (tmp_path / "bundle.zip").write_bytes(content)
            assert _bare(tmp_path, key, "bundle.zip") == 0
            flipped = bytearray(content)
            flipped[len(content) // 2] ^= 1
            (tmp_path / "bad.zip").write_bytes(flipped)
            assert _bare(tmp_path, key, "bad.zip") == 1

        # She has all of it put into one file, and verifies that.
        home = "/v1/evidence-sets/issued/bundles"
        job = shop.call("POST", home, {}, key=token).json()["id"]
        assert done(shop, job, token)["result"]["documents"] == 3
        whole = shop.call("GET", f"{home}/{job}/file", key=token).content
        (tmp_path / "all.zip").write_bytes(whole)
        assert _bare(tmp_path, key, "all.zip") == 0

        # She sees nothing else.
        for one in hidden:
            for rest in ("", "/evidence", "/bundle"):
                answer = shop.call("GET", f"/v1/documents/{one['id']}{rest}", key=token)
                assert answer.status_code == 404
        assert shop.call("GET", "/v1/inbox", key=token).status_code == 403

        # The shop sees what she looked at, and ends it.
        listed = shop.get(f"/v1/auditors/{made['id']}/accesses?limit=200")["data"]
        bundles = {one["subject_id"] for one in listed if one["path"].endswith("/bundle")}
        assert bundles >= {one["id"] for one in sold}
        assert {one["shows"] for one in listed if one["path"].endswith("/bundle")} == {"file"}
        assert shop.call("DELETE", f"/v1/auditors/{made['id']}").status_code == 204
        assert shop.call("GET", ISSUED, key=token).status_code == 401
        assert shop.call("GET", f"{home}/{job}/file", key=token).status_code == 401
