/* test-firmware-cpio.c: every number in a cpio header is checked before it is used
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-cpio.h"
#include "firmware-error.h"

#include <string.h>

#define BLOCK_SIZE 512

/* Two members and the trailer, of sizes that need padding. */
static GByteArray *
make_archive (void)
{
  GByteArray *archive = g_byte_array_new ();

  firmware_cpio_append_member (archive, "a.bin", (const guint8 *) "hello", 5);
  firmware_cpio_append_member (archive, "empty", NULL, 0);
  firmware_cpio_append_trailer (archive, BLOCK_SIZE);

  return archive;
}

/* In a heap block of its own, so that a read behind the end is found. */
static GBytes *
copy_bytes (const guint8 *data, gsize size)
{
  return g_bytes_new_take (size > 0 ? g_memdup2 (data, size) : NULL, size);
}

static gboolean
read_all (GBytes *archive, guint *n_members, GError **error)
{
  FirmwareCpioReader reader;
  FirmwareCpioMember member;

  *n_members = 0;
  firmware_cpio_reader_init (&reader, archive);

  while (firmware_cpio_reader_next (&reader, &member, error)) {
    g_assert_cmpuint (member.offset + member.size, <=, g_bytes_get_size (archive));
    g_assert_cmpuint (reader.offset, >, member.header);
    if (member.is_trailer)
      return TRUE;

    *n_members += 1;
  }

  return FALSE;
}

static void
test_members (void)
{
  g_autoptr (GByteArray) array = make_archive ();
  g_autoptr (GBytes) archive = copy_bytes (array->data, array->len);
  g_autoptr (GError) error = NULL;
  FirmwareCpioReader reader;
  FirmwareCpioMember member;

  g_assert_true (firmware_cpio_is_present (archive));
  firmware_cpio_reader_init (&reader, archive);

  g_assert_true (firmware_cpio_reader_next (&reader, &member, &error));
  g_assert_cmpstr (member.name, ==, "a.bin");
  g_assert_cmpuint (member.header, ==, 0);
  g_assert_cmpuint (member.offset, ==, 116);
  g_assert_cmpmem (array->data + member.offset, member.size, "hello", 5);
  g_assert_false (member.is_trailer);

  g_assert_true (firmware_cpio_reader_next (&reader, &member, &error));
  g_assert_cmpstr (member.name, ==, "empty");
  g_assert_cmpuint (member.header, ==, 124);
  g_assert_cmpuint (member.size, ==, 0);

  g_assert_true (firmware_cpio_reader_next (&reader, &member, &error));
  g_assert_cmpstr (member.name, ==, FIRMWARE_CPIO_TRAILER);
  g_assert_true (member.is_trailer);
  g_assert_cmpuint (reader.offset, ==, 240 + 124);
}

/* A reader that is asked again behind the end fails and does not move. */
static void
test_behind_end (void)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GError) error = NULL;
  FirmwareCpioReader reader;
  FirmwareCpioMember member;

  g_assert_false (firmware_cpio_is_present (nothing));
  firmware_cpio_reader_init (&reader, nothing);
  g_assert_false (firmware_cpio_reader_next (&reader, &member, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TRUNCATED);
  g_assert_cmpuint (reader.offset, ==, 0);
}

static void
test_truncations (void)
{
  const gsize end = 240 + 124;
  g_autoptr (GByteArray) array = make_archive ();

  for (gsize size = 0; size < array->len; size++) {
    g_autoptr (GBytes) cut = copy_bytes (array->data, size);
    g_autoptr (GError) error = NULL;
    guint n_members = 0;

    if (size < end) {
      g_assert_false (read_all (cut, &n_members, &error));
      g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TRUNCATED);
    } else {
      g_assert_true (read_all (cut, &n_members, &error));
      g_assert_no_error (error);
    }
  }
}

/* Whatever a byte is changed to, the reader stays inside the archive. */
static void
test_corruptions (void)
{
  g_autoptr (GByteArray) array = make_archive ();

  for (gsize offset = 0; offset < array->len; offset++) {
    for (guint value = 0; value <= G_MAXUINT8; value++) {
      g_autoptr (GBytes) damaged = NULL;
      g_autoptr (GError) error = NULL;
      guint8 original = array->data[offset];
      guint n_members = 0;

      array->data[offset] = (guint8) value;
      damaged = copy_bytes (array->data, array->len);
      array->data[offset] = original;

      if (!read_all (damaged, &n_members, &error))
        g_assert_true (error->domain == FIRMWARE_ERROR);
      else
        g_assert_cmpuint (n_members, <=, 2);
    }
  }
}

