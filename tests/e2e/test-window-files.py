#!/usr/bin/python3
# test-window-files.py: firmware that is rebuilt, opened again and saved, through the real window
#
# SPDX-License-Identifier: GPL-3.0-or-later

import contextlib
import os
import pathlib
import subprocess
import tempfile

import bus
import firmware
from window import G_DEBUG, Window, drop, wait_until, xdotool

BOOTLACE = os.environ['BOOTLACE']
CLI = os.environ['BOOTLACE_CLI']
DRAG_SOURCE = os.environ['DRAG_SOURCE']

PORT = '1-10'
temporary = tempfile.TemporaryDirectory(prefix='bootlace-window-files-')
FOLDER = pathlib.Path(temporary.name)
IMAGE = firmware.make(FOLDER / 'dfu.bin', '--app-size', '20000')
LARGE = firmware.make(FOLDER / 'large.bin', '--app-size', '400000')
OTHER = firmware.make(FOLDER / 'other.bin', '--app-size', '30000')

SLOW = 3000  # microseconds a transfer: slow enough to be caught in the middle


def check(condition, message):
    if not condition:
        raise AssertionError(message)


@contextlib.contextmanager
def started(*files, leaks=True):
    """A bus and the program on it. The program must end well when its window is closed."""
    with bus.Bus(f'esp32s2@{PORT}') as board:
        board.environment['G_DEBUG'] = G_DEBUG
        if not leaks:
            options = board.environment.get('ASAN_OPTIONS', '')
            board.environment['ASAN_OPTIONS'] = f'{options}:detect_leaks=0'
        process = board.start([BOOTLACE, *map(str, files)], stdout=None, stderr=None)
        try:
            window = Window(process)
            yield board, window
            check(window.end() == 0, f'the program ended with {process.returncode}')
        finally:
            process.kill()
            process.wait()


def copy(image, name='changing.bin'):
    path = FOLDER / name
    path.write_bytes(image.read_bytes())
    return path


def check_flash(board, image):
    saved = FOLDER / 'saved-flash.bin'
    board.tell(f'save-flash {PORT} {saved}')
    check(saved.read_bytes() == firmware.flash_after(image), 'the board holds something else')


def make_build(image=IMAGE):
    return firmware.make_build(pathlib.Path(tempfile.mkdtemp(dir=FOLDER)), image)


def list_parts(build):
    return [build / path for path in firmware.PARTS.values()]


def test_who_presses_flash_means_the_new_build():
    build = make_build()
    with started(build) as (board, window):
        window.wait_for_text('app 20 kB')
        firmware.make_build(build.parent, OTHER)
        window.wait_for_text('blink 1.0.3 was rebuilt')
        window.wait_for_text('app 30 kB')
        window.press('Flash')
        window.wait_for_row(PORT, 'Written and verified')
        check_flash(board, OTHER)


def test_what_is_refused_is_told_with_its_place():
    build = make_build()
    bad = FOLDER / 'bad.hex'
    bad.write_text(':0300300002337A1E\nnonsense\n:00000001FF\n')
    both = [build / firmware.PARTS[0x1000], build / firmware.PARTS[0x10000], IMAGE]
    with started(build) as (board, window):
        window.wait_for_text('app 20 kB')
        for files, name, texts in (
            ([bad], 'bad.hex', ('contradicts itself', 'The fault is in line 2, column 1.', 'Line 2, column 1')),
            (both, both[0].name, (f'{IMAGE} is a firmware of its own', 'a whole firmware', 'leave it out')),
        ):
            check(drop(window, files, DRAG_SOURCE) == 'taken', 'the drop was refused')
            for text in texts:
                window.wait_for_text(text)
            alert = window.wait(lambda: next(window.nodes('alert'), None), 'the alert')
            check(alert.name.startswith(name), alert.name)
            check('app 20 kB' in window.texts(), 'the firmware is not there any more')
            window.wait_for_text(f'{pathlib.Path(build.parent).name}/build stays loaded.')

        # Escape takes the refusal away when there is nothing to stop.
        wait_until(window.find_x_window, 'the X window')
        xdotool('key', 'Escape')
        window.wait(lambda: 'stays loaded' not in window.texts(), 'the end of the refusal')
        check('app 20 kB' in window.texts(), 'the firmware is not there any more')


def test_half_a_file_is_waited_for():
    path = copy(IMAGE)
    with started(path) as (board, window):
        window.wait_for_text('blink 1.0.3')
        path.write_bytes(OTHER.read_bytes()[:9000])
        window.wait_for_text('blink 1.0.3 from changing.bin stays loaded.')
        window.press('Flash')
        window.wait_for_row(PORT, 'Written and verified')
        check_flash(board, IMAGE)
        copy(OTHER)
        window.wait_for_text('was rebuilt')


