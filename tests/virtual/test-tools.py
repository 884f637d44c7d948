#!/usr/bin/python3
# test-tools.py: Debian's own dfu-util and lsusb on the virtual bus
#
# SPDX-License-Identifier: GPL-3.0-or-later

import functools
import hashlib
import operator
import pathlib
import random
import tempfile

import bus
import esp_archive

RUNTIME = (
    'Found Runtime: [303a:0002] ver=0723, devnum=%d, cfg=1, intf=2, '
    'path="%s", alt=0, name="UNKNOWN", serial="0"'
)
DFU = RUNTIME.replace('Runtime', 'DFU')
FLASH_SIZE = 4 * 1024 * 1024


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def found(output):
    return [line for line in output.splitlines() if line.startswith('Found')]


def lines(result):
    check(result.returncode == 0, f'exit status {result.returncode}: {result.stdout}')
    return result.stdout


def flash(files, **options):
    """Flashes files with dfu-util; answers its output and what is in flash then."""
    with tempfile.TemporaryDirectory() as directory:
        image = pathlib.Path(directory, 'dfu.bin')
        contents = pathlib.Path(directory, 'flash.bin')
        image.write_bytes(esp_archive.make_file(files, **options))
        result = bus.run(
            [f'esp32s2@1-10,mode=dfu,flash={contents}'],
            ['dfu-util', '-d', '303a:2', '-D', str(image)],
        )
        return result, contents.read_bytes()


def expected_flash(files):
    contents = bytearray(b'\xff' * FLASH_SIZE)
    for _, address, data in files:
        contents[address : address + len(data)] = data
    return bytes(contents)


def test_archive_maker_agrees_with_the_reference():
    digest = hashlib.sha256(esp_archive.make_file(esp_archive.GOLDEN, part_size=4096)).hexdigest()
    check(
        digest == '397f84c4f1b200d8bf2874316cd37ecd11a84d5139b5d71ef253d4cc90322715',
        f'the golden sample came out differently: {digest}',
    )


def test_dfu_util_lists_a_board():
    output = lines(bus.run(['esp32s2@1-10'], ['dfu-util', '-l']))
    check(found(output) == [RUNTIME % (2, '1-10')], output)


def test_dfu_util_lists_boards_behind_hubs():
    boards = ['esp32s2@1-2.4.3', 'esp32s2@2-7,mode=dfu', 'cp2102@1-3']
    output = lines(bus.run(boards, ['dfu-util', '-l']))
    expected = {RUNTIME % (4, '1-2.4.3'), DFU % (2, '2-7')}
    check(set(found(output)) == expected, output)


def test_dfu_util_flashes_the_whole_way():
    files = esp_archive.GOLDEN
    with tempfile.TemporaryDirectory() as directory:
        image = pathlib.Path(directory, 'dfu.bin')
        contents = pathlib.Path(directory, 'flash.bin')
        image.write_bytes(esp_archive.make_file(files, part_size=4096))
        result = bus.run(
            [f'esp32s2@1-10,flash={contents}'],
            ['dfu-util', '-d', '303a:2', '-D', str(image)],
        )
        output = lines(result)
        for text in (
            'Run-Time device DFU version 0110',
            'DFU state(0) = appIDLE',
            'error detaching',
            'Device will detach and reattach',
            'DFU mode device DFU version 0110',
            'Device returned transfer size 64',
            'DFU state(2) = dfuIDLE, status(0)',
            'Done!',
        ):
            check(text in output, f'no “{text}” in {output}')
        check(contents.read_bytes() == expected_flash(files), 'flash differs')


def test_flash_equals_the_image():
    numbers = random.Random(1)
    for size in (100, 4095, 4096, 4097, 65536, 700001):
        files = [
            ('bootloader.bin', 0x1000, numbers.randbytes(20000)),
            ('app.bin', 0x10000, numbers.randbytes(size)),
        ]
        result, contents = flash(files)
        check('Done!' in lines(result), result.stdout)
        check(contents == expected_flash(files), f'flash differs at {size} bytes')