typedef struct {
  const char *name;
  gsize offset;
  const char *text;
  int code; /* -1: accepted */
} Field;

static const Field fields[] = {
  { "crc-magic", 0, "070702", -1 },
  { "odc-magic", 0, "070707", FIRMWARE_ERROR_MALFORMED },
  { "no-magic", 0, "xxxxxx", FIRMWARE_ERROR_MALFORMED },
  { "upper-case", 54, "0000000A", -1 },
  { "sign", 54, "-0000005", FIRMWARE_ERROR_MALFORMED },
  { "space", 54, "       5", FIRMWARE_ERROR_MALFORMED },
  { "prefix", 54, "0x000005", FIRMWARE_ERROR_MALFORMED },
  { "bad-inode", 6, "0000000g", FIRMWARE_ERROR_MALFORMED },
  { "huge-file", 54, "ffffffff", FIRMWARE_ERROR_TRUNCATED },
  { "nearly-huge-file", 54, "fffffffc", FIRMWARE_ERROR_TRUNCATED },
  { "file-to-the-end", 54, "0000018c", -1 },
  { "file-over-the-end", 54, "0000018d", FIRMWARE_ERROR_TRUNCATED },
  { "huge-name", 94, "ffffffff", FIRMWARE_ERROR_TRUNCATED },
  { "name-to-the-end", 94, "00000192", FIRMWARE_ERROR_MALFORMED },
  { "name-over-the-end", 94, "00000193", FIRMWARE_ERROR_TRUNCATED },
  { "no-name", 94, "00000000", FIRMWARE_ERROR_MALFORMED },
  { "empty-name", 94, "00000001", FIRMWARE_ERROR_MALFORMED },
  { "name-without-nul", 94, "00000005", FIRMWARE_ERROR_MALFORMED },
  { "nul-inside-name", 94, "00000007", FIRMWARE_ERROR_MALFORMED },
  { "control-character", 110, "a\033bin", FIRMWARE_ERROR_MALFORMED },
  { "not-utf-8", 110, "a\377bin", FIRMWARE_ERROR_MALFORMED },
};

static void
test_field (gconstpointer user_data)
{
  const Field *field = user_data;
  g_autoptr (GByteArray) array = make_archive ();
  g_autoptr (GBytes) archive = NULL;
  g_autoptr (GError) error = NULL;
  FirmwareCpioReader reader;
  FirmwareCpioMember member;
  gboolean taken = FALSE;

  memcpy (array->data + field->offset, field->text, strlen (field->text));
  archive = copy_bytes (array->data, array->len);

  firmware_cpio_reader_init (&reader, archive);
  taken = firmware_cpio_reader_next (&reader, &member, &error);

  if (field->code < 0) {
    g_assert_no_error (error);
    g_assert_true (taken);
  } else {
    g_assert_error (error, FIRMWARE_ERROR, field->code);
    g_assert_false (taken);
  }
}

/* At most 256 bytes with the NUL. */
static void
test_long_names (void)
{
  for (gsize length = 254; length <= 257; length++) {
    g_autoptr (GByteArray) array = g_byte_array_new ();
    g_autofree char *name = g_strnfill (length, 'n');
    g_autoptr (GBytes) archive = NULL;
    g_autoptr (GError) error = NULL;
    guint n_members = 0;

    firmware_cpio_append_member (array, name, (const guint8 *) "x", 1);
    firmware_cpio_append_trailer (array, BLOCK_SIZE);
    archive = copy_bytes (array->data, array->len);

    if (length + 1 <= 256) {
      g_assert_true (read_all (archive, &n_members, &error));
      g_assert_cmpuint (n_members, ==, 1);
    } else {
      g_assert_false (read_all (archive, &n_members, &error));
      g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED);
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/cpio/members", test_members);
  g_test_add_func ("/firmware/cpio/behind-end", test_behind_end);
  g_test_add_func ("/firmware/cpio/truncations", test_truncations);
  g_test_add_func ("/firmware/cpio/corruptions", test_corruptions);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_autofree char *path = g_strconcat ("/firmware/cpio/field/", fields[i].name, NULL);

    g_test_add_data_func (path, &fields[i], test_field);
  }
  g_test_add_func ("/firmware/cpio/long-names", test_long_names);

  return g_test_run ();
}
