#!/usr/bin/python3
# test-window.py: the real window as its own process on the virtual bus, used as a person uses it
#
# SPDX-License-Identifier: GPL-3.0-or-later

import contextlib
import os
import pathlib
import tempfile

import bus
import firmware
from window import G_DEBUG, PATIENCE, Window, click, drop, press_key, wait_until

BOOTLACE = os.environ['BOOTLACE']
DRAG_SOURCE = os.environ['DRAG_SOURCE']

PORT = '1-10'
temporary = tempfile.TemporaryDirectory(prefix='bootlace-window-')
FOLDER = pathlib.Path(temporary.name)
IMAGE = firmware.make(FOLDER / 'dfu.bin', '--app-size', '20000')
N_BLOCKS = (IMAGE.stat().st_size - 16 + 63) // 64

SLOW = 30000  # microseconds a transfer: slow enough to be caught in the middle


def check(condition, message):
    if not condition:
        raise AssertionError(message)


@contextlib.contextmanager
def started(*boards, file=None, before=None):
    """A bus and the program on it. The program must end well when its window is closed."""
    with bus.Bus(*(boards or [f'esp32s2@{PORT}'])) as board:
        if before is not None:
            board.tell(before)
        command = [BOOTLACE] if file is None else [BOOTLACE, str(file)]
        board.environment['G_DEBUG'] = G_DEBUG
        process = board.start(command, stdout=None, stderr=None)
        try:
            window = Window(process)
            yield board, window
            if process.poll() is None:
                check(window.end() == 0, f'the program ended with {process.returncode}')
        finally:
            process.kill()
            process.wait()


def saved_flash(board, path=PORT):
    saved = FOLDER / f'saved-{path}.bin'
    board.tell(f'save-flash {path} {saved}')
    return saved.read_bytes()


def check_flash(board, file=IMAGE, path=PORT):
    check(saved_flash(board, path) == firmware.flash_after(file), f'{path} holds something else')


def flash(window, port=PORT):
    window.press('Flash')
    window.wait_for_row(port, 'Written and verified')


def start_slowly(board, window):
    """A board that takes its time, in the middle of being written."""
    board.tell(f'slow-transfers {PORT} {SLOW}')
    window.press('Flash')
    window.wait_for_row(PORT, 'Erasing and writing')


def start_again(board):
    """As a person does: pull the plug, put it in again with BOOT held."""
    if f'{PORT}=unplugged' not in board.tell('list'):
        board.tell(f'unplug {PORT}')
    board.tell(f'clear-faults {PORT}')
    board.tell(f'hold-boot {PORT} on')
    board.tell(f'plug {PORT}')


def check_next_try(board, window):
    """Whatever happened before, the next try must succeed."""
    board.tell(f'slow-transfers {PORT} 0')
    board.tell(f'clear-faults {PORT}')
    flash(window)
    check_flash(board)


def test_drop_press_read():
    with started() as (board, window):
        window.wait_for_text('Drop your firmware here')
        window.wait_for_button('Flash', sensitive=False)
        check(drop(window, [IMAGE], DRAG_SOURCE) == 'taken', 'the drop was refused')
        window.wait_for_text('blink 1.0.3')
        flash(window)
        window.wait_for_text('Press RESET on the board to start it')
        check_flash(board)


def test_two_boards_at_once():
    with started('esp32s2@1-2', f'esp32s2@{PORT}', file=IMAGE) as (board, window):
        window.press('Flash 2 boards')
        for path in ('1-2', PORT):
            window.wait_for_row(path, 'Written and verified')
            check_flash(board, path=path)


def test_board_comes_while_another_is_written():
    with started(file=IMAGE) as (board, window):
        start_slowly(board, window)
        board.tell('plug esp32s2@1-2')
        window.wait_for_row('1-2', 'Ready')
        board.tell(f'slow-transfers {PORT} 0')
        window.wait_for_row(PORT, 'Written and verified')
        flash(window, '1-2')
        check_flash(board, path='1-2')


def test_boards_come_and_go():
    with started(file=IMAGE) as (board, window):
        window.wait_for_row(PORT, 'Ready')
        board.tell(f'unplug {PORT}')
        wait_until(lambda: window.row(PORT) is None, 'the row to go')
        window.wait_for_button('Flash', sensitive=False)
        board.tell(f'plug {PORT}')
        check_next_try(board, window)


def test_unplugged_at_30_percent():
    with started(file=IMAGE) as (board, window):
        board.tell(f'drop-at-block {PORT} {N_BLOCKS * 3 // 10}')
        window.press('Flash')
        window.wait_for_row(PORT, 'Failed')
        window.wait_for_row(PORT, 'The board was unplugged')
        start_again(board)
        check_next_try(board, window)


