/* test-setup-zadig.c: what Zadig is told, and where it is looked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-zadig-guide.h"
#include "setup-zadig-search.h"
#include "test-folder.h"

#include <glib/gstdio.h>

#define ESP_DFU "USB\\VID_303A&PID_0002&MI_02\\6&1A2B3C&0&0002"
#define STM32 "USB\\VID_0483&PID_DF11\\357F31593431"

static void
init_target (SetupZadigTarget *target,
             const char *instance_id,
             const char *name,
             const char *service)
{
  g_autoptr (SetupDriverNode) node = setup_driver_node_new (instance_id);

  node->name = g_strdup (name);
  node->service = g_strdup (service);
  setup_zadig_target_init (target, node);
}

static void
test_preset (void)
{
  g_auto (SetupZadigTarget) esp = { 0 };
  g_auto (SetupZadigTarget) stm = { 0 };
  g_autofree char *esp_preset = NULL;
  g_autofree char *stm_preset = NULL;
  g_autofree char *esp_name = NULL;
  g_autofree char *stm_name = NULL;

  init_target (&esp, ESP_DFU, NULL, NULL);
  init_target (&stm, STM32, "STM32 BOOTLOADER", "STTub30");
  esp_preset = setup_zadig_target_build_preset (&esp);
  stm_preset = setup_zadig_target_build_preset (&stm);
  esp_name = setup_zadig_target_build_preset_name (&esp);
  stm_name = setup_zadig_target_build_preset_name (&stm);

  g_assert_cmpstr (esp_preset, ==,
                   "[device]\n"
                   "  Description = \"ESP32-S2 (Interface 2)\"\n"
                   "  VID = 0x303A\n"
                   "  PID = 0x0002\n"
                   "  MI = 0x02\n");
  g_assert_cmpstr (stm_preset, ==,
                   "[device]\n"
                   "  Description = \"STM32 BOOTLOADER\"\n"
                   "  VID = 0x0483\n"
                   "  PID = 0xDF11\n");
  g_assert_cmpstr (esp_name, ==, "bootlace-303a-0002-2.cfg");
  g_assert_cmpstr (stm_name, ==, "bootlace-0483-df11.cfg");
}

/* A board may call itself anything; none of that may become a line or end a value. */
static void
test_hostile_names (void)
{
  static const struct {
    const char *name;
    const char *shown;
  } cases[] = {
    { "a\"b\\c", "a_b_c (Interface 2)" },
    { "a\n[driver]\r\tb", "a_[driver]__b (Interface 2)" },
    { "", "ESP32-S2 (Interface 2)" },
    { "M\xff", "M\xef\xbf\xbd (Interface 2)" },
    { "Größe", "Größe (Interface 2)" },
    { "01234567890123456789012345678901234567890123456789é",
      "012345678901234567890123456789012345678901234567 (Interface 2)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (SetupZadigTarget) target = { 0 };

    init_target (&target, ESP_DFU, cases[i].name, NULL);
    g_assert_cmpstr (target.name, ==, cases[i].shown);
  }
}

static void
test_options (void)
{
  g_auto (SetupZadigTarget) missing = { 0 };
  g_auto (SetupZadigTarget) wrong = { 0 };
  g_autofree char *missing_options = NULL;
  g_autofree char *wrong_options = NULL;

  init_target (&missing, ESP_DFU, NULL, "");
  init_target (&wrong, ESP_DFU, NULL, "usbser");
  missing_options = setup_zadig_target_build_options (&missing);
  wrong_options = setup_zadig_target_build_options (&wrong);

  /* Zadig takes everything before the first line that begins with a bracket for a comment. */
  g_assert_true (g_str_has_prefix (missing_options, "["));
  g_assert_nonnull (g_strstr_len (missing_options, -1, "  list_all = false\n"));
  g_assert_nonnull (g_strstr_len (wrong_options, -1, "  list_all = true\n"));
  g_assert_nonnull (g_strstr_len (wrong_options, -1, "  include_hubs = false\n"));
  g_assert_nonnull (g_strstr_len (wrong_options, -1, "  default_driver = 0\n"));
}

typedef struct {
  char *folder;
} Fixture;

static void
set_up (Fixture *self, gconstpointer user_data)
{
  self->folder = g_dir_make_tmp ("zadig-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  test_folder_remove (self->folder);
  g_free (self->folder);
}

static void
assert_saved (const char *folder, const char *name, char *text)
{
  g_autofree char *expected = text;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *saved = NULL;

  g_assert_true (g_file_get_contents (path, &saved, NULL, NULL));
  g_assert_cmpstr (saved, ==, expected);
}

static void
test_save (Fixture *self, gconstpointer user_data)
{
  g_auto (SetupZadigTarget) target = { 0 };
  g_autofree char *folder = g_build_filename (self->folder, "below", "zadig", NULL);
  g_autoptr (GError) error = NULL;

  setup_zadig_target_init_example (&target);

  for (guint i = 0; i < 2; i++) {
    g_assert_true (setup_zadig_target_save (&target, folder, &error));
    g_assert_no_error (error);
    assert_saved (folder, "zadig.ini", setup_zadig_target_build_options (&target));
    assert_saved (folder, "bootlace-303a-0002-2.cfg", setup_zadig_target_build_preset (&target));
  }
}

static void
test_save_impossible (Fixture *self, gconstpointer user_data)
{
  g_auto (SetupZadigTarget) target = { 0 };
  g_autofree char *file = g_build_filename (self->folder, "file", NULL);
  g_autofree char *folder = g_build_filename (file, "zadig", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  setup_zadig_target_init_example (&target);

  g_assert_false (setup_zadig_target_save (&target, folder, &error));
  g_assert_true (error->domain == G_FILE_ERROR);
}

static char *
add_file (Fixture *self, const char *folder, const char *name)
{
  g_autofree char *parent = g_build_filename (self->folder, folder, NULL);
  char *path = g_build_filename (parent, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));

  return path;
}

typedef struct {
  const char *test;
  const char *found; /* the name that counts */
  const char *names[6];
} NameCase;

static const NameCase name_cases[] = {
  { "plain", "zadig.exe", { "zadig.exe" } },
  { "version", "zadig-2.9.exe", { "zadig-2.9.exe" } },
  { "case", "Zadig-2.9.EXE", { "Zadig-2.9.EXE" } },
  { "second-copy", "zadig-2.9 (1).exe", { "zadig-2.9 (1).exe" } },
  { "newest",
    "zadig-2.10.exe",
    { "zadig-2.9.exe", "zadig-2.10.exe", "zadig.exe", "zadig_2.7.exe" } },
  { "others",
    NULL,
    { "zadig-2.9.exe.part", "zadig.zip", "not-zadig.exe", "zadig.exe.txt", "zadig_xp.exe",
      "zadig-helper.exe" } },
};

static void
test_names (Fixture *self, gconstpointer user_data)
{
  const NameCase *test = user_data;
  const char *const folders[] = { self->folder, NULL };
  g_autofree char *found = NULL;
  g_autofree char *expected = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (test->names) && test->names[i] != NULL; i++)
    g_free (add_file (self, ".", test->names[i]));

  found = setup_zadig_find (folders);
  expected = test->found != NULL ? g_build_filename (self->folder, test->found, NULL) : NULL;
  g_assert_cmpstr (found, ==, expected);
}

static void
test_folders (Fixture *self, gconstpointer user_data)
{
  g_autofree char *absent = g_build_filename (self->folder, "absent", NULL);
  g_autofree char *first = g_build_filename (self->folder, "first", NULL);
  g_autofree char *second = g_build_filename (self->folder, "second", NULL);
  g_autofree char *in_first = add_file (self, "first", "zadig-2.4.exe");
  g_autofree char *in_second = add_file (self, "second", "zadig-2.9.exe");
  g_autofree char *below = add_file (self, "third/zadig.exe", "inner.exe");
  g_autofree char *third = g_build_filename (self->folder, "third", NULL);
  const char *const folders[] = { absent, third, first, second, NULL };
  const char *const folders_not[] = { absent, third, NULL };
  g_autofree char *found = setup_zadig_find (folders);

  g_assert_cmpstr (found, ==, in_first);
  g_assert_null (setup_zadig_find (folders_not));
}

/* A program in the current folder is nobody's choice. */
static void
test_path (void)
{
  g_auto (GStrv) folders = NULL;
  g_autofree char *absolute = g_build_filename (g_get_tmp_dir (), "tools", NULL);
  g_autofree char *path = g_strjoin (G_SEARCHPATH_SEPARATOR_S, "", ".", absolute, "bin", NULL);

  g_setenv ("PATH", path, TRUE);
  folders = setup_zadig_list_folders ();

  g_assert_true (g_strv_contains ((const char *const *) folders, absolute));
  for (guint i = 0; folders[i] != NULL; i++)
    g_assert_true (g_path_is_absolute (folders[i]));
}

static void
assert_steps (const SetupZadigTarget *target, const char *const *parts)
{
  g_autoptr (GPtrArray) steps = setup_zadig_list_steps (target);

  g_assert_cmpuint (steps->len, ==, 3);
  for (guint i = 0; i < steps->len; i++) {
    const SetupZadigStep *step = steps->pdata[i];

    g_assert_cmpint (step->part, ==, i);
    g_assert_cmpstr (step->title, !=, "");
    g_assert_nonnull (g_strstr_len (step->text, -1, parts[i]));
  }
}

static void
test_guide (void)
{
  const char *const missing_parts[] = { "“ESP32-S2 (Interface 2)”", "“303A 0002 02”",
                                        "“Install Driver”" };
  const char *const wrong_parts[] = { "“List All Devices”", "“0483 DF11”", "“Replace Driver”" };
  g_auto (SetupZadigTarget) missing = { 0 };
  g_auto (SetupZadigTarget) wrong = { 0 };
  g_auto (GStrv) composite_warnings = NULL;
  g_auto (GStrv) single_warnings = NULL;
  g_autofree char *remedy = NULL;

  setup_zadig_target_init_example (&missing);
  init_target (&wrong, STM32, NULL, "STTub30");
  composite_warnings = setup_zadig_list_warnings (&missing);
  single_warnings = setup_zadig_list_warnings (&wrong);
  remedy = setup_zadig_dup_remedy (&missing, "folder");

  assert_steps (&missing, missing_parts);
  assert_steps (&wrong, wrong_parts);
  g_assert_cmpuint (g_strv_length (composite_warnings), ==, 3);
  g_assert_cmpuint (g_strv_length (single_warnings), ==, 2);
  g_assert_nonnull (g_strstr_len (remedy, -1, "bootlace-303a-0002-2.cfg"));
}

static void
test_origin (void)
{
  g_autofree char *found = setup_zadig_dup_origin ("C:\\zadig.exe");
  g_autofree char *missing = setup_zadig_dup_origin (NULL);

  g_assert_nonnull (g_strstr_len (found, -1, "C:\\zadig.exe"));
  g_assert_nonnull (g_strstr_len (missing, -1, SETUP_ZADIG_HOME));
}

#ifndef G_OS_WIN32
static void
test_elsewhere (void)
{
  g_auto (SetupZadigTarget) target = { 0 };
  g_autoptr (GError) error = NULL;

  setup_zadig_target_init_for (&target, NULL);
  g_assert_cmpstr (target.name, ==, "ESP32-S2 (Interface 2)");

  g_assert_false (setup_zadig_start ("/zadig.exe", "/", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}
#endif

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup/zadig/preset", test_preset);
  g_test_add_func ("/setup/zadig/hostile-names", test_hostile_names);
  g_test_add_func ("/setup/zadig/options", test_options);
  g_test_add ("/setup/zadig/save", Fixture, NULL, set_up, test_save, tear_down);
  g_test_add ("/setup/zadig/save-impossible", Fixture, NULL, set_up, test_save_impossible,
              tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (name_cases); i++) {
    g_autofree char *path = g_strdup_printf ("/setup/zadig/name/%s", name_cases[i].test);

    g_test_add (path, Fixture, &name_cases[i], set_up, test_names, tear_down);
  }
  g_test_add ("/setup/zadig/folders", Fixture, NULL, set_up, test_folders, tear_down);
  g_test_add_func ("/setup/zadig/path", test_path);
  g_test_add_func ("/setup/zadig/guide", test_guide);
  g_test_add_func ("/setup/zadig/origin", test_origin);
#ifndef G_OS_WIN32
  g_test_add_func ("/setup/zadig/elsewhere", test_elsewhere);
#endif

  return g_test_run ();
}
