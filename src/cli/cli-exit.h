/* cli-exit.h: what the shell is told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CliExit:
 * @CLI_EXIT_SUCCESS: done; for `flash`: written, and verified where the device can
 * @CLI_EXIT_FAILURE: USB cannot be used here at all, a file cannot be written, or another error of
 *   the computer
 * @CLI_EXIT_USAGE: the command line is wrong, or does not say which of several devices is meant
 * @CLI_EXIT_FILE: the file is missing, damaged, no firmware, or one that no board starts with
 * @CLI_EXIT_NO_DEVICE: no such device is connected
 * @CLI_EXIT_NO_ACCESS: the device is there, but this person may not use it
 * @CLI_EXIT_WRONG_DEVICE: the firmware is not for this device; nothing was sent
 * @CLI_EXIT_DEVICE_FAILED: the device reported an error, or did not answer as it should
 * @CLI_EXIT_DEVICE_LOST: the device left the bus in between, or did not come back
 * @CLI_EXIT_CANCELLED: stopped by the person
 * @CLI_EXIT_BUSY: another program is using the device
 * @CLI_EXIT_CONSENT: there are warnings about the firmware that nobody has accepted; nothing was
 *   sent
 * @CLI_EXIT_NOT_READY: for `doctor`: something is in the way of flashing
 *
 * Exit statuses. They are documented and stay as they are.
 */
typedef enum {
  CLI_EXIT_SUCCESS = 0,
  CLI_EXIT_FAILURE = 1,
  CLI_EXIT_USAGE = 2,
  CLI_EXIT_FILE = 3,
  CLI_EXIT_NO_DEVICE = 4,
  CLI_EXIT_NO_ACCESS = 5,
  CLI_EXIT_WRONG_DEVICE = 6,
  CLI_EXIT_DEVICE_FAILED = 7,
  CLI_EXIT_DEVICE_LOST = 8,
  CLI_EXIT_CANCELLED = 9,
  CLI_EXIT_BUSY = 10,
  CLI_EXIT_CONSENT = 11,
  CLI_EXIT_NOT_READY = 12,
} CliExit;

CliExit cli_exit_from_error (const GError *error);

G_END_DECLS
