#!/usr/bin/python3
# test-window.py: bootlace.exe as it is installed, under Wine: seen as pixels, used by mouse and keys
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# GTK has no accessibility on Windows, so nothing can be asked for its text. What is seen is colours,
# which ui/style.css gives to one meaning each; what is done leaves its traces in files and in the
# registry.

import collections
import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import urllib.parse

import bus

BOOTLACE = os.environ['BOOTLACE']
MAKE_IMAGE = os.environ['MAKE_IMAGE']
STAND_IN = os.environ['ZADIG']

HERE = pathlib.Path(__file__).parent
UNDER_WINE = HERE / 'under-wine'
DRIVE = pathlib.Path(os.environ['WINEPREFIX'], 'drive_c')
PROGRAMS = DRIVE / 'Program Files' / 'Zadig'
PERSONALIZE = r'HKCU\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize'
SETTINGS = r'HKCU\Software\GSettings\dev\bootlace\Bootlace'

# What is Wine's: it has no layouts of keyboards and no fonts with a name.
NOISE = re.compile(r'\b(?!Gdk|Pango)[\w-]+-(WARNING|CRITICAL) \*\*')

# Where pictures of the windows are left for people.
PICTURES = os.environ.get('BOOTLACE_PICTURES')

PATIENCE = 120  # seconds, for anything that should happen soon
PAUSE = 0.1

# Not in any one code page of Windows.
NAME = 'Grüße ẞ Ж.bin'

# What has one of these colours, and nothing else has: ui/style.css, ui/style-dark.css.
BAD = (0xFB, 0xE6, 0xE4)  # the ground of what is in the way
GOOD = (0xE3, 0xF4, 0xE9)  # the ground of what is well
APP = (0x1F, 0x7F, 0x52)  # an app in the flash map
DRAWING = (0x8F, 0x8A, 0x97)  # the lines of drawings
LIGHT = (0xF6, 0xF5, 0xF4)  # the window, and what it is on a dark desktop
DARK = (0x1F, 0x1E, 0x22)

MANY = 100  # pixels
TITLE = 26  # pixels from the top: the middle of the title bar

temporary = tempfile.TemporaryDirectory(prefix='bootlace-windows-')
FOLDER = pathlib.Path(temporary.name)


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def wait_until(condition, what):
    end = time.monotonic() + PATIENCE
    while True:
        answer = condition()
        if answer:
            return answer
        check(time.monotonic() < end, f'waited {PATIENCE} s for {what() if callable(what) else what}')
        time.sleep(PAUSE)