def test_what_is_deleted_stays_loaded():
    path = copy(IMAGE)
    with started(path) as (board, window):
        window.wait_for_text('blink 1.0.3')
        path.unlink()
        window.wait_for_text('is not there any more')
        window.press('Flash')
        window.wait_for_row(PORT, 'Written and verified')
        check_flash(board, IMAGE)


def test_changes_while_flashing_disturb_nothing():
    path = copy(LARGE)
    with started(path) as (board, window):
        board.tell(f'slow-transfers {PORT} {SLOW}')
        window.press('Flash')
        window.wait_for_row(PORT, 'Erasing and writing')
        path.unlink()
        copy(OTHER)
        window.wait_for_text('It will be loaded when the boards are done')
        board.tell(f'slow-transfers {PORT} 0')
        window.wait_for_row(PORT, 'Written and verified')
        check_flash(board, LARGE)
        window.wait_for_text('The boards that are done got what was there before')


def test_what_is_for_another_board_is_offered():
    path = copy(IMAGE)
    other = firmware.make(FOLDER / 's3.bin', '--chip', 'esp32s3')
    with started(path) as (board, window):
        window.wait_for_row(PORT, 'Ready')
        copy(other)
        window.press('Load It')
        window.wait_for_row(PORT, 'Wrong firmware')


def find_recent(window, path):
    """The row in the list of recent firmware."""
    names = (f'{path.name} in {path.parent}', path.name)
    return next((node for node in window.nodes('list item') if node.name in names), None)


def open_recent(window):
    def find():
        for role in ('toggle button', 'push button', 'menu button'):
            for node in window.nodes(role, 'Recent firmware'):
                if node.is_sensitive() and node.count_actions() > 0:
                    return node
        return None

    window.wait(find, 'the arrow beside Open').act()


def test_recent_firmware_by_keyboard():
    gone = copy(OTHER, 'gone.bin')
    with started(gone) as (board, window):
        window.wait_for_text('app 30 kB')
        check(drop(window, [IMAGE], DRAG_SOURCE) == 'taken', 'the drop was refused')
        window.wait_for_text('app 20 kB')
        check(drop(window, [OTHER], DRAG_SOURCE) == 'taken', 'the drop was refused')
        window.wait_for_text('app 30 kB')
        gone.unlink()
        open_recent(window)
        window.wait(lambda: find_recent(window, IMAGE), 'the file in the list')
        window.wait(lambda: find_recent(window, gone) is None, 'the end of what is gone')
        xdotool('key', 'Down', 'sleep', 0.1, 'key', 'Return')
        window.wait_for_text('app 20 kB')


def test_saved_as_the_command_line_builds_it():
    build = make_build()
    expected = FOLDER / 'expected.bin'
    saved = FOLDER / 'saved.dfu'
    subprocess.run([CLI, 'build', '-o', expected, build], check=True, stdout=subprocess.DEVNULL)
    # GTK's file chooser leaks; saving without it is tried for leaks elsewhere.
    with started(build, leaks=False) as (board, window):
        window.wait_for_text('blink 1.0.3')
        wait_until(window.find_x_window, 'the X window')
        xdotool('key', 'ctrl+shift+s')
        dialog = wait_until(lambda: window.find_x_window('Save as DFU Image'), 'the dialog')
        xdotool('windowfocus', '--sync', dialog)
        xdotool('key', 'ctrl+a', 'type', str(saved))
        xdotool('key', 'Return')
        # GTK 4.8 trips over questions about the parts of a dialog that is closing.
        wait_until(saved.exists, 'the file')
        wait_until(lambda: not window.find_x_window('Save as DFU Image'), 'the end of the dialog')
        window.wait_for_text('Saved as saved.dfu.')
        check(saved.read_bytes() == expected.read_bytes(), 'the command line builds something else')
        window.press('Hide this message')
        window.wait(lambda: 'Saved as' not in window.texts(), 'the end of the message')


def test_parts_on_the_command_line():
    with started(*list_parts(make_build())) as (board, window):
        window.wait_for_text('in 3 parts')
        window.press('Flash')
        window.wait_for_row(PORT, 'Written and verified')
        check_flash(board, IMAGE)


def test_parts_are_dropped_together():
    with started() as (board, window):
        window.wait_for_text('Drop your firmware here')
        parts = list_parts(make_build())
        check(drop(window, parts, DRAG_SOURCE) == 'taken', 'the drop was refused')
        window.wait_for_text('in 3 parts')
        check(drop(window, [parts[0], parts[0]], DRAG_SOURCE) == 'taken', 'the drop was refused')
        window.wait_for_text('Two of these files are the same part')


bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
