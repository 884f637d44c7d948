/* setup-rule-text.c: the udev rule that lets people use their boards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-rule-text.h"

#include "setup-board-table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The interfaces of a device as udev's usb_id lists them: class, subclass and protocol of DFU in
 * run-time and in DFU mode, DFU 1.1 tables 4.1 and 4.4. */
#define DFU_INTERFACES "*:fe0101:*|*:fe0102:*"

#define ID_MATCH "ATTR{idVendor}==\"%04x\", ATTR{idProduct}==\"%04x\""
#define GROUP_GRANT "GROUP=\"" SETUP_RULE_GROUP_NAME "\", MODE=\"0660\""

static const char head[] =
  "# Lets whoever sits at this computer use boards that speak USB DFU. Bootlace's setup\n"
  "# assistant wrote this file, renews it, and can remove it again.\n"
  "ACTION==\"remove\", GOTO=\"bootlace_end\"\n"
  "SUBSYSTEM!=\"usb\", GOTO=\"bootlace_end\"\n"
  "ENV{DEVTYPE}!=\"usb_device\", GOTO=\"bootlace_end\"\n"
  "\n";

static void
put_grant (FILE *stream, unsigned int flags)
{
  fputs ("TAG+=\"uaccess\"", stream);
  if ((flags & SETUP_RULE_GROUP) != 0)
    fputs (", " GROUP_GRANT, stream);
  fputs ("\n", stream);
}

/* None of them is a modem, and looking whether one is keeps its serial port busy for half a minute.
 */
static void
put_board (FILE *stream, const SetupBoardId *id, unsigned int flags)
{
  for (unsigned int product = id->first; product <= id->last; product++) {
    fprintf (stream, "# %s\n" ID_MATCH ", ENV{ID_MM_DEVICE_IGNORE}=\"1\", ", id->name, id->vendor,
             product);
    put_grant (stream, flags);
  }
}

static void
put_text (FILE *stream, unsigned int flags)
{
  const SetupBoardId *id = NULL;

  fprintf (stream, SETUP_RULE_MARK "%d\n%s", SETUP_RULE_VERSION, head);

  for (size_t i = 0; (id = setup_board_table_get (i)) != NULL; i++) {
    if (id->kind == SETUP_BOARD_KIND_ROM || id->kind == SETUP_BOARD_KIND_DFU)
      put_board (stream, id, flags);
  }

  if ((flags & SETUP_RULE_ALL_DEVICES) != 0) {
    fputs ("\n# Whatever has a DFU interface\nENV{ID_USB_INTERFACES}==\"" DFU_INTERFACES "\", ",
           stream);
    put_grant (stream, flags);
  }

  fputs ("\nLABEL=\"bootlace_end\"\n", stream);
}

/**
 * setup_rule_text_new:
 * @flags: of #SetupRuleFlags
 *
 * Writes the rule.
 *
 * Returns: (transfer full) (nullable): the whole text of the file, for free(); NULL without memory
 */
char *
setup_rule_text_new (unsigned int flags)
{
  char *text = NULL;
  size_t size = 0;
  FILE *stream = open_memstream (&text, &size);

  if (stream == NULL)
    return NULL;

  put_text (stream, flags);
  if (fclose (stream) == 0)
    return text;

  free (text);
  return NULL;
}

/**
 * setup_rule_text_get_version:
 * @text: a file of udev rules
 *
 * Returns: the version of our rule that it is, or 0 when it is not ours
 */
unsigned int
setup_rule_text_get_version (const char *text)
{
  size_t length = strlen (SETUP_RULE_MARK);
  unsigned long version = 0;
  char *end = NULL;

  if (strncmp (text, SETUP_RULE_MARK, length) != 0 || text[length] < '1' || text[length] > '9')
    return 0;

  version = strtoul (text + length, &end, 10);

  return *end == '\n' && version <= 9999 ? (unsigned int) version : 0;
}

/**
 * setup_rule_text_covers_all:
 * @text: a file of ours
 *
 * Returns: whether it is for whatever has a DFU interface
 */
bool
setup_rule_text_covers_all (const char *text)
{
  return strstr (text, "\"" DFU_INTERFACES "\"") != NULL;
}

/**
 * setup_rule_text_covers:
 * @text: a file of ours
 * @vendor: idVendor
 * @product: idProduct
 *
 * Returns: whether it names the device
 */
bool
setup_rule_text_covers (const char *text, unsigned int vendor, unsigned int product)
{
  char match[64];

  snprintf (match, sizeof match, ID_MATCH, vendor, product);

  return strstr (text, match) != NULL;
}

/**
 * setup_rule_text_is_for_group:
 * @text: a file of ours
 *
 * Returns: whether it is for the group plugdev too
 */
bool
setup_rule_text_is_for_group (const char *text)
{
  return strstr (text, GROUP_GRANT) != NULL;
}
