#!/usr/bin/python3
# test-cli-convert.py: bootlace-cli convert, as its own process
#
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import pathlib
import random
import shutil
import struct
import subprocess
import tempfile

import bus
import firmware

CLI = os.environ['BOOTLACE_CLI']

SUCCESS, FAILURE, USAGE, BAD_FILE, CONSENT = 0, 1, 2, 3, 11

PORT = '1-4'

temporary = tempfile.TemporaryDirectory(prefix='bootlace-cli-convert-')
FOLDER = pathlib.Path(temporary.name)
RAW = random.Random(11).randbytes(3001)


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def run(*arguments, **options):
    return subprocess.run(
        [*map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors='replace',
        timeout=120,
        **options,
    )


def check_result(result, status, arguments, texts):
    check(
        result.returncode == status,
        f'{arguments}: exit status {result.returncode} instead of {status}:\n{result.stdout}',
    )
    for text in texts:
        check(text in result.stdout, f'no “{text}” in:\n{result.stdout}')


def expect(status, arguments, *texts):
    check_result(run(CLI, 'convert', *arguments), status, arguments, texts)


def make(contents=RAW, name='firmware.bin'):
    path = pathlib.Path(tempfile.mkdtemp(dir=FOLDER), name)
    path.write_bytes(contents)
    return path


def inspect(path):
    result = run(CLI, 'inspect', '--json', path)
    check(result.returncode == SUCCESS, result.stdout)
    return json.loads(result.stdout)


def test_raw_becomes_what_dfu_suffix_makes():
    path = make()
    output, theirs = path.with_suffix('.dfu'), path.with_name('theirs.dfu')
    expect(SUCCESS, ['-o', output, '--device', '1209:0001:0102', path], f'{output}: DFU file')
    theirs.write_bytes(RAW)
    run('dfu-suffix', '-v', '1209', '-p', '0001', '-d', '0102', '-a', theirs)
    check(output.read_bytes() == theirs.read_bytes(), 'the files differ')
    back = path.with_name('back.bin')
    expect(SUCCESS, ['-o', back, output], 'raw bytes')
    check(back.read_bytes() == RAW, 'the firmware differs')
    check(path.read_bytes() == RAW, 'the input was changed')
    piped = path.with_name('piped.dfu')
    with path.open() as file:
        call = [CLI, 'convert', '-o', str(piped), '-d', '1209:0001:0102', '-']
        subprocess.run(call, stdin=file, stdout=subprocess.DEVNULL, check=True, timeout=120)
    check(piped.read_bytes() == output.read_bytes(), 'from standard input the files differ')


def pipe(path, *arguments):
    return subprocess.run(
        [CLI, 'convert', *arguments],
        stdin=path.open(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=path.parent,
        timeout=120,
    )


def test_standard_output_gets_nothing_but_the_file():
    path = make()
    output = path.with_suffix('.dfu')
    expect(SUCCESS, ['-o', output, '--to', 'dfu', '-d', '1209:1', path])
    for source in ('firmware.bin', '-'):
        result = pipe(path, '-o', '-', '--to', 'dfu', '-d', '1209:1', source)
        check(result.returncode == SUCCESS, result.stderr)
        check(result.stdout == output.read_bytes(), 'something else')
        check(b'DFU file' in result.stderr, result.stderr)
    result = pipe(path, '-o', '-', '-d', '1209:1', 'firmware.bin')
    check(result.returncode == USAGE and result.stdout == b'', result.stderr)
    check(not path.with_name('-').exists(), 'a file called “-”')


def test_a_converted_file_is_flashed():
    """What a hobbyist with a plain DFU device and a raw .bin does."""
    path = make()
    output, saved = path.with_suffix('.dfu'), path.with_name('saved.bin')
    with bus.Bus(f'generic-dfu@{PORT},mode=dfu') as board:
        result = board.run([CLI, 'flash', str(path)])
        check_result(result, BAD_FILE, path, ['flash --raw', '--address 0x08000000'])
        expect(SUCCESS, ['-o', output, '-d', '1209:2', path])
        result = board.run([CLI, 'flash', '--alt', '0', str(output)])
        check_result(result, SUCCESS, output, [])
        board.tell(f'save-flash {PORT} {saved}')
    check(saved.read_bytes()[: len(RAW)] == RAW, 'the flash differs')


def test_dfuse():
    path = make()
    output = path.with_suffix('.dfu')
    expect(
        SUCCESS,
        ['-o', output, '-d', '0483:df11', '-a', '0x08004000', '--alternate=1']
        + ['--name', 'Internal Flash', path],
        'DfuSe file',
    )
    image = inspect(output)
    check(image['format'] == 'dfuse', str(image))
    check((image['vendor'], image['product']) == (0x0483, 0xDF11), str(image))
    segment = image['segments'][0]
    check(segment['name'] == 'Internal Flash', str(image))
    check((segment['address'], segment['size']) == (0x08004000, len(RAW)), str(image))
    check(output.read_bytes()[11 + 6] == 1, 'another alternate setting')
    check('0x011A' in run('dfu-suffix', '--check', output).stdout, 'no DfuSe suffix')

    text = run(CLI, 'inspect', output).stdout
    check('[0483:df11]' in text and 'memory 1' in text, text)
    check('1: Internal Flash' in text, text)
    check(image['alternates'] == [{'number': 1, 'name': 'Internal Flash'}], str(image))

    back = path.with_name('back.bin')
    expect(SUCCESS, ['-o', back, output], 'from 0x08004000 on')
    check(back.read_bytes() == RAW, 'the firmware differs')


def test_hex_both_ways():
    path = make()
    text, container = path.with_suffix('.hex'), path.with_suffix('.dfu')
    expect(SUCCESS, ['-o', text, '-a', '0x0800fff0', path], 'Intel HEX file')
    expect(SUCCESS, ['-o', container, '-d', '0483:df11', text], 'DfuSe file')
    again = path.with_name('again.ihx')
    expect(SUCCESS, ['-o', again, container])
    check(again.read_bytes() == text.read_bytes(), 'the files differ')
    plain = path.with_name('plain.dfu')
    expect(SUCCESS, ['-o', plain, '--to', 'dfu', '-d', '1209:1', text], 'from 0x0800fff0 on')
    check(plain.read_bytes()[:-16] == RAW, 'the firmware differs')
    back = path.with_name('back.BIN')
    expect(SUCCESS, ['-o', back, text])
    check(back.read_bytes() == RAW, 'the firmware differs')


def make_uf2(address, data):
    """Blocks of 256 bytes for an STM32F4."""
    pieces = [data[i : i + 256].ljust(256, b'\0') for i in range(0, len(data), 256)]
    return b''.join(
        struct.pack(
            '<8I476sI',
            *(0x0A324655, 0x9E5D5157, 0x2000, address + 256 * i, 256, i, len(pieces), 0x57755A57),
            piece,
            0x0AB16F30,
        )
        for i, piece in enumerate(pieces)
    )


def test_uf2():
    data = RAW[:2560]
    path = make(make_uf2(0x08000000, data), 'firmware.uf2')
    output, text, back = (path.with_suffix(name) for name in ('.dfu', '.hex', '.bin'))
    expect(SUCCESS, ['-o', output, '-d', '0483:df11', path], 'DfuSe file')
    check(inspect(output)['segments'][0]['address'] == 0x08000000, 'another address')
    expect(SUCCESS, ['-o', text, path], 'Intel HEX file')
    expect(SUCCESS, ['-o', back, text], 'from 0x08000000 on')
    check(back.read_bytes() == data, 'the firmware differs')


def convert(*arguments):
    result = run(CLI, 'convert', *arguments)
    check(result.returncode == SUCCESS, result.stdout)
    return result.stdout


def test_an_address_is_said_only_where_it_is_lost():
    path = make()
    text, container, plain, raw = (path.with_name(f'x{end}') for end in ('.hex', '.dfuse', '.dfu', '.bin'))
    check(' from ' not in convert('-o', text, '-a', '0x08004000', path), 'HEX has the address')
    check(' from ' not in convert('-o', container, '-d', '0483:df11', text), 'DfuSe has it')
    told = convert('-o', plain, '--to', 'dfu', '-d', '1209:1', text)
    check('from 0x08004000 on' in told, told)
    check('from 0x08004000 on' in convert('-o', raw, container), 'raw bytes have none')
    check(' from ' not in convert('-o', path.with_name('again.bin'), plain), 'nothing tells it')
    archive = firmware.make(path.with_name('esp.bin'), '--app-size', '20000')
    check(' from ' not in convert('-o', path.with_name('esp.dfu'), archive), 'an archive has it')

    second = bytearray(container.read_bytes()[11:-16])
    second[6] = 1
    struct.pack_into('<I', second, 274, 0x90000000)
    both = bytearray(container.read_bytes()[:-16] + second)
    struct.pack_into('<IB', both, 6, len(both), 2)
    memories = make(bytes(both), 'both.bin')
    both_file = memories.with_suffix('.dfu')
    run('dfu-suffix', '-S', '0x011a', '-v', '0483', '-p', 'df11', '-a', memories)
    shutil.move(memories, both_file)
    for alternate, address in (('0', '0x08004000'), ('1', '0x90000000')):
        told = convert('-o', raw, '--alternate', alternate, both_file)
        check(f'from {address} on' in told, told)


def test_warnings_are_told():
    archive = firmware.make(make(name='dfu.bin'), '--app-size', '20000', '--finding', 'alone')
    told = convert('-o', archive.with_name('copy.bin'), archive)
    check('Warning: ' in told and 'no bootloader' in told, told)
    noted = firmware.make(make(name='dfu.bin'), '--app-size', '20000', '--finding', 'no-hash')
    told = convert('-o', noted.with_name('copy.bin'), noted)
    check('Note: ' not in told and 'Warning: ' not in told, told)


def test_gaps_are_filled_only_when_asked():
    text = make(b':020000000102FB\n:020006000304F1\n:00000001FF\n', 'gap.hex')
    output = text.with_suffix('.bin')
    expect(USAGE, ['-o', output, text], '4 bytes are missing between 0x00000002 and 0x00000006')
    check(not output.exists(), 'a file was written')
    expect(SUCCESS, ['-o', output, '--fill', '0xff', text])
    check(output.read_bytes() == b'\1\2\xff\xff\xff\xff\3\4', 'the bytes differ')
    expect(SUCCESS, ['-o', output, '--fill=0', text])
    check(output.read_bytes() == b'\1\2\0\0\0\0\3\4', 'the bytes differ')


def test_esp_firmware_becomes_its_archive():
    archive = firmware.make(make(name='dfu.bin'), '--app-size', '20000')
    for name in ('copy.dfu', 'copy.bin'):
        copy = archive.with_name(name)
        expect(SUCCESS, ['-o', copy, archive], 'DFU file', 'blink 1.0.3')
        check(copy.read_bytes() == archive.read_bytes(), f'{name} differs')

    text, output = archive.with_suffix('.hex'), archive.with_name('new.bin')
    expect(SUCCESS, ['-o', text, archive], 'Intel HEX file')
    expect(SUCCESS, ['-o', output, text], 'DFU file')
    check(firmware.flash_after(output) == firmware.flash_after(archive), 'the flash differs')

    merged = archive.with_name('merged.bin')
    expect(USAGE, ['-o', merged, '--to', 'bin', archive], 'are missing between')
    expect(SUCCESS, ['-o', merged, '--to', 'bin', '--fill=255', archive], 'from 0x00001000 on')
    size = merged.stat().st_size
    flash = firmware.flash_after(archive)
    check(merged.read_bytes() == flash[0x1000 : 0x1000 + size], 'the merged flash differs')
    merged.unlink()
    expect(SUCCESS, ['-o', merged, '--fill=255', archive], 'from 0x00001000 on')
    check(merged.read_bytes() == flash[0x1000 : 0x1000 + size], 'who fills gaps wants no archive')

    expect(USAGE, ['-o', output, '--to', 'dfuse', archive], 'nothing but an ESP archive')
    expect(BAD_FILE, ['-o', archive.with_name('s3.dfu'), '-d', '303a:9', archive], 'ESP32-S3')
    check(not archive.with_name('s3.dfu').exists(), 'a file for another chip was written')


def test_what_the_rom_would_write_blindly():
    path = make()
    output = path.with_suffix('.dfu')
    expect(BAD_FILE, ['-o', output, '-d', '303a:2', path], 'no ESP archive')
    check(not output.exists(), 'a file was written')


def test_a_build_is_not_written_over():
    build = pathlib.Path(tempfile.mkdtemp(dir=FOLDER))
    image = firmware.make(build / 'expected.bin', '--app-size', '20000')
    parts = dict(firmware.members(image.read_bytes()))
    app = build / 'blink.bin'
    app.write_bytes(parts['blink.bin'])
    (build / 'flasher_args.json').write_text(
        json.dumps(
            {
                'flash_files': {'0x10000': 'blink.bin'},
                'flash_settings': {'flash_size': '4MB'},
                'extra_esptool_args': {'chip': 'esp32s2'},
            }
        )
    )
    expect(USAGE, ['-o', app, build], 'another name')
    check(app.read_bytes() == parts['blink.bin'], 'an input was changed')
    expect(SUCCESS, ['-o', build / 'dfu.bin', build], 'DFU file')
    check(inspect(build / 'dfu.bin')['format'] == 'esp-archive', 'no archive')


def test_what_looks_like_something_is_flashed_deliberately():
    for name, contents, told, warned in (
        ('x.zip', b'PK\3\4' + RAW, 'This is an archive', 'looks like an archive'),
        ('x.bin', b'\xe9' + RAW, 'not firmware that Bootlace knows', 'for an ESP chip'),
    ):
        path = make(contents, name)
        saved = path.with_name('saved.bin')
        raw = [CLI, 'flash', '--raw', '--path', PORT, '--alt', '0', str(path)]
        with bus.Bus(f'generic-dfu@{PORT},mode=dfu') as board:
            check_result(board.run([CLI, 'flash', str(path)]), BAD_FILE, path, [told])
            check_result(board.run(raw), CONSENT, path, [warned, '--accept-warnings'])
            check_result(board.run([*raw, '--accept-warnings']), SUCCESS, path, [warned])
            board.tell(f'save-flash {PORT} {saved}')
        check(saved.read_bytes()[: len(contents)] == contents, 'the flash differs')


def test_what_is_something_else():
    for name, contents, text in (
        ('firmware.gz', b'\x1f\x8b' + RAW, 'a gzip file'),
        ('firmware.zip', b'PK\3\4' + RAW, 'a ZIP archive'),
        ('firmware.elf', b'\x7fELF\2\1\1' + RAW, '64-bit computer'),
        ('firmware.json', b'{ "no": "build" }', 'no "flash_files"'),
    ):
        path = make(contents, name)
        output = path.with_suffix('.dfu')
        expect(BAD_FILE, ['-o', output, '-d', '1209:1', path], text, '--raw')
        check(not output.exists(), 'a file was written')
        expect(SUCCESS, ['-o', output, '-d', '1209:1', '--raw', path])
        check(output.read_bytes()[:-16] == contents, 'the firmware differs')


def test_damage_is_not_taken_for_raw_bytes():
    path = make()
    good = path.with_suffix('.dfu')
    expect(SUCCESS, ['-o', good, '-d', '1209:1', path])
    good.write_bytes(b'?' + good.read_bytes()[1:])
    output = path.with_name('new.dfu')
    expect(BAD_FILE, ['-o', output, '-d', '1209:1', good], 'checksum')
    check(not output.exists(), 'a file was written')


def test_usage():
    path = make()
    output = path.with_suffix('.dfu')
    dfuse = path.with_name('st.dfu')
    expect(SUCCESS, ['-o', dfuse, '-d', '0483:df11', '-a', '0', path])
    for arguments, *texts in (
        ([],),
        ([path],),
        (['-o', output],),
        (['-o', output, path, path],),
        (['-o', output, path], '--device'),
        (['-o', path.with_name('x.dfuse'), '-d', '1:2', path], '--address'),
        (['-o', path.with_name('x.hex'), path], '--address'),
        (['-o', path.with_name('x.txt'), path], 'x.txt', '--to'),
        (['-o', output, '--to', 'uf2', path], 'uf2'),
        (['-o', output, '-d', '1209', path], '0483:df11'),
        (['-o', output, '-d', '1:2', '-a', '0x100000000', path], '--address'),
        (['-o', output, '-d', '1:2', '-a', '0', '--alternate', '256', path], '--alternate'),
        (['-o', output, '-d', '1:2', '--alternate', '1', path], '“--alternate” means nothing'),
        (['-o', output, '-d', '1:2', '--name', 'x', path], '“--name” means nothing'),
        (['-o', output, '-d', '1:2', '-a', '0', '--name', '\033[2J', path], 'printed'),
        (['-o', output, '-d', '1:2', '-a', '0', '--fill', '-1', path], '--fill'),
        (['-o', path.with_name('x.bin'), '-d', '1:2', path], '“--device” means nothing'),
        (['-o', path.with_name('x.hex'), '-a', '16', dfuse], '“--address” means nothing'),
        (['-o', path, '--to', 'dfu', '-d', '1:2', path], 'another name'),
    ):
        expect(USAGE, arguments, *texts)
        check(path.read_bytes() == RAW, f'{arguments} changed the input')
        names = sorted(entry.name for entry in path.parent.iterdir())
        check(names == ['firmware.bin', 'st.dfu'], f'{arguments} left {names}')


def test_what_cannot_be_written():
    path = make()
    expect(FAILURE, ['-o', path.with_name('gone') / 'x.dfu', '-d', '1:2', path], 'does not exist')
    expect(BAD_FILE, ['-o', 'x.dfu', path.with_name('gone')], 'not there')


try:
    bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
finally:
    shutil.rmtree(FOLDER)
