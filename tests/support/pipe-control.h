/* pipe-control.h: one transfer, from beginning to end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "usb-pipe.h"

G_BEGIN_DECLS

/* Returns how many bytes the data stage moved, or -1 with @error set. */
static inline gssize
pipe_control (UsbPipe *pipe, const UsbSetup *setup, guint8 *data, guint timeout, GError **error)
{
  g_auto (UsbTransfer) transfer = { .setup = *setup, .data = data, .timeout = timeout };

  if (!usb_pipe_submit (pipe, &transfer, error))
    return -1;

  g_assert_true (usb_pipe_reap (pipe) == &transfer);
  if (transfer.error == NULL)
    return transfer.actual;

  g_propagate_error (error, g_steal_pointer (&transfer.error));
  return -1;
}

G_END_DECLS
