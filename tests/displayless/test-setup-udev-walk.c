/* test-setup-udev-walk.c: the way that udev takes through a file of rules
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-udev-walk.h"

/* About 303a:0002. Lines that are come to give it to a group, whose name says which they are; "!"
 * behind it is for a line that names the vendor, "?" for one that may not be come to. */
typedef struct {
  const char *name;
  const char *text;
  const char *expected;
} Case;

#define GROUP(name) "GROUP=\"" name "\"\n"
#define JUMP(name) "GOTO=\"" name "\"\n"
#define LABEL(name) "LABEL=\"" name "\"\n"

/* What most packages begin with. */
#define HEAD                                                                                       \
  "# Comments, and then\n\n"                                                                       \
  "ACTION==\"remove\", " JUMP ("end") "SUBSYSTEM!=\"usb\", " JUMP (                                \
    "end") "ENV{DEVTYPE}!=\"usb_device\", " JUMP ("end")

#define OF(vendor) "ATTR{idVendor}==\"" vendor "\", "
#define NOT_OF(vendor) "ATTR{idVendor}!=\"" vendor "\", "

static const Case cases[] = {
  { "nothing", "", "" },
  { "plain", GROUP ("a") GROUP ("b"), "a b" },
  { "last-line-unfinished", GROUP ("a") "GROUP=\"b\"", "a b" },
  { "joined", OF ("303a") "\\\n  " GROUP ("a"), "a!" },

  { "jump", GROUP ("a") JUMP ("x") GROUP ("b") LABEL ("x") GROUP ("c"), "a c" },
  { "jump-does-its-own-line-first", "GROUP=\"a\", " JUMP ("x") GROUP ("b") LABEL ("x") GROUP ("c"),
    "a c" },
  { "label-does-its-own-line", JUMP ("x") GROUP ("a") "LABEL=\"x\", " GROUP ("b"), "b" },
  { "label-of-a-line-that-does-not-apply",
    JUMP ("x") GROUP ("a") "LABEL=\"x\", " OF ("0483") GROUP ("b") GROUP ("c"), "c" },
  { "never-back", LABEL ("x") GROUP ("a") JUMP ("x") GROUP ("b"), "a b" },
  { "never-to-itself", "LABEL=\"x\", GROUP=\"a\", " JUMP ("x") GROUP ("b"), "a b" },
  { "to-the-next-of-the-name",
    LABEL ("x") GROUP ("a") JUMP ("x") GROUP ("b") LABEL ("x") GROUP ("c") LABEL ("x") GROUP ("d"),
    "a c d" },
  { "nowhere", JUMP ("x") GROUP ("a"), "a" },
  { "commented-out", "#" JUMP ("x") GROUP ("a") LABEL ("x"), "a" },
  { "label-commented-out", JUMP ("x") GROUP ("a") "#" LABEL ("x"), "a" },

  { "head-lets-through", HEAD GROUP ("a") LABEL ("end"), "a" },
  { "for-serial-ports", "SUBSYSTEM!=\"tty\", " JUMP ("end") GROUP ("a") LABEL ("end"), "" },
  { "for-interfaces", "ENV{DEVTYPE}!=\"usb_interface\", " JUMP ("end") GROUP ("a") LABEL ("end"),
    "" },
  { "for-what-leaves", "ACTION!=\"remove\", " JUMP ("end") GROUP ("a") LABEL ("end"), "" },
  { "for-what-comes", "ACTION!=\"add|change\", " JUMP ("end") GROUP ("a") LABEL ("end"), "a" },
  { "by-the-kernels-name", "KERNEL==\"ttyACM*\", " GROUP ("a") "KERNEL==\"1-1*\", " GROUP ("b"),
    "b?" },

  /* A debugging probe's rules: only its maker's devices come to the lines in the block. */
  { "block-of-another",
    HEAD NOT_OF ("0483") JUMP ("end") "ATTR{idProduct}==\"0002\", MODE=\"0666\", " GROUP ("a")
      LABEL ("end") GROUP ("b"),
    "b" },
  { "block-of-ours",
    HEAD NOT_OF ("303a") JUMP ("end") "ATTR{idProduct}==\"0002\", " GROUP ("a") LABEL ("end")
      GROUP ("b"),
    "a! b" },
  { "block-of-several", NOT_OF ("0483|303a") JUMP ("end") GROUP ("a") LABEL ("end"), "a!" },
  { "block-in-a-block",
    NOT_OF ("303a") JUMP ("end") NOT_OF ("303a") JUMP ("inner") GROUP ("a") LABEL ("inner")
      GROUP ("b") LABEL ("end") GROUP ("c"),
    "a! b! c" },
  { "all-but-ours", OF ("303a") JUMP ("end") GROUP ("a") LABEL ("end"), "" },

  /* Telephones' rules: a block for each maker, and what they have in common at the end. */
  { "from-a-block-to-the-common-end",
    HEAD NOT_OF ("0502") JUMP ("not_a") GROUP ("a") JUMP ("match") LABEL ("not_a") NOT_OF ("303a")
      JUMP ("not_b") GROUP ("b") JUMP ("match") LABEL ("not_b") JUMP ("end") LABEL ("match")
        GROUP ("c") LABEL ("end"),
    "b! c!" },
  { "past-all-blocks",
    HEAD NOT_OF ("0502") JUMP ("not_a") JUMP ("match") LABEL ("not_a") JUMP ("end") LABEL ("match")
      GROUP ("c") LABEL ("end"),
    "" },
  { "chosen-and-jumped-to",
    OF ("303a") JUMP ("esp") JUMP ("end") LABEL ("esp") GROUP ("a") LABEL ("end"), "a!" },

  /* What cannot be known hides nothing. */
  { "perhaps", "ENV{ID_INPUT}!=\"1\", " JUMP ("end") GROUP ("a") LABEL ("end") GROUP ("b"),
    "a? b" },
  { "perhaps-by-a-program",
    "PROGRAM=\"/bin/sh -c \\\"exit 1\\\"\", " JUMP ("end") GROUP ("a") LABEL ("end"), "a?" },
  { "perhaps-by-an-import", "IMPORT{program}=\"helper\", " JUMP ("end") GROUP ("a") LABEL ("end"),
    "a?" },
  { "perhaps-further",
    "TEST==\"power\", " JUMP ("x") JUMP ("end") GROUP ("a") LABEL ("x") GROUP ("b") LABEL ("end"),
    "a? b?" },
};

static void
visit (const SetupUdevLine *line, gpointer user_data)
{
  GString *visited = user_data;

  if (line->group == NULL)
    return;

  if (visited->len > 0)
    g_string_append_c (visited, ' ');
  g_string_append_printf (visited, "%s%s%s", line->group, line->names_vendor ? "!" : "",
                          line->uncertain ? "?" : "");
}

static void
test_walk (gconstpointer data)
{
  const Case *c = data;
  GString *visited = g_string_new (NULL);

  setup_udev_walk (c->text, 0x303a, 0x0002, visit, visited);
  g_assert_cmpstr (visited->str, ==, c->expected);

  g_string_free (visited, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/setup/udev-walk/%s", cases[i].name);

    g_test_add_data_func (path, &cases[i], test_walk);
  }

  return g_test_run ();
}
