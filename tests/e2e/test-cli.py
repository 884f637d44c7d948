#!/usr/bin/python3
# test-cli.py: bootlace-cli as its own process on the virtual bus
#
# SPDX-License-Identifier: GPL-3.0-or-later

import contextlib
import fcntl
import json
import os
import pathlib
import pty
import re
import signal
import struct
import subprocess
import tempfile
import termios

import bus
import firmware

CLI = os.environ['BOOTLACE_CLI']

SUCCESS, FAILURE, USAGE, BAD_FILE, NO_DEVICE, NO_ACCESS = 0, 1, 2, 3, 4, 5
WRONG_DEVICE, DEVICE_FAILED, DEVICE_LOST, CANCELLED, BUSY = 6, 7, 8, 9, 10

PORT = '1-10'
RESET_HINT = 'Press RESET on the board to start it'

temporary = tempfile.TemporaryDirectory(prefix='bootlace-cli-')
FOLDER = pathlib.Path(temporary.name)
IMAGE = firmware.make(FOLDER / 'dfu.bin', '--app-size', '20000')
N_BLOCKS = (IMAGE.stat().st_size - 16 + 63) // 64


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


@contextlib.contextmanager
def one_board(mode='runtime', transfer_us=0):
    """A bus with one board. Whatever happens to it, in the end it must be ready for the next try,
    which is made here."""
    with bus.Bus(f'esp32s2@{PORT},mode={mode}') as board:
        board.tell(f'slow-transfers {PORT} {transfer_us}')
        yield board
        board.tell(f'slow-transfers {PORT} 0')
        board.tell(f'clear-faults {PORT}')
        expect(board.run([CLI, 'flash', str(IMAGE)]), SUCCESS, 'Written and verified')
        check(saved_flash(board) == firmware.flash_after(IMAGE), 'the second try wrote nonsense')


def saved_flash(board, path=PORT):
    saved = FOLDER / f'saved-{path}.bin'
    board.tell(f'save-flash {path} {saved}')
    return saved.read_bytes()


def start_again(board):
    """As a person does: pull the plug, put it in again with BOOT held."""
    if f'{PORT}=unplugged' not in board.tell('list'):
        board.tell(f'unplug {PORT}')
    board.tell(f'hold-boot {PORT} on')
    board.tell(f'plug {PORT}')
    board.tell(f'wait-for {PORT} runtime')


def test_help_names_commands_and_exit_statuses():
    result = bus.run([], [CLI, 'help'])
    expect(result, SUCCESS, 'list', 'inspect', 'flash', 'Exit status')
    for status in range(13):
        check(f'{status:2}  ' in result.stdout, f'exit status {status} is not told')
    expect(bus.run([], [CLI, 'help', 'flash']), SUCCESS, 'bootlace-cli flash', '--address')
    expect(bus.run([], [CLI, 'help', 'nothing']), USAGE, 'no command')

    commands = re.findall(r'^  ([a-z]+) ', result.stdout, re.MULTILINE)
    check(len(commands) >= 11, f'only {commands}')
    for command in [None, *commands]:
        about = bus.run([], [CLI, 'help', *filter(None, [command])])
        expect(about, SUCCESS, '--help')
        check(max(map(len, about.stdout.splitlines())) <= 80, about.stdout)


def test_version():
    expect(bus.run([], [CLI, '--version']), SUCCESS, 'bootlace-cli ')


def test_usage():
    for arguments in (
        [],
        ['dance'],
        ['list', '--dance'],
        ['list', 'too-much'],
        ['inspect'],
        ['flash'],
        ['flash', '--path'],
        ['flash', '--path', '', str(IMAGE)],
        ['flash', '--timeout', 'soon', str(IMAGE)],
        ['flash', '--timeout', '-1', str(IMAGE)],
    ):
        expect(bus.run([], [CLI, *arguments]), USAGE)


def test_list_prints_what_dfu_util_prints():
    boards = ['esp32s2@1-2.4,mode=runtime', 'esp32s2@1-10,mode=dfu']
    result = bus.run(boards, [CLI, 'list'])
    expect(result, SUCCESS, '1-2.4', '1-10', '[303a:0002]', '0723', 'cfg 1', 'intf 2', 'alt 0')
    check(result.stdout.index('1-2.4') < result.stdout.index('1-10'), 'not in the order of ports')


