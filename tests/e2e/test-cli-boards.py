#!/usr/bin/python3
# test-cli-boards.py: which board is meant, reading, verifying, backups and restarts on the terminal
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import pathlib
import signal
import tempfile

import bus
import firmware

CLI = os.environ['BOOTLACE_CLI']
SUCCESS, FAILURE, USAGE, NO_DEVICE, WRONG_DEVICE, DEVICE_FAILED = 0, 1, 2, 4, 6, 7
CANCELLED, NOT_READY = 9, 12

temporary = tempfile.TemporaryDirectory(prefix='bootlace-cli-')
FOLDER = pathlib.Path(temporary.name)
IMAGE = firmware.make(FOLDER / 'dfu.bin', '--app-size', '20000')
RAW = FOLDER / 'raw.bin'
RAW.write_bytes(bytes(range(256)) * 80)
PLAIN = FOLDER / 'plain.dfu'


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


def cli(board, *arguments):
    return board.run([CLI, *(str(argument) for argument in arguments)])


expect(
    bus.run([], [CLI, 'convert', '--device', '1209:0002', '-o', str(PLAIN), str(RAW)]), SUCCESS
)


def fresh(name='read.bin'):
    path = FOLDER / name
    path.unlink(missing_ok=True)
    return path


def test_read():
    with bus.Bus('generic-dfu@1-1,memories=1') as board:
        expect(cli(board, 'flash', PLAIN), SUCCESS, 'Written and verified\n')
        some = fresh()
        expect(cli(board, 'read', '-o', some, '--length', '0x5000'), SUCCESS, 'Read 20 kB into')
        check(some.read_bytes() == RAW.read_bytes(), 'not what was written')
        everything = fresh('all.bin')
        expect(cli(board, 'read', '-o', everything), SUCCESS, 'Read 524 kB into')
        check(everything.read_bytes()[: RAW.stat().st_size] == RAW.read_bytes(), 'not all of it')


def test_read_never_replaces_a_file():
    with bus.Bus('generic-dfu@1-1,memories=1') as board:
        path = fresh()
        path.write_text('precious')
        expect(cli(board, 'read', '-o', path), USAGE, 'exists already', '--force')
        check(path.read_text() == 'precious', 'it was replaced')
        expect(cli(board, 'read', '-o', path, '--length', '1', '--force'), SUCCESS)
        check(path.stat().st_size == 1, 'it was not replaced')


def test_read_fails_without_half_a_file():
    with bus.Bus('generic-dfu@1-1,memories=1') as board:
        path = fresh()
        board.tell('stall-at 1-1 upload:3')
        expect(cli(board, 'read', '-o', path), DEVICE_FAILED, 'Failed: The board')
        check(not path.exists(), 'half a file')
        expect(cli(board, 'read', '-o', path), SUCCESS)


def test_read_usage():
    with bus.Bus('generic-dfu@1-1,memories=1') as board:
        expect(cli(board, 'read'), USAGE, '--output')
        expect(cli(board, 'read', '-o', fresh(), 'file'), USAGE, 'takes no arguments')
        expect(cli(board, 'read', '-o', fresh(), '--length', 'all'), USAGE, 'is no number')
        expect(cli(board, 'read', '-o', fresh(), '-l', '0x4000001'), USAGE, 'up to 0x4000000,')
        expect(cli(board, 'read', '-o', fresh(), '-d', 'board'), USAGE, 'names no boards')
        expect(cli(board, 'read', '-o', fresh(), '-i', '300'), USAGE, 'is no number')


def test_read_what_is_not_to_be_read():
    with bus.Bus('generic-dfu@1-1,memories=1,uploads=unoffered') as board:
        expect(cli(board, 'read', '-o', fresh()), WRONG_DEVICE, 'does not let anybody read')


