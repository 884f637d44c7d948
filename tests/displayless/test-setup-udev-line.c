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

#define NAMES_VENDOR .applies = TRUE, .names_vendor = TRUE

/* All about 303a:0002. */
static const Case cases[] = {
  { "empty", "", { FALSE } },
  { "blank", "  ", { FALSE } },
  { "comment", "  # ATTR{idVendor}==\"303a\", MODE=\"0666\"", { FALSE } },
  { "espressif",
    "SUBSYSTEMS==\"usb\", ATTRS{idVendor}==\"303a\", ATTRS{idProduct}==\"00??\", "
    "GROUP=\"plugdev\", MODE=\"0666\"",
    { NAMES_VENDOR, .names_usb = TRUE, .mode = 0666, .group = (char *) "plugdev" } },
  { "ours",
    "ATTR{idVendor}==\"303a\", ATTR{idProduct}==\"0002\", TAG+=\"uaccess\"",
    { NAMES_VENDOR, .adds_access = TRUE } },
  { "property",
    "ENV{ID_VENDOR_ID}==\"303a\",TAG+=\"uaccess\"",
    { NAMES_VENDOR, .adds_access = TRUE } },
  { "other-product",
    "ATTR{idVendor}==\"303a\", ATTR{idProduct}==\"1001\", MODE=\"0666\"",
    { FALSE } },
  { "other-vendor", "ATTR{idVendor}==\"0483\", MODE=\"0666\"", { FALSE } },
  { "not-this-vendor", "ATTR{idVendor}!=\"303a\", MODE=\"0666\"", { .spares_vendor = TRUE } },
  { "not-that-vendor", "ATTR{idVendor}!=\"0483\", MODE=\"660\"", { TRUE, .mode = 0660 } },
  { "alternatives",
    "ATTR{idVendor}==\"0483|303a\", MODE=\"0660\"",
    { NAMES_VENDOR, .mode = 0660 } },
  { "serial-port", "SUBSYSTEM==\"tty\", ATTRS{idVendor}==\"303a\", MODE=\"0666\"", { FALSE } },
  { "other-tag", "ATTR{idVendor}==\"303a\", TAG+=\"systemd\"", { NAMES_VENDOR } },
  { "taken",
    "SUBSYSTEM==\"usb\", TAG-=\"uaccess\"",
    { .applies = TRUE, .names_usb = TRUE, .takes_access = TRUE } },
  { "all-tags-taken",
    "SUBSYSTEM==\"usb\", TAG=\"seat\"",
    { .applies = TRUE, .names_usb = TRUE, .takes_access = TRUE } },
  { "only-tag",
    "SUBSYSTEM==\"usb\", TAG:=\"uaccess\"",
    { .applies = TRUE, .names_usb = TRUE, .adds_access = TRUE } },
  { "tag-asked-for",
    "TAG==\"uaccess\", ENV{MAJOR}!=\"\", RUN{builtin}+=\"uaccess\"",
    { TRUE, .uncertain = TRUE } },
  { "braces", "ATTR{a-b:c}==\"1\", ATTR{idVendor}==\"0483\", MODE=\"0664\"", { FALSE } },
  { "quote-in-value",
    "PROGRAM==\"say \\\"hello\\\"\", ATTR{idVendor}==\"303a\", MODE=\"0664\"",
    { NAMES_VENDOR, .uncertain = TRUE, .mode = 0664 } },
  { "jump", "ATTR{idVendor}==\"303a\", GOTO=\"esp\"", { NAMES_VENDOR, .jump = (char *) "esp" } },
  { "label-in-any-case",
    "LABEL=\"esp\", ATTR{idVendor}==\"0483\"",
    { FALSE, .label = (char *) "esp" } },
  { "left-out", "ACTION==\"remove\", ATTR{idVendor}==\"303a\"", { FALSE } },
  { "spaces", "ATTR{idVendor} == \"303a\" , MODE = \"0664\"", { NAMES_VENDOR, .mode = 0664 } },
  { "escaped", "ATTR{idVendor}==e\"303a\", MODE=\"0664\"", { NAMES_VENDOR, .mode = 0664 } },
  { "cut-short", "ATTR{idVendor}==\"303a\", MODE=\"06", { NAMES_VENDOR } },
  { "no-rule", "what is this", { TRUE } },
};

static void
test_line (gconstpointer data)
{
  const Case *c = data;
  g_auto (SetupUdevLine) line = { 0 };

  setup_udev_line_read (&line, c->line, 0x303a, 0x0002);

  g_assert_cmpint (line.applies, ==, c->expected.applies);
  g_assert_cmpint (line.spares_vendor, ==, c->expected.spares_vendor);
  g_assert_cmpstr (line.label, ==, c->expected.label);
  if (!line.applies)
    return;

  g_assert_cmpint (line.uncertain, ==, c->expected.uncertain);
  g_assert_cmpstr (line.jump, ==, c->expected.jump);
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
