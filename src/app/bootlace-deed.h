/* bootlace-deed.h: what a job does with a board
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BootlaceDeed:
 * @BOOTLACE_DEED_FLASH: firmware is written to it
 * @BOOTLACE_DEED_READ: what is on it is read into a file
 * @BOOTLACE_DEED_ERASE: all of a memory is erased
 * @BOOTLACE_DEED_UNPROTECT: its read protection is removed, and with it all that is on it
 * @BOOTLACE_DEED_SEVERAL: not all boards have the same done to them
 *
 * What a job does with a board. The nicks are for the report.
 */
typedef enum {
  BOOTLACE_DEED_FLASH,
  BOOTLACE_DEED_READ,
  BOOTLACE_DEED_ERASE,
  BOOTLACE_DEED_UNPROTECT,
  BOOTLACE_DEED_SEVERAL,
} BootlaceDeed;

#define BOOTLACE_TYPE_DEED (bootlace_deed_get_type ())
GType bootlace_deed_get_type (void);

/**
 * BootlaceDeedWords:
 * @doing: what is going on, for one board
 * @failed: how that ended badly
 * @reason: why the computer must stay awake
 * @stop_heading: the question whether to stop
 * @stop_body: what that means
 * @stop: label of the button that stops it
 * @keep: label of the button that does not
 *
 * What is said of a deed. Translated.
 */
typedef struct {
  const char *doing;
  const char *failed;
  const char *reason;
  const char *stop_heading;
  const char *stop_body;
  const char *stop;
  const char *keep;
} BootlaceDeedWords;

BootlaceDeedWords bootlace_deed_get_words (BootlaceDeed self);
char *bootlace_deed_describe_boards (BootlaceDeed self, guint n_boards);
BootlaceDeed bootlace_deed_join (BootlaceDeed self, BootlaceDeed other);

G_END_DECLS