def test_verify():
    with bus.Bus('generic-dfu@1-1,memories=1') as board:
        expect(cli(board, 'flash', PLAIN), SUCCESS, 'Written and verified')
        board.tell('corrupt-at-block 1-1 2')
        expect(
            cli(board, 'flash', PLAIN),
            DEVICE_FAILED,
            'What was read back from the board differs',
            'At address 0x00002',
        )
        board.tell('corrupt-at-block 1-1 2')
        result = cli(board, 'flash', '--no-verify', PLAIN)
        expect(result, SUCCESS, 'Written\n', 'nobody compared')
        expect(cli(board, 'flash', '--verify', '--no-verify', PLAIN), USAGE, 'one of')


def test_verify_what_the_board_has_compared():
    with bus.Bus('esp32s2@1-1') as board:
        result = cli(board, 'flash', '--verbose', IMAGE)
        expect(result, SUCCESS, 'Written and verified')
        check('Read ' not in result.stdout, result.stdout)
        result = cli(board, 'flash', '--verbose', '--verify', IMAGE)
        expect(result, SUCCESS, 'Written and verified', 'Read ')


def test_verify_what_cannot_be_read():
    with bus.Bus('generic-dfu@1-1,memories=1,uploads=nothing') as board:
        expect(cli(board, 'flash', PLAIN), SUCCESS, 'Written\n', 'gives back nothing')


def test_backup():
    with bus.Bus('generic-dfu@1-1,memories=1') as board:
        expect(cli(board, 'flash', PLAIN), SUCCESS)
        expect(cli(board, 'flash', '--backup', '-', PLAIN), USAGE, 'not to standard output')
        backup = fresh('backup.bin')
        expect(cli(board, 'flash', '--backup', backup, PLAIN), SUCCESS)
        check(backup.read_bytes()[: RAW.stat().st_size] == RAW.read_bytes(), 'not the old flash')
        expect(cli(board, 'flash', '--backup', backup, PLAIN), USAGE, 'exists already')
        nowhere = FOLDER / 'none' / 'backup.bin'
        expect(
            cli(board, 'flash', '--backup', nowhere, PLAIN),
            FAILURE,
            'The folder for this file does not exist',
            'This attempt changed nothing on the board',
        )


def test_restart():
    with bus.Bus('generic-dfu@1-1,memories=1') as board:
        expect(cli(board, 'flash', '-R', PLAIN), SUCCESS, 'Written', 'has left its bootloader')
        board.tell('wait-for 1-1 runtime')
    with bus.Bus('esp32s2@1-1') as board:
        expect(
            cli(board, 'flash', '--restart', IMAGE),
            SUCCESS,
            'Written and verified',
            'has left its bootloader',
        )
    with bus.Bus('esp32s2@1-1,boot=held') as board:
        expect(
            cli(board, 'flash', '--restart', IMAGE),
            SUCCESS,
            'Written and verified',
            'came back in its bootloader',
        )


def test_application_alone():
    whole = firmware.make(FOLDER / 's3.bin', '--chip', 'esp32s3', '--app-size', '20000')
    sketch = FOLDER / 'blink.ino.bin'
    sketch.write_bytes(dict(firmware.parts(whole))[0x10000])
    with bus.Bus('nano-esp32@1-1') as board:
        expect(cli(board, 'flash', whole), WRONG_DEVICE, 'takes an application alone', '.ino.bin')
        expect(cli(board, 'flash', IMAGE), WRONG_DEVICE, 'made for ESP32-S2')
        board.tell('error-at-block 1-1 2 3')
        expect(cli(board, 'flash', sketch), DEVICE_FAILED, 'that ran on the board is still there')
        expect(cli(board, 'flash', sketch), SUCCESS, 'Written and verified', 'Press RESET')
        expect(cli(board, 'flash', '-R', sketch), SUCCESS, 'The board was restarted')
        expect(cli(board, 'read', '-o', fresh()), WRONG_DEVICE)


def test_detach_and_reset():
    with bus.Bus('generic-dfu@1-1,memories=1') as board:
        expect(cli(board, 'reset'), SUCCESS, 'nothing to do')
        expect(cli(board, 'detach'), SUCCESS, 'The board is in its bootloader.')
        board.tell('wait-for 1-1 dfu')
        expect(cli(board, 'detach'), SUCCESS, 'already')
        expect(cli(board, 'reset'), SUCCESS, 'has left its bootloader')
        board.tell('wait-for 1-1 runtime')
        expect(cli(board, 'reset', 'now'), USAGE, '“reset” takes no arguments')
    with bus.Bus('esp32s2@1-1,boot=held') as board:
        expect(cli(board, 'reset'), DEVICE_FAILED, 'came back in its bootloader')


