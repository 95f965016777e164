"""Where a live portfolio may not lie, and what is said about it."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kam_desktop.services.storage import location, network_drives
from kam_desktop.services.storage.cloud_folders import cloud_service
from kam_desktop.services.storage.network_drives import network_mount
from kam_desktop.services.storage.problems import Problem, StorageFaultError

MOUNTS = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
40 27 0:44 / /mnt/team rw,relatime shared:5 - nfs4 server:/team rw,vers=4.2
41 27 0:45 / /mnt/team/local rw,relatime - ext4 /dev/vdb rw
42 27 0:46 / /media/Z\040drive rw - cifs //server/share rw,vers=3.1.1
43 27 0:47 / /srv/kam/remote rw - fuse.sshfs kam@server: rw
44 27 0:48 / /srv/kam/drive rw - fuse.rclone drive: rw
45 27 0:49 / /mnt/c rw,noatime - 9p C:\134 rw,aname=drvfs;path=C:\;uid=0
46 27 0:50 / /sandbox rw - 9p none rw,trans=fd,rfdno=4
47 27 0:51 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
48 27 0:52 / /mnt/usb rw - fuseblk /dev/sdb1 rw
49 27 0:53 / /mnt/over rw - nfs server:/x rw
50 27 0:54 / /mnt/over rw - ext4 /dev/vdc rw
malformed line
"""


def problem_of(path: Path, **options: int) -> tuple[Problem, str]:
    with pytest.raises(StorageFaultError) as caught:
        location.require_good_location(path, **options)
    assert caught.value.remedy
    return caught.value.problem, str(caught.value)