def xdotool(*arguments):
    command = ['xdotool', *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def wine(*arguments):
    return subprocess.run(
        [UNDER_WINE, *arguments], capture_output=True, encoding='utf-8', check=False, timeout=PATIENCE
    ).stdout


def change_registry(*arguments):
    path = FOLDER / 'changes.reg'
    with path.open('wb') as file:
        subprocess.run([HERE / 'make-registry', *arguments], stdout=file, check=True)
    wine('regedit', '/S', str(path))


def set_light(light):
    wine('reg', 'add', PERSONALIZE, '/v', 'AppsUseLightTheme', '/t', 'REG_DWORD', '/d', light, '/f')


class Picture:
    """What a window looks like now."""

    def __init__(self, window):
        command = ['import', '-window', window, '-depth', '8', 'ppm:-']
        data = subprocess.run(command, capture_output=True, check=True).stdout
        header = re.match(rb'P6\s+(\d+)\s+(\d+)\s+255\s', data)
        self.pixels = data[header.end():]
        self.width, self.height = int(header[1]), int(header[2])
        self.colours = collections.Counter(
            zip(self.pixels[::3], self.pixels[1::3], self.pixels[2::3])
        )

    def count(self, colour):
        return self.colours[colour]

    def row(self, y):
        return self.pixels[3 * y * self.width:3 * (y + 1) * self.width]

    def pixel(self, x, y):
        return self.row(y)[3 * x:3 * x + 3]

    def is_drawn(self):
        """Text has soft edges, so a window with some has many colours, and one ground."""
        ground = self.colours.most_common(1)[0][1]
        return len(self.colours) > 100 and ground < 0.95 * self.width * self.height


class Program:
    def __init__(self, *arguments):
        self.log = tempfile.TemporaryFile()
        # Where no window is.
        xdotool('mousemove', *xdotool('getdisplaygeometry').split())
        self.process = subprocess.Popen(
            [UNDER_WINE, BOOTLACE, *arguments],
            cwd=FOLDER,
            env=dict(
                os.environ,
                LC_ALL='C.UTF-8',
                # Wine has neither OpenGL here nor the fonts of Windows.
                GSK_RENDERER='cairo',
                PANGOCAIRO_BACKEND='fc',
            ),
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
        )

    def read_log(self):
        self.log.seek(0)
        return self.log.read().decode(errors='replace')

    def find_window(self, title):
        check(self.process.poll() is None, f'the program ended:\n{self.read_log()}')
        found = xdotool('search', '--onlyvisible', '--name', f'^{title}$')
        return found.split()[-1] if found else None

    def wait_for_drawn(self, title):
        window = wait_until(lambda: self.find_window(title), f'the window “{title}”')
        wait_until(lambda: Picture(window).is_drawn(), f'something in the window “{title}”')
        return window

    def wait_for_window(self):
        """Until it takes the keys."""
        window = self.wait_for_drawn('Bootlace')
        wait_until(lambda: xdotool('getactivewindow').strip() == window, 'the focus')
        return window

    def open_setup(self, window):
        """Wine gives the keys to a second window by itself; the first one looks so then."""
        title = Picture(window).row(TITLE)
        press('F1')
        setup = self.wait_for_drawn('Setup Assistant')
        wait_until(lambda: Picture(window).row(TITLE) != title, 'the focus on the assistant')
        return setup

    def wait_for_end(self):
        status = self.process.wait(timeout=PATIENCE)
        log = self.read_log()
        check(status == 0, f'exit status {status}:\n{log}')
        check(NOISE.search(log) is None, log)


@contextlib.contextmanager
def running(*arguments):
    program = Program(*arguments)
    try:
        yield program
    finally:
        if program.process.poll() is None:
            wine('taskkill', '/f', '/im', 'bootlace.exe')
            program.process.wait(timeout=PATIENCE)


def press(*keys):
    for key in keys:
        xdotool('key', key)


def click_close(window):
    """The button at the end of the title bar, which takes another ground when the pointer is there."""
    x = Picture(window).width - 26

    # A window that has just come to the front again misses the first motion.
    def is_lit():
        for place in x - 1, x:
            xdotool('mousemove', '--window', window, place, TITLE)
        picture = Picture(window)
        return picture.pixel(x, TITLE - 12) != picture.pixel(x - 19, TITLE - 12)

    wait_until(is_lit, 'the button to notice the pointer')
    xdotool('click', 1)


def wait_for_colour(window, colour, what, many=MANY):
    wait_until(lambda: Picture(window).count(colour) >= many, what)


def leave_picture(window, name):
    if PICTURES:
        pathlib.Path(PICTURES).mkdir(parents=True, exist_ok=True)
        subprocess.run(['import', '-window', window, pathlib.Path(PICTURES, f'{name}.png')], check=True)


def make_image():
    subprocess.run([UNDER_WINE, MAKE_IMAGE, 'plain.bin'], cwd=FOLDER, check=True)
    (FOLDER / 'plain.bin').rename(FOLDER / NAME)


def test_opens_and_closes():
    with running() as program:
        window = program.wait_for_window()
        check(Picture(window).count(APP) == 0, 'there is a flash map without firmware')
        leave_picture(window, 'empty')
        click_close(window)
        program.wait_for_end()


def test_shows_and_remembers_a_file():
    make_image()
    with running(NAME) as program:
        window = program.wait_for_window()
        wait_for_colour(window, APP, 'the app in the flash map')
        leave_picture(window, 'firmware')
        click_close(window)
        program.wait_for_end()

    settings = wine('reg', 'query', SETTINGS)
    check(f'{urllib.parse.quote(NAME)}' in settings, settings)


def test_second_start_hands_its_file_over():
    with running() as first:
        window = first.wait_for_window()
        check(Picture(window).count(BAD) == 0, 'something is wrong without a file')
        Program('gone.bin').wait_for_end()
        wait_for_colour(window, BAD, 'the first window to say that there is no such file')
        click_close(window)
        first.wait_for_end()


def test_follows_the_desktop():
    with running() as program:
        window = program.wait_for_window()
        wait_for_colour(window, LIGHT, 'a light window')
        set_light('0')
        wait_for_colour(window, DARK, 'a dark window')
        check(Picture(window).count(LIGHT) == 0, 'it is light and dark')
        leave_picture(window, 'dark')
        set_light('1')
        wait_for_colour(window, LIGHT, 'a light window again')
        click_close(window)
        program.wait_for_end()


def read_zadig(name):
    files = list((DRIVE / 'users').glob(f'*/AppData/Local/bootlace/zadig/{name}'))
    return files[0].read_text() if files else ''


# The registry has an ESP32-S2 whose Interface 2 has no driver.
def test_leads_through_zadig():
    PROGRAMS.mkdir()
    shutil.copy(STAND_IN, PROGRAMS / 'zadig-2.9.exe')
    try:
        with running() as program:
            window = program.wait_for_window()
            setup = program.open_setup(window)
            wait_for_colour(setup, BAD, 'the question about the driver to be in the way')
            leave_picture(setup, 'driver-missing')
            check(read_zadig('started') == '', 'Zadig was started by nobody')

            # The assistant has led to the question, and what follows is its button, “Show the Steps”.
            # That leads to the steps, and what follows is “Start Zadig”.
            plain = Picture(setup).count(DRAWING)
            press('Tab', 'Return')
            wait_for_colour(setup, DRAWING, 'the drawings', plain + MANY)
            press('Tab')
            leave_picture(setup, 'steps')
            press('Return')
            wait_until(lambda: read_zadig('started') == 'yes', 'Zadig')
            check('default_driver = 0' in read_zadig('zadig.ini'), 'no settings')
            check('MI = 0x02' in read_zadig('bootlace-303a-0002-2.cfg'), 'no preset')

            check(Picture(setup).count(GOOD) == 0, 'the driver is there before it is installed')
            change_registry('--install-driver')
            wait_for_colour(setup, GOOD, 'the guide to say that the driver is there')
            leave_picture(setup, 'driver-there')
            press('Escape')
            wait_until(lambda: program.find_window('Setup Assistant') is None, 'the assistant to go')
            click_close(window)
            program.wait_for_end()
    finally:
        change_registry()
        shutil.rmtree(PROGRAMS)
        for folder in (DRIVE / 'users').glob('*/AppData/Local/bootlace/zadig'):
            shutil.rmtree(folder)


# As if it had never been started, and as Windows is where nobody has said otherwise.
wine('reg', 'delete', SETTINGS, '/f')
set_light('1')
bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
