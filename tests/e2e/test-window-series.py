#!/usr/bin/python3
# test-window-series.py: boards that are flashed as soon as they are connected, through the real window
#
# SPDX-License-Identifier: GPL-3.0-or-later

import contextlib
import os
import pathlib
import tempfile
import time

import bus
import firmware
from window import G_DEBUG, Window, click, drop, press_key

BOOTLACE = os.environ['BOOTLACE']
CLI = os.environ['BOOTLACE_CLI']
DRAG_SOURCE = os.environ['DRAG_SOURCE']

# One is there from the beginning; at the other two boards come and go.
THERE, PORT, BESIDE = '1-2', '1-10', '1-11'
temporary = tempfile.TemporaryDirectory(prefix='bootlace-window-series-')
FOLDER = pathlib.Path(temporary.name)
IMAGE = firmware.make(FOLDER / 'dfu.bin', '--app-size', '20000')
OTHER = firmware.make(FOLDER / 'other.bin', '--app-size', '30000')
WARNING = firmware.make(FOLDER / 'warning.bin', '--app-size', '20000', '--finding', 'alone')
BLANK = b'\xff' * firmware.FLASH_SIZE

SWITCH = 'Flash boards as soon as they are connected'
ARMED = 'Every board that you connect now is flashed with blink 1.0.3 at once.'

# Seconds that no program needs to restart in, and a hand does to change the board.
HAND = 2


def check(condition, message):
    if not condition:
        raise AssertionError(message)


@contextlib.contextmanager
def started(*boards, file=IMAGE):
    """A bus and the program on it. The program must end well when its window is closed."""
    with bus.Bus(*(boards or [f'esp32s2@{THERE}'])) as board:
        board.environment['G_DEBUG'] = G_DEBUG
        process = board.start([BOOTLACE, str(file)], stdout=None, stderr=None)
        try:
            window = Window(process)
            yield board, window
            check(window.end() == 0, f'the program ended with {process.returncode}')
        finally:
            process.kill()
            process.wait()


def arm(window, text=ARMED):
    press_key(window, 'ctrl+comma')
    window.wait(lambda: window.node('check box', SWITCH), 'the switch').act()
    window.wait_for_text(text)
    press_key(window, 'Escape', 'Preferences')
    window.wait(lambda: window.node('check box', SWITCH) is None, 'the end of the preferences')


def saved_flash(board, path):
    saved = FOLDER / f'saved-{path}.bin'
    board.tell(f'save-flash {path} {saved}')
    return saved.read_bytes()


def check_flash(board, path, image=IMAGE):
    check(saved_flash(board, path) == firmware.flash_after(image), f'{path} holds something else')


def check_blank(board, path):
    check(saved_flash(board, path) == BLANK, f'{path} was written')


def can_be_ticked(window, path):
    row = window.row(path)
    ticks = window.nodes('check box', below=row) if row is not None else ()
    return any(tick.is_sensitive() for tick in ticks)


def pull(board, window, path):
    """Unplugs a board, and takes the time of a hand until something else is plugged in."""
    board.tell(f'unplug {path}')
    window.wait(lambda: not can_be_ticked(window, path), f'the end of {path}')
    time.sleep(HAND)


def plug_unflashed(board, window, path=PORT):
    board.tell(f'plug esp32s2@{path}')
    window.wait_for_row(path, 'Ready')


def wait_until_flashed(board, window, path, image=IMAGE):
    window.wait_for_row(path, 'Written and verified')
    check_flash(board, path, image)


def check_that_all_is_done(board, window, image=IMAGE):
    """Whatever was to be flashed has been begun, once a board is done that came later."""
    board.tell(f'plug esp32s2@{BESIDE}')
    wait_until_flashed(board, window, BESIDE, image)


def test_one_after_another():
    """Three boards at two ports, one of them empty first. Who was there waits for the button."""
    with started() as (board, window):
        window.wait_for_row(THERE, 'Ready')
        arm(window)
        for path in (PORT, BESIDE, PORT):
            board.tell(f'plug esp32s2@{path}')
            wait_until_flashed(board, window, path)
            pull(board, window, path)
        check_blank(board, THERE)
        window.press('Flash')
        wait_until_flashed(board, window, THERE)


