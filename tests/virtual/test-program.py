#!/usr/bin/python3
# test-program.py: virtual-bus as a program: what it starts, how it ends, what it is told
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import pathlib
import random
import signal
import subprocess
import tempfile

import bus
import esp_archive

FILES = [('app.bin', 0x10000, random.Random(3).randbytes(20000))]


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def equal(value, expected):
    check(value == expected, f'{value!r} instead of {expected!r}')


def refused(board, line):
    try:
        board.tell(line)
    except RuntimeError as error:
        return str(error)
    raise AssertionError(f'“{line}” was not refused')


def test_exit_status_is_the_commands():
    equal(bus.run([], ['true']).returncode, 0)
    equal(bus.run([], ['sh', '-c', 'exit 74']).returncode, 74)
    equal(bus.run([], ['sh', '-c', 'kill -KILL $$']).returncode, 128 + 9)
    equal(bus.run([], ['no-such-command']).returncode, 127)


def test_wrong_usage_is_refused():
    for boards, options in (
        (['esp32s2'], []),
        (['esp32s2@nowhere'], []),
        (['esp32s2@1-1,mode=odd'], []),
        (['teapot@1-1'], []),
        (['esp32s2@1-1', 'esp32s2@1-1'], []),
        (['esp32s2@1-1', 'esp32s2@1-1.2'], []),
        ([], ['--no-such-option']),
    ):
        equal(bus.run(boards, ['true'], *options).returncode, 2)


def test_arguments_of_the_command_are_its_own():
    output = bus.run([], ['echo', '--board', '--', '-v']).stdout
    equal(output, '--board -- -v\n')


def test_signals_go_to_the_command():
    script = 'trap "echo told; exit 5" TERM; echo ready; while :; do sleep 0.1; done'
    process = subprocess.Popen(
        [bus.PROGRAM, '--', 'sh', '-c', script], stdout=subprocess.PIPE, text=True
    )
    equal(process.stdout.readline(), 'ready\n')
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=60)
    equal((output, process.returncode), ('told\n', 5))


def test_nothing_is_left_behind():
    output = bus.run(['esp32s2@1-1'], ['sh', '-c', 'echo $VIRTUAL_BUS_DIR']).stdout
    check(output.startswith('/'), output)
    check(not os.path.exists(output.strip()), output)


def test_preload_is_inert_elsewhere():
    output = bus.run(['esp32s2@1-1'], ['sh', '-c', 'unset VIRTUAL_BUS_DIR; ls /dev/bus/usb'])
    plain = subprocess.run(['ls', '/dev/bus/usb'], capture_output=True)
    equal(output.returncode, plain.returncode)


def test_many_at_once():
    """Each program has a monitor, a thread and connections of its own."""
    with bus.Bus('esp32s2@1-1', 'esp32s2@1-2.1', 'esp32s2@1-2.2,mode=dfu') as board:
        processes = [board.start(['dfu-util', '-l']) for _ in range(16)]
        for process in processes:
            output, _ = process.communicate(timeout=120)
            equal(process.returncode, 0)
            equal(output.count('Found '), 3)


def test_list_and_plug():
    with bus.Bus('esp32s2@1-1') as board:
        equal(board.tell('list'), '1-1=runtime:2')
        board.tell('plug cp2102@1-3')
        board.tell('unplug 1-1')
        equal(sorted(board.tell('list').split()), ['1-1=unplugged:0', '1-3=serial:3'])
        check('already' in refused(board, 'plug esp32s2@1-3'), 'two boards in a port')
        check('never was' in refused(board, 'unplug 1-9'), 'no board there')
        check('no verb' in refused(board, 'dance 1-1'), 'no such verb')
        board.tell('plug 1-1')
        equal(board.tell('wait-for 1-1 runtime'), '')
        board.tell('press-reset 1-1')
        equal(board.tell('wait-for 1-1 absent'), '')
        board.tell('plug esp32s2@1-2.4')
        board.tell('unplug 1-2')
        board.tell('plug 1-2.4')
        equal(board.tell('wait-for 1-2.4 runtime'), '')
        refused(board, 'unplug usb1')
        refused(board, 'wait-for 1-1 happy')
        refused(board, 'slow-transfers 1-1 many')


def test_boards_are_there_when_the_command_starts():
    process = subprocess.run(
        [bus.PROGRAM, '--board', 'esp32s2@1-1', '--', 'lsusb', '-d', '303a:2'],
        capture_output=True,
        text=True,
    )
    check('ESP32-S2' in process.stdout, process)


