# window.py: the real window, seen and used through its accessible interface
#
# SPDX-License-Identifier: GPL-3.0-or-later

import contextlib
import os
import pathlib
import subprocess
import time

# Warnings are fatal to the program, but not to the one who watches it: that an answer of the
# accessibility bus comes too late is nobody's fault.
G_DEBUG = os.environ.pop('G_DEBUG', '')

import accessible  # noqa: E402
from gi.repository import GLib  # noqa: E402

PATIENCE = 60  # seconds, for anything that should happen soon
PAUSE = 0.05


def wait_until(condition, what, patience=PATIENCE):
    """Waits for a state, and answers what the condition answered."""
    end = time.monotonic() + patience
    while True:
        with contextlib.suppress(GLib.Error):  # what was looked at has just gone
            answer = condition()
            if answer:
                return answer
        if time.monotonic() > end:
            raise AssertionError(f'waited {patience} s for {what() if callable(what) else what}')
        time.sleep(PAUSE)


class Window:
    """A running program with a window. What is called a node is an accessible object."""

    def __init__(self, process, title='Bootlace'):
        self.process = process
        self.title = title
        self.connection = accessible.connect()
        self.application = wait_until(self._find_application, 'the program to be accessible')
        wait_until(lambda: self.node('frame', title), 'the window')

    def _find_application(self):
        if self.process.poll() is not None:
            raise AssertionError(f'the program ended with {self.process.returncode}')
        return accessible.find_application(self.connection, self.process.pid)

    # What can be seen.

    def wait(self, condition, what, patience=PATIENCE):
        """Waits for a state of the window; not longer than the program lives."""

        def look():
            with contextlib.suppress(GLib.Error):
                if answer := condition():
                    return answer
            if self.process.poll() is not None:
                raise AssertionError(f'the program ended with {self.process.returncode}')
            return None

        return wait_until(look, what, patience)

    def nodes(self, role=None, name=None, below=None):
        """What there is now, of one role or name or any, in the window or below a node."""
        for node in (below or self.application).look().descend():
            if role in (None, node.role) and name in (None, node.name):
                yield node

    def node(self, role, name, below=None):
        return next(self.nodes(role, name, below), None)

    def texts(self, below=None):
        """All that is written in the window, one text a line."""
        names = (node.name for node in self.nodes('label', below=below))
        return '\n'.join(name for name in names if name)

    def row(self, port):
        """The row of the board at a port, which is named by what it says."""
        for node in self.nodes('list item'):
            if f'USB port {port},' in node.name:
                return node
        return None

    def row_texts(self, port):
        """All that is written in a board's row."""
        row = self.row(port)
        if row is None:
            return ''
        return '\n'.join([row.name] + [node.name for node in row.descend() if node.role == 'label'])

    def report(self, port):
        """What happened to a board, line by line, which its details show when they are opened."""
        self.press('Details', below=self.row(port))

        def read():
            return next(self.nodes('text', below=self.row(port))).read_text()

        return self.wait(read, f'the report of {port}')

    # Waiting.

    def wait_for_text(self, text, patience=PATIENCE):
        self.wait(
            lambda: text in self.texts(),
            lambda: f'“{text}” in:\n{self.texts()}',
            patience,
        )

    def wait_for_row(self, port, text, patience=PATIENCE):
        self.wait(
            lambda: text in self.row_texts(port),
            lambda: f'“{text}” at {port}, which says:\n{self.row_texts(port)}',
            patience,
        )

    def wait_for_button(self, name, sensitive=True, below=None):
        def find():
            for button in self.nodes('push button', name, below):
                if button.is_sensitive() == sensitive:
                    return button
            return None

        kind = 'sensitive' if sensitive else 'insensitive'
        return self.wait(find, lambda: f'a button “{name}”, {kind}, in:\n{self.texts()}')

    def wait_for_focus(self, name):
        """On something whose name begins so."""

        def focused():
            return [node.name for node in self.nodes() if node.is_focused()]

        self.wait(
            lambda: any(node.startswith(name) for node in focused()),
            lambda: f'the focus on “{name}”, which is on {focused()}',
        )

    # What a person does.

    def press(self, name, below=None):
        self.wait_for_button(name, below=below).act()

    def find_x_window(self, title=None):
        command = ['xdotool', 'search', '--onlyvisible', '--name', f'^{title or self.title}$']
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        return found.stdout.split()[-1] if found.stdout else None

    def close(self):
        """Presses the window's own button for it; the program may ask back."""
        self.press('Close')

    def end(self):
        """Closes the window; answers the program's exit status."""
        self.close()
        return self.process.wait(timeout=PATIENCE)

    def screenshot(self, path):
        window = wait_until(self.find_x_window, 'the X window')
        pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(['import', '-window', window, str(path)], check=True)


def geometry(window):
    output = subprocess.run(
        ['xdotool', 'getwindowgeometry', '--shell', window],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    values = dict(line.split('=') for line in output.split())
    return tuple(int(values[name]) for name in ('X', 'Y', 'WIDTH', 'HEIGHT'))


def drop(window, paths, drag_source):
    """Drags files out of another program's window and lets go of them over this one."""
    source = subprocess.Popen([drag_source, *map(str, paths)], stdout=subprocess.PIPE, text=True)
    assert source.stdout.readline() == 'ready\n'
    here = wait_until(lambda: window.find_x_window('Drag source'), 'the drag source')
    there = wait_until(window.find_x_window, 'the X window')
    subprocess.run(['xdotool', 'windowmove', '--sync', there, '20', '30'], check=True)
    subprocess.run(['xdotool', 'windowmove', '--sync', here, '1000', '100'], check=True)
    subprocess.run(['xdotool', 'windowraise', here], check=True)

    x, y, width, height = geometry(here)
    start = (x + width // 2, y + height - 30)
    x, y, width, height = geometry(there)
    end = (x + width // 2, y + height // 2)

    xdotool('mousemove', *start, 'sleep', 0.2, 'mousedown', 1, 'sleep', 0.2)
    steps = 20
    for step in range(1, steps + 1):
        point = [here + (there - here) * step // steps for here, there in zip(start, end)]
        xdotool('mousemove', *point, 'sleep', 0.03)
    # The target answers each motion; only then may the button be let go.
    xdotool('mousemove', end[0] + 3, end[1], 'sleep', 0.5, 'mouseup', 1)

    outcome = source.stdout.readline().strip()
    source.wait(timeout=PATIENCE)
    return outcome


def click(window, node, times):
    """As fast as a hand does, on the middle of what is there now."""
    x, y, width, height = node.find_place()
    there = wait_until(window.find_x_window, 'the X window')
    xdotool('windowactivate', '--sync', there)
    xdotool('mousemove', '--window', there, x + width // 2, y + height // 2)
    xdotool('click', '--repeat', times, '--delay', 80, 1)


def press_key(window, key, title=None):
    there = wait_until(lambda: window.find_x_window(title), f'the X window “{title or window.title}”')
    xdotool('windowactivate', '--sync', there, 'key', '--clearmodifiers', key)


def xdotool(*words):
    subprocess.run(['xdotool', *map(str, words)], check=True)
