/* bootlace-board-state.c: a word and an icon for each state of a board
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-board.h"

#include <glib/gi18n.h>

G_DEFINE_ENUM_TYPE (BootlaceBoardState,
                    bootlace_board_state,
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_UNSUITABLE, "unsuitable"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_CHOOSING, "choosing"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_NO_ACCESS, "no-access"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_DISCONNECTED, "disconnected"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_PREPARING, "preparing"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_RETURNING, "returning"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_SAVING, "saving"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_READING, "reading"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_ERASING, "erasing"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_WRITING, "writing"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_CHECKING, "checking"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_READING_BACK, "reading-back"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_RESTARTING, "restarting"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_VERIFIED, "verified"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_WRITTEN, "written"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_READ, "read"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_BLANK, "blank"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_ERASED, "erased"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_UNPROTECTED, "unprotected"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOARD_CANCELLED, "cancelled"))

typedef struct {
  const char *label;
  const char *icon;
  const char *style; /* a CSS class */
} Look;

static const Look looks[] = {
  [BOOTLACE_BOARD_READY] = { N_ ("Ready"), "bootlace-ready-symbolic", "neutral" },
  [BOOTLACE_BOARD_UNSUITABLE] = { N_ ("Wrong firmware"), "bootlace-warning-symbolic", "warn" },
  [BOOTLACE_BOARD_CHOOSING] = { N_ ("Choose a memory"), "bootlace-note-symbolic", "neutral" },
  [BOOTLACE_BOARD_NO_ACCESS] = { N_ ("No access"), "bootlace-locked-symbolic", "bad" },
  [BOOTLACE_BOARD_DISCONNECTED] = { N_ ("Disconnected"), "bootlace-unplugged-symbolic", "dull" },
  [BOOTLACE_BOARD_PREPARING] = { N_ ("Preparing"), "bootlace-waiting-symbolic", "neutral" },
  [BOOTLACE_BOARD_RETURNING] = { N_ ("Waiting for the board to come back"),
                                 "bootlace-waiting-symbolic", "neutral" },
  [BOOTLACE_BOARD_SAVING] = { N_ ("Saving the old flash"), "bootlace-writing-symbolic", "neutral" },
  [BOOTLACE_BOARD_READING] = { N_ ("Reading"), "bootlace-writing-symbolic", "neutral" },
  [BOOTLACE_BOARD_ERASING] = { N_ ("Erasing"), "bootlace-waiting-symbolic", "neutral" },
  [BOOTLACE_BOARD_WRITING] = { N_ ("Erasing and writing"), "bootlace-writing-symbolic", "neutral" },
  [BOOTLACE_BOARD_CHECKING] = { N_ ("Checking"), "bootlace-waiting-symbolic", "neutral" },
  [BOOTLACE_BOARD_READING_BACK] = { N_ ("Reading back"), "bootlace-writing-symbolic", "neutral" },
  [BOOTLACE_BOARD_RESTARTING] = { N_ ("Restarting"), "bootlace-waiting-symbolic", "neutral" },
  [BOOTLACE_BOARD_VERIFIED] = { N_ ("Written and verified"), "bootlace-done-symbolic", "good" },
  [BOOTLACE_BOARD_WRITTEN] = { N_ ("Written"), "bootlace-done-symbolic", "good" },
  [BOOTLACE_BOARD_READ] = { N_ ("Read"), "bootlace-done-symbolic", "good" },
  [BOOTLACE_BOARD_BLANK] = { N_ ("Erased and checked"), "bootlace-done-symbolic", "good" },
  [BOOTLACE_BOARD_ERASED] = { N_ ("Erased"), "bootlace-done-symbolic", "good" },
  [BOOTLACE_BOARD_UNPROTECTED] = { N_ ("Protection removed"), "bootlace-done-symbolic", "good" },
  [BOOTLACE_BOARD_FAILED] = { N_ ("Failed"), "bootlace-failed-symbolic", "bad" },
  [BOOTLACE_BOARD_CANCELLED] = { N_ ("Cancelled"), "bootlace-cancelled-symbolic", "dull" },
};

/**
 * bootlace_board_state_get_label:
 * @state: a state
 *
 * Returns: the word for it, translated
 */
const char *
bootlace_board_state_get_label (BootlaceBoardState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (looks), NULL);

  return _ (looks[state].label);
}

/**
 * bootlace_board_state_get_icon:
 * @state: a state
 *
 * Returns: the name of its icon
 */
const char *
bootlace_board_state_get_icon (BootlaceBoardState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (looks), NULL);

  return looks[state].icon;
}

/**
 * bootlace_board_state_get_style:
 * @state: a state
 *
 * Returns: the CSS class that colours it
 */
const char *
bootlace_board_state_get_style (BootlaceBoardState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (looks), NULL);

  return looks[state].style;
}
