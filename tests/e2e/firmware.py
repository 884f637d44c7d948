# firmware.py: firmware files for the end-to-end tests, and what they leave in a flash
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import subprocess

FLASH_SIZE = 4 * 1024 * 1024

HEADER = 110
NAME_SIZE = slice(94, 102)
FILE_SIZE = slice(54, 62)
RECORD = 88


def make(path, *options):
    """Writes a firmware file with the tests' own program; see make-image --help."""
    subprocess.run([os.environ['MAKE_IMAGE'], *options, str(path)], check=True)
    return path


def members(contents):
    """The files of a cpio archive, as pairs of name and bytes."""
    offset = 0
    while contents[offset : offset + 6] == b'070701':
        header = contents[offset : offset + HEADER]
        name_size, size = int(header[NAME_SIZE], 16), int(header[FILE_SIZE], 16)
        name = contents[offset + HEADER : offset + HEADER + name_size - 1]
        start = offset + (HEADER + name_size + 3) // 4 * 4
        yield name.decode(), contents[start : start + size]
        offset = start + (size + 3) // 4 * 4


def flash_after(path, before=b'\xff' * FLASH_SIZE):
    """What a flash holds when the archive at path was written to it."""
    files = dict(members(path.read_bytes()))
    table = files['dfuinfo0.dat']
    flash = bytearray(before)
    for start in range(0, len(table), RECORD):
        record = table[start : start + RECORD]
        name = record[8:72].split(b'\0')[0].decode()
        if name == 'flash_params.dat':
            continue
        address = int.from_bytes(record[:4], 'little')
        data = files[name]
        end = address + len(data)
        flash[address // 4096 * 4096 : (end + 4095) // 4096 * 4096] = b'\xff' * (
            (end + 4095) // 4096 * 4096 - address // 4096 * 4096
        )
        flash[address:end] = data
    return bytes(flash)
