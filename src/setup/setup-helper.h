/* setup-helper.h: what the setup helper is told, and how it ends
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define SETUP_HELPER_VERB_INSTALL "install"
#define SETUP_HELPER_VERB_INSTALL_ALL "install-all"
#define SETUP_HELPER_VERB_REMOVE "remove"

/**
 * SetupHelperExit:
 * @SETUP_HELPER_EXIT_DONE: the file is as it was asked for, and udev knows
 * @SETUP_HELPER_EXIT_FAILED: something else failed; nothing was changed
 * @SETUP_HELPER_EXIT_USAGE: the argument is not one of the verbs
 * @SETUP_HELPER_EXIT_NOT_ROOT: it was not started as root
 * @SETUP_HELPER_EXIT_NOT_OURS: there is a file of that name that is not ours; it was left alone
 * @SETUP_HELPER_EXIT_READ_ONLY: /etc cannot be written
 * @SETUP_HELPER_EXIT_NEWER: a newer version of this program wrote the file; it was left alone
 * @SETUP_HELPER_EXIT_NO_UDEV: the file is as it was asked for, but udev did not take notice: it
 * counts after a restart
 *
 * Exit statuses of bootlace-setup-helper. pkexec itself ends with 126 when the person declined and
 * with 127 when they were not allowed or it could not ask.
 */
typedef enum {
  SETUP_HELPER_EXIT_DONE = 0,
  SETUP_HELPER_EXIT_FAILED = 1,
  SETUP_HELPER_EXIT_USAGE = 2,
  SETUP_HELPER_EXIT_NOT_ROOT = 3,
  SETUP_HELPER_EXIT_NOT_OURS = 4,
  SETUP_HELPER_EXIT_READ_ONLY = 5,
  SETUP_HELPER_EXIT_NO_UDEV = 6,
  SETUP_HELPER_EXIT_NEWER = 7,
} SetupHelperExit;
