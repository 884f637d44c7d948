/* test-reading.c: whether a file that was written again holds the same firmware
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-reading.h"

#include <glib/gstdio.h>

#include "test-hex.h"
#include "test-image.h"

#define ADDRESS 0x08000000

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  BootlaceReading **reading = user_data;
  g_autoptr (GError) error = NULL;

  *reading = bootlace_reading_new_finish (result, NULL, &error);
  g_assert_no_error (error);
}

static BootlaceReading *
read_bytes (GBytes *contents)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BootlaceSource) source = NULL;
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  GFile *file = g_file_new_tmp ("bootlace-reading-XXXXXX", &stream, &error);
  BootlaceReading *reading = NULL;

  g_assert_no_error (error);
  g_ptr_array_add (files, file);
  g_file_replace_contents (file, g_bytes_get_data (contents, NULL), g_bytes_get_size (contents),
                           NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error);
  g_assert_no_error (error);

  source = bootlace_source_new (files);
  bootlace_reading_new_async (source, NULL, read_cb, &reading);
  while (reading == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_file_delete (file, NULL, NULL);
  return reading;
}

static void
assert_same (GBytes *first, GBytes *second, gboolean is_same)
{
  g_autoptr (BootlaceReading) one = read_bytes (first);
  g_autoptr (BootlaceReading) other = read_bytes (second);

  g_assert_cmpint (bootlace_reading_is_same (one, other), ==, is_same);
  g_assert_cmpint (bootlace_reading_is_same (other, one), ==, is_same);
}

static GBytes *
make_hex (guint32 address, GBytes *data)
{
  GString *text = g_string_new (NULL);
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);

  for (gsize i = 0; i < size; i += 16)
    test_hex_append_at (text, address + (guint32) i, bytes + i, MIN (16, size - i));
  test_hex_append_end (text);

  return g_string_free_to_bytes (text);
}

/* Nothing but bytes at addresses, without a payload. */
static void
test_hex (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (1000, 1);
  g_autoptr (GBytes) changed = test_image_flip (data, 999, 0x01);
  g_autoptr (GBytes) shorter = g_bytes_new_from_bytes (data, 0, 999);
  g_autoptr (GBytes) file = make_hex (ADDRESS, data);
  g_autoptr (GBytes) again = make_hex (ADDRESS, data);
  g_autoptr (GBytes) changed_file = make_hex (ADDRESS, changed);
  g_autoptr (GBytes) shorter_file = make_hex (ADDRESS, shorter);
  g_autoptr (GBytes) moved_file = make_hex (ADDRESS + 4, data);

  assert_same (file, again, TRUE);
  assert_same (file, changed_file, FALSE);
  assert_same (file, shorter_file, FALSE);
  assert_same (file, moved_file, FALSE);
}

static void
test_dfuse (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (1000, 1);
  g_autoptr (GBytes) file = test_image_new_dfuse (0x0483, 0, "Flash", ADDRESS, data);
  g_autoptr (GBytes) other_vendor = test_image_new_dfuse (0x28e9, 0, "Flash", ADDRESS, data);
  g_autoptr (GBytes) other_memory = test_image_new_dfuse (0x0483, 1, "Flash", ADDRESS, data);
  g_autoptr (GBytes) other_name = test_image_new_dfuse (0x0483, 0, "Options", ADDRESS, data);

  assert_same (file, file, TRUE);
  assert_same (file, other_vendor, FALSE);
  assert_same (file, other_memory, FALSE);
  assert_same (file, other_name, FALSE);
}

static void
test_archive (void)
{
  g_autoptr (GBytes) file = test_image_new (20000);
  g_autoptr (GBytes) again = test_image_new (20000);
  g_autoptr (GBytes) larger = test_image_new (20016);

  assert_same (file, again, TRUE);
  assert_same (file, larger, FALSE);
}

/* What has the same bytes in another form is no rebuild of it. */
static void
test_forms (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (1000, 1);
  g_autoptr (GBytes) hex = make_hex (ADDRESS, data);
  g_autoptr (GBytes) dfuse = test_image_new_dfuse (0x0483, 0, "Flash", ADDRESS, data);

  assert_same (hex, dfuse, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reading/hex", test_hex);
  g_test_add_func ("/reading/dfuse", test_dfuse);
  g_test_add_func ("/reading/archive", test_archive);
  g_test_add_func ("/reading/forms", test_forms);

  return g_test_run ();
}