def test_the_same_board_again():
    with started() as (board, window):
        arm(window)
        board.tell(f'plug esp32s2@{PORT}')
        wait_until_flashed(board, window, PORT)
        pull(board, window, PORT)
        board.tell(f'reset-stats {PORT}')
        board.tell(f'plug {PORT}')
        board.tell(f'wait-for {PORT} blocks:1')
        wait_until_flashed(board, window, PORT)


def test_a_restart_is_no_arrival():
    """Neither after it was flashed, nor of a board that was there."""
    with started() as (board, window):
        arm(window)
        board.tell(f'plug esp32s2@{PORT}')
        wait_until_flashed(board, window, PORT)
        for path in (THERE, PORT):
            board.tell(f'reset-stats {path}')
            board.tell(f'hold-boot {path} on')
            board.tell(f'press-reset {path}')
            window.wait_for_row(path, 'Ready')
        check_that_all_is_done(board, window)
        for path in (THERE, PORT):
            window.wait_for_row(path, 'Ready')
            check(board.stats(path)['blocks'] == 0, f'{path} was flashed')


def test_a_program_that_stops_is_no_arrival():
    """While it runs the board is still there, however long that takes."""
    with started() as (board, window):
        arm(window)
        board.tell(f'plug esp32s2@{PORT},mode=app')
        window.wait_for_text('runs its application')
        board.tell(f'hold-boot {PORT} on')
        board.tell(f'press-reset {PORT}')
        wait_until_flashed(board, window, PORT)
        board.tell(f'hold-boot {PORT} off')
        board.tell(f'press-reset {PORT}')
        window.wait_for_row(PORT, 'has left')
        time.sleep(HAND)
        board.tell(f'reset-stats {PORT}')
        board.tell(f'hold-boot {PORT} on')
        board.tell(f'press-reset {PORT}')
        window.wait_for_row(PORT, 'Ready')
        check_that_all_is_done(board, window)
        check(board.stats(PORT)['blocks'] == 0, 'it was flashed again')


def make_dfuse():
    """Firmware that names its board, which is told to start it when it is written."""
    raw = FOLDER / 'stm32.bin'
    raw.write_bytes(bytes(range(256)) * 40)
    path = FOLDER / 'stm32.dfu'
    place = ('--to', 'dfuse', '--address', '0x08000000', '--device', '0483:df11')
    result = bus.run([], [CLI, 'convert', *place, '-o', str(path), str(raw)])
    check(result.returncode == 0, result.stdout)
    return path


def test_a_program_that_keeps_failing():
    """A chip with its bootloader's pin held goes back there; its serial number tells it."""
    with started(file=make_dfuse()) as (board, window):
        arm(window, 'Every board that you connect now is flashed')
        board.tell(f'plug stm32f4@{PORT}')
        window.wait_for_row(PORT, 'Written and verified')
        pull(board, window, PORT)
        board.tell(f'reset-stats {PORT}')
        board.tell(f'plug {PORT}')
        window.wait_for_row(PORT, 'Ready')
        board.tell(f'plug stm32f4@{BESIDE}')
        window.wait_for_row(BESIDE, 'Written and verified')
        check(board.stats(PORT)['blocks'] == 0, 'it was flashed again')


def test_a_failed_board_is_left_alone():
    with started(f'esp32s2@{THERE}', f'esp32s2@{PORT}') as (board, window):
        pull(board, window, PORT)
        arm(window)
        board.tell(f'stall-at-block {PORT} 100')
        board.tell(f'plug {PORT}')
        window.wait_for_row(PORT, 'Failed')
        board.tell(f'reset-stats {PORT}')
        check_that_all_is_done(board, window)
        window.wait_for_row(PORT, 'Failed')
        check(board.stats(PORT)['blocks'] == 0, 'it was tried again')

        pull(board, window, PORT)
        board.tell(f'plug {PORT}')
        wait_until_flashed(board, window, PORT)


