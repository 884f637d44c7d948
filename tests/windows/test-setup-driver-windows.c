/* test-setup-driver-windows.c: what Windows knows about the devices of usb.reg
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/windows/run puts them into Wine's registry. Anything else is skipped here: a real Windows
 * has other devices.
 */

#include "setup-driver.h"
#include "setup-zadig.h"

static gboolean
skip_without_fixture (const SetupDriverFacts *facts)
{
  if (g_getenv ("BOOTLACE_USB_REG") != NULL) {
    g_assert_cmpuint (facts->nodes->len, >, 0);
    return FALSE;
  }

  g_test_skip ("The registry is that of a real computer");
  return TRUE;
}

static void
gather (SetupDriverFacts *facts)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (setup_driver_gather (facts, NULL, &error));
  g_assert_no_error (error);
}

static const SetupDriverNode *
find_node (const SetupDriverFacts *facts, const char *instance_id)
{
  for (guint i = 0; i < facts->nodes->len; i++) {
    const SetupDriverNode *node = facts->nodes->pdata[i];

    if (g_ascii_strcasecmp (node->instance_id, instance_id) == 0)
      return node;
  }

  g_assert_not_reached ();
}

static void
test_missing (void)
{
  g_auto (SetupDriverFacts) facts = { 0 };
  const SetupDriverNode *node = NULL;

  gather (&facts);
  if (skip_without_fixture (&facts))
    return;

  node = find_node (&facts, "USB\\VID_303A&PID_0002&MI_02\\6&1A2B3C&0&0002");
  g_assert_cmphex (node->vendor, ==, 0x303a);
  g_assert_cmphex (node->product, ==, 0x0002);
  g_assert_cmpint (node->interface, ==, 2);
  g_assert_cmpstr (node->name, ==, "ESP32-S2");
  g_assert_null (node->service);
  g_assert_cmpuint (node->problem, ==, 28);
  g_assert_true (node->is_dfu);
  g_assert_false (node->is_serial);
}

static void
test_serial (void)
{
  g_auto (SetupDriverFacts) facts = { 0 };
  const SetupDriverNode *node = NULL;

  gather (&facts);
  if (skip_without_fixture (&facts))
    return;

  node = find_node (&facts, "USB\\VID_303A&PID_0002&MI_00\\6&1A2B3C&0&0000");
  g_assert_cmpstr (node->name, ==, "Serielles USB-Gerät (COM7)");
  g_assert_cmpstr (node->service, ==, "usbser");
  g_assert_cmpuint (node->problem, ==, 0);
  g_assert_true (node->is_serial);
  g_assert_false (node->is_dfu);
}

static void
test_not_composite (void)
{
  g_auto (SetupDriverFacts) facts = { 0 };
  const SetupDriverNode *node = NULL;

  gather (&facts);
  if (skip_without_fixture (&facts))
    return;

  node = find_node (&facts, "USB\\VID_0483&PID_DF11\\357F31593431");
  g_assert_cmpint (node->interface, ==, SETUP_DRIVER_NO_INTERFACE);
  g_assert_cmpstr (node->service, ==, "WinUSB");
  g_assert_true (node->is_dfu);
}

static void
test_verdict (void)
{
  g_auto (SetupDriverFacts) facts = { 0 };
  g_autoptr (SetupVerdict) verdict = NULL;

  gather (&facts);
  if (skip_without_fixture (&facts))
    return;

  verdict = setup_driver_decide (&facts);
  g_assert_cmpint (verdict->state, ==, SETUP_STATE_BAD);
  g_assert_cmpint (verdict->action, ==, SETUP_ACTION_INSTALL_DRIVER);
  g_assert_cmpstr (verdict->summary, ==, "No driver is installed for Interface 2 of ESP32-S2.");

  /* The STM32 beside it is all right. */
  facts.vendor = 0x0483;
  facts.product = 0xdf11;
  g_clear_pointer (&verdict, setup_verdict_free);
  verdict = setup_driver_decide (&facts);
  g_assert_cmpint (verdict->state, ==, SETUP_STATE_GOOD);
}

static void
test_target (void)
{
  g_auto (SetupDriverFacts) facts = { 0 };
  g_auto (SetupZadigTarget) target = { 0 };
  g_autofree char *id = NULL;

  gather (&facts);
  if (skip_without_fixture (&facts))
    return;

  setup_zadig_target_init_for (&target, NULL);
  id = setup_zadig_target_dup_id (&target);
  g_assert_cmpstr (target.name, ==, "ESP32-S2 (Interface 2)");
  g_assert_cmpstr (id, ==, "303A 0002 02");
  g_assert_false (target.replaces);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup/driver/windows/missing", test_missing);
  g_test_add_func ("/setup/driver/windows/serial", test_serial);
  g_test_add_func ("/setup/driver/windows/not-composite", test_not_composite);
  g_test_add_func ("/setup/driver/windows/verdict", test_verdict);
  g_test_add_func ("/setup/driver/windows/target", test_target);

  return g_test_run ();
}
