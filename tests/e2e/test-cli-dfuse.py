#!/usr/bin/python3
# test-cli-dfuse.py: bootlace-cli and boards that speak DfuSe, on the virtual bus
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import pathlib
import random
import signal
import subprocess
import tempfile

import bus
import firmware

CLI = os.environ['BOOTLACE_CLI']
SUCCESS, FAILURE, USAGE, FILE, NO_DEVICE, WRONG_DEVICE = 0, 1, 2, 3, 4, 6
DEVICE_FAILED, CANCELLED, CONSENT = 7, 9, 11

PORT = '1-10'
FLASH = 0x08000000
PLACE = ('--address', f'{FLASH:#x}')
VERIFIED = 'Written and verified'

temporary = tempfile.TemporaryDirectory(prefix='bootlace-dfuse-')
FOLDER = pathlib.Path(temporary.name)
DATA = random.Random(1).randbytes(30001)
RAW = FOLDER / 'blink.bin'
RAW.write_bytes(DATA)


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def run(arguments, status, *texts, board='stm32f4', before=b'', erase_ms=2):
    """Runs bootlace-cli with one board on a bus of its own; answers what is in flash then."""
    contents = FOLDER / 'flash.bin'
    contents.write_bytes(before)
    result = bus.run(
        [f'{board}@{PORT},busy-ms=1,erase-ms={erase_ms},flash={contents}'],
        [CLI, *(str(word) for word in arguments)],
    )
    check(result.returncode == status, f'{result.returncode} instead of {status}: {result.stdout}')
    for text in texts:
        check(text in result.stdout, f'no “{text}” in: {result.stdout}')
    return contents.read_bytes()


def convert(name, *options):
    path = FOLDER / name
    result = bus.run([], [CLI, 'convert', *options, '-o', str(path), str(RAW)])
    check(result.returncode == SUCCESS, result.stdout)
    return path


def check_written(flash):
    check(flash[: len(DATA)] == DATA, 'flash differs')


def test_plain_file_goes_to_an_address():
    old = random.Random(2).randbytes(128 * 1024)
    for board in ('stm32f4', 'stm32h7', 'stm32l4', 'gd32vf103', 'gd32vf103-old'):
        flash = run(
            ['flash', *PLACE, RAW], SUCCESS, VERIFIED, 'told to start its program', board=board,
            before=old,
        )
        check_written(flash)


def test_it_says_that_it_erases():
    # What is over before anybody could read it may be left out.
    run(['flash', *PLACE, RAW], SUCCESS, 'Erasing', 'Written', erase_ms=1000)


def test_only_the_sectors_that_are_needed_are_erased():
    old = random.Random(3).randbytes(256 * 1024)
    flash = run(['flash', *PLACE, RAW], SUCCESS, before=old)
    check_written(flash)
    check(flash[0x8000:0x40000] == old[0x8000:0x40000], 'something else was erased')
    flash = run(
        ['flash', '--mass-erase', *PLACE, RAW], CONSENT, 'erases everything', before=old
    )
    check(flash[: len(old)] == old, 'it was erased without consent')
    flash = run(
        ['flash', '--mass-erase', '--accept-warnings', *PLACE, RAW], SUCCESS, before=old
    )
    check_written(flash)
    check(set(flash[len(DATA) :]) == {0xFF}, 'not all was erased')


def test_files_with_addresses_go_where_they_say():
    for name, options in (
        ('blink.hex', PLACE),
        ('blink.dfu', (*PLACE, '--device', '0483:df11')),
    ):
        check_written(run(['flash', convert(name, *options)], SUCCESS, 'Written'))


def test_address_is_asked_for():
    old = bytes(1000)
    image = convert('plain.dfu', '--to', 'dfu', '--device', '0483:df11')
    flash = run(['flash', image], WRONG_DEVICE, '--address 0x08000000', before=old)
    check(flash[:1000] == old, 'something was written')
    check_written(run(['flash', *PLACE, image], SUCCESS))