def test_part_beyond_two_mib_needs_parameters():
    data = random.Random(2).randbytes(5000)
    files = [('app.bin', 0x300000, data)]
    result, contents = flash(files, flash_size=2 * 1024 * 1024)
    check('status(10)' in result.stdout, result.stdout)
    check(contents == expected_flash([]), 'something was written')
    result, contents = flash(files)
    check(contents == expected_flash(files), result.stdout)


def test_dfu_util_flashes_a_device_that_takes_its_time():
    data = random.Random(4).randbytes(50000)
    with tempfile.TemporaryDirectory() as directory:
        image = pathlib.Path(directory, 'raw.bin')
        contents = pathlib.Path(directory, 'flash.bin')
        image.write_bytes(data)
        board = f'generic-dfu@1-4,mode=dfu,busy-ms=3,manifest-ms=50,flash={contents}'
        # The same memory as an alternate setting, and as an interface of its own.
        for options, *choice in (('', '-a', 'Settings'), (',interfaces=2', '-i', '1')):
            contents.unlink(missing_ok=True)
            command = ['dfu-util', '-d', '1209:1,1209:2', *choice, '-D', str(image)]
            result = bus.run([board + options], command)
            check('state(7) = dfuMANIFEST' in lines(result), result.stdout)
            check('Done!' in result.stdout, result.stdout)
            written = contents.read_bytes()[512 * 1024 :][: len(data)]
            check(written == data, 'flash differs')


def flash_dfuse(kind, data, *options, address=0x08000000, before=b''):
    """Lets dfu-util write a raw file to a DfuSe board; answers its output and the flash."""
    with tempfile.TemporaryDirectory() as directory:
        image = pathlib.Path(directory, 'raw.bin')
        contents = pathlib.Path(directory, 'flash.bin')
        image.write_bytes(data)
        contents.write_bytes(before)
        result = bus.run(
            [f'{kind}@1-4,flash={contents},busy-ms=1,erase-ms=2'],
            ['dfu-util', '-a', '0', '-s', f'{address:#x}:leave', '-D', str(image), *options],
        )
        return result, contents.read_bytes()


def test_dfu_util_lists_the_memories_of_a_dfuse_board():
    output = lines(bus.run(['stm32f4@1-4'], ['dfu-util', '-l']))
    names = {line.split('name="')[1].split('"')[0] for line in found(output)}
    check('@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg' in names, output)
    check(len(names) == 4, output)


def test_dfu_util_flashes_dfuse_boards():
    data = random.Random(6).randbytes(30001)
    before = random.Random(7).randbytes(64 * 1024)
    for kind in ('stm32f4', 'stm32l4', 'gd32vf103', 'gd32vf103-old'):
        result, flash = flash_dfuse(kind, data, before=before)
        check('File downloaded successfully' in result.stdout, f'{kind}: {result.stdout}')
        check(flash[: len(data)] == data, f'{kind}: flash differs: {result.stdout}')


def test_dfu_util_is_refused_by_a_protected_board():
    result, _ = flash_dfuse('stm32f4', b'abc')
    check(result.returncode == 0, result.stdout)
    result = bus.run(
        ['stm32f4@1-4,protected'], ['dfu-util', '-a', '0', '-s', '0x08000000', '-D', '/bin/true']
    )
    check(result.returncode != 0, result.stdout)


def test_dfu_util_erases_and_unprotects_a_dfuse_board():
    result = bus.run(
        ['stm32f4@1-4,protected'],
        ['dfu-util', '-a', '0', '-s', '0x08000000:unprotect:force', '-D', '/bin/true'],
    )
    check('Device disconnects, erases flash' in result.stdout, result.stdout)