def test_wrong_chip_and_no_access():
    with started(f'esp32s2@{THERE}', f'esp32s2@{PORT}') as (board, window):
        pull(board, window, PORT)
        arm(window)
        board.tell(f'deny-access {PORT}')
        board.tell(f'plug {PORT}')
        board.tell('plug esp32s3@1-7')
        window.wait_for_row(PORT, 'No access')
        window.wait_for_row('1-7', 'Wrong firmware')
        check_that_all_is_done(board, window)
        check_blank(board, PORT)
        board.tell(f'allow-access {PORT}')
        wait_until_flashed(board, window, PORT)
        check_blank(board, '1-7')
        window.wait_for_row('1-7', 'Wrong firmware')


def test_stop():
    with started() as (board, window):
        arm(window)
        window.press('Stop')
        window.wait(lambda: ARMED not in window.texts(), 'the end of the banner')
        plug_unflashed(board, window)
        window.press('Flash 2 boards')
        wait_until_flashed(board, window, PORT)

        # Whatever came meanwhile waits.
        pull(board, window, PORT)
        board.tell(f'plug {PORT}')
        window.wait_for_row(PORT, 'Ready')
        board.tell(f'reset-stats {PORT}')
        arm(window)
        check_that_all_is_done(board, window)
        check(board.stats(PORT)['blocks'] == 0, 'it was flashed')


def find_consent(window):
    for node in window.nodes('check box'):
        if node.name.startswith('Flash anyway'):
            return node
    return None


def test_warnings_are_asked_about():
    with started(file=WARNING) as (board, window):
        arm(window, 'because this firmware has warnings')
        plug_unflashed(board, window)
        click(window, window.wait(lambda: find_consent(window), 'the box'), 1)
        window.wait_for_text(ARMED)
        check_that_all_is_done(board, window, WARNING)
        check_blank(board, PORT)
        check_blank(board, THERE)


def test_firmware_that_names_no_board():
    raw = firmware.make(FOLDER / 'raw.bin', '--broken', 'raw-with-suffix')
    with started(file=raw) as (board, window):
        window.wait_for_row(THERE, 'Ready')
        arm(window, 'No board is flashed by itself')
        plug_unflashed(board, window)
        board.tell(f'unplug {PORT}')
        window.wait(lambda: window.row(PORT) is None, 'the end of the row')
        check_blank(board, PORT)


@contextlib.contextmanager
def started_with_build():
    """Flashes by itself what is in a file that is going to be built anew."""
    path = FOLDER / 'changing.bin'
    path.write_bytes(IMAGE.read_bytes())
    with started(file=path) as (board, window):
        arm(window)
        yield board, window, path


def test_new_build_goes_on_and_other_firmware_ends_it():
    with started_with_build() as (board, window, path):
        path.write_bytes(OTHER.read_bytes())
        window.wait_for_text('was rebuilt')
        window.wait_for_text('app 30 kB')
        check(ARMED in window.texts(), 'the banner has gone')
        board.tell(f'plug esp32s2@{PORT}')
        wait_until_flashed(board, window, PORT, OTHER)

        check(drop(window, [IMAGE], DRAG_SOURCE) == 'taken', 'the drop was refused')
        window.wait_for_text('because other firmware was loaded')
        check(ARMED not in window.texts(), 'the banner is still there')
        plug_unflashed(board, window, BESIDE)
        window.press('Hide this message')
        window.wait(lambda: 'other firmware' not in window.texts(), 'the end of the message')
        check_blank(board, BESIDE)


def test_new_build_with_a_warning_ends_it():
    with started_with_build() as (board, window, path):
        path.write_bytes(WARNING.read_bytes())
        window.wait_for_text('because of what is said about the new build')
        plug_unflashed(board, window)
        check_blank(board, PORT)


def test_refused_file_pauses():
    bad = FOLDER / 'bad.hex'
    bad.write_text(':0300300002337A1E\nnonsense\n:00000001FF\n')
    with started() as (board, window):
        arm(window)
        check(drop(window, [bad], DRAG_SOURCE) == 'taken', 'the drop was refused')
        window.wait_for_text('while the message about the refused file is shown')
        plug_unflashed(board, window)
        press_key(window, 'Escape')
        window.wait_for_text(ARMED)
        check_that_all_is_done(board, window)
        check_blank(board, PORT)


bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
