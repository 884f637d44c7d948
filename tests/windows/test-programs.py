#!/usr/bin/python3
# test-programs.py: bootlace-cli.exe as it is installed, under Wine
#
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import pathlib
import shutil
import subprocess
import tempfile

import bus

CLI = os.environ['BOOTLACE_CLI']
MAKE_IMAGE = os.environ['MAKE_IMAGE']
STAND_IN = os.environ['ZADIG']

SUCCESS, USAGE, BAD_FILE, NO_DEVICE, NOT_READY = 0, 2, 3, 4, 12

temporary = tempfile.TemporaryDirectory(prefix='bootlace-windows-')
FOLDER = pathlib.Path(temporary.name)

UNDER_WINE = pathlib.Path(__file__).with_name('under-wine')

# Not in any one code page of Windows.
NAME = 'Grüße ẞ Ж.bin'


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def run(program, *arguments, language='C', path=None):
    return subprocess.run(
        [UNDER_WINE, program, *arguments],
        cwd=FOLDER,
        env=dict(
            os.environ,
            LANGUAGE=language,
            LC_ALL='C.UTF-8',
            WINEPATH=';'.join(filter(None, [os.environ['WINEPATH'], path])),
        ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding='utf-8',
        timeout=300,
    )


def expect(status, arguments, *texts, language='C', path=None):
    result = run(CLI, *arguments, language=language, path=path)
    output = result.stdout + result.stderr
    check(
        result.returncode == status,
        f'{arguments}: exit status {result.returncode} instead of {status}:\n{output}',
    )
    for text in texts:
        check(text in output, f'no “{text}” in:\n{output}')
    return result.stdout


def make_image():
    path = FOLDER / NAME
    if not path.exists():
        result = run(MAKE_IMAGE, 'plain.bin')
        check(result.returncode == 0, result.stdout + result.stderr)
        (FOLDER / 'plain.bin').rename(path)
    return NAME


def test_version_and_help():
    expect(SUCCESS, ['--version'], 'bootlace-cli ')
    expect(SUCCESS, ['help'], '“bootlace-cli COMMAND --help”')
    expect(USAGE, ['dance'], '“dance”')
    expect(USAGE, ['inspect', '--dance'], '--dance')


def test_german():
    expect(SUCCESS, ['help'], 'Befehle:', '„bootlace-cli BEFEHL', language='de')


def test_inspect():
    name = make_image()
    expect(SUCCESS, ['inspect', name], 'ESP-IDF DFU archive', 'ESP32-S2')
    facts = json.loads(expect(SUCCESS, ['inspect', '--json', name]))
    check('ESP32-S2' in json.dumps(facts), facts)


def test_broken_files():
    (FOLDER / 'broken.bin').write_bytes(b'')
    expect(BAD_FILE, ['inspect', 'gone.bin'], 'gone.bin')
    expect(BAD_FILE, ['inspect', 'broken.bin'], 'broken.bin')
    expect(BAD_FILE, ['inspect', '.'])


def test_convert():
    name = make_image()
    expect(SUCCESS, ['convert', '-o', 'Übersetzt.hex', name])
    text = (FOLDER / 'Übersetzt.hex').read_bytes()
    check(text.startswith(b':') and text.rstrip().endswith(b':00000001FF'), text[:100])
    expect(SUCCESS, ['inspect', 'Übersetzt.hex'], 'Intel HEX', 'ESP32-S2')


def test_no_board():
    expect(NO_DEVICE, ['list'])
    expect(NO_DEVICE, ['flash', make_image()])


def windows_path(path):
    return 'Z:' + str(path).replace('/', '\\')


# The registry has an ESP32-S2 whose Interface 2 has no driver.
def test_doctor():
    expect(NOT_READY, ['doctor'], 'No driver is installed for Interface 2 of ESP32-S2.')
    expect(
        NOT_READY,
        ['doctor'],
        'Für Schnittstelle 2 von ESP32-S2 ist kein Treiber installiert.',
        language='de',
    )
    boards = json.loads(expect(NOT_READY, ['doctor', '--json']))['boards']
    checks = {check['id']: check for check in boards[0]['checks']}
    check(checks['driver']['state'] == 'bad', checks)
    check(checks['driver']['action'] == 'install-driver', checks)


def test_doctor_without_zadig():
    expect(NOT_READY, ['doctor', '--fix'], 'https://zadig.akeo.ie/')


def test_doctor_starts_zadig():
    tools = FOLDER / 'tools'
    tools.mkdir()
    shutil.copy(STAND_IN, tools / 'zadig-2.9.exe')
    expect(
        NOT_READY,
        ['doctor', '--fix'],
        'Zadig was started.',
        '1. Choose the interface',
        '“303A 0002 02”',
        '3. Install it',
        'Load Preset Device',
        'bootlace-303a-0002-2.cfg',
        path=windows_path(tools),
    )

    users = pathlib.Path(os.environ['WINEPREFIX'], 'drive_c', 'users')
    folder = next(users.glob('*/AppData/Local/bootlace/zadig'))
    check((folder / 'started').read_text() == 'yes', 'it was started elsewhere')
    check('default_driver = 0' in (folder / 'zadig.ini').read_text(), 'no settings')
    check('MI = 0x02' in (folder / 'bootlace-303a-0002-2.cfg').read_text(), 'no preset')
    shutil.rmtree(folder)


bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
