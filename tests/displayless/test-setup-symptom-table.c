/* test-setup-symptom-table.c: the table of symptoms has a row for every error, and none too many
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-sign.h"

#include <gio/gio.h>

#include "dfu-error.h"
#include "error-enums.h"
#include "firmware-error.h"
#include "setup-rule-error.h"
#include "usb-error.h"

/* The types are made of the headers, so that a new code cannot be forgotten here. */
static const struct {
  const char *name;
  const char *file;
  const char *macro; /* in it */
  GQuark (*get_domain) (void);
  GType (*get_type) (void);
} domains[] = {
  { "usb", "setup-symptom-table.c", "USB", usb_error_quark, usb_error_get_type },
  { "dfu", "setup-symptom-table.c", "DFU", dfu_error_quark, dfu_error_get_type },
  { "firmware", "setup-symptom-table.c", "FIRMWARE", firmware_error_quark,
    firmware_error_get_type },
  { "setup-rule", "setup-symptom-table.c", "RULE", setup_rule_error_quark,
    setup_rule_error_get_type },
  { "sign", "setup-sign-table.c", "SIGN", setup_sign_quark, setup_sign_get_type },
};

static gboolean
has_row (GQuark domain, int code)
{
  const SetupSymptom *row = NULL;

  for (gsize i = 0; (row = setup_symptom_get (i)) != NULL; i++)
    if (row->get_domain != NULL && row->get_domain () == domain && row->code == code &&
        row->moment == SETUP_MOMENT_ANY)
      return TRUE;

  return FALSE;
}

static void
test_complete (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GTypeClass) type = g_type_class_ref (domains[i].get_type ());
  GEnumClass *codes = G_ENUM_CLASS (type);

  for (guint j = 0; j < codes->n_values; j++) {
    const char *name = codes->values[j].value_name;

    if (has_row (domains[i].get_domain (), codes->values[j].value))
      continue;

    g_test_message ("src/setup/%s has no row for %s: write one like the others, with %s (…), what "
                    "happened, why, and what to do.",
                    domains[i].file, name, domains[i].macro);
    g_test_fail ();
  }
}

static gboolean
is_code (const SetupSymptom *row)
{
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++) {
    g_autoptr (GTypeClass) type = g_type_class_ref (domains[i].get_type ());

    if (row->get_domain == domains[i].get_domain)
      return g_enum_get_value (G_ENUM_CLASS (type), row->code) != NULL;
  }

  return TRUE;
}

/* What only the row for everything else can be found with. */
static GError *
create_error (const SetupSymptom *row)
{
  GQuark domain =
    row->get_domain != NULL ? row->get_domain () : g_quark_from_static_string ("somebody-elses");

  return g_error_new_literal (domain, row->code != SETUP_SYMPTOM_ANY_CODE ? row->code : 9999, "");
}

static void
test_alive (void)
{
  const SetupSymptom *row = NULL;

  for (gsize i = 0; (row = setup_symptom_get (i)) != NULL; i++) {
    g_autoptr (GError) error = create_error (row);

    if (is_code (row) && setup_symptom_find (error, row->moment) == row)
      continue;

    g_test_message ("Row %" G_GSIZE_FORMAT " is never found, for one before it fits: %s", i,
                    row->summary);
    g_test_fail ();
  }
}

/* What is filled in is a sentence, or the name that a sentence begins with. */
static gboolean
begins_with_name (const char *text)
{
  return g_str_has_prefix (text, "{") || g_str_has_prefix (text, "“");
}

static void
assert_sentence (const char *text)
{
  g_assert_nonnull (text);
  if (g_str_has_prefix (text, "{") && g_str_has_suffix (text, "}"))
    return;

  g_assert_true (begins_with_name (text) || g_unichar_isupper (g_utf8_get_char (text)) ||
                 g_str_has_prefix (text, "dfu-util "));
  g_assert_true (g_str_has_suffix (text, "."));
}

static void
test_sentences (void)
{
  const SetupSymptom *row = NULL;

  for (gsize i = 0; (row = setup_symptom_get (i)) != NULL; i++) {
    g_test_message ("Row %" G_GSIZE_FORMAT ": %s", i, row->summary);
    assert_sentence (row->summary);
    assert_sentence (row->cause);
    assert_sentence (row->advice);
  }
}

/* Where the window has a way of its own it names that alone. */
static void
test_two_ways (void)
{
  const SetupSymptom *row = NULL;
  guint n_rows = 0;

  for (gsize i = 0; (row = setup_symptom_get (i)) != NULL; i++) {
    if (row->terminal_advice == NULL)
      continue;

    n_rows++;
    g_test_message ("Row %" G_GSIZE_FORMAT ": %s", i, row->summary);
    assert_sentence (row->terminal_advice);
    g_assert_null (strstr (row->advice, "bootlace-cli"));
    g_assert_null (strstr (row->advice, "“--"));
    g_assert_null (strstr (row->terminal_advice, "row"));
    g_assert_null (strstr (row->terminal_advice, "window"));

    setup_symptom_speak_to_terminal (TRUE);
    g_assert_true (setup_symptom_get_advice (row) == row->terminal_advice);
    setup_symptom_speak_to_terminal (FALSE);
    g_assert_true (setup_symptom_get_advice (row) == row->advice);
  }

  g_assert_cmpuint (n_rows, >, 0);
}

/* Pulling the plug means something else at each moment. */
static void
test_moments (void)
{
  static const struct {
    DfuPhase phase;
    SetupMoment moment;
  } cases[] = {
    { DFU_PHASE_WAITING, SETUP_MOMENT_ANY },
    { DFU_PHASE_OPENING, SETUP_MOMENT_ANY },
    { DFU_PHASE_DETACHING, SETUP_MOMENT_SWITCHING },
    { DFU_PHASE_RETURNING, SETUP_MOMENT_SWITCHING },
    { DFU_PHASE_READING, SETUP_MOMENT_READING },
    { DFU_PHASE_ERASING, SETUP_MOMENT_ERASING },
    { DFU_PHASE_WRITING, SETUP_MOMENT_WRITING },
    { DFU_PHASE_MANIFESTING, SETUP_MOMENT_CHECKING },
    { DFU_PHASE_VERIFYING, SETUP_MOMENT_CHECKING },
    { DFU_PHASE_RESTARTING, SETUP_MOMENT_RESTARTING },
    { DFU_PHASE_DONE, SETUP_MOMENT_ANY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (setup_moment_from_phase (cases[i].phase), ==, cases[i].moment);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (domains); i++) {
    g_autofree char *path = g_strconcat ("/setup/symptom-table/complete/", domains[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_complete);
  }
  g_test_add_func ("/setup/symptom-table/alive", test_alive);
  g_test_add_func ("/setup/symptom-table/two-ways", test_two_ways);
  g_test_add_func ("/setup/symptom-table/sentences", test_sentences);
  g_test_add_func ("/setup/symptom-table/moments", test_moments);

  return g_test_run ();
}