def test_address_is_not_for_files_that_have_theirs():
    image = firmware.make(FOLDER / 'esp.bin', '--app-size', '20000')
    build = firmware.make_build(FOLDER / 'project', image)
    for path in (convert('blink.hex', *PLACE), build, build / 'flasher_args.json'):
        run(['flash', *PLACE, path], USAGE, 'says itself where')


def test_what_cannot_be_read_is_not_taken_for_raw_bytes():
    old = bytes(1000)
    path = FOLDER / 'other.bin'
    for contents in (
        b'{ "flash_files": { "0x0": "gone.bin" } }',
        b'{ "no": "build" }',
        b'\x7fELF\2\1\1' + bytes(100),
        b'PK\3\4' + bytes(100),
        b'S00600004844521B\r\n',
        b'<!DOCTYPE html>\n',
    ):
        path.write_bytes(contents)
        flash = run(['flash', *PLACE, path], FILE, before=old)
        check(flash[:1000] == old, f'{contents} was written')
        with path.open() as file, bus.Bus(f'stm32f4@{PORT}') as board:
            result = board.run([CLI, 'flash', *PLACE, '-'], stdin=file)
            check(result.returncode == FILE, f'{contents}: {result.stdout}')
            check(board.stats(PORT)['transfers'] == 0, f'{contents} was sent')


def test_raw_bytes_are_for_the_board_that_is_named():
    looks = convert('looks-like.hex', *PLACE)
    old = bytes(1000)
    flash = run(['flash', '--raw', '--address', f'{FLASH:#x}', RAW], USAGE, '--path', before=old)
    check(flash[:1000] == old, 'something was written')
    named = ('flash', '--raw', '--path', PORT)
    run([*named, RAW], WRONG_DEVICE, '--address 0x08000000')
    refused = bus.run([f'esp32s2@{PORT}'], [CLI, *named, str(RAW)])
    check(refused.returncode == WRONG_DEVICE, refused.stdout)
    check('would destroy' in refused.stdout, refused.stdout)
    flash = run([*named, *PLACE, looks], CONSENT, 'looks like a firmware file', before=old)
    check(flash[:1000] == old, 'it was written without consent')
    flash = run([*named, '--accept-warnings', *PLACE, looks], SUCCESS, 'Written')
    check(flash.startswith(looks.read_bytes()), 'flash differs from the bytes of the file')
    plain = FOLDER / 'plain.bin'
    result = bus.run([f'generic-dfu@{PORT},flash={plain}'], [CLI, *named, '--alt', '0', str(RAW)])
    check(result.returncode == SUCCESS, result.stdout)
    check_written(plain.read_bytes())


def test_no_memory_there():
    old = bytes(1000)
    for address in ('0x20000000', '0x080ffff0', '0x1fff7800'):
        flash = run(['flash', '--address', address, RAW], WRONG_DEVICE, 'does not fit', before=old)
        check(flash[:1000] == old, 'something was erased')


def test_protected_board():
    old = bytes(1000)
    board = 'stm32f4'
    protected = f'{PORT},protected'
    contents = FOLDER / 'flash.bin'
    contents.write_bytes(old)
    with bus.Bus(f'{board}@{protected},flash={contents}') as served:

        def flash(status, *words):
            result = served.run([CLI, 'flash', *PLACE, *words, str(RAW)])
            check(result.returncode == status, f'{result.returncode}: {result.stdout}')
            return result.stdout

        check('protected' in flash(DEVICE_FAILED), 'it does not say that the board is protected')
        check('erases everything' in flash(CONSENT, '--read-unprotect'), 'no warning')
        served.tell(f'save-flash {PORT} {contents}')
        check(contents.read_bytes()[:1000] == old, 'something was erased without consent')
        flash(SUCCESS, '--read-unprotect', '--accept-warnings')
        served.tell(f'save-flash {PORT} {contents}')
        check_written(contents.read_bytes())


def test_options_for_dfuse_are_for_dfuse():
    image = convert('generic.dfu', '--to', 'dfu', '--device', '1209:0002')
    result = bus.run(
        [f'generic-dfu@{PORT},mode=dfu'], [CLI, 'flash', '--mass-erase', str(image)]
    )
    check(result.returncode == USAGE, result.stdout)
    check('speak DfuSe' in result.stdout, result.stdout)


