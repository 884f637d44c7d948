/* test-setup-situation.c: which device the questions are about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-question.h"
#include "test-device.h"
#include "test-tree.h"
#include "test-verdict.h"

static GPtrArray *
new_devices (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static void
assert_subject (GPtrArray *devices, const char *wanted, const char *port_path, const char *name)
{
  g_autoptr (SetupSituation) situation = setup_situation_new ("", devices, wanted, NULL);
  g_autofree char *found = setup_situation_dup_name (situation);

  g_assert_cmpstr (found, ==, name);
  if (port_path == NULL)
    g_assert_null (situation->subject);
  else
    g_assert_cmpstr (usb_device_get_port_path (situation->subject), ==, port_path);
}

/* Each that comes is nearer to a board in its bootloader than those before it. */
static void
test_subject (void)
{
  g_autoptr (GPtrArray) devices = new_devices ();

  assert_subject (devices, NULL, NULL, NULL);

  g_ptr_array_add (devices, test_device_new ("1-1", 0x046d, 0xc52b));
  assert_subject (devices, NULL, NULL, NULL);
  assert_subject (devices, "1-1", "1-1", "046d:c52b");
  assert_subject (devices, "1-9", NULL, NULL);

  g_ptr_array_add (devices, test_device_new_dfu ("1-8", 0x1234, 0x5678, DFU_MODE_RUNTIME));
  assert_subject (devices, NULL, "1-8", "1234:5678");

  g_ptr_array_add (devices, test_device_new ("1-2", 0x10c4, 0xea60));
  assert_subject (devices, NULL, "1-2", "CP210x");

  g_ptr_array_add (devices, test_device_new ("1-3", 0x303a, 0x1001));
  assert_subject (devices, NULL, "1-3", "Espressif USB-Serial-JTAG");

  g_ptr_array_add (devices, test_device_new ("1-4", 0x303a, 0x80c4));
  assert_subject (devices, NULL, "1-4", "LOLIN S2 Mini");

  g_ptr_array_add (devices, test_device_new ("1-5", 0x303a, 0x4001));
  assert_subject (devices, NULL, "1-5", "ESP32 with TinyUSB");

  g_ptr_array_add (devices, test_device_new_dfu ("1-6", 0x303a, 0x0002, DFU_MODE_RUNTIME));
  assert_subject (devices, NULL, "1-6", "ESP32-S2");

  g_ptr_array_add (devices, test_device_new_dfu ("1-7", 0x1234, 0x5678, DFU_MODE_DFU));
  assert_subject (devices, NULL, "1-7", "1234:5678");

  /* What is asked for is asked about, however good the others are. */
  assert_subject (devices, "1-2", "1-2", "CP210x");
}

/* Its interface has the numbers of DFU, but another protocol. */
static void
test_flip (void)
{
  g_autoptr (GPtrArray) devices = new_devices ();
  g_autoptr (SetupSituation) situation = NULL;

  g_ptr_array_add (devices, test_device_new_dfu ("1-1", 0x03eb, 0x2ff4, DFU_MODE_DFU));
  g_ptr_array_add (devices, test_device_new ("1-2", 0x303a, 0x1001));
  assert_subject (devices, NULL, "1-2", "Espressif USB-Serial-JTAG");

  situation = setup_situation_new ("", devices, "1-1", NULL);
  g_assert_false (setup_situation_has_bootloader (situation));
}

static GPtrArray *
ask (const char *root, GPtrArray *devices)
{
  g_autoptr (SetupSituation) situation = setup_situation_new (root, devices, NULL, NULL);

  return setup_question_answer_all (situation);
}

static guint
count (GPtrArray *verdicts, SetupState state)
{
  guint n_verdicts = 0;

  for (guint i = 0; i < verdicts->len; i++)
    n_verdicts += ((SetupVerdict *) verdicts->pdata[i])->state == state;

  return n_verdicts;
}

/* Who has no USB is not told to try another cable. */
static void
test_gate (void)
{
  char *root = test_tree_new ();
  g_autoptr (GPtrArray) devices = new_devices ();
  g_autoptr (GPtrArray) without = NULL;
  g_autoptr (GPtrArray) with = NULL;

  without = ask (root, devices);
  g_assert_cmpuint (count (without, SETUP_STATE_BAD), ==, 1);
  g_assert_cmpuint (count (without, SETUP_STATE_SKIPPED), ==, without->len - 1);
  test_assert_verdict (without->pdata[1], SETUP_STATE_SKIPPED, SETUP_ACTION_NONE,
                       "once USB can be reached", NULL);

  test_tree_make_folder (root, "/dev/bus/usb");
  with = ask (root, devices);
  g_assert_cmpuint (count (with, SETUP_STATE_BAD), ==, 0);
  test_assert_verdict (with->pdata[1], SETUP_STATE_WAITING, SETUP_ACTION_SHOW_WIRING,
                       "No board is connected", NULL);

  test_tree_free (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup/situation/subject", test_subject);
  g_test_add_func ("/setup/situation/flip", test_flip);
  g_test_add_func ("/setup/question/gate", test_gate);

  return g_test_run ();
}