def test_list_as_json():
    boards = ['esp32s2@1-2.4,mode=runtime', 'esp32s2@1-10,mode=dfu', 'cp2102@1-3']
    result = bus.run(boards, [CLI, 'list', '--json'])
    expect(result, SUCCESS)
    devices = json.loads(result.stdout)
    check([device['path'] for device in devices] == ['1-2.4', '1-10'], result.stdout)
    check([device['mode'] for device in devices] == ['runtime', 'dfu'], result.stdout)
    expected = {'vendor': 0x303A, 'product': 2, 'version': 0x723, 'interface': 2, 'serial': '0'}
    for device in devices:
        for name, value in expected.items():
            check(device[name] == value, f'{name} is {device[name]}')
        check(device['accessible'] is True, result.stdout)


def test_list_without_boards():
    result = bus.run([], [CLI, 'list'])
    check('BOOT' in result.stdout, f'no advice in: {result.stdout}')
    check(json.loads(bus.run([], [CLI, 'list', '--json']).stdout) == [], 'not an empty array')


def test_list_shows_a_board_without_access():
    with bus.Bus(f'esp32s2@{PORT}') as board:
        board.tell(f'deny-access {PORT}')
        expect(board.run([CLI, 'list']), SUCCESS, PORT, 'may not use')
        devices = json.loads(board.run([CLI, 'list', '--json']).stdout)
        check(devices[0]['accessible'] is False, 'the board is said to be accessible')


def test_inspect():
    path = firmware.make(FOLDER / 'parts.bin', '--multi-part')
    result = bus.run([], [CLI, 'inspect', str(path)])
    expect(result, SUCCESS, 'ESP32-S2', '0x00001000', '0x00008000', '0x00010000', '4 MB')


def test_inspect_as_json():
    path = firmware.make(FOLDER / 'parts.bin', '--multi-part')
    result = bus.run([], [CLI, 'inspect', '--json', str(path)])
    expect(result, SUCCESS)
    image = json.loads(result.stdout)
    check(image['chip'] == 'ESP32-S2', result.stdout)
    check(image['flash_size'] == firmware.FLASH_SIZE, result.stdout)
    roles = [segment['role'] for segment in image['segments']]
    check(roles[:2] == ['bootloader', 'partition-table'], result.stdout)
    check('application' in roles, result.stdout)
    check(image['saving'] is None, result.stdout)


def inspect(path):
    result = bus.run([], [CLI, 'inspect', '--json', str(path)])
    expect(result, SUCCESS)
    return json.loads(result.stdout)


def test_inspect_uf2_for_another_chip():
    pieces = [(0x08000000, b'vectors'), (0x08010000, b'program' * 100)]
    path = firmware.write_uf2(FOLDER / 'stm32.uf2', firmware.UF2_STM32F4, pieces)
    expect(bus.run([], [CLI, 'inspect', str(path)]), SUCCESS, 'UF2 file', 'STM32F4', '0x08010000')
    image = inspect(path)
    check((image['format'], image['chip']) == ('uf2', 'STM32F4'), f'{image}')
    check([segment['size'] for segment in image['segments']] == [7, 700], f'{image}')


def test_inspect_hex_for_another_chip():
    path = firmware.write_hex(FOLDER / 'stm32.hex', [(0x08010000, b'program' * 100)])
    expect(bus.run([], [CLI, 'inspect', str(path)]), SUCCESS, 'Intel HEX file', '0x08010000')
    image = inspect(path)
    check((image['format'], image['chip']) == ('ihex', None), f'{image}')


def test_inspect_bad_lines_and_blocks():
    pieces = list(firmware.parts(IMAGE))
    text = firmware.write_hex(FOLDER / 'whole.hex', pieces).read_text()
    cut = FOLDER / 'cut.hex'
    cut.write_text(text[: text.index('\n', 1000) + 5])
    lines = text.split('\n')
    lines[6] = lines[6][:-1] + 'x'
    changed = FOLDER / 'changed.hex'
    changed.write_text('\n'.join(lines))
    whole = firmware.write_uf2(FOLDER / 'whole.uf2', firmware.UF2_ESP32S2, pieces).read_bytes()
    gap = FOLDER / 'gap.uf2'
    gap.write_bytes(whole[:1024] + whole[1536:])
    other = firmware.write_uf2(FOLDER / 'c3.uf2', firmware.UF2_ESP32C3, pieces)
    both = FOLDER / 'both.uf2'
    both.write_bytes(whole + other.read_bytes())

    for path, *texts in (
        (cut, 'its end is missing', 'in the middle of line'),
        (changed, 'Line 7, column'),
        (gap, 'missing', 'their numbers: 2'),
        (other, 'cannot be written over USB DFU', 'ESP32-C3'),
        (both, 'several kinds of chips', 'ESP32-S2; ESP32-C3'),
    ):
        expect(bus.run([], [CLI, 'inspect', str(path)]), BAD_FILE, *texts)


