# esp_archive.py: makes ESP DFU files, independently of the program's own code
#
# SPDX-License-Identifier: GPL-3.0-or-later

import hashlib
import struct
import zlib

PARAMETERS = 'flash_params.dat'
PARAMETERS_FLAGS = 0x1C
BLOCK = 10240
DEFAULT_PART_SIZE = 512 * 1024


def member(name, data, mode=0o100644, links=0):
    fields = [0, mode, 0, 0, links, 0, len(data), 0, 0, 0, 0, len(name) + 1, 0]
    head = b'070701' + b''.join(b'%08x' % field for field in fields) + name.encode() + b'\0'
    return pad(head) + pad(data)


def pad(data):
    return data + bytes(-len(data) % 4)


def record(address, flags, name, data):
    return struct.pack('<II64s16s', address, flags, name.encode(), hashlib.md5(data).digest())


def parameters(flash_size):
    return struct.pack('<8I', 0, 0, 0, flash_size, 65536, 4096, 256, 0xFFFF)


def split(files, part_size):
    for name, address, data in files:
        for number, offset in enumerate(range(0, len(data), part_size)):
            part = data[offset : offset + part_size]
            yield (f'{name}.{number}' if number else name), address + offset, part


def make_payload(files, flash_size=4 * 1024 * 1024, part_size=DEFAULT_PART_SIZE):
    """files: (name, address, bytes), by ascending address. Without the suffix."""
    parts = list(split(files, part_size))
    settings = parameters(flash_size)
    table = record(0, PARAMETERS_FLAGS, PARAMETERS, settings)
    table += b''.join(record(address, 0, name, data) for name, address, data in parts)
    payload = member('dfuinfo0.dat', table) + member(PARAMETERS, settings)
    payload += b''.join(member(name, data) for name, _, data in parts)
    payload += member('TRAILER!!!', b'', mode=0, links=1)
    return payload + bytes(-len(payload) % BLOCK)


def add_suffix(payload, product=0x0002):
    suffix = struct.pack('<HHHH3sB', 0xFFFF, product, 0x303A, 0x0100, b'UFD', 16)
    checksum = zlib.crc32(payload + suffix) ^ 0xFFFFFFFF
    return payload + suffix + struct.pack('<I', checksum)


def make_file(files, product=0x0002, **options):
    return add_suffix(make_payload(files, **options), product)


# The files of the reference sample, of which every byte of the result is known.
GOLDEN = [
    ('bootloader.bin', 0x1000, bytes((7 * i + 3) % 256 for i in range(37))),
    (
        'partition-table.bin',
        0x8000,
        bytes({0: 0xAA, 1: 0x50}.get(i % 32, i) for i in range(64)),
    ),
    ('app.bin', 0x10000, bytes((13 * i + 1) % 256 for i in range(5000))),
]
