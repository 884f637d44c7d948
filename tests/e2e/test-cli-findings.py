#!/usr/bin/python3
# test-cli-findings.py: what bootlace-cli finds in a firmware, and what it then does and does not do
#
# SPDX-License-Identifier: GPL-3.0-or-later

import contextlib
import hashlib
import json
import os
import pathlib
import pty
import subprocess
import tempfile

import bus
import firmware

CLI = os.environ['BOOTLACE_CLI']

SUCCESS, BAD_FILE, CONSENT = 0, 3, 11

PORT = '1-10'

temporary = tempfile.TemporaryDirectory(prefix='bootlace-cli-findings-')
FOLDER = pathlib.Path(temporary.name)
IMAGE = firmware.make(FOLDER / 'dfu.bin', '--app-size', '20000')
PARTS = {
    0x1000: 'bootloader.bin',
    0x8000: 'partition-table.bin',
    0x10000: 'blink.bin',
}


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def expect(result, status, *texts):
    check(
        result.returncode == status,
        f'exit status {result.returncode} instead of {status}:\n{result.stdout}',
    )
    for text in texts:
        check(text in result.stdout, f'no “{text}” in:\n{result.stdout}')


def call(*arguments):
    return bus.run([], [CLI, *map(str, arguments)])


def make_build(addresses=None, change=lambda files: None, **settings):
    """A build folder with the image's parts, some of them changed."""
    build = pathlib.Path(tempfile.mkdtemp(dir=FOLDER))
    files = {name: bytearray(data) for name, data in firmware.members(IMAGE.read_bytes())}
    change(files)
    for name in PARTS.values():
        (build / name).write_bytes(files[name])
    arguments = {
        'flash_settings': {'flash_size': '4MB', **settings},
        'flash_files': {hex(address): name for address, name in (addresses or PARTS).items()},
        'extra_esptool_args': {'chip': 'esp32s2'},
    }
    (build / 'flasher_args.json').write_text(json.dumps(arguments))
    return build


def damage_app(files):
    files['blink.bin'][10000] ^= 1


def shrink_bootloader(files):
    """For a flash of 2 MB, where the table reaches to 4 MB."""
    bootloader = files['bootloader.bin']
    bootloader[3] = 0x1F
    end = len(bootloader) - 32
    bootloader[end:] = hashlib.sha256(bootloader[:end]).digest()


def damage_table(files):
    files['partition-table.bin'][8] ^= 1


def make_alone():
    """An app and nothing else: a warning."""
    build = make_build({0x10000: 'blink.bin'})
    expect(call('build', '-o', build / 'dfu.bin', build), SUCCESS, 'Warning: ', 'no bootloader')
    return build / 'dfu.bin'


def run_in_terminal(board, answer, *words):
    main, side = pty.openpty()
    os.write(main, answer)
    run = board.start([CLI, *map(str, words)], stdin=side, stdout=side, stderr=side)
    os.close(side)
    output = b''
    with contextlib.suppress(OSError):  # the end of a terminal
        while chunk := os.read(main, 65536):
            output += chunk
    os.close(main)
    return run.wait(timeout=60), output.decode(errors='replace')


def is_untouched(board):
    return board.stats(PORT)['blocks'] == 0


def digests(path):
    return [hashlib.md5(data).hexdigest() for _, data in firmware.parts(path)]


def test_good_parts_are_described():
    result = call('inspect', IMAGE)
    expect(result, SUCCESS, 'all passed', 'checksum and SHA-256 verified', 'ELF SHA-256')
    expect(result, SUCCESS, 'blink 1.0.3 · ESP-IDF v5.2.1', 'factory', 'app, factory')
    expect(result, SUCCESS, *(f'MD5 {digest}' for digest in digests(IMAGE)))
    check('Error' not in result.stdout and 'Warning' not in result.stdout, result.stdout)


def test_good_parts_as_json():
    image = json.loads(call('inspect', '--json', IMAGE).stdout)
    bootloader, table, app = image['segments']
    check([part['md5'] for part in image['segments']] == digests(IMAGE), str(image))
    check(table['image'] is None, str(table))
    check(bootloader['image']['project'] is None, str(bootloader))
    for name, value in {'chip': 'ESP32-S2', 'checksum': 'good', 'complete': True}.items():
        check(bootloader['image'][name] == value, str(bootloader))
        check(app['image'][name] == value, str(app))
    check(app['image']['sha256'] == 'good', str(app))
    check(app['image']['project'] == 'blink' and app['image']['version'] == '1.0.3', str(app))
    check(app['image']['signature'] is None, str(app))
    factory = next(entry for entry in image['partitions'] if entry['label'] == 'factory')
    check(factory['kind'] == 'app, factory' and factory['address'] == 0x10000, str(factory))
    check(all(finding['severity'] == 'note' for finding in image['findings']), str(image))