def test_control_program():
    script = 'virtual-bus-control plug esp32s2@1-4 && virtual-bus-control list'
    directory = str(pathlib.Path(bus.PROGRAM).parent)
    result = bus.run([], ['env', f'PATH={directory}:{os.environ["PATH"]}', 'sh', '-c', script])
    equal((result.returncode, result.stdout), (0, '1-4=runtime:2\n'))
    result = bus.run([], [f'{directory}/virtual-bus-control', 'dance'])
    equal(result.returncode, 1)


def flash(board, path, *options):
    with tempfile.NamedTemporaryFile(suffix='.bin') as image:
        image.write(esp_archive.make_file(FILES))
        image.flush()
        return board.run(['dfu-util', '-d', '303a:2', '-p', path, '-D', image.name, *options])


def test_counters():
    with bus.Bus('esp32s2@1-1,mode=dfu') as board:
        check('Done!' in flash(board, '1-1').stdout, 'dfu-util failed')
        stats = board.stats('1-1')
        blocks = len(esp_archive.make_payload(FILES)) // 64
        equal(stats['blocks'], blocks)
        equal(stats['last-block'], blocks - 1)
        equal(stats['manifests'], 1)
        check(blocks < stats['getstatus'] < blocks + 5, stats)
        equal(stats['sector-erases'], 5)
        equal(stats['programmed'], 20000)
        equal(stats['erased'], {0x10000 + i * 0x1000: 1 for i in range(5)})
        equal((stats['discarded'], stats['stalls']), (0, 0))
        board.tell('reset-stats 1-1')
        equal(board.stats('1-1')['blocks'], 0)


def test_save_flash():
    with tempfile.TemporaryDirectory() as directory, bus.Bus('esp32s2@1-1,mode=dfu') as board:
        flash(board, '1-1')
        board.tell(f'save-flash 1-1 {directory}/flash.bin')
        contents = pathlib.Path(directory, 'flash.bin').read_bytes()
        equal(contents[0x10000 : 0x10000 + 20000], FILES[0][2])


def test_flash_file_is_loaded_and_kept():
    with tempfile.TemporaryDirectory() as directory:
        path = pathlib.Path(directory, 'flash.bin')
        path.write_bytes(bytes(range(256)) * 16)
        with bus.Bus(f'esp32s2@1-1,mode=dfu,flash={path}') as board:
            flash(board, '1-1')
        contents = path.read_bytes()
        equal(len(contents), 4 * 1024 * 1024)
        equal(contents[:4096], bytes(range(256)) * 16)
        equal(contents[0x10000 : 0x10000 + 20000], FILES[0][2])


def test_faults_show_in_dfu_util():
    for verb, text in (
        ('stall-at-block 1-1 7', 'LIBUSB_ERROR_PIPE'),
        ('error-at-block 1-1 7 0x03', 'state(10) = dfuERROR, status(3)'),
        ('corrupt-at-block 1-1 40', 'state(10) = dfuERROR, status(10)'),
        ('error-at 1-1 manifest 0x0a', 'state(10) = dfuERROR, status(10)'),
        ('drop-at-block 1-1 7', 'LIBUSB_ERROR_IO'),
    ):
        with bus.Bus('esp32s2@1-1,mode=dfu') as board:
            board.tell(verb)
            output = flash(board, '1-1').stdout
            check(text in output, f'{verb}: no “{text}” in {output}')


def test_denied():
    with bus.Bus('esp32s2@1-1') as board:
        board.tell('deny-access 1-1')
        output = board.run(['dfu-util', '-l']).stdout
        check('Cannot open DFU device' in output, output)


def test_wait_for_blocks():
    with bus.Bus('esp32s2@1-1,mode=dfu') as board:
        board.tell('slow-transfers 1-1 2000')
        with tempfile.NamedTemporaryFile(suffix='.bin') as image:
            image.write(esp_archive.make_file(FILES))
            image.flush()
            process = board.start(['dfu-util', '-d', '303a:2', '-D', image.name])
            board.tell('wait-for 1-1 blocks:20')
            board.tell('unplug 1-1')
            output, _ = process.communicate(timeout=60)
        check('Done!' not in output, output)
        check(20 <= board.stats('1-1')['blocks'] < 300, board.stats('1-1'))


bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
