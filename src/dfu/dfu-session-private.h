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
  guint8 interface;
  guint timeout; /* of a request that is answered at once, in milliseconds */
  guint16 detach_timeout;
};

UsbSetup dfu_session_make_setup (DfuSession *self,
                                 guint8 request_type,
                                 DfuRequest request,
                                 guint16 value,
                                 guint16 length);

G_END_DECLS
