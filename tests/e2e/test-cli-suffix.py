#!/usr/bin/python3
# test-cli-suffix.py: bootlace-cli suffix, and dfu-util's dfu-suffix on the same files
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import pathlib
import random
import shutil
import subprocess
import tempfile
import zlib

import bus
import firmware

CLI = os.environ['BOOTLACE_CLI']

SUCCESS, FAILURE, USAGE, BAD_FILE = 0, 1, 2, 3

temporary = tempfile.TemporaryDirectory(prefix='bootlace-cli-suffix-')
FOLDER = pathlib.Path(temporary.name)
PAYLOAD = random.Random(9).randbytes(3001)


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def run(*arguments):
    return subprocess.run(
        [*map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors='replace',
        timeout=120,
    )


def expect(status, arguments, *texts):
    result = run(CLI, 'suffix', *arguments)
    check(
        result.returncode == status,
        f'{arguments}: exit status {result.returncode} instead of {status}:\n{result.stdout}',
    )
    for text in texts:
        check(text in result.stdout, f'no “{text}” in:\n{result.stdout}')


def dfu_suffix(*arguments):
    result = run('dfu-suffix', *arguments)
    check(result.returncode == 0, result.stdout)
    return result.stdout


def make(contents=PAYLOAD):
    path = pathlib.Path(tempfile.mkdtemp(dir=FOLDER), 'firmware.dfu')
    path.write_bytes(contents)
    return path


def names_in(path):
    return sorted(entry.name for entry in path.parent.iterdir())


def test_dfu_suffix_reads_ours():
    for options, ids in (
        ([], ('0xFFFF', '0xFFFF', '0xFFFF', '0x0100')),
        (['--device', '0483:df11'], ('0x0483', '0xDF11', '0xFFFF', '0x0100')),
        (['-d', '0x1209:1:0102'], ('0x1209', '0x0001', '0x0102', '0x0100')),
        (
            ['--device=1209:ffff', '--release=10', '--spec=1.1a'],
            ('0x1209', '0xFFFF', '0x0010', '0x011A'),
        ),
    ):
        path = make()
        expect(SUCCESS, ['add', *options, path], f'{path}: DFU suffix for [')
        output = dfu_suffix('--check', path)
        for label, value in zip(('Vendor ID', 'Product ID', 'BCD device', 'BCD DFU'), ids):
            check(f'{label}:\t{value}' in output, f'{options}: {output}')
        check(names_in(path) == ['firmware.dfu'], 'something is left')
        dfu_suffix('--delete', path)
        check(path.read_bytes() == PAYLOAD, 'the firmware differs')


def test_ours_are_theirs_byte_for_byte():
    ours, theirs = make(), make()
    expect(SUCCESS, ['add', '-d', '1234:5678:9abc', ours])
    dfu_suffix('-v', '1234', '-p', '5678', '-d', '9abc', '-a', theirs)
    check(ours.read_bytes() == theirs.read_bytes(), 'the files differ')


def test_theirs_are_read_and_removed():
    path = make()
    dfu_suffix('--vid', '0483', '--pid', 'df11', '--did', '2200', '--spec', '011a', '-a', path)
    expect(
        SUCCESS,
        ['check', path],
        str(path),
        '[0483:df11]',
        'Release      2200',
        '1.1a (0x011a)',
        '16 bytes',
        ', right',
    )
    expect(SUCCESS, ['remove', path], f'{path}: DFU suffix removed')
    check(path.read_bytes() == PAYLOAD, 'the firmware differs')


def test_another_output_leaves_the_input():
    path = make()
    output = path.with_name('new.dfu')
    expect(SUCCESS, ['add', '-d', '1209:1', '-o', output, path], str(output))
    check(path.read_bytes() == PAYLOAD, 'the input was changed')
    expect(SUCCESS, ['check', output], '[1209:0001]', 'any')

    shorter = path.with_name('old.bin')
    before = output.read_bytes()
    expect(SUCCESS, ['remove', '-o', shorter, output])
    check(shorter.read_bytes() == PAYLOAD, 'the firmware differs')
    check(output.read_bytes() == before, 'the input was changed')
    expect(USAGE, ['remove', '-o', output, output], 'another name')
    check(output.read_bytes() == before, 'the input was changed')


def pipe(contents, *arguments):
    result = subprocess.run(
        [CLI, 'suffix', *map(str, arguments)],
        input=contents,
        capture_output=True,
        cwd=FOLDER,
        timeout=120,
    )
    check(result.returncode == SUCCESS, result.stderr)
    check(not (FOLDER / '-').exists(), 'a file called “-”')
    return result


def test_through_a_pipe():
    path = make()
    expect(SUCCESS, ['add', '-d', '1209:1', path])
    added = pipe(PAYLOAD, 'add', '-d', '1209:1', '-')
    check(added.stdout == path.read_bytes(), 'the files differ')
    check(b'added' in added.stderr, added.stderr)
    check(b'[1209:0001]' in pipe(added.stdout, 'check', '-').stdout, 'not checked')
    check(pipe(added.stdout, 'remove', '-').stdout == PAYLOAD, 'the firmware differs')
    check(pipe(b'', 'remove', '-o', '-', path).stdout == PAYLOAD, 'the firmware differs')


def test_no_second_suffix():
    path = make()
    expect(SUCCESS, ['add', '-d', '1209:1', path])
    before = path.read_bytes()
    expect(USAGE, ['add', '-d', '1209:2', path], 'already', '--force')
    check(path.read_bytes() == before, 'the file was changed')
    expect(SUCCESS, ['add', '-d', '1209:2', '--force', path])
    expect(SUCCESS, ['check', path], '[1209:0002]')
    check(path.read_bytes()[:-16] == PAYLOAD, 'the old suffix is still there')


def test_damage_is_described():
    path = make()
    expect(SUCCESS, ['add', '-d', '1209:1', path])
    good = path.read_bytes()
    path.write_bytes(b'?' + good[1:])
    crc = int.from_bytes(good[-4:], 'little')
    expect(
        BAD_FILE,
        ['check', path],
        '[1209:0001]',
        f'0x{crc:08x}, but 0x',
        'is expected: the file is damaged',
    )
    expect(BAD_FILE, ['remove', path], 'damaged')
    check(len(path.read_bytes()) == len(good), 'the file was changed')
    expect(SUCCESS, ['remove', '--force', path])
    check(path.read_bytes() == b'?' + PAYLOAD[1:], 'the firmware differs')

    path.write_bytes(good[:-5] + b'\3' + good[-4:])
    expect(BAD_FILE, ['check', path], '3 bytes, which cannot be')
    expect(BAD_FILE, ['remove', '--force', path])


def end_with_suffix(payload, length, extra=b''):
    """A file whose suffix says how long it is, with the CRC that belongs to that."""
    contents = payload + extra + bytes.fromhex('ffff01000912 0001') + b'UFD' + bytes([length])
    return contents + (zlib.crc32(contents) ^ 0xFFFFFFFF).to_bytes(4, 'little')


def test_length_counts_even_if_the_crc_is_right():
    for length in (3, 200):
        path = make(end_with_suffix(PAYLOAD[:100], length))
        expect(BAD_FILE, ['check', path], f'{length} bytes, which cannot be', ', right')

    path = make(end_with_suffix(PAYLOAD, 20, b'more'))
    expect(SUCCESS, ['check', path], '20 bytes', ', right')
    expect(SUCCESS, ['remove', path])
    check(path.read_bytes() == PAYLOAD, 'not all of the suffix was removed')

    path = make(end_with_suffix(b'', 16))
    before = path.read_bytes()
    expect(BAD_FILE, ['remove', path], 'nothing but a DFU suffix')
    check(path.read_bytes() == before, 'the file was changed')


def test_a_dfuse_file_keeps_its_specification():
    path = make()
    dfuse = path.with_name('dfuse.dfu')
    result = run(CLI, 'convert', '-o', dfuse, '--to=dfuse', '-d', '0483:df11', '-a', '0', path)
    check(result.returncode == SUCCESS, result.stdout)
    expect(SUCCESS, ['add', '--force', '-d', '0483:df11', dfuse])
    expect(SUCCESS, ['check', dfuse], '1.1a (0x011a)')


def test_no_suffix():
    path = make()
    for action in ('check', 'remove'):
        expect(BAD_FILE, [action, path], f'{path}: There is no DFU suffix')
    check(path.read_bytes() == PAYLOAD, 'the file was changed')

    nothing = make(PAYLOAD[:1])
    expect(SUCCESS, ['add', nothing])
    nothing.write_bytes(b'')
    expect(BAD_FILE, ['check', nothing], 'empty')
    expect(BAD_FILE, ['check', path.with_name('gone')], 'not there')


def test_what_the_rom_would_write_blindly():
    """A suffix must not turn bytes into a file that destroys the board's program."""
    path = make()
    expect(BAD_FILE, ['add', '-d', '303a:2', path], 'ESP32-S2', 'no ESP archive')
    check(path.read_bytes() == PAYLOAD, 'the file was changed')

    archive = firmware.make(path.with_name('dfu.bin'), '--app-size', '20000')
    before = archive.read_bytes()
    expect(SUCCESS, ['remove', archive])
    expect(SUCCESS, ['add', '-d', '303a:2', archive])
    check(archive.read_bytes() == before, 'the archive differs')


def test_usage():
    path = make()
    for arguments in (
        [],
        ['add'],
        ['add', path, path],
        ['delete', path],
        ['check', '--force', path],
        ['check', '-o', path, path],
        ['check', '-d', '1209:1', path],
        ['remove', '--spec', '1.0', path],
        ['add', '--dance', path],
        ['add', '-d', '1209', path],
        ['add', '-d', '1209:', path],
        ['add', '-d', '1209:10000', path],
        ['add', '-d', '1209:1:2:3', path],
        ['add', '-d', 'nxp:1', path],
        ['add', '--release', '1.2', path],
        ['add', '--spec', '1.2', path],
    ):
        expect(USAGE, arguments)
        check(path.read_bytes() == PAYLOAD, f'{arguments} changed the file')


def test_what_cannot_be_written():
    path = make()
    expect(FAILURE, ['add', '-o', path.with_name('gone') / 'x', path], 'does not exist')
    expect(FAILURE, ['add', '-o', path.parent, path], 'already a folder')


try:
    bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
finally:
    shutil.rmtree(FOLDER)
