/* cli-doctor-driver.c: the way through Zadig, on a terminal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-doctor.h"
#include "setup-zadig-guide.h"

static void
print_guide (const SetupZadigTarget *target)
{
  g_autoptr (GPtrArray) steps = setup_zadig_list_steps (target);
  g_auto (GStrv) warnings = setup_zadig_list_warnings (target);
  g_autofree char *folder = setup_zadig_build_folder ();
  g_autofree char *remedy = setup_zadig_dup_remedy (target, folder);

  for (guint i = 0; i < steps->len; i++) {
    const SetupZadigStep *step = steps->pdata[i];

    g_printerr ("  %u. %s: %s\n", i + 1, step->title, step->text);
  }

  g_printerr ("  %s\n", remedy);
  for (guint i = 0; warnings[i] != NULL; i++)
    g_printerr ("  %s\n", warnings[i]);
}

/**
 * cli_doctor_install_driver:
 * @error: return location for an error
 *
 * Starts Zadig, and says on standard error what to do in its window. Where there is no Zadig, says
 * where it comes from. Blocks until the person has given the permission.
 */
void
cli_doctor_install_driver (GError **error)
{
  g_auto (SetupZadigTarget) target = { 0 };
  g_autoptr (GError) local_error = NULL;

  setup_zadig_target_init_for (&target, NULL);

  if (setup_zadig_open (&target, &local_error)) {
    g_printerr ("%s\n", _ ("Zadig was started. In its window:"));
    print_guide (&target);
    return;
  }

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) {
    g_autofree char *origin = setup_zadig_dup_origin (NULL);

    g_printerr ("%s\n", origin);
  } else {
    g_printerr ("%s\n  (%s)\n", _ ("Zadig could not be started."), local_error->message);
  }

  g_propagate_error (error, g_steal_pointer (&local_error));
}
