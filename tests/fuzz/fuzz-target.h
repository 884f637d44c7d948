/* fuzz-target.h: what every fuzz target does with the bytes that libFuzzer invents
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fuzz_target_run:
 * @input: what libFuzzer invented, at least one byte
 *
 * What a target is about; each file fuzz-*.c has one. It must return, must leave nothing allocated,
 * and may allocate at most a small multiple of the input; breaking any of it ends the process.
 */
void fuzz_target_run (GBytes *input);

G_END_DECLS