def test_stay():
    first = convert('first.hex', *PLACE)
    second = convert('second.hex', '--address', f'{FLASH + 0x20000:#x}')
    contents = FOLDER / 'flash.bin'
    with bus.Bus(f'stm32f4@{PORT}') as board:
        for words, text in (
            (('--stay', first), 'stays in its bootloader and takes more'),
            (('--stay', second), 'stays in its bootloader and takes more'),
            (('--restart', '--stay', first), 'cannot both'),
            (('--restart', '--timeout', 1, first), 'has left its bootloader'),
        ):
            result = board.run([CLI, 'flash', *(str(word) for word in words)])
            check(text in result.stdout, result.stdout)
        board.tell(f'save-flash {PORT} {contents}')
    flash = contents.read_bytes()
    check_written(flash)
    check(flash[0x20000:][: len(DATA)] == DATA, 'the second file is not there')


def test_verify_and_read():
    copy = FOLDER / 'copy.bin'
    flash = run(['flash', *PLACE, RAW], SUCCESS, VERIFIED)
    check_written(flash)
    run(['read', '--output', copy], SUCCESS, before=flash)
    check(copy.read_bytes() == flash, 'the copy differs')


def test_reset_is_the_request_to_leave():
    flash = random.Random(4).randbytes(5000)
    after = run(['reset', '--timeout', 1], SUCCESS, 'has left its bootloader', before=flash)
    check(after[: len(flash)] == flash, 'something was written')


def test_a_program_that_speaks_plain_dfu():
    contents = FOLDER / 'flash.bin'
    named = ('--device', '0483:df11')
    image = convert('named.dfu', *PLACE, *named)
    other = convert('other.dfu', *PLACE, '--device', '1209:0001')
    for words, status, text in (
        ((convert('blink.hex', *PLACE),), WRONG_DEVICE, f'bootlace-cli detach --path {PORT}'),
        ((*PLACE, RAW), WRONG_DEVICE, f'bootlace-cli detach --path {PORT}'),
        ((other,), WRONG_DEVICE, 'made for another kind of board'),
        ((convert('program.dfu', *PLACE, '--device', '0483:5740'),), SUCCESS, VERIFIED),
        ((image,), SUCCESS, VERIFIED),
    ):
        with bus.Bus(f'stm32f4@{PORT},mode=runtime') as board:
            result = board.run([CLI, 'flash', *(str(word) for word in words)])
            check(result.returncode == status, f'{result.returncode}: {result.stdout}')
            check(text in result.stdout, result.stdout)
            board.tell(f'wait-for {PORT} runtime')
            board.tell(f'save-flash {PORT} {contents}')
        is_written = contents.read_bytes()[: len(DATA)] == DATA
        check(is_written == (status == SUCCESS), f'{words}: the wrong bytes are in flash')

    with bus.Bus(f'stm32f4@{PORT},mode=runtime') as board:
        for words, mode in (
            (('detach',), 'dfu'),
            (('flash', *PLACE, RAW), 'runtime'),
            (('reset',), 'runtime'),
        ):
            result = board.run([CLI, *(str(word) for word in words)])
            check(result.returncode == SUCCESS, result.stdout)
            board.tell(f'wait-for {PORT} {mode}')


def test_a_file_with_addresses_for_a_board_that_turns_out_to_speak_plain_dfu():
    image = convert('generic.dfu', *PLACE, '--device', '1209:0001')
    result = bus.run([f'generic-dfu@{PORT}'], [CLI, 'flash', str(image)])
    check(result.returncode == WRONG_DEVICE, result.stdout)
    check('has an address for each of its bytes' in result.stdout, result.stdout)
    check('This attempt changed nothing on the board' in result.stdout, result.stdout)


def test_reset_of_a_protected_board_says_why_not():
    with bus.Bus(f'stm32f4@{PORT},protected') as board:
        result = board.run([CLI, 'reset'])
        check(result.returncode == DEVICE_FAILED, result.stdout)
        check('bootloader does not start the program' in result.stdout, result.stdout)
        check('press RESET' in result.stdout, result.stdout)


