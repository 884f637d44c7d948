#!/usr/bin/python3
# test-cli-build.py: bootlace-cli on build folders, as its own process
#
# SPDX-License-Identifier: GPL-3.0-or-later

import functools
import hashlib
import json
import operator
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile

import bus
import firmware

CLI = os.environ['BOOTLACE_CLI']

SUCCESS, FAILURE, USAGE, BAD_FILE, NO_DEVICE = 0, 1, 2, 3, 4

PORT = '1-10'

temporary = tempfile.TemporaryDirectory(prefix='bootlace-cli-build-')
FOLDER = pathlib.Path(temporary.name)
IMAGE = firmware.make(FOLDER / 'expected.bin', '--app-size', '20000')
PARTS = firmware.PARTS


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def call(*arguments, **options):
    return subprocess.run(
        [CLI, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors='replace',
        timeout=120,
        **options,
    )


def expect(result, status, *texts):
    check(
        result.returncode == status,
        f'exit status {result.returncode} instead of {status}:\n{result.stdout}',
    )
    for text in texts:
        check(text in result.stdout, f'no “{text}” in:\n{result.stdout}')


def make_build(image=IMAGE, **changes):
    return firmware.make_build(pathlib.Path(tempfile.mkdtemp(dir=FOLDER)), image, **changes)


def list_pairs(build, order=PARTS):
    return [word for address in order for word in (hex(address), build / PARTS[address])]


def test_a_folder_becomes_what_it_should():
    build = make_build()
    for number, source in enumerate((build, build.parent, build / 'flasher_args.json')):
        output = build.parent / f'dfu-{number}.bin'
        expect(call('build', '-o', output, source), SUCCESS, 'blink 1.0.3', 'ESP32-S2')
        check(output.read_bytes() == IMAGE.read_bytes(), f'{source} gave something else')


def test_the_folder_one_stands_in():
    build = make_build()
    expect(call('build', '-o', 'dfu.bin', '.', cwd=build), SUCCESS, 'dfu.bin: blink')
    check((build / 'dfu.bin').read_bytes() == IMAGE.read_bytes(), 'the file differs')


def test_standard_output_gets_nothing_but_the_file():
    build = make_build()
    result = subprocess.run(
        [CLI, 'build', '-o', '-', '.'], cwd=build, capture_output=True, check=True, timeout=120
    )
    check(result.stdout == IMAGE.read_bytes(), 'the file differs')
    check(b'blink' in result.stderr, result.stderr)
    check(not (build / '-').exists(), 'a file called “-”')


def test_addresses_and_files():
    build = make_build()
    output = build / 'dfu.bin'
    for words in (list_pairs(build), list_pairs(build, [0x10000, 0x1000, 0x8000])):
        expect(call('build', '--flash-size', '4MB', '-o', output, *words), SUCCESS)
        check(output.read_bytes() == IMAGE.read_bytes(), 'the file differs')
    words = ['4096', *list_pairs(build)[1:]]
    expect(call('build', '--flash-size=4mb', '--chip=ESP32-S2', '-o', output, *words), SUCCESS)
    check(output.read_bytes() == IMAGE.read_bytes(), 'the file differs')


def inspect(*paths):
    result = call('inspect', '--json', *paths)
    expect(result, SUCCESS)
    return json.loads(result.stdout)


def kinds(image):
    return [finding['kind'] for finding in image['findings']]


def test_options_reach_the_file():
    build = make_build(extra_esptool_args={})
    output = build / 'dfu.bin'
    expect(call('build', '-o', output, '--part-size', '0x1000', build), SUCCESS)
    names = [name for name, _ in firmware.members(output.read_bytes())]
    check('blink.bin.4' in names and 'blink.bin.5' not in names, str(names))
    expect(call('build', '-o', output, '--flash-size', '16MB', build), SUCCESS)
    check(inspect(output)['flash_size'] == 16 << 20, 'another flash size')

    plain = build / 'plain.bin'
    plain.write_bytes(b'plain' * 100)
    for chip, product in (('esp32s2', 2), ('esp32s3', 9), ('esp32p4', 0x12), ('esp32s31', 0x20)):
        expect(call('build', '-o', output, '-c', chip, '0x10000', plain), SUCCESS)
        check(inspect(output)['product'] == product, f'{chip} has another product id')


def test_what_was_found_is_told_heaviest_first():
    image = firmware.make(FOLDER / 'no-hash.bin', '--app-size', '20000', '--finding', 'no-hash')
    build = make_build(image, app={'file': 'blink.bin', 'encrypted': 'true'})
    result = call('build', '-o', build / 'out.bin', build)
    expect(result, SUCCESS, 'flash encryption', 'no fingerprint')
    found = [line.split(':')[0] for line in result.stdout.splitlines() if line[0] != ' '][2:]
    check(found == ['Warning', 'Note'], result.stdout)


def test_names_that_no_part_can_have():
    build = make_build()
    names = ('ä' * 40 + '.bin', 'a\nb.bin', b'caf\xe9.bin', 'x' * 59 + '.bin')
    expected = ('ä' * 28 + '.bin', 'a_b.bin', 'caf\ufffd.bin', 'x' * 56 + '.bin')
    for name, listed in zip(names, expected):
        app = os.path.join(os.fsencode(build), os.fsencode(name))
        shutil.copy(build / 'blink.bin', app)
        output = build / 'dfu.bin'
        words = ('--part-size', '0x1000', '0x10000', os.fsdecode(app))
        expect(call('build', '-o', output, *words), SUCCESS, f'there it is called {listed}.')
        found = [member for member, _ in firmware.members(output.read_bytes())]
        check(listed in found and f'{listed}.1' in found, f'{name}: {found}')
        expect(call('inspect', os.fsdecode(app)), SUCCESS, listed)
        os.unlink(app)
    for name in 'ä' * 39, 'ä' * 40:
        shutil.copy(build / 'blink.bin', build / f'{name}.bin')
    words = ('0x10000', build / f'{"ä" * 39}.bin', '0x30000', build / f'{"ä" * 40}.bin')
    expect(call('build', '-o', output, *words), SUCCESS, 'ä' * 28 + '.bin', 'ä' * 27 + '-2.bin')


def test_inspect_tells_a_build_from_a_file():
    build = make_build()
    image = inspect(build)
    check(image['format'] == 'esp-build', str(image))
    check(image['chip'] == 'ESP32-S2' and image['flash_size'] == 4 << 20, str(image))
    check([part['address'] for part in image['segments']] == list(PARTS), str(image))
    check(inspect(IMAGE)['format'] == 'esp-archive', 'the file is taken for a build')


def test_a_folder_is_flashed():
    build = make_build()
    with bus.Bus(f'esp32s2@{PORT}') as board:
        expect(board.run([CLI, 'flash', str(build.parent)]), SUCCESS, 'Written and verified')
        saved = FOLDER / 'saved.bin'
        board.tell(f'save-flash {PORT} {saved}')
        check(saved.read_bytes() == firmware.flash_after(IMAGE), 'the flash differs')


def test_dfu_suffix_takes_what_is_built():
    build = make_build()
    output = build / 'dfu.bin'
    expect(call('build', '-o', output, build), SUCCESS)
    suffix = subprocess.run(
        ['dfu-suffix', '--check', str(output)], stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    check('Vendor ID:\t0x303A' in suffix and 'Product ID:\t0x0002' in suffix, suffix)


def test_cpio_lists_what_is_built():
    output = make_build() / 'dfu.bin'
    expect(call('build', '-o', output, '--part-size', '4096', output.parent), SUCCESS)
    names = [name for name, _ in firmware.members(output.read_bytes())]
    check(names.pop() == 'TRAILER!!!', 'the archive has no end')
    for options, expected in (
        (['-t'], ''.join(f'{name}\n' for name in names).encode()),
        (['-i', '--to-stdout', 'blink.bin.1'], (output.parent / 'blink.bin').read_bytes()[4096:8192]),
    ):
        with output.open('rb') as archive:
            result = subprocess.run(['cpio', '--quiet', *options], stdin=archive, capture_output=True)
        check(result.returncode == 0 and not result.stderr, str(result))
        check(result.stdout == expected, f'{options}: {result.stdout[:200]}')


def test_files_without_addresses():
    build = make_build()
    output = build / 'dfu.bin'
    files = [build / path for path in PARTS.values()]
    for order in (files, files[::-1]):
        expect(call('build', '-o', output, *order), SUCCESS, 'blink 1.0.3', 'ESP32-S2')
        check(output.read_bytes() == IMAGE.read_bytes(), 'the file differs')

    image = inspect(*files)
    check(image['format'] == 'esp-binary', str(image))
    check([part['address'] for part in image['segments']] == list(PARTS), str(image))
    check('place-proposed' in kinds(image), str(image))

    app = inspect(build / 'blink.bin')
    check([part['address'] for part in app['segments']] == [0x10000], str(app))
    check(kinds(app).count('alone') == 2 and 'place-proposed' in kinds(app), str(app))
    expect(call('build', '-o', output, build / 'blink.bin'), SUCCESS, 'no bootloader')

    table = build / PARTS[0x8000]
    expect(call('build', '-o', output, table), BAD_FILE, 'says which chip', '--chip')
    expect(call('build', '-o', output, '--chip', 'esp32s2', table), SUCCESS)
    check(list(firmware.parts(output)) == [(0x8000, table.read_bytes())], 'the table is elsewhere')


def test_files_that_do_not_belong_together():
    build = make_build()
    output = build / 'out.bin'
    boot, table, app = (build / path for path in PARTS.values())
    twin = build / 'twin.bin'
    twin.write_bytes(app.read_bytes())
    stray = build / 'stray.bin'
    stray.write_bytes(b'nobody knows' * 100)
    for files, *texts in (
        ((boot, app, twin), 'the same part', 'blink.bin', 'twin.bin'),
        ((boot, table, stray), 'where it belongs', 'stray.bin'),
        ((app, stray), 'where it belongs', 'stray.bin'),
        ((app, IMAGE), 'of its own', 'expected.bin'),
        ((app, build), 'of its own', 'folder'),
        ((app, build / 'gone.bin'), 'not there', 'gone.bin'),
    ):
        expect(call('build', '-o', output, *files), BAD_FILE, *texts)
        expect(call('inspect', *files), BAD_FILE, *texts)
        check(not output.exists(), f'{files} wrote a file')


def test_files_are_flashed():
    build = make_build()
    with bus.Bus(f'esp32s2@{PORT}') as board:
        files = [str(build / path) for path in PARTS.values()]
        expect(board.run([CLI, 'flash', *files]), SUCCESS, 'Written and verified')
        saved = FOLDER / 'saved-files.bin'
        board.tell(f'save-flash {PORT} {saved}')
        check(saved.read_bytes() == firmware.flash_after(IMAGE), 'the flash differs')


def make_merged(start=0, end=None):
    """What "esptool merge_bin" makes of the same parts."""
    flash = firmware.flash_after(IMAGE)
    path = pathlib.Path(tempfile.mkdtemp(dir=FOLDER)) / 'merged.bin'
    path.write_bytes(flash[start : len(flash.rstrip(b'\xff')) if end is None else end])
    return path


def test_a_merged_image_is_flashed():
    """What the board has in partitions that the file leaves empty stays."""
    settings, selection = FOLDER / 'settings.bin', FOLDER / 'selection.bin'
    settings.write_bytes(b'settings' * 512)
    selection.write_bytes(b'old choice of an app' * 200)
    old = FOLDER / 'old-data.bin'
    words = ['0x9000', settings, '0xd000', selection]
    expect(call('build', '-c', 'esp32s2', '--flash-size', '4MB', '-o', old, *words), SUCCESS)
    for merged in (make_merged(), make_merged(end=firmware.FLASH_SIZE), make_merged(0x1000)):
        image = inspect(merged)
        check(image['format'] == 'esp-flash' and image['chip'] == 'ESP32-S2', str(image))
        with bus.Bus(f'esp32s2@{PORT}') as board:
            saved = FOLDER / 'saved-merged.bin'
            expect(board.run([CLI, 'flash', str(old)]), SUCCESS)
            expect(board.run([CLI, 'flash', str(merged)]), SUCCESS, 'Written and verified')
            board.tell(f'save-flash {PORT} {saved}')
            after = saved.read_bytes()
        for address, data in firmware.parts(IMAGE):
            check(after[address : address + len(data)] == data, f'{address:#x} differs')
        check(after[0x9000:0xA000] == settings.read_bytes(), 'the settings are gone')
        check(after[0xD000:0xF000] == b'\xff' * 0x2000, 'the OTA data are not erased')


def test_a_merged_image_becomes_an_archive():
    output = FOLDER / 'from-merged.bin'
    merged = make_merged()
    expect(call('build', '-o', output, merged), SUCCESS, 'blink 1.0.3', 'nvs')
    parts = dict(firmware.parts(output))
    for address, data in firmware.parts(IMAGE):
        check(parts[address] == data, f'{address:#x} differs')
    expect(call('build', '-o', merged, merged), USAGE, 'another name')


def make_hex(image=IMAGE):
    path = pathlib.Path(tempfile.mkdtemp(dir=FOLDER)) / 'blink.hex'
    expect(call('convert', '-o', path, image), SUCCESS)
    return path


def make_uf2(family, pieces):
    path = pathlib.Path(tempfile.mkdtemp(dir=FOLDER)) / 'blink.uf2'
    return firmware.write_uf2(path, family, pieces)


def test_files_with_addresses_become_an_archive():
    output = FOLDER / 'from-addresses.bin'
    for source in (make_hex(), make_uf2(firmware.UF2_ESP32S2, firmware.parts(IMAGE))):
        expect(call('build', '-o', output, source), SUCCESS, 'blink 1.0.3', 'ESP32-S2')
        parts = dict(firmware.parts(output))
        for address, data in firmware.parts(IMAGE):
            check(parts[address] == data, f'{address:#x} of {source} differs')
        expect(call('build', '--flash-size', '16MB', '-o', output, source), SUCCESS)
        check(inspect(output)['flash_size'] == 16 << 20, 'another flash size')
        expect(call('build', '-o', source, source), USAGE, 'another name')

    app = dict(firmware.parts(IMAGE))[0x10000]
    expect(call('build', '-o', output, make_uf2(firmware.UF2_ESP32S2, [(0, app)])), SUCCESS, '0x00010000')
    check([address for address, _ in firmware.parts(output)] == [0x10000], 'it is elsewhere')


def make_elf(name, machine=40):
    """A program of one segment, for an Arm processor unless something else is named."""
    code = bytes(range(64))
    header = struct.pack(
        '<16s2H5I6H',
        *(b'\x7fELF\x01\x01\x01', 2, machine, 1, 0x08000000, 52, 0, 0, 52, 32, 1, 40, 0, 0),
    )
    segment = struct.pack('<8I', 1, 84, 0x08000000, 0x08000000, len(code), len(code), 5, 4)
    path = pathlib.Path(tempfile.mkdtemp(dir=FOLDER)) / name
    path.write_bytes(header + segment + code)
    return path


def test_files_for_other_boards_are_sent_to_convert():
    output = FOLDER / 'other.bin'
    plain = FOLDER / 'stm32.hex'
    raw = FOLDER / 'stm32.bin'
    raw.write_bytes(b'stm32\0' * 100)
    expect(call('convert', '-o', plain, '-a', '0x08000000', raw), SUCCESS)
    stm32f4 = make_uf2(firmware.UF2_STM32F4, [(0x08000000, raw.read_bytes())])
    for source, *texts in (
        (plain, 'neither an application nor a bootloader'),
        (stm32f4, 'STM32F4'),
        (make_elf('stm32.elf'), 'not for an ESP chip'),
        (IMAGE, 'ESP-IDF DFU archive'),
    ):
        expect(call('build', '-o', output, source), BAD_FILE, 'No image for an ESP chip', *texts)
        expect(call('build', '-o', output, source), BAD_FILE, 'bootlace-cli convert', '--chip')
        check(not output.exists(), f'{source} wrote a file')
    expect(call('build', '-o', output, make_elf('esp.elf', 94)), BAD_FILE, 'build folder', '.bin')

    data = FOLDER / 'data.hex'
    expect(call('convert', '-o', data, '-a', '0x300000', raw), SUCCESS)
    expect(call('build', '-o', output, data), BAD_FILE, '--chip')
    expect(call('build', '-c', 'esp32s2', '--flash-size=4MB', '-o', output, data), SUCCESS)
    check([address for address, _ in firmware.parts(output)] == [0x300000], 'it is elsewhere')


def test_a_program_stands_for_its_build():
    build = make_build()
    elf = make_elf('blink.elf', 94)
    shutil.copy(elf, build / 'blink.elf')
    output = FOLDER / 'from-elf.bin'
    expect(call('build', '-o', output, build / 'blink.elf'), BAD_FILE, 'build folder')

    app = bytearray((build / 'blink.bin').read_bytes())
    app[0x20 + 144 : 0x20 + 176] = hashlib.sha256(elf.read_bytes()).digest()
    end = len(app) // 16 * 16 - 32
    length = struct.unpack_from('<I', app, 28)[0]
    app[end - 1] = functools.reduce(operator.xor, app[32 : 32 + length], 0xEF)
    app[end : end + 32] = hashlib.sha256(app[:end]).digest()
    (build / 'blink.bin').write_bytes(app)
    expect(call('build', '-o', output, build / 'blink.elf'), SUCCESS, 'blink 1.0.3', 'in its place')
    check(dict(firmware.parts(output))[0x10000] == bytes(app), 'the app differs')
    expect(call('build', '-o', build / 'blink.bin', build / 'blink.elf'), USAGE, 'another name')


def make_program(description):
    """An application for the ESP32-S2 as a linker leaves it: constants for the flash, and RAM."""
    sections = ((0x3F000020, description), (0x40022000, bytes(range(64))))
    data = b''.join(content for _, content in sections)
    headers, offset = bytes(40), 52
    for address, content in sections:
        headers += struct.pack('<10I', 0, 1, 2, address, offset, len(content), 0, 0, 4, 0)
        offset += len(content)
    header = struct.pack(
        '<16s2H5I6H',
        *(b'\x7fELF\x01\x01\x01', 2, 94, 1, 0x40022000, 0, offset, 0, 52, 32, 0, 40),
        *(len(sections) + 1, 0),
    )
    path = pathlib.Path(tempfile.mkdtemp(dir=FOLDER)) / 'blink.elf'
    path.write_bytes(header + data + headers)
    return path


def test_a_program_alone_becomes_an_image():
    description = bytearray((make_build() / 'blink.bin').read_bytes()[0x20 : 0x20 + 256])
    description[144:176] = bytes(32)
    elf = make_program(bytes(description))
    output = FOLDER / 'from-program.bin'
    expect(
        call('build', '-o', output, elf),
        *(SUCCESS, 'blink 1.0.3', 'an image was made of it', 'DIO, 80 MHz, 2 MB', 'no bootloader'),
    )
    ((address, app),) = firmware.parts(output)
    check(address == 0x10000, 'it is elsewhere')
    check(app[0x20:0xB0] == description[:144], 'the description differs')
    check(app[0xB0:0xD0] == hashlib.sha256(elf.read_bytes()).digest(), 'the SHA-256 differs')
    check(app[-32:] == hashlib.sha256(app[:-32]).digest(), 'the SHA-256 of the image differs')
    expect(call('build', '-c', 'esp32s3', '-o', output, elf), BAD_FILE, 'was built for the ESP32-S2')

    build = make_build()
    parts = [build / firmware.PARTS[address] for address in (0x1000, 0x8000)]
    expect(call('build', '-o', output, *parts, elf), SUCCESS, 'an image was made of it')
    check([address for address, _ in firmware.parts(output)] == [0x1000, 0x8000, 0x10000], 'places')
    expect(call('build', '-o', elf, *parts, elf), USAGE, 'another name')


def test_usage():
    build = make_build()
    output = build / 'dfu.bin'
    app = build / 'blink.bin'
    for arguments in (
        ['build'],
        ['build', build],
        ['build', '-o', output],
        ['build', '-o'],
        ['build', '-o', output, '0x1000', app, '0x2000'],
        ['build', '-o', output, app, '0x1000'],
        ['build', '-o', output, '0x1000', app, '08', app],
        ['build', '-o', output, '--chip', 'esp32', build],
        ['build', '-o', output, '--chip', 'esp32c3', build],
        ['build', '-o', output, '--chip', 'arduino', build],
        ['build', '-o', output, '--flash-size', '3MB', build],
        ['build', '-o', output, '--flash-size', '4', build],
        ['build', '-o', output, '--part-size', '0', build],
        ['build', '-o', output, '--part-size', '4095', build],
        ['build', '-o', output, '--part-size', 'large', build],
        ['build', '--dance', '-o', output, build],
    ):
        expect(call(*arguments), USAGE)
        check(not output.exists(), f'{arguments} wrote a file')


def test_more_parts_than_the_chip_takes():
    build = make_build()
    (build / 'large.bin').write_bytes(b'x' * 64 * 4096)
    expect(
        call('build', '-o', build / 'out.bin', '--chip', 'esp32s2', '--part-size', '4096',
             '0x10000', build / 'large.bin'),
        BAD_FILE, 'more parts', '--part-size', '64 parts', 'at most 63',
    )  # fmt: skip


def test_bad_builds_leave_the_old_file():
    gone = make_build()
    (gone / 'blink.bin').unlink()
    empty = make_build()
    (empty / 'blink.bin').write_bytes(b'')
    broken = make_build()
    (broken / 'flasher_args.json').write_text('{\n "flash_files": }')
    nothing = pathlib.Path(tempfile.mkdtemp(dir=FOLDER))
    chipless = make_build(flash_files={'0x10000': 'blink.bin'}, extra_esptool_args={})
    (chipless / 'blink.bin').write_bytes(b'no image of a chip')
    s3 = firmware.make(FOLDER / 's3.bin', '--chip', 'esp32s3')
    s3_build = make_build(flash_files={'0x10000': 'blink.bin'})
    (s3_build / 'blink.bin').write_bytes(dict(firmware.members(s3.read_bytes()))['blink.bin'])

    for source, *texts in (
        (gone, 'A part of the firmware is missing', 'blink.bin for 0x00010000', str(gone)),
        (empty, 'blink.bin for 0x00010000', 'empty'),
        (broken, 'line 2'),
        (nothing, 'no ESP-IDF build in this folder', 'idf.py build', 'flasher_args.json'),
        (nothing / 'gone', 'not there'),
        (IMAGE, 'convert'),
        (s3_build, 'ESP32-S3', 'ESP32-S2'),
        (make_build(extra_esptool_args={'chip': 'esp32'}), 'cannot be written', 'ESP32 has no'),
        (make_build(extra_esptool_args={'chip': 'esp32c6'}), 'cannot be written', 'idf.py flash'),
        (make_build(flash_settings={'flash_size': '1 MB'}), '1 MB'),
        (make_build(flash_files={'0x1000': 'blink.bin', '4096': 'x.bin'}), 'both for address'),
        (make_build(flash_files={'0x3ff000': 'blink.bin'}), 'does not fit', 'blink.bin'),
        (make_build(flash_files={'0x10002': 'blink.bin'}), 'blink.bin', '0x00010002'),
        (make_build(flash_files={}), 'flash_files'),
        (chipless, 'says which chip', '--chip'),
    ):
        output = FOLDER / 'old.bin'
        output.write_bytes(b'old')
        expect(call('build', '-o', output, source), BAD_FILE, *texts)
        check(output.read_bytes() == b'old', f'{source} wrote a file')
        if source != IMAGE:
            expect(call('inspect', source), BAD_FILE, *texts)


def test_no_input_is_written_over():
    build = make_build()
    app = build / 'blink.bin'
    before = app.read_bytes()
    (build / 'soft.bin').symlink_to('blink.bin')
    (build / 'hard.bin').hardlink_to(app)
    for output in (app, build / 'soft.bin', build / 'hard.bin', build / 'flasher_args.json'):
        expect(call('build', '-o', output, build), USAGE, 'another name')
    expect(call('build', '-o', 'blink.bin', '.', cwd=build), USAGE, 'blink.bin')
    expect(call('build', '-o', build / 'hard.bin', '0x10000', app), USAGE, 'hard.bin')
    check(app.read_bytes() == before, 'an input was changed')
    expect(call('inspect', build), SUCCESS)


def test_what_cannot_be_written():
    build = make_build()
    pipe = build / 'pipe'
    os.mkfifo(pipe)
    for output, *texts in (
        (build / 'gone/dfu.bin', 'folder for this file does not exist'),
        (build / 'blink.bin/dfu.bin', 'path is no folder'),
        (build / 'bootloader', 'already a folder'),
        (pipe, 'not an ordinary file'),
    ):
        expect(call('build', '-o', output, build), FAILURE, str(output), *texts)
    check(pipe.is_fifo(), 'the pipe was replaced')
    names = sorted(path.name for path in build.iterdir())
    check(not any(name.startswith('.') for name in names), f'something is left: {names}')


def test_an_older_file_is_replaced_where_the_link_leads():
    build = make_build()
    target = FOLDER / 'elsewhere.bin'
    target.write_bytes(b'old' * 100000)
    link = build / 'dfu.bin'
    link.symlink_to(target)
    inode = target.stat().st_ino
    expect(call('build', '-o', link, build), SUCCESS)
    check(link.is_symlink(), 'the link was replaced')
    check(target.read_bytes() == IMAGE.read_bytes(), 'the file differs')
    check(target.stat().st_ino != inode, 'the old file was written into')


try:
    bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
finally:
    shutil.rmtree(FOLDER)
