/* test-setup-zadig-windows.c: starts Zadig
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-zadig-search.h"
#include "setup-zadig.h"
#include "test-folder.h"

#include <glib/gstdio.h>

/* What stands for Zadig, the first argument. */
static const char *stand_in;

typedef struct {
  char *folder;
  char *word;
} Fixture;

static void
set_up (Fixture *self, gconstpointer user_data)
{
  /* Its name has what a code page of Windows has not. */
  self->folder = g_dir_make_tmp ("zadig-ẞ-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->word = g_build_filename (self->folder, "started", NULL);
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  test_folder_remove (self->folder);
  g_free (self->folder);
  g_free (self->word);
}

/* It is started and not waited for, so the word may come later, and is its own until it is closed.
 */
static void
wait_for_word (Fixture *self)
{
  const gint64 deadline = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;
  g_autofree char *text = NULL;

  while (!g_file_get_contents (self->word, &text, NULL, NULL) || !g_str_equal (text, "yes")) {
    g_clear_pointer (&text, g_free);
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_thread_yield ();
  }

  while (g_remove (self->word) != 0) {
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_thread_yield ();
  }
}

static void
test_start (Fixture *self, gconstpointer user_data)
{
  g_auto (SetupZadigTarget) target = { 0 };
  g_autoptr (GError) error = NULL;

  setup_zadig_target_init_example (&target);
  g_assert_true (setup_zadig_target_save (&target, self->folder, &error));
  g_assert_no_error (error);

  g_assert_true (setup_zadig_start (stand_in, self->folder, &error));
  g_assert_no_error (error);
  wait_for_word (self);
}

static void
test_missing (Fixture *self, gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (self->folder, "zadig.exe", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (setup_zadig_start (path, self->folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
}

/* Where Windows keeps downloads is for Windows to say. */
static void
test_folders (void)
{
  g_auto (GStrv) folders = setup_zadig_list_folders ();
  g_autofree char *program_files = g_build_filename (g_getenv ("ProgramFiles"), "Zadig", NULL);

  g_assert_true (g_strv_contains ((const char *const *) folders, program_files));
  g_assert_nonnull (g_strrstr (folders[0], "Downloads"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  stand_in = argv[1];

  g_test_add ("/setup/zadig/windows/start", Fixture, NULL, set_up, test_start, tear_down);
  g_test_add ("/setup/zadig/windows/missing", Fixture, NULL, set_up, test_missing, tear_down);
  g_test_add_func ("/setup/zadig/windows/folders", test_folders);

  return g_test_run ();
}
