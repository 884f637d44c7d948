/* test-boot-watch.c: what the bus tells of BOOT and RESET
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-boot-watch.h"

#define BEGIN BOOTLACE_BOOT_STAGE_BEGIN
#define LEFT BOOTLACE_BOOT_STAGE_LEFT
#define RETURNED BOOTLACE_BOOT_STAGE_RETURNED
#define DONE BOOTLACE_BOOT_STAGE_DONE

static const struct {
  BootlaceBootStage before;
  guint n_gone;
  guint n_come;
  gboolean done;
  BootlaceBootStage after;
} steps[] = {
  { BEGIN, 0, 0, FALSE, BEGIN },    { BEGIN, 1, 0, FALSE, LEFT },
  { BEGIN, 0, 1, FALSE, RETURNED }, { BEGIN, 1, 1, FALSE, RETURNED },
  { BEGIN, 0, 0, TRUE, DONE },      { LEFT, 0, 0, FALSE, LEFT },
  { LEFT, 0, 1, FALSE, RETURNED },  { LEFT, 0, 1, TRUE, DONE },
  { RETURNED, 1, 0, FALSE, LEFT },  { RETURNED, 0, 0, FALSE, RETURNED },
  { DONE, 0, 0, TRUE, DONE },       { DONE, 1, 0, TRUE, DONE },
  { DONE, 1, 0, FALSE, LEFT },      { DONE, 0, 0, FALSE, BEGIN },
};

static void
test_steps (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    g_assert_cmpint (bootlace_boot_stage_next (steps[i].before, steps[i].n_gone, steps[i].n_come,
                                               steps[i].done),
                     ==, steps[i].after);
}

static void
answer (SetupCheck *check, SetupState state)
{
  g_autoptr (SetupVerdict) verdict = setup_verdict_new (state, "", NULL, SETUP_ACTION_NONE, NULL);

  setup_check_set_verdict (check, verdict);
}

/* As a person does it: RESET with BOOT forgotten, then once more. */
static void
test_life (void)
{
  g_autoptr (GListStore) devices = g_list_store_new (G_TYPE_OBJECT);
  g_autoptr (SetupCheck) check = setup_check_new ("bootloader", "Is it?");
  g_autoptr (BootlaceBootWatch) watch = bootlace_boot_watch_new (G_LIST_MODEL (devices), check);
  g_autoptr (GObject) device = g_object_new (G_TYPE_OBJECT, NULL);

  answer (check, SETUP_STATE_WAITING);
  g_assert_cmpint (bootlace_boot_watch_get_stage (watch), ==, BEGIN);
  g_list_store_append (devices, device);
  g_assert_cmpint (bootlace_boot_watch_get_stage (watch), ==, RETURNED);
  g_list_store_remove (devices, 0);
  g_assert_cmpint (bootlace_boot_watch_get_stage (watch), ==, LEFT);
  g_list_store_append (devices, device);
  answer (check, SETUP_STATE_GOOD);
  g_assert_cmpint (bootlace_boot_watch_get_stage (watch), ==, DONE);
  answer (check, SETUP_STATE_WAITING);
  g_list_store_remove (devices, 0);
  g_assert_cmpint (bootlace_boot_watch_get_stage (watch), ==, LEFT);

  g_assert_finalize_object (g_steal_pointer (&watch));
  g_list_store_append (devices, device);
  answer (check, SETUP_STATE_GOOD);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/boot-watch/steps", test_steps);
  g_test_add_func ("/boot-watch/life", test_life);

  return g_test_run ();
}
