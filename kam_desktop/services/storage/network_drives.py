"""Tells network drives from local ones on Linux, macOS and Windows."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from pathlib import Path

_MOUNTINFO = Path("/proc/self/mountinfo")
_NETWORK_TYPES = frozenset(
    """
    9p acfs afpfs afs beegfs ceph cifs coda davfs gfs2 glusterfs gpfs lustre ncpfs nfs nfs4 ocfs2
    orangefs prl_fs pvfs2 shfs smb2 smb3 smbfs vboxsf vmhgfs webdav
    """.split()
)
_NETWORK_FUSE = re.compile(
    r"^fuse(blk)?\.(sshfs|rclone|gvfs|gvfsd-fuse|curlftpfs|davfs2?|s3fs|gcsfuse|goofys|glusterfs|"
    r"ceph|afp|smbnetfs|encfs-remote|google-drive-ocamlfuse|onedriver|dropbox|juicefs|mfs|moosefs|"
    r"vmhgfs-fuse|kio-fuse|nfs.*|smb.*)$"
)
_DRIVE_REMOTE = 4
_MNT_LOCAL = 0x1000


def network_drive(path: Path) -> str | None:
    """The kind of network drive ``path`` (resolved) lies on, or None for a local disk.

    What cannot be found out counts as local: this guards against a mistake, not against an attack.
    """
    try:
        if sys.platform == "win32":
            return _on_windows(path)
        if sys.platform == "darwin":
            return _on_macos(path)
        return network_mount(path, _MOUNTINFO.read_text(errors="surrogateescape"))
    except (OSError, ValueError, AttributeError):
        return None


def network_mount(path: Path, mountinfo: str) -> str | None:
    """The network file system type of ``path`` by the text of ``/proc/self/mountinfo``, or None.

    The longest mount point above the path counts, and of mounts on the same point the last.
    """
    best: tuple[int, str, str] = (-1, "", "")
    for line in mountinfo.splitlines():
        fields, _separator, tail = line.partition(" - ")
        parts, kinds = fields.split(" "), tail.split(" ")
        if len(parts) < 5 or len(kinds) < 3:
            continue
        point = Path(_unescaped(parts[4]))
        if path.is_relative_to(point) and len(point.parts) >= best[0]:
            best = (len(point.parts), kinds[0], kinds[2])
    return _network_type(best[1], best[2])


def _network_type(kind: str, options: str) -> str | None:
    if kind == "9p" and not re.search(r"trans=(tcp|rdma)|aname=drvfs", options):
        # Containers and sandboxes use 9p for what is their local disk; Windows drives in WSL and
        # real 9p servers are remote.
        return None
    if kind in _NETWORK_TYPES:
        return kind
    found = _NETWORK_FUSE.match(kind)
    return found[2] if found else None


def _unescaped(text: str) -> str:
    """``mountinfo`` writes space, tab, newline and backslash as three octal digits."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def _on_windows(path: Path) -> str | None:
    if path.drive.startswith("\\\\") and not path.drive.startswith(("\\\\?\\", "\\\\.\\")):
        return path.drive
    if path.drive.upper().startswith("\\\\?\\UNC"):
        return path.drive
    windll = getattr(ctypes, "windll")  # noqa: B009 - only there on Windows
    kind = windll.kernel32.GetDriveTypeW(f"{path.anchor}")
    return path.drive if kind == _DRIVE_REMOTE else None


class _StatFs(ctypes.Structure):
    """macOS's ``struct statfs`` with 64-bit inodes (sys/mount.h)."""

    _fields_ = (
        ("f_bsize", ctypes.c_uint32),
        ("f_iosize", ctypes.c_int32),
        ("f_counts", ctypes.c_uint64 * 5),
        ("f_fsid", ctypes.c_int32 * 2),
        ("f_owner", ctypes.c_uint32),
        ("f_type", ctypes.c_uint32),
        ("f_flags", ctypes.c_uint32),
        ("f_fssubtype", ctypes.c_uint32),
        ("f_fstypename", ctypes.c_char * 16),
        ("f_mntonname", ctypes.c_char * 1024),
        ("f_mntfromname", ctypes.c_char * 1024),
        ("f_reserved", ctypes.c_uint32 * 8),
    )


def _on_macos(path: Path) -> str | None:
    library = ctypes.CDLL(None, use_errno=True)
    # Intel Macs kept the old layout under the plain name.
    statfs = getattr(library, "statfs$INODE64", None) or library.statfs
    existing = next((p for p in (path, *path.parents) if p.exists()), Path("/"))
    found = _StatFs()
    if statfs(os.fsencode(existing), ctypes.byref(found)) != 0:
        return None
    return None if found.f_flags & _MNT_LOCAL else found.f_fstypename.decode(errors="replace")