def test_choose():
    boards = ['generic-dfu@1-1,memories=1', 'generic-dfu@1-2,memories=1,mode=dfu', 'esp32s2@1-3']
    with bus.Bus(*boards) as board:
        path = FOLDER / 'chosen.bin'

        def read(*arguments):
            return cli(board, 'read', '-f', '-o', path, '-l', '64', *arguments)

        expect(read(), USAGE, 'Several boards', '--path 1-1', '--path 1-2', '--path 1-3')
        expect(read('-d', '1209:0001,1209:0002'), USAGE, '--path 1-1', '--path 1-2')
        expect(read('-S', 'GENERIC-1'), USAGE, '--path 1-1', '--path 1-2')
        expect(read('-d', '1209:0002'), SUCCESS)
        expect(read('-d', '0x303a:0x0002'), SUCCESS)
        expect(read('-d', '303a:ffff'), SUCCESS)
        expect(read('-S', '0'), SUCCESS)
        expect(read('-S', 'GENERIC-1', '-p', '1-2'), SUCCESS)
        expect(read('-d', '1209:'), USAGE, '--path 1-1', '--path 1-2')
        expect(read('-d', ':0002'), USAGE, '--path 1-2', '--path 1-3')
        expect(read('-d', '303a'), SUCCESS)
        expect(read('-d', ',1209:'), SUCCESS)
        expect(read('-d', '1209:1,-'), SUCCESS)
        expect(read('-d', '1209:1:2'), USAGE, 'names no boards')
        expect(read('-d', '1209:0042'), NO_DEVICE, 'None of the boards', '--path 1-3')
        expect(read('-S', '0', '-p', '1-2'), NO_DEVICE, 'USB port 1-2')
        expect(read('-p', '1-2', '-c', '1'), SUCCESS)
        expect(read('-p', '1-2', '-c', '2'), NO_DEVICE)
        expect(read('-p', '1-2', '-i', '0'), SUCCESS)
        expect(read('-p', '1-2', '-i', '1'), NO_DEVICE, 'speaks no DFU')


def test_what_is_there_and_what_comes_back_is_what_is_meant():
    read, none, another = (
        (SUCCESS, 'Read 64 bytes'),
        (NO_DEVICE, 'None of the boards'),
        (NO_DEVICE, 'Another board came back'),
    )
    for board, option, meant, (status, text) in (
        ('mode=runtime', '-d', '1209:0001,1209:0042', another),
        ('mode=runtime', '-d', '1209:0001,cafe:0002', another),
        ('mode=runtime', '-d', '1209:0001,1209:ffff', read),
        ('mode=runtime', '-d', '1209:0001,1209:0002', read),
        ('mode=runtime', '-d', '1209:0001', read),
        ('mode=runtime', '-S', 'GENERIC-1,GENERIC-2', another),
        ('mode=runtime', '-S', 'GENERIC-2,GENERIC-1', none),
        ('mode=runtime', '-S', ',GENERIC-1', read),
        ('mode=runtime', '-S', 'GENERIC-1,', read),
        ('mode=runtime', '-S', 'GENERIC-1,GENERIC-1', read),
        ('mode=dfu', '-S', 'GENERIC-1,GENERIC-2', none),
        ('mode=dfu', '-S', 'GENERIC-2,GENERIC-1', read),
        # A comma in a serial number divides nothing.
        ('mode=runtime,serial=comma', '-S', 'GENERIC,1', read),
        ('mode=runtime,serial=comma', '-S', 'GENERIC,2', none),
        ('mode=runtime,serial=comma', '-S', ',GENERIC,1', read),
        ('mode=dfu,serial=comma', '-S', 'GENERIC,1', read),
        ('mode=dfu,serial=comma', '-S', 'GENERIC,2', none),
        ('mode=dfu,serial=comma', '-S', ',GENERIC,1', read),
    ):
        with bus.Bus(f'generic-dfu@1-1,memories=1,{board}') as boards:
            expect(cli(boards, 'read', '-l', 64, '-o', fresh(), option, meant), status, text)


