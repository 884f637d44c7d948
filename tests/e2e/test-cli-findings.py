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


def flash_in_terminal(board, path, answer):
    main, side = pty.openpty()
    os.write(main, answer)
    run = board.start([CLI, 'flash', str(path)], stdin=side, stdout=side, stderr=side)
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
            status, output = flash_in_terminal(board, path, answer)
            check(status == CONSENT, f'{answer}: {status}\n{output}')
            check('[y/N]' in output and 'Nothing was written.' in output, output)
            check(is_untouched(board), f'{answer} was taken for consent')

        for answer in (b'y\n', b'yes\n', b' YES \n'):
            status, output = flash_in_terminal(board, path, answer)
            check(status == SUCCESS and 'Written and verified' in output, f'{answer}: {output}')


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
        status, output = flash_in_terminal(board, IMAGE, b'')
        check(status == SUCCESS and '[y/N]' not in output, output)


bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