def test_dfu_util_reads_a_dfuse_board():
    with tempfile.TemporaryDirectory() as directory:
        contents = pathlib.Path(directory, 'flash.bin')
        copy = pathlib.Path(directory, 'copy.bin')
        data = random.Random(8).randbytes(50000)
        contents.write_bytes(data)
        command = ['dfu-util', '-a', '0', '-s', '0x08000000:50000', '-U', str(copy)]
        lines(bus.run([f'stm32f4@1-4,flash={contents}'], command))
        check(copy.read_bytes() == data, 'copy differs')


def test_dfu_util_flashes_devices_in_disguise():
    data = random.Random(9).randbytes(20000)
    for kind, ids in (('maple', '1eaf:3'), ('lpc43xx', '1fc9:c'), ('freerunner', '1d50:5119')):
        with tempfile.TemporaryDirectory() as directory:
            image = pathlib.Path(directory, 'raw.bin')
            contents = pathlib.Path(directory, 'flash.bin')
            image.write_bytes(data)
            result = bus.run(
                [f'{kind}@1-4,busy-ms=3,flash={contents}'],
                ['dfu-util', '-d', ids, '-a', '0', '-D', str(image)],
            )
            check('Done!' in lines(result), result.stdout)
            check(contents.read_bytes()[: len(data)] == data, f'{kind}: flash differs')


def make_sketch(data):
    """An application for an ESP32-S3: one segment, its checksum and its hash."""
    header = bytes([0xE9, 1]) + bytes(10) + bytes([9]) + bytes(10) + bytes([1])
    image = header + bytes(4) + len(data).to_bytes(4, 'little') + data
    image += bytes(15 - len(image) % 16)
    image += bytes([functools.reduce(operator.xor, data, 0xEF)])
    return image + hashlib.sha256(image).digest()


def test_dfu_util_flashes_a_nano_esp32():
    sketch = make_sketch(random.Random(10).randbytes(30000))
    with tempfile.TemporaryDirectory() as directory:
        image = pathlib.Path(directory, 'sketch.ino.bin')
        contents = pathlib.Path(directory, 'flash.bin')
        image.write_bytes(sketch)
        result = bus.run(
            [f'nano-esp32@1-4,flash={contents}'], ['dfu-util', '-d', '2341:70', '-D', str(image)]
        )
        check('Done!' in lines(result), result.stdout)
        check(contents.read_bytes()[0x10000:][: len(sketch)] == sketch, 'flash differs')


def test_dfu_util_reads_the_flash():
    with tempfile.TemporaryDirectory() as directory:
        contents = pathlib.Path(directory, 'flash.bin')
        copy = pathlib.Path(directory, 'copy.bin')
        data = random.Random(5).randbytes(FLASH_SIZE // 2)
        contents.write_bytes(data)
        result = bus.run(
            [f'esp32s2@1-4,mode=dfu,flash={contents}'],
            ['dfu-util', '-d', '303a:2', '-U', str(copy)],
        )
        lines(result)
        check(copy.stat().st_size == FLASH_SIZE, f'{copy.stat().st_size} bytes')
        check(copy.read_bytes()[: len(data)] == data, 'copy differs')


def test_lsusb_reads_the_descriptors():
    output = lines(bus.run(['esp32s2@1-10'], ['lsusb', '-v', '-d', '303a:2']))
    for text in (
        'idVendor           0x303a',
        'bcdDevice            7.23',
        'iProduct                2 ESP32-S2',
        'iSerial                 3 0',
        'bInterfaceProtocol      1',
        'wTransferSize                      64 bytes',
        'wDetachTimeout                    700 milliseconds',
        'Upload Supported',
    ):
        check(text in output, f'no “{text}” in {output}')


def test_lsusb_draws_the_tree():
    output = lines(bus.run(['esp32s2@1-2.4.3'], ['lsusb', '-t']))
    check('Port 3: Dev 4, If 2' in output, output)


bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
