/* cli-ids-choice.h: which ids a board may have, as people write it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CLI_IDS_ANY (-1)
#define CLI_IDS_NONE (-2)

/**
 * CliIds:
 * @vendor: idVendor, %CLI_IDS_ANY, or %CLI_IDS_NONE, which no board has
 * @product: the same of idProduct
 *
 * What a board may have in one of its modes.
 */
typedef struct {
  int vendor;
  int product;
} CliIds;

gboolean cli_ids_choice_parse (const char *text, CliIds *runtime, CliIds *dfu);
gboolean cli_ids_choice_has_both (const char *text);
gboolean cli_ids_fit (const CliIds *self, guint16 vendor, guint16 product);
gboolean cli_ids_are_of_one (const CliIds *self);

G_END_DECLS
