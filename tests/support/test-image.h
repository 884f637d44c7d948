/* test-image.h: firmware for tests, as ESP-IDF would build it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TEST_IMAGE_PRODUCT 0x0002 /* ESP32-S2 */
#define TEST_IMAGE_FLASH_SIZE (4 * 1024 * 1024)
#define TEST_IMAGE_TABLE_ADDRESS 0x8000
#define TEST_IMAGE_APP_ADDRESS 0x10000
#define TEST_IMAGE_STORAGE_ADDRESS 0x300000
#define TEST_IMAGE_APP_SIZE_MAX (TEST_IMAGE_FLASH_SIZE - TEST_IMAGE_APP_ADDRESS)
#define TEST_IMAGE_MULTI_PART_APP_SIZE_MAX (TEST_IMAGE_STORAGE_ADDRESS - TEST_IMAGE_APP_ADDRESS)

/* An application below this size has no room for a header and a description. */
#define TEST_IMAGE_APP_SIZE_MIN 336

/* Whole files, as "idf.py dfu" would make them. */
GBytes *test_image_new (gsize app_size);
GBytes *test_image_new_for_product (guint16 product, gsize app_size);
GBytes *test_image_new_multi_part (guint16 product, gsize app_size);

/* A whole file for a DfuSe device, with one part. */
GBytes *test_image_new_dfuse (guint16 vendor,
                              guint8 alternate,
                              const char *memory,
                              guint32 address,
                              GBytes *data);

/* Whole files that must be refused. */
const char *const *test_image_list_faults (void);
GBytes *test_image_new_broken (const char *fault, guint16 product, gsize app_size);

/* Whole files that can be read and of which one thing is to be told, by the nick of its
 * #FirmwareFindingKind. */
const char *const *test_image_list_findings (void);
GBytes *test_image_new_with_finding (const char *nick, guint16 product, gsize app_size);

/* What goes into them. */
GBytes *test_image_new_pattern (gsize size, guint seed);
GBytes *test_image_new_bootloader (guint16 chip_id, gsize size);
GBytes *test_image_new_app (guint16 chip_id,
                            gsize size,
                            const char *project,
                            const char *version,
                            const char *idf_version);
GBytes *test_image_new_partition_table (void);
GBytes *test_image_new_partition_table_for (gsize app_size);
GBytes *
test_image_patch_entry (GBytes *table, guint number, gsize offset, const char *bytes, gsize length);
GBytes *test_image_new_erased (gsize size);
GBytes *test_image_sign (GBytes *image, guint n_signatures);
GBytes *test_image_reseal_signature (GBytes *file);

/* Changed copies. */
GBytes *test_image_flip (GBytes *contents, gsize offset, guint8 mask);
GBytes *test_image_patch (GBytes *contents, gsize offset, const char *bytes, gsize length);
GBytes *test_image_reseal (GBytes *image);

G_END_DECLS
