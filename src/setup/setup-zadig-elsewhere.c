/* setup-zadig-elsewhere.c: what there is of Zadig outside Windows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-zadig.h"

void
setup_zadig_target_init_for (SetupZadigTarget *self, UsbDevice *subject)
{
  setup_zadig_target_init_example (self);
}

gboolean
setup_zadig_start (const char *path, const char *folder, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Zadig needs Windows");
  return FALSE;
}
