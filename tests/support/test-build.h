/* test-build.h: a folder as ESP-IDF builds into, for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image.h"

G_BEGIN_DECLS

/* Members of a flasher_args.json about the files that are in the folder. */
#define TEST_BUILD_THREE_FILES                                                                     \
  "\"flash_files\": {\"0x10000\": \"app.bin\", \"0x1000\": \"bootloader/bootloader.bin\", "        \
  "\"0x8000\": \"partition_table/partition-table.bin\"}"
#define TEST_BUILD_BOOTLOADER "\"flash_files\": {\"0x1000\": \"bootloader/bootloader.bin\"}"
#define TEST_BUILD_CHIP(chip) "\"extra_esptool_args\": {\"chip\": \"" chip "\"}"
#define TEST_BUILD_SIZE(size) "\"flash_settings\": {\"flash_size\": \"" size "\"}"

/**
 * TestBuild:
 * @project: the path of a project
 * @path: that of the folder "build" in it
 * @folder: the same
 *
 * The fixture of tests about builds: three files of which it is known what Espressif's tool makes
 * of them, and no flasher_args.json yet.
 */
typedef struct {
  char *project;
  char *path;
  GFile *folder;
} TestBuild;

void test_build_set_up (TestBuild *self, gconstpointer user_data);
void test_build_tear_down (TestBuild *self, gconstpointer user_data);

char *test_build_dup_path (TestBuild *self, const char *name);
void test_build_write (TestBuild *self, const char *name, GBytes *contents);
void test_build_write_text (TestBuild *self, const char *name, const char *text);
void test_build_write_json (TestBuild *self, const char *json);

FirmwareImage *test_build_load (GFile *file);
void test_build_assert_refused (TestBuild *self, GQuark domain, int code, const char *message);

G_END_DECLS
