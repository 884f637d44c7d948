/* fuzz-format.c: one file format, told by the macro FORMAT
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz-image.h"
#include "fuzz-target.h"

/* The format's own reader, also on what its probe would not take. */
void
fuzz_target_run (GBytes *input)
{
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (GError) error = NULL;

  FORMAT.probe (input);

  image = FORMAT.read (input, &error);
  fuzz_image_check (image, error);
}
