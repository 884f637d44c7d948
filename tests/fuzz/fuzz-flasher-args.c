/* fuzz-flasher-args.c: the flasher_args.json of a build
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-build.h"

#include "fuzz-target.h"

/* The files that it names are not opened before the build is written. */
void
fuzz_target_run (GBytes *input)
{
  g_autoptr (GFile) json = g_file_new_for_path ("/nowhere/flasher_args.json");
  g_autoptr (FirmwareEspBuild) build = NULL;
  g_autoptr (GError) error = NULL;

  build = firmware_esp_build_new_from_json (json, input, &error);
  g_assert_true ((build == NULL) == (error != NULL));
}