def test_a_file_for_the_program_is_taken_again():
    ids = '1209:0001,1209:0002'
    program = FOLDER / 'program.dfu'
    expect(
        bus.run([], [CLI, 'convert', '--device', '1209:0001', '-o', str(program), str(RAW)]),
        SUCCESS,
    )
    with bus.Bus('generic-dfu@1-1,memories=1') as board:
        board.tell('error-at-block 1-1 2 3')
        expect(cli(board, 'flash', program), DEVICE_FAILED)
        board.tell('wait-for 1-1 dfu')
        expect(cli(board, 'flash', program), WRONG_DEVICE, f'say so: --device {ids}')
        expect(cli(board, 'flash', '-d', '1209:0002', program), WRONG_DEVICE, f'--device {ids}')
        expect(cli(board, 'flash', '-d', '1209:0003,1209:0002', program), WRONG_DEVICE)
        expect(cli(board, 'flash', '-d', ids, program), SUCCESS, 'Written and verified\n')


def test_wait_for_a_board():
    with bus.Bus('esp32s2@1-3') as board:
        process = board.start([CLI, 'flash', '--wait', '-d', '1209:', str(PLAIN)])
        check('Waiting for the board' in process.stdout.readline(), 'it does not wait')
        board.tell('plug generic-dfu@1-1,memories=1')
        output, _ = process.communicate(timeout=120)
        check(process.returncode == SUCCESS and 'Written and verified\n' in output, output)

        expect(cli(board, 'flash', '--wait', '-d', '1209:', PLAIN), SUCCESS)
        expect(cli(board, 'flash', '--wait', '-d', '303a:', PLAIN), WRONG_DEVICE, 'another kind')
        process = board.start([CLI, 'reset', '-w', '-p', '1-9'])
        check('Waiting for the board' in process.stdout.readline(), 'it does not wait')
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)
        check(process.returncode == CANCELLED, f'exit status {process.returncode}')


def test_a_board_that_is_named_may_still_come():
    # It is back when the program has long been there, unless the machine is slow.
    with bus.Bus('generic-dfu@1-1,memories=1') as board:
        board.tell('slow-return 1-1 1000')
        board.tell('press-reset 1-1')
        board.tell('wait-for 1-1 absent')
        board.tell('slow-return 1-1 0')
        expect(cli(board, 'flash', '--path', '1-1', PLAIN), SUCCESS, 'Written')
        expect(cli(board, 'flash', '--path', '1-2', PLAIN), NO_DEVICE, 'USB port 1-2')


def test_serial_of_a_gd32():
    with bus.Bus('gd32vf103@1-1') as board:
        expect(cli(board, 'list'), SUCCESS, '3CBJ')
        expect(cli(board, 'list', '--json'), SUCCESS, '"3CBJ"')
        some = fresh()
        expect(cli(board, 'read', '-l', '64', '-o', some, '-S', '3CBJ'), SUCCESS)


def test_there_is_no_guessing_at_memories():
    for mode in ('runtime', 'dfu'):
        with bus.Bus(f'generic-dfu@1-1,mode={mode}') as board:
            for words in (('flash', PLAIN), ('read', '-o', fresh())):
                expect(cli(board, *words), USAGE, 'several memories', '0 "Firmware", 1 "Settings"')
            check(board.stats('1-1')['writing-us'] == 0, 'something was written')
            expect(cli(board, 'reset'), SUCCESS)
    with bus.Bus('stm32f4@1-1') as board:
        expect(cli(board, 'read', '-l', '16', '-f', '-o', fresh()), SUCCESS)
    with bus.Bus('esp32s2@1-1') as board:
        expect(cli(board, 'flash', IMAGE), SUCCESS)