def test_unplugged_at_other_moments():
    for moment in ('detach', 'block:0', f'block:{N_BLOCKS - 1}', 'manifest'):
        with started(file=IMAGE) as (board, window):
            board.tell(f'drop-at {PORT} {moment}')
            window.press('Flash')
            window.wait_for_row(PORT, 'Failed')
            start_again(board)
            check_next_try(board, window)


def test_never_comes_back():
    with started(file=IMAGE) as (board, window):
        board.tell(f'drop-at {PORT} return')
        window.press('Flash')
        window.wait_for_row(PORT, 'did not come back')
        start_again(board)
        check_next_try(board, window)


def test_no_access():
    with started(file=IMAGE, before=f'deny-access {PORT}') as (board, window):
        window.wait_for_row(PORT, 'No access')
        window.wait_for_button('Flash', sensitive=False)
        board.tell(f'allow-access {PORT}')
        window.wait_for_row(PORT, 'Ready')
        check_next_try(board, window)


def test_another_program_has_the_board():
    with started(f'esp32s2@{PORT},mode=dfu', file=IMAGE) as (board, window):
        process = board.tell(f'hold-interface {PORT}')
        window.press('Flash')
        window.wait_for_row(PORT, f'“ModemManager” is using the board (process {process})')
        board.tell(f'release-interface {PORT}')
        check_next_try(board, window)


def test_another_program_lets_go():
    """Before the engine gives up."""
    with started(f'esp32s2@{PORT},mode=dfu', file=IMAGE) as (board, window):
        board.tell(f'hold-interface {PORT}')
        window.press('Flash')
        board.tell(f'wait-for {PORT} open')
        board.tell(f'release-interface {PORT}')
        window.wait_for_row(PORT, 'Written and verified')
        check_flash(board, IMAGE)


def test_cancel():
    with started(file=IMAGE) as (board, window):
        start_slowly(board, window)
        window.press('Cancel', below=window.row(PORT))
        window.wait_for_row(PORT, 'Cancelled')
        check_next_try(board, window)


def press_escape(window):
    press_key(window, 'Escape')


def test_double_click():
    """Whoever is used to it starts what one click starts, and stops nothing."""
    with started(file=IMAGE) as (board, window):
        board.tell(f'slow-transfers {PORT} 5000')
        click(window, window.wait_for_button('Flash'), 2)
        window.wait_for_row(PORT, 'Written and verified')
        check_flash(board)


def test_impatient_cancel():
    """However often it is pressed, nothing starts again."""
    with started(file=IMAGE) as (board, window):
        start_slowly(board, window)
        click(window, window.wait_for_button('Cancel', below=window.row(PORT)), 12)
        window.wait_for_row(PORT, 'Cancelled')
        window.press('Flash')
        window.wait_for_row(PORT, 'Erasing and writing')
        n_cancels = len(list(window.nodes('push button', 'Cancel')))
        check(n_cancels == 2, f'{n_cancels} buttons to cancel')
        click(window, list(window.nodes('push button', 'Cancel'))[1], 12)
        window.wait_for_row(PORT, 'Cancelled')
        check_next_try(board, window)


def test_escape_asks():
    with started(file=IMAGE) as (board, window):
        start_slowly(board, window)
        press_escape(window)
        window.press('Keep Flashing')
        window.wait_for_row(PORT, 'Erasing and writing')
        wait_until(lambda: window.node('push button', 'Keep Flashing') is None, 'the answer')
        press_escape(window)
        window.press('Stop Flashing')
        window.wait_for_row(PORT, 'Cancelled')
        check_next_try(board, window)


def test_the_focus_begins_where_one_goes_on():
    with started() as (_, window):
        window.wait_for_focus('Choose File…')
    with started(file=IMAGE) as (_, window):
        window.wait_for_focus('ESP32-S2 on USB port')
        press_key(window, 'Tab')
        window.wait_for_focus('Flash')


def test_keys_select_boards():
    """Also while the focus is in a list, which has other plans with these keys."""
    with started('esp32s2@1-2', f'esp32s2@{PORT}', file=IMAGE) as (_, window):
        window.wait_for_button('Flash 2 boards')
        tick = window.wait(lambda: window.node('check box', None, window.row(PORT)), 'the tick')
        click(window, tick, 1)
        window.wait_for_text('ESP32-S2 on USB port 1-2')
        window.wait(lambda: window.node('check box', None, window.row(PORT)).is_focused(), 'the focus')
        press_key(window, 'ctrl+a')
        window.wait_for_button('Flash 2 boards')
        press_key(window, 'ctrl+shift+a')
        window.wait_for_text('Select a board to flash')