def test_flash_uf2_and_hex():
    pieces = list(firmware.parts(IMAGE))
    for path in (
        firmware.write_uf2(FOLDER / 'blink.uf2', firmware.UF2_ESP32S2, pieces),
        firmware.write_hex(FOLDER / 'blink.hex', pieces),
    ):
        check(inspect(path)['title'] == 'blink 1.0.3', f'{path} has another title')
        with one_board() as board:
            expect(board.run([CLI, 'flash', str(path)]), SUCCESS, 'Written and verified')
            check(saved_flash(board) == firmware.flash_after(IMAGE), f'{path} is written otherwise')


def test_nobody_takes_the_output():
    """As on a disk that is full."""
    for arguments in (
        ['help'],
        ['help', 'list'],
        ['flash', '--help'],
        ['--version'],
        ['inspect', str(IMAGE)],
        ['inspect', '--json', str(IMAGE)],
        ['list', '--json'],
        ['rule'],
    ):
        with bus.Bus(f'esp32s2@{PORT}') as board, open('/dev/full', 'w') as full:
            process = board.start([CLI, *arguments], stdout=full, stderr=subprocess.PIPE)
            _, told = process.communicate(timeout=120)
        check(process.returncode == FAILURE and 'could not be written' in told, f'{arguments}: {told}')


