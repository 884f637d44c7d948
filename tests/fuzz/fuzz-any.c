/* fuzz-any.c: a file of which nothing is known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz-image.h"
#include "fuzz-target.h"

void
fuzz_target_run (GBytes *input)
{
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (GError) error = NULL;

  image = firmware_image_new_from_bytes (input, &error);
  fuzz_image_check (image, error);
}