def test_keys_select_text():
    """Where a text has the focus, they are for it."""
    with started(file=IMAGE) as (_, window):
        flash(window)
        window.report(PORT)
        text = next(window.nodes('text', below=window.row(PORT)))
        click(window, text, 1)
        press_key(window, 'ctrl+a')
        window.wait(lambda: text.count_selections() == 1, 'the selection')
        check(not window.node('push button', 'Flash').is_sensitive(), 'the board is selected')
        press_key(window, 'ctrl+shift+a')
        window.wait(lambda: text.count_selections() == 0, 'the end of the selection')


def test_refusal_stays_while_flashing():
    """Nobody has read it yet. Escape means it before it means the boards."""
    damaged = firmware.make(FOLDER / 'refused.bin', '--broken', 'md5')
    damaged.write_bytes(damaged.read_bytes()[:9000])
    with started(file=IMAGE) as (board, window):
        start_slowly(board, window)
        check(drop(window, [damaged], DRAG_SOURCE) == 'taken', 'the drop was refused')
        window.wait_for_text('stays loaded')
        board.tell('plug esp32s2@1-2')
        window.wait_for_button('Flash')
        check('stays loaded' in window.texts(), 'the refusal went unread')
        press_escape(window)
        window.wait(lambda: 'stays loaded' not in window.texts(), 'the end of the refusal')
        check(window.node('push button', 'Keep Flashing') is None, 'the first Escape asked')
        press_escape(window)
        window.press('Stop Flashing')
        window.wait_for_row(PORT, 'Cancelled')


def test_board_reports_an_error():
    with started(file=IMAGE) as (board, window):
        board.tell(f'error-at-block {PORT} {N_BLOCKS // 2} 0x0e')
        window.press('Flash')
        window.wait_for_row(PORT, 'The board reported an error')
        check_next_try(board, window)


def test_board_stalls():
    with started(file=IMAGE) as (board, window):
        board.tell(f'stall-at-block {PORT} {N_BLOCKS // 2}')
        window.press('Flash')
        window.wait_for_row(PORT, 'Failed')
        check_next_try(board, window)


def test_board_finds_its_flash_corrupt():
    with started(file=IMAGE) as (board, window):
        board.tell(f'corrupt-at-block {PORT} {N_BLOCKS // 2}')
        window.press('Flash')
        window.wait_for_row(PORT, 'differs from the firmware')
        check_next_try(board, window)


def test_wrong_chip():
    path = firmware.make(FOLDER / 's3.bin', '--chip', 'esp32s3')
    with started(file=path) as (board, window):
        window.wait_for_row(PORT, 'Wrong firmware')
        window.wait_for_row(PORT, 'ESP32-S3')
        window.wait_for_button('Flash', sensitive=False)
        check(board.stats(PORT)['blocks'] == 0, 'something was sent')
        check(drop(window, [IMAGE], DRAG_SOURCE) == 'taken', 'the drop was refused')
        window.wait_for_row(PORT, 'Ready')
        check_next_try(board, window)


def test_damaged_file():
    path = firmware.make(FOLDER / 'md5.bin', '--broken', 'md5')
    with started(file=path) as (board, window):
        window.wait_for_text('damaged')
        window.wait_for_button('Flash', sensitive=False)
        check(drop(window, [IMAGE], DRAG_SOURCE) == 'taken', 'the drop was refused')
        window.wait_for_row(PORT, 'Ready')
        check_next_try(board, window)


def test_asking_for_a_window_that_is_gone():
    """What a screen reader does when a window closes between its two questions."""
    with started() as (_, window):
        for index in range(3):
            window.application.look_at_child(index)
        wait_until(lambda: window.node('frame', 'Bootlace'), 'the window to be still there')


def test_closing_while_flashing_asks_first():
    with started(file=IMAGE) as (board, window):
        start_slowly(board, window)
        window.close()
        window.press('Keep Flashing')
        board.tell(f'slow-transfers {PORT} 0')
        window.wait_for_row(PORT, 'Written and verified')
        check_flash(board)


def test_closing_while_flashing_stops():
    with started(file=IMAGE) as (board, window):
        start_slowly(board, window)
        window.close()
        window.press('Stop and Close')
        check(window.process.wait(timeout=PATIENCE) == 0, 'the program did not end well')
        check(board.stats(PORT)['discarded'] == 0, 'a transfer was abandoned')


bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
