/* test-setup-udev-line.c: what one line of udev's rules does to a USB device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-udev-line.h"

typedef struct {
  const char *name;
  const char *line;
  SetupUdevLine expected;
} Case;

/* All about 303a:0002. */
static const Case cases[] = {
  { "empty", "", { FALSE } },
  { "blank", "  ", { FALSE } },
  { "comment", "  # ATTR{idVendor}==\"303a\", MODE=\"0666\"", { FALSE } },
  { "espressif",
    "SUBSYSTEMS==\"usb\", ATTRS{idVendor}==\"303a\", ATTRS{idProduct}==\"00??\", "
    "GROUP=\"plugdev\", MODE=\"0666\"",
    { TRUE, TRUE, TRUE, .mode = 0666, .group = (char *) "plugdev" } },
  { "ours",
    "ATTR{idVendor}==\"303a\", ATTR{idProduct}==\"0002\", TAG+=\"uaccess\"",
    { TRUE, TRUE, .adds_access = TRUE } },
  { "property",
    "ENV{ID_VENDOR_ID}==\"303a\",TAG+=\"uaccess\"",
    { TRUE, TRUE, .adds_access = TRUE } },
  { "other-product",
    "ATTR{idVendor}==\"303a\", ATTR{idProduct}==\"1001\", MODE=\"0666\"",
    { FALSE } },
  { "other-vendor", "ATTR{idVendor}==\"0483\", MODE=\"0666\"", { FALSE } },
  { "not-this-vendor", "ATTR{idVendor}!=\"303a\", MODE=\"0666\"", { FALSE } },
  { "not-that-vendor", "ATTR{idVendor}!=\"0483\", MODE=\"660\"", { TRUE, .mode = 0660 } },
  { "alternatives", "ATTR{idVendor}==\"0483|303a\", MODE=\"0660\"", { TRUE, TRUE, .mode = 0660 } },
  { "serial-port", "SUBSYSTEM==\"tty\", ATTRS{idVendor}==\"303a\", MODE=\"0666\"", { FALSE } },
  { "other-tag", "ATTR{idVendor}==\"303a\", TAG+=\"systemd\"", { TRUE, TRUE } },
  { "taken", "SUBSYSTEM==\"usb\", TAG-=\"uaccess\"", { TRUE, FALSE, TRUE, .takes_access = TRUE } },
  { "all-tags-taken",
    "SUBSYSTEM==\"usb\", TAG=\"seat\"",
    { TRUE, FALSE, TRUE, .takes_access = TRUE } },
  { "only-tag",
    "SUBSYSTEM==\"usb\", TAG:=\"uaccess\"",
    { TRUE, FALSE, TRUE, .adds_access = TRUE } },
  { "tag-asked-for", "TAG==\"uaccess\", ENV{MAJOR}!=\"\", RUN{builtin}+=\"uaccess\"", { TRUE } },
  { "spaces", "ATTR{idVendor} == \"303a\" , MODE = \"0664\"", { TRUE, TRUE, .mode = 0664 } },
  { "escaped", "ATTR{idVendor}==e\"303a\", MODE=\"0664\"", { TRUE, TRUE, .mode = 0664 } },
  { "cut-short", "ATTR{idVendor}==\"303a\", MODE=\"06", { TRUE, TRUE } },
  { "no-rule", "what is this", { TRUE } },
};

static void
test_line (gconstpointer data)
{
  const Case *c = data;
  g_auto (SetupUdevLine) line = { 0 };

  setup_udev_line_read (&line, c->line, 0x303a, 0x0002);

  g_assert_cmpint (line.applies, ==, c->expected.applies);
  if (!line.applies)
    return;

  g_assert_cmpint (line.names_vendor, ==, c->expected.names_vendor);
  g_assert_cmpint (line.names_usb, ==, c->expected.names_usb);
  g_assert_cmpint (line.adds_access, ==, c->expected.adds_access);
  g_assert_cmpint (line.takes_access, ==, c->expected.takes_access);
  g_assert_cmpuint (line.mode, ==, c->expected.mode);
  g_assert_cmpstr (line.group, ==, c->expected.group);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/setup/udev-line/%s", cases[i].name);

    g_test_add_data_func (path, &cases[i], test_line);
  }

  return g_test_run ();
}
