/* test-setup-surroundings.c: what the assistant's answers depend on is followed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Devices are followed in test-setup-assistant.c.
 */

#include "setup-surroundings.h"

#include "test-tree.h"

static const char *const folders[] = { "/etc/udev/rules.d", "/run/udev/rules.d",
                                       "/usr/local/lib/udev/rules.d", "/usr/lib/udev/rules.d",
                                       "/lib/udev/rules.d" };

static void
count_cb (guint *count)
{
  (*count)++;
}

/* Nothing but the folder's own events can tell: nobody looks by himself here. */
static void
test_rules (gconstpointer folder)
{
  char *root = test_tree_new ();
  g_autofree char *path = g_strconcat (folder, "/60-boards.rules", NULL);
  g_autoptr (SetupSurroundings) surroundings = NULL;
  guint count = 0;

  test_tree_make_folder (root, folder);
  surroundings = setup_surroundings_new (NULL, root);
  g_assert_cmpstr (setup_surroundings_get_root (surroundings), ==, root);
  g_signal_connect_swapped (surroundings, "changed", G_CALLBACK (count_cb), &count);

  test_tree_write (root, path, "# Boards\n");
  while (count == 0)
    g_main_context_iteration (NULL, TRUE);

  test_tree_free (root);
}

/* A sandbox or a container has none of them. */
static void
test_nothing (void)
{
  char *root = test_tree_new ();
  SetupSurroundings *surroundings = setup_surroundings_new (NULL, root);

  g_assert_cmpuint (setup_surroundings_get_devices (surroundings)->len, ==, 0);
  setup_surroundings_rescan (surroundings);
  setup_surroundings_check_access (surroundings);
  g_assert_finalize_object (surroundings);

  test_tree_free (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *path = g_strconcat ("/setup/surroundings", folders[i], NULL);

    g_test_add_data_func (path, folders[i], test_rules);
  }
  g_test_add_func ("/setup/surroundings/nothing", test_nothing);

  return g_test_run ();
}