def test_there_is_no_guessing_at_interfaces():
    for mode in ('runtime', 'dfu'):
        with bus.Bus(f'generic-dfu@1-1,interfaces=2,mode={mode}') as board:
            for words in (('flash', PLAIN), ('read', '-o', fresh())):
                texts = 'several DFU interfaces', '0 "Firmware", 1 "Settings"', '--interface'
                expect(cli(board, *words), USAGE, *texts)
            check(board.stats('1-1')['writing-us'] == 0, 'something was written')
            expect(cli(board, 'flash', '--interface', '1', PLAIN), SUCCESS)
            path = FOLDER / 'both.bin'
            board.tell(f'save-flash 1-1 {path}')
            flash, raw, half = path.read_bytes(), RAW.read_bytes(), 512 * 1024
            check(flash[half : half + len(raw)] == raw, 'it is not in the memory that was meant')
            check(set(flash[:half]) == {0xFF}, 'something is in the other memory')
            expect(cli(board, 'reset'), SUCCESS)


def test_a_memory_may_say_which_interface():
    with bus.Bus('generic-dfu@1-1,interfaces=2,mode=dfu') as board:
        expect(cli(board, 'flash', '--alt', 'Settings', PLAIN), SUCCESS)
        path = FOLDER / 'named.bin'
        board.tell(f'save-flash 1-1 {path}')
        flash, raw, half = path.read_bytes(), RAW.read_bytes(), 512 * 1024
        check(flash[half : half + len(raw)] == raw, 'it is not in the memory that was named')
        check(set(flash[:half]) == {0xFF}, 'something is in the other memory')

        # Either interface has a number 0.
        texts = 'several DFU interfaces', '0 "Firmware", 1 "Settings"', '--interface'
        expect(cli(board, 'read', '-o', fresh(), '--alt', '0'), USAGE, *texts)
        texts = 'does not have the interface or memory that was named', 'bootlace-cli list'
        there = 'interface 0: 0 "Firmware", interface 1: 0 "Settings"'
        expect(cli(board, 'read', '-o', fresh(), '--alt', 'Elsewhere'), NO_DEVICE, *texts, there)
        expect(cli(board, 'read', '-o', fresh(), '--alt', '7'), NO_DEVICE, *texts)


def test_the_board_is_named():
    with bus.Bus('esp32s2@1-1', 'stm32f4@1-2') as board:
        expect(cli(board, 'flash', IMAGE), SUCCESS, 'ESP32-S2 on USB port 1-1\n')
        expect(cli(board, 'reset', '--path', '1-2'), SUCCESS, 'on USB port 1-2\n')
        expect(cli(board, 'doctor', '--path', '1-3'), NOT_READY, 'USB port 1-3\n')
        check('Unknown' not in cli(board, 'doctor', '--path', '1-3').stdout, 'nothing is no board')


def test_other_ids_are_only_proposed_to_boards_that_have_some():
    other = firmware.make(FOLDER / 's3.bin', '--chip', 'esp32s3', '--app-size', '20000')
    with bus.Bus('esp32s2@1-1,mode=dfu') as board:
        result = cli(board, 'flash', '--path', '1-1', other)
        expect(result, WRONG_DEVICE, 'ESP32-S3')
        check('--device' not in result.stdout, result.stdout)


def test_choose_a_memory():
    with bus.Bus('generic-dfu@1-1') as board:
        expect(cli(board, 'flash', '--alt', 'Settings', PLAIN), SUCCESS)
        path = FOLDER / 'memory.bin'

        def read(memory):
            result = cli(board, 'read', '-f', '-o', path, '-l', '64', '--alt', memory)
            return result, path.read_bytes() if result.returncode == 0 else b''

        for memory in ('1', 'Settings'):
            result, contents = read(memory)
            expect(result, SUCCESS)
            check(contents == RAW.read_bytes()[:64], f'{memory} was not written')
        result, contents = read('Firmware')
        expect(result, SUCCESS)
        check(contents == b'\xff' * 64, 'Firmware was written')
        for memory in ('2', 'settings', ''):
            expect(read(memory)[0], NO_DEVICE, 'does not have the interface or memory',
                   'it has 0 "Firmware", 1 "Settings"')


bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