def test_erase():
    contents = FOLDER / 'flash.bin'
    old = random.Random(5).randbytes(200000)
    contents.write_bytes(old)
    boards = (f'stm32f4@{PORT},flash={contents}', 'generic-dfu@1-1,mode=dfu', 'esp32s2@1-2')
    with bus.Bus(*boards) as board:

        def erase(status, text, *words):
            result = board.run([CLI, 'erase', *words])
            check(result.returncode == status, f'{result.returncode}: {result.stdout}')
            check(text in result.stdout, result.stdout)
            board.tell(f'save-flash {PORT} {contents}')
            return contents.read_bytes()

        erase(USAGE, 'Several boards')
        erase(USAGE, 'takes no arguments', '-p', PORT, 'all')
        erase(CONSENT, 'add --accept-warnings', '-p', PORT)
        for path in ('1-1', '1-2'):
            erase(WRONG_DEVICE, 'speak DfuSe', '-p', path, '--accept-warnings')
        erase(WRONG_DEVICE, 'does not erase that', '-p', PORT, '--alt', '1', '--accept-warnings')
        flash = erase(NO_DEVICE, 'memory that was named', '-p', PORT, '--alt', 'X',
                      '--accept-warnings')
        check(flash[: len(old)] == old, 'something was erased')
        check(board.stats('1-2')['transfers'] == 0, 'the ESP32-S2 was asked for something')
        flash = erase(SUCCESS, 'Erased\n', '-p', PORT, '--accept-warnings')
        check(set(flash) == {0xFF}, 'not all was erased')


def test_erase_takes_the_protection_away():
    contents, old = FOLDER / 'flash.bin', bytes(1000)
    contents.write_bytes(old)
    with bus.Bus(f'stm32f4@{PORT},protected,flash={contents}') as board:
        for status, *words in (
            (CONSENT, 'erase', '--read-unprotect'),
            # It still has it.
            (DEVICE_FAILED, 'erase', '--accept-warnings'),
            (SUCCESS, 'erase', '--read-unprotect', '--accept-warnings'),
            (SUCCESS, 'flash', *PLACE, RAW),
        ):
            result = board.run([CLI, *(str(word) for word in words)])
            check(result.returncode == status, f'{result.returncode}: {result.stdout}')
            board.tell(f'save-flash {PORT} {contents}')
            flash = contents.read_bytes()
            check((flash[: len(old)] == old) == (status != SUCCESS), f'{words}: wrong bytes')
            if status == SUCCESS and words[0] == 'erase':
                check(set(flash) == {0xFF}, 'not all was erased')


def test_erase_of_what_nobody_can_read():
    contents = FOLDER / 'flash.bin'
    contents.write_bytes(bytes(1000))
    with bus.Bus(f'stm32f4-mute@{PORT},protected,flash={contents}') as board:
        result = board.run([CLI, 'erase', '--read-unprotect', '--accept-warnings'])
        check(result.returncode == SUCCESS, f'{result.returncode}: {result.stdout}')
        check('Erased\n' in result.stdout, result.stdout)
        check('nobody has looked' in result.stdout, result.stdout)


def test_nobody_who_cancels_waits_for_a_silent_board():
    for fault, *words in (
        ('block:3', 'flash', *PLACE, RAW),
        ('upload:3', 'read', '-f', '-o', FOLDER / 'copy.bin'),
        ('status+1', 'erase', '--accept-warnings'),
    ):
        with bus.Bus(f'stm32f4@{PORT}') as board:
            board.tell(f'hang-at {PORT} {fault}')
            process = board.start([CLI, *(str(word) for word in words)])
            board.tell(f'wait-for {PORT} faultless')
            process.send_signal(signal.SIGINT)
            told, _ = process.communicate(timeout=120)
            check(process.returncode == CANCELLED, f'{process.returncode}: {told}')
            # Only who was given up is told this; the others have a time-out of half a minute.
            check('did not answer any more: press RESET' in told, told)


