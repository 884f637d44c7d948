/* test-flash.h: the flash of a board in one piece, as "esptool merge_bin" makes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In the flash of test_flash_new_for_chip(). */
#define TEST_FLASH_APP_SIZE 0x23450
#define TEST_FLASH_STORAGE_SIZE 0x2345

/**
 * TestFlash:
 *
 * A flash that is being filled; what nobody put there is erased.
 */
typedef struct _TestFlash TestFlash;

TestFlash *test_flash_new (gsize size);
TestFlash *test_flash_new_for_chip (guint16 chip_id);
void test_flash_free (TestFlash *self);

void test_flash_put (TestFlash *self, gsize address, GBytes *data);
GBytes *test_flash_get (TestFlash *self, gsize start, gsize end);
GBytes *test_flash_get_all (TestFlash *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestFlash, test_flash_free)

G_END_DECLS