def test_what_was_cut_is_told_piece_by_piece():
    path = firmware.make(FOLDER / 'large.bin', '--app-size', '1100000')
    members = {name: data for name, data in firmware.members(path.read_bytes())}
    pieces = [members[name] for name in ('blink.bin', 'blink.bin.1', 'blink.bin.2')]
    whole = hashlib.md5(b''.join(pieces)).hexdigest()
    sums = [hashlib.md5(data).hexdigest() for data in pieces]
    lines = [
        f'piece {i + 1}: {0x10000 + i * 524288:#010x}, {len(data)} bytes, MD5 {sums[i]}'
        for i, data in enumerate(pieces)
    ]
    expect(call('inspect', path), SUCCESS, f'MD5 {whole}', *lines)
    app = json.loads(call('inspect', '--json', path).stdout)['segments'][2]
    check(app['md5'] == whole, str(app))
    check([piece['md5'] for piece in app['pieces']] == sums, str(app))
    check([piece['size'] for piece in app['pieces']] == list(map(len, pieces)), str(app))
    check([piece['address'] for piece in app['pieces']] == [0x10000, 0x90000, 0x110000], str(app))


def test_md5_of_a_table_is_told():
    good = (make_build() / 'partition-table.bin').read_bytes()
    marker = good.index(b'\xeb\xeb')
    other = good[:8] + bytes([good[8] ^ 0x10]) + good[9:]
    for table, text, word in (
        (good, 'own MD5 verified', 'good'),
        (other, 'own MD5 wrong', 'wrong'),
        (good[:marker], 'no MD5 in the table', 'none'),
    ):
        build = make_build(change=lambda files: files.update({'partition-table.bin': table}))
        check(text in call('inspect', build).stdout, text)
        parts = json.loads(call('inspect', '--json', build).stdout)['segments']
        check([part['table'] for part in parts] == [None, {'md5': word}, None], str(parts))


def test_a_table_alone_is_shown():
    path = make_build() / 'partition-table.bin'
    expect(
        call('inspect', path),
        *(BAD_FILE, 'all passed', 'partition table', 'own MD5 verified', 'factory', 'app, factory'),
        *('does not say which chip', 'together with the bootloader or the app'),
    )
    image = json.loads(call('inspect', '--json', path).stdout)
    check([finding['kind'] for finding in image['findings']] == ['no-chip'], str(image))
    check(image['format'] == 'esp-binary' and image['chip'] is None, str(image))
    check('factory' in [entry['label'] for entry in image['partitions']], str(image))

    path.write_bytes(path.read_bytes()[:8] + b'\x01' + path.read_bytes()[9:])
    expect(call('inspect', path), BAD_FILE, 'failed, see below', 'not a valid partition table')
    expect(call('build', '-o', FOLDER / 'no.bin', path), BAD_FILE, 'which chip')


def test_raw_bytes_are_told_for_what_they_are():
    path = FOLDER / 'raw.bin'
    path.write_bytes(bytes(range(256)) * 20)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    expect(
        call('inspect', path),
        *(BAD_FILE, 'raw binary', '5.1 kB (5', digest, 'no header that Bootlace knows'),
        *('nothing in it to check', 'flash --raw --path', 'suffix add --device'),
    )
    image = json.loads(call('inspect', '--json', path).stdout)
    check((image['format'], image['size'], image['sha256']) == ('raw', 5120, digest), str(image))
    check([finding['kind'] for finding in image['findings']] == ['no-header'], str(image))
    check(json.loads(call('inspect', '--json', IMAGE).stdout)['sha256'] is None, 'it has parts')

    for start, *texts in (
        (b'PK\x03\x04', 'must be unpacked', 'ZIP archive'),
        (b'\x7fELF\x02\x01\x01', 'program for a computer', '64'),
    ):
        path.write_bytes(start + bytes(100))
        expect(call('inspect', path), BAD_FILE, *texts)


def test_failures_name_what_was_given():
    build = make_build(change=damage_app)
    output = build / 'out.bin'
    names = [build / name for name in PARTS.values()]
    numbered = [text for address, path in zip(PARTS, names) for text in (hex(address), path)]
    joined = ', '.join(map(str, names))
    for result in (
        call('build', '-o', output, *names),
        call('build', '-o', output, *numbered),
        call('flash', *names),
    ):
        expect(result, BAD_FILE, f'{joined}:\nError: ', 'its checksum is wrong')
    check('out.bin' not in call('build', '-o', output, build).stdout, 'it was not written')

    gone = build / 'gone.bin'
    for command in (['build', '-o', output], ['inspect'], ['flash']):
        expect(call(*command, names[0], gone), BAD_FILE, f'{names[0]}, {gone}: The file is not')


