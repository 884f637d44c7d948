/* dfu-session-private.h: what a session is made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-session.h"

G_BEGIN_DECLS

/* bmRequestType, DFU 1.1 table 3.2 */
#define DFU_SESSION_OUT (USB_REQUEST_TYPE_CLASS | USB_REQUEST_TYPE_INTERFACE)
#define DFU_SESSION_IN (DFU_SESSION_OUT | USB_REQUEST_TYPE_IN)

struct _DfuSession {
  GObject parent_instance;

  UsbPipe *pipe;
  gboolean is_claimed;
  guint8 interface;
  guint timeout; /* of a request that is answered at once, in milliseconds */
  guint16 detach_timeout;

  GCancellable *cancellable; /* (nullable): ends waiting for an answer */
  guint grace;               /* of a request that is in flight then, in milliseconds */
  gboolean must_answer;      /* all the same */
  gboolean was_given_up;
};

gboolean
dfu_session_submit (DfuSession *self, UsbTransfer *transfer, guint timeout, GError **error);
guint dfu_session_limit (DfuSession *self, guint patience);

UsbSetup dfu_session_make_setup (DfuSession *self,
                                 guint8 request_type,
                                 DfuRequest request,
                                 guint16 value,
                                 guint16 length);

G_END_DECLS