def test_bad_files():
    empty = FOLDER / 'empty.bin'
    empty.write_bytes(b'')
    short = FOLDER / 'short.bin'
    short.write_bytes(IMAGE.read_bytes()[:5000])
    stranger = FOLDER / 'stranger.bin'
    stranger.write_bytes(b'This is no firmware.\0' * 100)
    changed = FOLDER / 'changed.bin'
    contents = bytearray(IMAGE.read_bytes())
    contents[len(contents) // 2] ^= 1
    changed.write_bytes(contents)

    for path, text in (
        (FOLDER / 'missing.bin', 'not there'),
        (FOLDER, 'folder'),
        (empty, 'empty'),
        (short, ''),
        (stranger, ''),
        (changed, 'damaged'),
        (firmware.make(FOLDER / 'md5.bin', '--broken', 'md5'), 'damaged'),
        (firmware.make(FOLDER / 'beyond.bin', '--broken', 'beyond-flash'), 'does not fit'),
    ):
        expect(bus.run([], [CLI, 'inspect', str(path)]), BAD_FILE, text)
        with bus.Bus(f'esp32s2@{PORT}') as board:
            expect(board.run([CLI, 'flash', str(path)]), BAD_FILE, text)
            check(board.stats(PORT)['blocks'] == 0, f'{path} was sent')

    expect(bus.run([], [CLI, 'inspect', str(stranger)]), BAD_FILE, 'no header')
    expect(bus.run([], [CLI, 'flash', str(stranger)]), BAD_FILE, 'not firmware')


def test_flash():
    with one_board() as board:
        result = board.run([CLI, 'flash', str(IMAGE)])
        expect(result, SUCCESS, 'Written and verified', RESET_HINT)
        check(saved_flash(board) == firmware.flash_after(IMAGE), 'the flash differs')


def test_flash_several_parts():
    path = firmware.make(FOLDER / 'parts.bin', '--multi-part', '--app-size', '600000')
    result = bus.run([], [CLI, 'inspect', str(path)])
    expect(result, SUCCESS, '2 pieces are written as 1, which saves 30 of ')
    saving = inspect(path)['saving']
    check((saving['pieces'], saving['written_as']) == (2, 1), f'{saving}')
    check((saving['erases_saved'], saving['milliseconds_saved']) == (30, 1140), f'{saving}')
    for option, line, saved in (
        ('--verbose', 'Joined 2 pieces into 1, which saves 30 of ', 30),
        ('--as-is', '', 0),
    ):
        with bus.Bus(f'esp32s2@{PORT}') as board:
            result = board.run([CLI, 'flash', option, str(path)])
            expect(result, SUCCESS, 'Written and verified', line)
            check(saved_flash(board) == firmware.flash_after(path), 'the flash differs')
            stats = board.stats(PORT)
        erases = stats['sector-erases'] + stats['block-erases']
        check(erases == saving['erases'] - saved, f'{option}: {erases} erases')


def test_no_device():
    expect(bus.run([], [CLI, 'flash', str(IMAGE)]), NO_DEVICE, 'BOOT')
    result = bus.run([f'esp32s2@{PORT}'], [CLI, 'flash', '--path', '1-1', str(IMAGE)])
    expect(result, NO_DEVICE, '1-1')


def test_never_guesses():
    with bus.Bus('esp32s2@1-2', 'esp32s2@1-10') as boards:
        expect(boards.run([CLI, 'flash', str(IMAGE)]), USAGE, '--path 1-2', '--path 1-10')
        for path in ('1-2', '1-10'):
            check(boards.stats(path)['blocks'] == 0, f'{path} was written')

        expect(boards.run([CLI, 'flash', '--path', '1-10', str(IMAGE)]), SUCCESS)
        check(boards.stats('1-2')['blocks'] == 0, 'the wrong board was written')
        check(saved_flash(boards, '1-10') == firmware.flash_after(IMAGE), 'the flash differs')


def test_two_boards_at_once():
    with bus.Bus('esp32s2@1-2', 'esp32s2@1-10') as boards:
        runs = [
            boards.start([CLI, 'flash', '--path', path, str(IMAGE)]) for path in ('1-2', '1-10')
        ]
        for run in runs:
            output, _ = run.communicate(timeout=120)
            check(run.returncode == SUCCESS, output)
        for path in ('1-2', '1-10'):
            check(saved_flash(boards, path) == firmware.flash_after(IMAGE), f'{path} differs')


def test_no_access():
    with one_board() as board:
        board.tell(f'deny-access {PORT}')
        expect(board.run([CLI, 'flash', str(IMAGE)]), NO_ACCESS, 'Failed', 'doctor --fix')
        board.tell(f'allow-access {PORT}')


def test_busy():
    with one_board(mode='dfu') as board:
        process = board.tell(f'hold-interface {PORT}')
        expect(board.run([CLI, 'flash', str(IMAGE)]), BUSY,
               f'Failed: “ModemManager” is using the board (process {process})',
               'lets go within half a minute')
        check(board.stats(PORT)['blocks'] == 0, 'the board was written')
        board.tell(f'release-interface {PORT}')


def test_busy_for_a_moment():
    """Who has the board lets go while it is tried."""
    with one_board(mode='dfu') as board:
        board.tell(f'hold-interface {PORT}')
        flash = board.start([CLI, 'flash', str(IMAGE)])
        board.tell(f'wait-for {PORT} open')
        board.tell(f'release-interface {PORT}')
        output, _ = flash.communicate(timeout=120)
        check(flash.returncode == SUCCESS and 'using the board' not in output, output)


def test_wrong_device():
    path = firmware.make(FOLDER / 's3.bin', '--chip', 'esp32s3')
    with one_board() as board:
        expect(board.run([CLI, 'flash', str(path)]), WRONG_DEVICE, 'ESP32-S3')
        check(board.stats(PORT)['blocks'] == 0, 'the file was sent')


def test_device_reports_an_error():
    with one_board() as board:
        board.tell(f'error-at-block {PORT} {N_BLOCKS // 2} 0x0e')
        expect(board.run([CLI, 'flash', str(IMAGE)]), DEVICE_FAILED, 'Failed: The board')


def test_device_stalls():
    for block in (0, N_BLOCKS // 2, N_BLOCKS - 1):
        with one_board() as board:
            board.tell(f'stall-at-block {PORT} {block}')
            expect(board.run([CLI, 'flash', str(IMAGE)]), DEVICE_FAILED, 'Failed: The board')


def test_device_finds_its_flash_corrupt():
    with one_board() as board:
        board.tell(f'corrupt-at-block {PORT} {N_BLOCKS // 2}')
        expect(board.run([CLI, 'flash', str(IMAGE)]), DEVICE_FAILED, 'differs')


def test_device_stops_answering():
    with one_board() as board:
        board.tell(f'hang-at-block {PORT} {N_BLOCKS // 2}')
        result = board.run([CLI, 'flash', str(IMAGE)])
        expect(result, DEVICE_FAILED, 'stopped answering')
        start_again(board)


def test_unplugged():
    moments = ('detach', 'block:0', f'block:{N_BLOCKS * 3 // 10}', f'block:{N_BLOCKS - 1}')
    for moment in (*moments, 'manifest'):
        with one_board() as board:
            board.tell(f'drop-at {PORT} {moment}')
            result = board.run([CLI, 'flash', '--timeout', '2', str(IMAGE)])
            expect(result, DEVICE_LOST, 'Failed: The board')
            start_again(board)


def test_never_comes_back():
    with one_board() as board:
        board.tell(f'drop-at {PORT} return')
        result = board.run([CLI, 'flash', '--timeout', '1', str(IMAGE)])
        expect(result, DEVICE_LOST, 'Failed: The board')
        start_again(board)


def read_until(stream, text):
    output = ''
    while text not in output:
        line = stream.readline()
        check(line != '', f'ended before “{text}”:\n{output}')
        output += line
    return output


def test_interrupt_cancels_and_leaves_the_board_clean():
    for number in (signal.SIGINT, signal.SIGTERM):
        with one_board(transfer_us=2000) as board:
            run = board.start([CLI, 'flash', str(IMAGE)])
            read_until(run.stdout, '\u00a0%')
            run.send_signal(number)
            output, _ = run.communicate(timeout=60)
            check(run.returncode == CANCELLED, f'exit status {run.returncode}:\n{output}')
            check('Cancelled' in output, output)


def test_plain_lines_when_nobody_watches():
    with one_board(transfer_us=2000) as board:
        result = board.run([CLI, 'flash', str(IMAGE)])
        expect(result, SUCCESS, 'Erasing and writing', 'Written and verified')
        tenths = [line for line in result.stdout.splitlines() if '\u00a0%' in line]
        check(len(tenths) in range(3, 11), f'{len(tenths)} lines with a percentage')
        check('\r' not in result.stdout and '\033' not in result.stdout, repr(result.stdout))
        check('█' not in result.stdout, result.stdout)


def run_in_terminal(board, command, columns):
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
    run = board.start(command, stdin=side, stdout=side, stderr=side)
    os.close(side)
    output = b''
    with contextlib.suppress(OSError):  # the end of a terminal
        while chunk := os.read(main, 65536):
            output += chunk
    os.close(main)
    return run.wait(timeout=60), output.decode()


def board_that_erases():
    """Nothing takes time on it but erasing."""
    times = {'transfer-us': 0, 'page-program-us': 0, 'md5-ms-per-mib': 0, 'notice-ms': 0}
    times |= {'sector-erase-ms': 60, 'block-erase-ms': 200}
    options = [word for name, time in times.items() for word in (f'--{name}', str(time))]
    return bus.Bus(f'esp32s2@{PORT}', options=options)


def test_long_erase():
    path = firmware.make(FOLDER / 'parts.bin', '--multi-part', '--app-size', '600000')
    with board_that_erases() as board:
        result = board.run([CLI, 'flash', str(path)])
        expect(result, SUCCESS, 'Written and verified')
        told = [line for line in result.stdout.splitlines() if '· Erasing: ' in line]
        check(len(told) == 1 and 'about 3 s' in told[0], result.stdout)

        status, output = run_in_terminal(board, [CLI, 'flash', str(path)], 80)
        check(status == SUCCESS, output)
        check(re.search('Erasing: [123] s of about 3 s', output), output)


def test_bar_on_a_terminal():
    for columns in (20, 40, 80, 200):
        with one_board(transfer_us=500) as board:
            status, output = run_in_terminal(board, [CLI, 'flash', str(IMAGE)], columns)
            check(status == SUCCESS, output)
            check('Written and verified' in output, output)
            check(('█' in output) == (columns >= 80), f'{columns} columns: {output!r}')
            drawn = output.partition('\n')[2].partition('Written and verified')[0]
            for line in drawn.replace('\033[K', '').split('\r'):
                check(len(line) <= columns, f'{len(line)} characters in {columns} columns: {line}')


bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
