/* test-usb-port-path.c: the order of ports
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-port-path.h"

/* In the order that people expect. */
static const char *const paths[] = {
  "1", "1-1", "1-2", "1-2.1", "1-2.1.4", "1-2.3", "1-2.10", "1-10", "2-1", "10-1",
};

static void
test_order (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (paths); j++) {
      int order = usb_port_path_compare (paths[i], paths[j]);

      g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/usb/port-path/order", test_order);

  return g_test_run ();
}