def test_errors_are_told_and_nothing_is_written():
    moved = {0x2000: 'bootloader.bin', 0x8000: 'partition-table.bin', 0x10000: 'blink.bin'}
    homeless = {0x1000: 'bootloader.bin', 0x8000: 'partition-table.bin', 0x300000: 'blink.bin'}
    for build, kind, text in (
        (make_build(change=damage_app), 'image-checksum', 'its checksum is wrong'),
        (make_build(change=damage_table), 'table-damaged', 'not a valid partition table'),
        (make_build(moved), 'bootloader-misplaced', 'looks for it at 0x00001000'),
        (make_build(homeless), 'application-homeless', 'no place for an app'),
        (
            make_build(change=shrink_bootloader),
            *('table-beyond-bootloader', 'reaches past the 2 MB'),
        ),
    ):
        result = call('inspect', build)
        expect(result, BAD_FILE, 'failed, see below', 'Error: ', text, 'blink.bin', 'bootloader')

        result = call('inspect', '--json', build)
        expect(result, BAD_FILE)
        image = json.loads(result.stdout)
        check(image['findings'][0]['kind'] == kind, str(image['findings']))
        check(image['findings'][0]['severity'] == 'error', str(image['findings']))
        check(len(image['segments']) == 3, str(image))

        output = build / 'old.bin'
        output.write_bytes(b'old')
        expect(call('build', '-o', output, build), BAD_FILE, 'Error: ', text)
        check(output.read_bytes() == b'old', 'a file was written')

        with bus.Bus(f'esp32s2@{PORT}') as board:
            for options in ([], ['--accept-warnings']):
                result = board.run([CLI, 'flash', *options, str(build)])
                expect(result, BAD_FILE, 'Error: ', text)
            check(is_untouched(board), f'{kind} was sent')


def test_warnings_need_consent():
    path = make_alone()
    expect(call('inspect', path), SUCCESS, 'passed with warnings', 'Warning: ', 'no bootloader')
    with bus.Bus(f'esp32s2@{PORT}') as board:
        result = board.run([CLI, 'flash', str(path)])
        expect(result, CONSENT, 'Warning: ', 'Nothing was written', '--accept-warnings')
        check(result.stdout.count('it has all parts') == 1, 'the same advice twice')
        check(is_untouched(board), 'it was sent without consent')

        result = board.run([CLI, 'flash', '--accept-warnings', str(path)])
        expect(result, SUCCESS, 'Warning: ', 'Written and verified')


def test_a_terminal_is_asked():
    path = make_alone()
    with bus.Bus(f'esp32s2@{PORT}') as board:
        for answer in (b'\n', b'n\n', b'N\n', b'yesterday\n', b'\xff\xfe\n', b'\x04'):
            status, output = run_in_terminal(board, answer, 'flash', path)
            check(status == CONSENT, f'{answer}: {status}\n{output}')
            check('[y/N]' in output and 'Nothing was written.' in output, output)
            check(is_untouched(board), f'{answer} was taken for consent')

        for answer in (b'y\n', b'yes\n', b' YES \n'):
            status, output = run_in_terminal(board, answer, 'flash', path)
            check(status == SUCCESS and 'Written and verified' in output, f'{answer}: {output}')


def test_a_terminal_is_asked_before_all_is_erased():
    contents = FOLDER / 'flash.bin'
    contents.write_bytes(bytes(1000))
    with bus.Bus(f'stm32f4@{PORT},flash={contents}') as board:
        for words in (('erase',), ('erase', '--read-unprotect')):
            status, output = run_in_terminal(board, b'n\n', *words)
            check(status == CONSENT, f'{words}: {status}\n{output}')
            check('[y/N]' in output and 'Nothing was erased.' in output, output)
            check(board.stats(PORT)['transfers'] == 0, f'{words} went to the board')

        status, output = run_in_terminal(board, b'y\n', 'erase')
        check(status == SUCCESS and 'Erased' in output, output)
        board.tell(f'save-flash {PORT} {contents}')
        check(set(contents.read_bytes()) == {0xFF}, 'not all was erased')


def test_half_a_terminal_is_not_asked():
    """Who does not see the question, or did not type the answer, has not consented."""
    path = make_alone()
    with bus.Bus(f'esp32s2@{PORT}') as board:
        for terminal, other in (('stdin', 'stderr'), ('stderr', 'stdin')):
            main, side = pty.openpty()
            os.write(main, b'y\n')
            with tempfile.TemporaryFile() as file:
                file.write(b'y\n')
                file.seek(0)
                streams = {terminal: side, other: file, 'stdout': subprocess.DEVNULL}
                run = board.start([CLI, 'flash', str(path)], **streams)
                os.close(side)
                status = run.wait(timeout=60)
            os.close(main)
            check(status == CONSENT, f'only {terminal} is a terminal: {status}')
            check(is_untouched(board), f'only {terminal} is a terminal, and it was sent')


def test_notes_stop_nobody():
    with bus.Bus(f'esp32s2@{PORT}') as board:
        status, output = run_in_terminal(board, b'', 'flash', IMAGE)
        check(status == SUCCESS and '[y/N]' not in output, output)


bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