def test_standard_input():
    contents = FOLDER / 'flash.bin'
    with bus.Bus(f'stm32f4@{PORT}') as board:
        for words, status, data in (
            (PLACE, SUCCESS, DATA),
            (('--raw', '-p', PORT, *PLACE), SUCCESS, DATA[::-1]),
            ((), FILE, DATA),
        ):
            (FOLDER / 'input.bin').write_bytes(data)
            with (FOLDER / 'input.bin').open() as file:
                result = board.run([CLI, 'flash', '--stay', *words, '-'], stdin=file)
            check(result.returncode == status, f'{words}: {result.returncode}: {result.stdout}')
            board.tell(f'save-flash {PORT} {contents}')
            is_written = contents.read_bytes()[: len(data)] == data
            check(is_written == (status == SUCCESS), f'{words}: the wrong bytes are in flash')


def test_standard_output():
    contents = FOLDER / 'flash.bin'
    contents.write_bytes(DATA)
    with bus.Bus(f'stm32f4@{PORT},flash={contents}') as board:

        def read(path):
            with path.open('w') as out:
                process = board.start(
                    [CLI, 'read', '-l', str(len(DATA)), '-o', '-'], stdout=out, stderr=subprocess.PIPE
                )
                _, told = process.communicate(timeout=120)
            return process.returncode, told

        status, told = read(FOLDER / 'copy.bin')
        check(status == SUCCESS, told)
        check((FOLDER / 'copy.bin').read_bytes() == DATA, 'standard output has something else')
        status, told = read(pathlib.Path('/dev/full'))
        check(status == FAILURE, told)


def test_a_memory_has_a_name_and_a_layout():
    layout = '@Option Bytes  /0x1FFFC000/01*016 e'
    for name, status, text in (
        ('Option Bytes', SUCCESS, 'Read 16 bytes'),
        (layout, SUCCESS, 'Read 16 bytes'),
        ('Option', NO_DEVICE, f'1 "{layout}"'),
    ):
        run(['read', '-f', '-o', FOLDER / 'named.bin', '--alt', name], status, text)


def test_read_a_range():
    copy = FOLDER / 'copy.bin'
    contents = FOLDER / 'flash.bin'
    flash = random.Random(3).randbytes(1024 * 1024)
    contents.write_bytes(flash)
    ending = len(flash) - 5000
    with bus.Bus(f'stm32f4@{PORT},flash={contents}', 'generic-dfu@1-2') as boards:

        def read(status, text, *words, port=PORT):
            words = ['read', '-f', '-p', port, '-o', copy, '-a', *words]
            result = boards.run([CLI, *(str(word) for word in words)])
            check(result.returncode == status and text in result.stdout, result.stdout)
            return copy.read_bytes() if status == SUCCESS else None

        # Not at the border of a block or a sector, and over that of two regions.
        check(read(SUCCESS, '5.0 kB', FLASH + 0xFFF3, '-l', 5001) == flash[0xFFF3:][:5001], 'range')
        check(read(SUCCESS, '5.0 kB', FLASH + ending) == flash[ending:], 'the end')
        check(
            read(
                SUCCESS, 'only 5.0 kB (5000 bytes) there of the 1.0 MB (1048576 bytes)',
                FLASH + ending, '-l', 0x100000,
            )
            == flash[ending:],
            'too long',
        )
        for address in (FLASH - 1, FLASH + len(flash), 0xFFFFFFFF):
            read(NO_DEVICE, 'nothing to read at the address', address)
        read(USAGE, 'no number for “--address”', 'x')
        read(NO_DEVICE, 'no addresses', 0, '--alt', 0, port='1-2')


def test_a_memory_may_say_where_the_protection_is_taken():
    """It is looked for once more after the board has come back, when all is erased."""
    with bus.Bus(f'stm32f4@{PORT},interfaces=each,protected') as board:
        words = 'erase', '--read-unprotect', '--accept-warnings', '--alt', 'Option Bytes'
        result = board.run([CLI, *words])
        check(result.returncode == SUCCESS, result.stdout)
        check('Erased' in result.stdout, result.stdout)


bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