class TestNetworkDrives:
    @pytest.mark.parametrize(
        ("path", "kind"),
        [
            ("/mnt/team/kam/clients.kam", "nfs4"),
            ("/media/Z drive/clients.kam", "cifs"),
            ("/srv/kam/remote/x.kam", "sshfs"),
            ("/srv/kam/drive/x.kam", "rclone"),
            ("/mnt/c/Users/kam/x.kam", "9p"),
            ("/run/user/1000/gvfs/smb-share/x.kam", "gvfsd-fuse"),
        ],
    )
    def test_a_remote_mount_is_named(self, path: str, kind: str) -> None:
        assert network_mount(Path(path), MOUNTS) == kind

    @pytest.mark.parametrize(
        "path",
        [
            "/srv/kam/clients.kam",
            "/mnt/team/local/x.kam",
            "/mnt/teammate/x.kam",
            "/sandbox/x.kam",
            "/mnt/usb/x.kam",
            "/mnt/over/x.kam",
        ],
    )
    def test_a_local_mount_is_not(self, path: str) -> None:
        assert network_mount(Path(path), MOUNTS) is None

    def test_nothing_known_counts_as_local(self) -> None:
        assert network_mount(Path("/x"), "") is None

    def test_a_live_file_there_is_refused_with_a_way_out(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mounts = tmp_path / "mountinfo"
        mounts.write_text(f"1 0 0:1 / {tmp_path} rw - smb3 //server/share rw\n")
        monkeypatch.setattr(network_drives, "_MOUNTINFO", mounts)
        monkeypatch.setattr("sys.platform", "linux")
        problem, text = problem_of(tmp_path / "clients.kam")
        assert problem is Problem.NETWORK_DRIVE
        assert "smb3" in text
        assert "Backups may lie on the network drive" in text


class TestCloudFolders:
    @pytest.mark.parametrize(
        ("mark", "service"),
        [
            (".dropbox", "Dropbox"),
            (".dropbox.cache/", "Dropbox"),
            (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
            (".tmp.driveupload/", "Google Drive"),
            ("._sync_0123abcd.db", "Nextcloud"),
            (".sync_0123abcd.db", "Nextcloud"),
            (".stfolder/", "Syncthing"),
            (".sync/ID", "Resilio Sync"),
        ],
    )
    def test_marks_above_the_file_are_found(self, tmp_path: Path, mark: str, service: str) -> None:
        file = tmp_path / "Synced" / "Clients" / "Deep" / "x.kam"
        file.parent.mkdir(parents=True)
        at = tmp_path / "Synced" / mark
        if mark.endswith("/"):
            at.mkdir()
        else:
            at.parent.mkdir(exist_ok=True)
            at.touch()
        assert cloud_service(file, home=tmp_path, environment={}) == service

    @pytest.mark.parametrize(
        ("folder", "service"),
        [
            ("OneDrive", "OneDrive"),
            ("OneDrive - Example Foods", "OneDrive"),
            ("Dropbox (Personal)", "Dropbox"),
            ("Nextcloud2", "Nextcloud"),
            ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
            ("Library/CloudStorage/GoogleDrive-kam@example.com", "GoogleDrive"),
            ("iCloudDrive", "iCloud Drive"),
        ],
    )
    def test_usual_names_in_the_home_folder_are_found(
        self, tmp_path: Path, folder: str, service: str
    ) -> None:
        (tmp_path / folder).mkdir(parents=True)
        assert cloud_service(tmp_path / folder / "x.kam", home=tmp_path, environment={}) == service

    @pytest.mark.parametrize("folder", ["Documents/Dropbox", "dropbox notes", "Boxes", "Offers"])
    def test_other_folders_are_not(self, tmp_path: Path, folder: str) -> None:
        (tmp_path / folder).mkdir(parents=True)
        assert cloud_service(tmp_path / folder / "x.kam", home=tmp_path, environment={}) is None

    def test_settings_of_a_service_in_the_home_folder_do_not_taint_it(self, tmp_path: Path) -> None:
        (tmp_path / ".dropbox").mkdir()
        (tmp_path / ".sync").mkdir()
        assert cloud_service(tmp_path / "x.kam", home=tmp_path, environment={}) is None

    def test_onedrive_says_where_it_is(self, tmp_path: Path) -> None:
        environment = {"OneDriveCommercial": str(tmp_path / "Elsewhere")}
        file = tmp_path / "Elsewhere" / "x.kam"
        assert cloud_service(file, home=None, environment=environment) == "OneDrive"

    def test_dropbox_says_where_it_is(self, tmp_path: Path) -> None:
        (tmp_path / ".dropbox").mkdir()
        info = {"business": {"path": str(tmp_path / "Moved"), "host": 1}}
        (tmp_path / ".dropbox" / "info.json").write_text(json.dumps(info))
        file = tmp_path / "Moved" / "x.kam"
        assert cloud_service(file, home=tmp_path, environment={}) == "Dropbox"

    @pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', '{"a": {"path": 5}}'])
    def test_a_strange_dropbox_file_is_passed_over(self, tmp_path: Path, content: str) -> None:
        (tmp_path / ".dropbox").mkdir()
        (tmp_path / ".dropbox" / "info.json").write_text(content)
        assert cloud_service(tmp_path / "x.kam", home=tmp_path, environment={}) is None

    def test_a_live_file_there_is_refused_with_a_way_out(self, tmp_path: Path) -> None:
        (tmp_path / ".stfolder").mkdir()
        problem, text = problem_of(tmp_path / "clients.kam")
        assert problem is Problem.CLOUD_FOLDER
        assert "Syncthing" in text
        assert "backups may lie in this one" in text


class TestTheFolder:
    def test_a_good_place_passes_and_nothing_is_left_there(self, tmp_path: Path) -> None:
        location.require_good_location(tmp_path / "clients.kam", space_needed=1)
        assert not list(tmp_path.iterdir())

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        assert problem_of(tmp_path / "gone" / "x.kam")[0] is Problem.FOLDER_MISSING

    def test_too_little_space(self, tmp_path: Path) -> None:
        assert problem_of(tmp_path / "x.kam", space_needed=2**62)[0] is Problem.NO_SPACE

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
    def test_a_folder_without_rights(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o500)
        assert problem_of(tmp_path / "x.kam")[0] is Problem.READ_ONLY

    @pytest.mark.parametrize(
        ("number", "problem"),
        [
            (errno.ENOSPC, Problem.NO_SPACE),
            (errno.EDQUOT, Problem.NO_SPACE),
            (errno.EROFS, Problem.READ_ONLY),
            (errno.ENOENT, Problem.FOLDER_MISSING),
            (errno.ENODEV, Problem.FOLDER_MISSING),
            (errno.EIO, Problem.NO_ACCESS),
        ],
    )
    def test_what_the_system_says_is_told_apart(
        self, tmp_path: Path, number: int, problem: Problem
    ) -> None:
        fault = location.trouble_with(tmp_path / "x.kam", OSError(number, os.strerror(number)))
        assert fault.problem is problem
        assert fault.remedy


@pytest.fixture
def read_only_mount(tmp_path: Path) -> Iterator[Path]:
    """A really read-only file system, where this computer lets us mount one."""
    mount = shutil.which("mount")
    point = tmp_path / "mounted"
    point.mkdir()
    command = [mount or "mount", "-t", "tmpfs", "-o", "ro,size=64k", "tmpfs", str(point)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount")
    yield point
    subprocess.run(["umount", str(point)], check=True)


def test_a_read_only_disk(read_only_mount: Path) -> None:
    assert problem_of(read_only_mount / "x.kam", space_needed=0)[0] is Problem.READ_ONLY
