"""A backup restored aside: what is whole, what is not, and what others know."""

import datetime
from pathlib import Path

import pytest

from gateway.archive.checkpoint import Checkpoint
from gateway.archive.stores.terms import Term
from gateway.archive.verify.signed import read_key
from gateway.backups.drill import drill
from gateway.backups.errors import BackupError
from gateway.backups.manifest import DUMP, NAME, Manifest
from gateway.backups.proofs import prove
from gateway.fsck.service import snapshot
from gateway.kit.secrets import MasterKey
from tests.gateway.backups.conftest import Stage, Works, backed_up, silent, spoiled


def a_file(backup: Path) -> Path:
    return min((backup / "archive" / "entities").rglob("[0-9a-f]" * 64))


def test_a_backup_made_while_documents_are_issued_is_whole(works: Works) -> None:
    drilled = drill(works.asked("whole", copy=True), silent)
    assert drilled.findings == []
    assert works.before <= drilled.documents <= works.after
    assert drilled.files == works.manifest.files
    assert drilled.proved.checked == drilled.proved.leaves >= works.manifest.leaves
    assert drilled.proved.leaves == 5 * drilled.documents
    assert drilled.fsck is not None
    looked_at = drilled.fsck.invariants["INV5"].examined
    assert looked_at == {
        "documents": drilled.documents,
        "files": drilled.proved.leaves,
        "last days": drilled.documents,
    }
    assert set(drilled.seconds) >= {"restore the database", "check the invariants"}
    json = drilled.as_dict()
    assert (json["ok"], json["documents"]) == (True, drilled.documents)


def test_a_backup_that_others_know_more_than_refuses_to_go_on(works: Works, stage: Stage) -> None:
    works.shop.issued()
    drilled = stage.drilled("behind")
    assert drilled.ok
    size = works.house.sql("select max(size) from log_checkpoint")[0][0]
    assert drilled.behind == size - drilled.proved.leaves > 0
    assert drilled.refusal is not None
    assert f"{size} are known to" in drilled.refusal
    published = (works.data / "log" / "checkpoint").read_text()
    assert published.split("\n")[1] == str(size)  # of the living: as it was
    alone = stage.drilled("alone", live=works.folder / "nowhere")
    assert (alone.behind, alone.refusal) == (0, None)


def test_a_share_of_the_proofs_is_followed(stage: Stage) -> None:
    drilled = stage.drilled("share", step=7)
    assert drilled.findings == []
    assert drilled.proved.checked == -(-drilled.proved.leaves // 7)


def test_damaged_and_missing_files_are_named(works: Works, stage: Stage) -> None:
    backup = spoiled(works, "damaged")
    damaged = a_file(backup)
    damaged.write_bytes(damaged.read_bytes() + b" ")
    drilled = stage.drilled("damaged", backup=backup)
    assert drilled.findings
    assert all(one.startswith("INV5") for one in drilled.findings)
    few = len(drilled.findings)
    gone = sorted(damaged.parent.parent.rglob("[0-9a-f]" * 64))[1]
    gone.unlink()
    more = stage.drilled("missing", backup=backup).findings
    assert len(more) > few
    assert set(drilled.findings) < set(more)


@pytest.mark.parametrize("spoil", ["manifest", "dump", "head"])
def test_what_is_no_whole_backup_is_not_restored(works: Works, spoil: str) -> None:
    backup = spoiled(works, spoil)
    if spoil == "manifest":
        (backup / NAME).unlink()
    else:
        path = backup / (DUMP if spoil == "dump" else "log/checkpoint")
        path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(BackupError):
        drill(works.asked(f"not-{spoil}", backup=backup), silent)
    assert list((works.folder / f"not-{spoil}").iterdir()) == []


def test_without_its_master_key_a_backup_is_worth_nothing(works: Works, stage: Stage) -> None:
    other = stage.drilled("other-key", master_key=MasterKey(b"k" * 32))
    assert other.refusal is not None
    assert [one for one in other.findings if works.manifest.master_key[0] in one]
    assert not stage.drilled("no-key", master_key=None).ok


def test_a_head_of_another_history_is_found(works: Works, stage: Stage) -> None:
    key = works.house.runtime.archive.key
    note = Checkpoint(key.origin, works.manifest.leaves, b"\1" * 32).sign(key.private)
    path = works.folder / "kept.checkpoint"
    path.write_text(note)
    drilled = stage.drilled("history", given=[path])
    assert [(one.who, one.outcome) for one in drilled.known if one.wrong] == [
        (str(path), "contradicts")
    ]
    assert len(drilled.findings) == 1
    path.write_text(note.replace("\n\n", "\nx\n\n"))
    again = stage.drilled("forged", given=[path])
    assert [one.outcome for one in again.known if one.wrong] == ["unreadable"]


def test_a_proof_that_leads_elsewhere_is_named(works: Works) -> None:
    house = works.house
    key = read_key((works.data / "log" / "key").read_text())
    [(kept,)] = house.sql("select hash from log_node where level = 0 and index = 1")
    forge = "update log_node set hash = %s where level = 0 and index = 1"
    house.sql("alter table log_node disable trigger all")
    house.sql(forge, b"\2" * 32)
    try:
        with snapshot(house.admin_url) as seen:
            proved = prove(seen, house.runtime.database, key, 1, lambda _done, _of: None)
    finally:
        house.sql(forge, kept)
        house.sql("alter table log_node enable trigger all")
    assert proved.wrong == [0]
    assert proved.problem is None


def test_the_next_backup_links_what_the_former_has(works: Works) -> None:
    works.shop.issued()
    target = works.folder / "next"
    kept = works.data / a_file(works.backup).relative_to(works.backup)
    Term(datetime.date(2036, 12, 31)).write(kept, works.data / "archive" / "incoming")
    made = backed_up(works.house, target, former=works.backup)
    assert Manifest.read(target) == made
    path = a_file(works.backup)
    same = target / path.relative_to(works.backup)
    assert same.stat().st_ino == path.stat().st_ino
    assert Term.of(same) == Term(datetime.date(2036, 12, 31))
    assert Term.of(path) is None
    assert made.files is not None
    assert works.manifest.files is not None
    assert made.files > works.manifest.files
    with pytest.raises(BackupError, match="not empty"):
        backed_up(works.house, target)
