# firmware.py: firmware files for the end-to-end tests, and what they leave in a flash
#
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import struct
import subprocess

FLASH_SIZE = 4 * 1024 * 1024

HEADER = 110
NAME_SIZE = slice(94, 102)
FILE_SIZE = slice(54, 62)
RECORD = 88

# Where a build has its files, by the addresses where these go.
PARTS = {
    0x1000: 'bootloader/bootloader.bin',
    0x8000: 'partition_table/partition-table.bin',
    0x10000: 'blink.bin',
}

UF2_ESP32S2 = 0xBFDD4EEE
UF2_ESP32C3 = 0xD42BA06C
UF2_STM32F4 = 0x57755A57


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


def parts(path):
    """What an archive writes, as pairs of address and bytes."""
    files = dict(members(path.read_bytes()))
    table = files['dfuinfo0.dat']
    for start in range(0, len(table), RECORD):
        record = table[start : start + RECORD]
        name = record[8:72].split(b'\0')[0].decode()
        if name != 'flash_params.dat':
            yield int.from_bytes(record[:4], 'little'), files[name]


def flash_after(path, before=b'\xff' * FLASH_SIZE):
    """What a flash holds when the archive at path was written to it."""
    flash = bytearray(before)
    for address, data in parts(path):
        end = address + len(data)
        flash[address // 4096 * 4096 : (end + 4095) // 4096 * 4096] = b'\xff' * (
            (end + 4095) // 4096 * 4096 - address // 4096 * 4096
        )
        flash[address:end] = data
    return bytes(flash)


def write_uf2(path, family, pieces):
    """Writes pairs of address and bytes as UF2, in blocks of 256 bytes."""
    chunks = [
        (address + i, data[i : i + 256]) for address, data in pieces for i in range(0, len(data), 256)
    ]
    blocks = [
        struct.pack('<8I', 0x0A324655, 0x9E5D5157, 0x2000, address, len(data), i, len(chunks), family)
        + data.ljust(476, b'\0')
        + struct.pack('<I', 0x0AB16F30)
        for i, (address, data) in enumerate(chunks)
    ]
    path.write_bytes(b''.join(blocks))
    return path


def write_hex(path, pieces):
    """Writes pairs of address and bytes as Intel HEX."""

    def record(kind, offset, data):
        head = struct.pack('>BHB', len(data), offset, kind) + data
        return f':{head.hex()}{-sum(head) & 0xFF:02x}\n'

    lines = []
    for start, data in pieces:
        for i in range(0, len(data), 16):
            address = start + i
            lines.append(record(4, 0, struct.pack('>H', address >> 16)))
            lines.append(record(0, address & 0xFFFF, data[i : i + 16]))
    path.write_text(''.join(lines) + record(1, 0, b''))
    return path


def make_build(project, image, **changes):
    """A project whose build folder holds what an image was made from. Answers the folder."""
    files = dict(members(image.read_bytes()))
    for path in PARTS.values():
        target = project / 'build' / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(files[target.name])
    arguments = {
        'flash_settings': {'flash_size': '4MB'},
        'flash_files': {hex(address): path for address, path in PARTS.items()},
        'extra_esptool_args': {'chip': 'esp32s2'},
    }
    arguments.update(changes)
    (project / 'build/flasher_args.json').write_text(json.dumps(arguments))
    return project / 'build'
