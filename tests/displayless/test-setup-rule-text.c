/* test-setup-rule-text.c: the udev rule that lets people use their boards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-board-table.h"
#include "setup-rule-text.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

typedef char Text;

static void
text_free (Text *self)
{
  free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Text, text_free)

static void
assert_line (const char *text, const SetupBoardId *id, guint product)
{
  const gboolean speaks_dfu = id->kind == SETUP_BOARD_KIND_ROM || id->kind == SETUP_BOARD_KIND_DFU;
  g_autofree char *ids =
    g_strdup_printf ("ATTR{idVendor}==\"%04x\", ATTR{idProduct}==\"%04x\"", id->vendor, product);
  g_autofree char *line =
    g_strdup_printf ("\n# %s\n%s, ENV{ID_MM_DEVICE_IGNORE}=\"1\", TAG+=\"uaccess\"\n", id->name,
                     ids);

  g_test_message ("%04x:%04x", id->vendor, product);
  if (speaks_dfu)
    g_assert_nonnull (strstr (text, line));
  else
    g_assert_null (strstr (text, ids));
}

/* Every board that speaks DFU has its line, and no other is named at all. */
static void
test_boards (void)
{
  g_autoptr (Text) text = setup_rule_text_new (0);
  const SetupBoardId *id = NULL;

  for (gsize i = 0; (id = setup_board_table_get (i)) != NULL; i++) {
    for (guint product = id->first; product <= id->last; product++)
      assert_line (text, id, product);
  }
}

static void
test_version (void)
{
  g_autoptr (Text) text = setup_rule_text_new (0);

  g_assert_cmpuint (setup_rule_text_get_version (text), ==, SETUP_RULE_VERSION);
  g_assert_cmpuint (setup_rule_text_get_version ("# Bootlace rule 12\n"), ==, 12);
  g_assert_cmpuint (setup_rule_text_get_version (""), ==, 0);
  g_assert_cmpuint (setup_rule_text_get_version ("# Bootlace rule \n"), ==, 0);
  g_assert_cmpuint (setup_rule_text_get_version ("# Bootlace rule -1\n"), ==, 0);
  g_assert_cmpuint (setup_rule_text_get_version ("# Bootlace rule 1x\n"), ==, 0);
  g_assert_cmpuint (setup_rule_text_get_version ("# Bootlace rule 1"), ==, 0);
  g_assert_cmpuint (setup_rule_text_get_version ("\n# Bootlace rule 1\n"), ==, 0);
}

static void
test_flags (void)
{
  g_autoptr (Text) plain = setup_rule_text_new (0);
  g_autoptr (Text) all = setup_rule_text_new (SETUP_RULE_ALL_DEVICES);
  g_autoptr (Text) group = setup_rule_text_new (SETUP_RULE_GROUP | SETUP_RULE_ALL_DEVICES);
  const char *wide = strstr (all, "\n# Whatever has a DFU interface\n");

  g_assert_false (setup_rule_text_covers_all (plain));
  g_assert_true (setup_rule_text_covers_all (all));
  g_assert_true (setup_rule_text_covers_all (group));
  g_assert_null (strstr (all, "GROUP"));
  g_assert_nonnull (strstr (group, "TAG+=\"uaccess\", "
                                   "GROUP=\"plugdev\", MODE=\"0660\"\n"));

  /* Something with a DFU interface may be a modem. */
  g_assert_nonnull (wide);
  g_assert_nonnull (strstr (wide, "TAG+=\"uaccess\"\n"));
  g_assert_null (strstr (wide, "ID_MM_DEVICE_IGNORE"));

  /* Nobody is ever let in for being anybody: every mode that is set is that one. */
  for (const char *at = group; (at = strstr (at, "MODE")) != NULL; at++)
    g_assert_true (g_str_has_prefix (at, "MODE=\"0660\"\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup/rule-text/boards", test_boards);
  g_test_add_func ("/setup/rule-text/version", test_version);
  g_test_add_func ("/setup/rule-text/flags", test_flags);

  return g_test_run ();
}
