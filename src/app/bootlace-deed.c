/* bootlace-deed.c: what a job does with a board
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-deed.h"

#include <glib/gi18n.h>

G_DEFINE_ENUM_TYPE (BootlaceDeed,
                    bootlace_deed,
                    G_DEFINE_ENUM_VALUE (BOOTLACE_DEED_FLASH, "flash"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_DEED_READ, "read"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_DEED_ERASE, "erase"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_DEED_UNPROTECT, "remove read protection"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_DEED_SEVERAL, "several"))

static const BootlaceDeedWords words[] = {
  [BOOTLACE_DEED_FLASH] = {
    .doing = N_ ("Flashing"),
    .failed = N_ ("Flashing failed"),
    .reason = N_ ("A board is being flashed"),
    .stop_heading = N_ ("Stop flashing?"),
    .stop_body = N_ ("A board that is stopped in the middle has no complete program and must be "
                     "flashed again."),
    .stop = N_ ("Stop Flashing"),
    .keep = N_ ("Keep Flashing"),
  },
  [BOOTLACE_DEED_READ] = {
    .doing = N_ ("Reading"),
    .failed = N_ ("Reading failed"),
    .reason = N_ ("A board is being read"),
    .stop_heading = N_ ("Stop reading?"),
    .stop_body = N_ ("Nothing is kept of what was read so far. The board stays as it is."),
    .stop = N_ ("Stop Reading"),
    .keep = N_ ("Keep Reading"),
  },
  [BOOTLACE_DEED_ERASE] = {
    .doing = N_ ("Erasing"),
    .failed = N_ ("Erasing failed"),
    .reason = N_ ("A board is being erased"),
    .stop_heading = N_ ("Stop erasing?"),
    .stop_body = N_ ("A board that has begun to erase does so to the end. Nobody looks then "
                     "whether it has."),
    .stop = N_ ("Stop Waiting"),
    .keep = N_ ("Keep Erasing"),
  },
  [BOOTLACE_DEED_UNPROTECT] = {
    .doing = N_ ("Removing the read protection"),
    .failed = N_ ("Removing the read protection failed"),
    .reason = N_ ("A board is being erased"),
    .stop_heading = N_ ("Stop removing the protection?"),
    .stop_body = N_ ("A board that has begun to erase does so to the end. Nobody looks then "
                     "whether it has."),
    .stop = N_ ("Stop Waiting"),
    .keep = N_ ("Keep Going"),
  },
  [BOOTLACE_DEED_SEVERAL] = {
    .doing = N_ ("Working"),
    .failed = N_ ("Failed"),
    .reason = N_ ("Boards are being worked on"),
    .stop_heading = N_ ("Stop all boards?"),
    .stop_body = N_ ("A board that is stopped while it is flashed has no complete program and must "
                     "be flashed again."),
    .stop = N_ ("Stop All"),
    .keep = N_ ("Keep Going"),
  },
};

/**
 * bootlace_deed_get_words:
 * @self: a deed
 *
 * Returns: what is said of it
 */
BootlaceDeedWords
bootlace_deed_get_words (BootlaceDeed self)
{
  const BootlaceDeedWords *row = &words[self];

  return (BootlaceDeedWords){ .doing = _ (row->doing),
                              .failed = _ (row->failed),
                              .reason = _ (row->reason),
                              .stop_heading = _ (row->stop_heading),
                              .stop_body = _ (row->stop_body),
                              .stop = _ (row->stop),
                              .keep = _ (row->keep) };
}

/**
 * bootlace_deed_describe_boards:
 * @self: a deed
 * @n_boards: to how many boards it is done
 *
 * Returns: (transfer full): what is going on
 */
char *
bootlace_deed_describe_boards (BootlaceDeed self, guint n_boards)
{
  if (n_boards == 1)
    return g_strdup (_ (words[self].doing));

  switch (self) {
  case BOOTLACE_DEED_FLASH:
    return g_strdup_printf (ngettext ("Flashing %u board", "Flashing %u boards", n_boards),
                            n_boards);
  case BOOTLACE_DEED_READ:
    return g_strdup_printf (ngettext ("Reading %u board", "Reading %u boards", n_boards), n_boards);
  case BOOTLACE_DEED_ERASE:
    return g_strdup_printf (ngettext ("Erasing %u board", "Erasing %u boards", n_boards), n_boards);
  case BOOTLACE_DEED_UNPROTECT:
  case BOOTLACE_DEED_SEVERAL:
    break;
  }

  return g_strdup_printf (ngettext ("Working on %u board", "Working on %u boards", n_boards),
                          n_boards);
}

/**
 * bootlace_deed_join:
 * @self: a deed
 * @other: another
 *
 * Returns: what to say of both together
 */
BootlaceDeed
bootlace_deed_join (BootlaceDeed self, BootlaceDeed other)
{
  return self == other ? self : BOOTLACE_DEED_SEVERAL;
}
