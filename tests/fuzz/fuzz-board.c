/* fuzz-board.c: a device that says of itself, and answers, whatever libFuzzer invents
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An input is one byte that says what is done with the device, what enumeration tells of the
 * device, and then its answers, one after the other. At the end of the input the device is gone.
 */

#include <string.h>

#include "dfu-choice.h"
#include "dfu-mode-change.h"
#include "dfu-readout.h"
#include "dfu-upgrade.h"
#include "engine-seam.h"
#include "fuzz-target.h"
#include "firmware-dfu-suffix.h"
#include "test-image.h"
#include "usb-string.h"

#define PLAIN_SIZE 300
#define APPLICATION_SIZE 6000
#define CHIP_ID_S3 9
#define MAX_ARRIVALS 4

/* Of the first byte. */
#define DOES_READ 0x01
#define DOES_CHANGE_MODE 0x02
#define IMAGE_IS_ARCHIVE 0x04
#define IMAGE_HAS_ADDRESSES 0x08
#define IMAGE_IS_APPLICATION (IMAGE_IS_ARCHIVE | IMAGE_HAS_ADDRESSES) /* instead of both */
#define READS_BACK 0x10
#define RESTARTS 0x20
#define CHOOSES_BY_NAME 0x40
#define CHOOSES_OTHER 0x80

/* Of the byte before every answer; the rest are lengths of what comes. */
#define ANSWER_IN_FULL 0x00
#define ANSWER_ERROR 0xf0 /* and above: a UsbError */

static struct {
  const guint8 *data;
  gsize size;
  UsbDevice *present;
  guint n_arrivals;
} input;

static guint8
take_byte (void)
{
  if (input.size == 0)
    return 0;

  input.size--;
  return *input.data++;
}

static guint16
take_word (void)
{
  const guint8 low = take_byte ();

  return (guint16) (low | take_byte () << 8);
}

static gsize
take_bytes (guint8 *data, gsize length)
{
  const gsize n = MIN (length, input.size);

  memcpy (data, input.data, n);
  input.data += n;
  input.size -= n;
  return n;
}

#define FUZZ_TYPE_PIPE (fuzz_pipe_get_type ())
G_DECLARE_FINAL_TYPE (FuzzPipe, fuzz_pipe, FUZZ, PIPE, GObject)

struct _FuzzPipe {
  GObject parent_instance;

  UsbDevice *device;
  GQueue in_flight;
};

static void fuzz_pipe_iface_init (UsbPipeInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FuzzPipe,
                               fuzz_pipe,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (USB_TYPE_PIPE, fuzz_pipe_iface_init))

static gboolean
check_here (UsbPipe *pipe, GError **error)
{
  if (FUZZ_PIPE (pipe)->device == input.present && input.size > 0)
    return TRUE;

  g_set_error_literal (error, USB_ERROR, USB_ERROR_GONE, "The input is at its end");
  return FALSE;
}

static gboolean
fuzz_pipe_claim (UsbPipe *pipe, guint8 interface, GError **error)
{
  return check_here (pipe, error);
}

static gboolean
fuzz_pipe_submit (UsbPipe *pipe, UsbTransfer *transfer, GError **error)
{
  g_assert_cmpuint (transfer->setup.length, <=, USB_PIPE_MAX_LENGTH);
  g_assert_cmpuint (transfer->timeout, >, 0);

  if (!check_here (pipe, error))
    return FALSE;

  g_queue_push_tail (&FUZZ_PIPE (pipe)->in_flight, transfer);
  return TRUE;
}

/* At most as many bytes as were asked for: the kernel sees to that. */
static void
answer (UsbTransfer *transfer)
{
  const guint8 kind = take_byte ();
  gsize length = kind == ANSWER_IN_FULL ? transfer->setup.length : kind;

  if (kind >= ANSWER_ERROR) {
    g_set_error (&transfer->error, USB_ERROR, kind % (USB_ERROR_NO_DRIVER + 1), "Invented");
    return;
  }

  length = MIN (length, transfer->setup.length);
  if ((transfer->setup.request_type & USB_REQUEST_TYPE_IN) != 0)
    length = take_bytes (transfer->data, length);
  transfer->actual = length;
}

static UsbTransfer *
fuzz_pipe_reap (UsbPipe *pipe)
{
  UsbTransfer *transfer = g_queue_pop_head (&FUZZ_PIPE (pipe)->in_flight);

  g_assert_nonnull (transfer);
  if (check_here (pipe, &transfer->error))
    answer (transfer);

  return transfer;
}

static gboolean
fuzz_pipe_reset (UsbPipe *pipe, GError **error)
{
  return check_here (pipe, error);
}

static void
fuzz_pipe_iface_init (UsbPipeInterface *iface)
{
  iface->claim = fuzz_pipe_claim;
  iface->release = fuzz_pipe_claim;
  iface->submit = fuzz_pipe_submit;
  iface->reap = fuzz_pipe_reap;
  iface->reset = fuzz_pipe_reset;
}

static void
fuzz_pipe_finalize (GObject *object)
{
  g_assert_cmpuint (FUZZ_PIPE (object)->in_flight.length, ==, 0);
  g_object_unref (FUZZ_PIPE (object)->device);

  G_OBJECT_CLASS (fuzz_pipe_parent_class)->finalize (object);
}

static void
fuzz_pipe_class_init (FuzzPipeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fuzz_pipe_finalize;
}

static void
fuzz_pipe_init (FuzzPipe *self)
{
  g_queue_init (&self->in_flight);
}

static void
arrive (void)
{
  g_auto (UsbIdentity) identity = { 0 };
  guint8 descriptors[512] = { 0 };
  char text[33] = "";

  g_clear_object (&input.present);
  identity.port_path = g_strdup ("1-1");
  identity.address = (guint8) input.n_arrivals++;
  identity.vendor_id = take_word ();
  identity.product_id = take_word ();
  identity.release = take_word ();
  take_bytes ((guint8 *) text, take_byte () % (sizeof text - 1));
  identity.product = usb_string_make_printable (text);
  identity.descriptors =
    g_bytes_new (descriptors, take_bytes (descriptors, take_word () % sizeof descriptors));

  input.present = usb_device_new (&identity);
}

static UsbPipe *
open_device (UsbDevice *device, GError **error)
{
  FuzzPipe *self = NULL;

  if (device != input.present || input.size == 0) {
    g_set_error_literal (error, USB_ERROR, USB_ERROR_GONE, "The input is at its end");
    return NULL;
  }

  self = g_object_new (FUZZ_TYPE_PIPE, NULL);
  self->device = g_object_ref (device);
  return USB_PIPE (self);
}

static UsbDevice *
find_device (UsbDeviceMatch match, gpointer user_data, guint timeout)
{
  if (input.n_arrivals < MAX_ARRIVALS && input.size > 0)
    arrive ();

  return match (input.present, user_data) ? g_object_ref (input.present) : NULL;
}

static gboolean
has_left (UsbDevice *device, guint timeout)
{
  return device != input.present || (take_byte () & 1) != 0;
}

static FirmwareImage *
create_image (guint8 flags)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (PLAIN_SIZE, 1);
  g_autoptr (GBytes) file = NULL;

  if ((flags & IMAGE_IS_APPLICATION) == IMAGE_IS_APPLICATION)
    file = test_image_new_app (CHIP_ID_S3, APPLICATION_SIZE, "blink", "1.0.3", "v5.2.1");
  else if ((flags & IMAGE_IS_ARCHIVE) != 0)
    file = test_image_new (400);
  else if ((flags & IMAGE_HAS_ADDRESSES) != 0)
    file = g_bytes_new_static (":020000040800F2\n:0400000001020304F2\n:00000001FF\n", 47);
  else
    file =
      firmware_dfu_suffix_append (payload, FIRMWARE_DFU_SUFFIX_ANY_ID, FIRMWARE_DFU_SUFFIX_ANY_ID);

  return firmware_image_new_from_bytes (file, NULL);
}

static void
choose (DfuChoice *choice, guint8 flags)
{
  dfu_choice_init (choice);
  choice->takes_any = TRUE;
  if ((flags & CHOOSES_BY_NAME) != 0)
    choice->alternate_name = g_strdup ("A");
  if ((flags & CHOOSES_OTHER) != 0)
    choice->interface = choice->alternate = 1;
}

static DfuOperation *
create_operation (UsbBus *bus, guint8 flags)
{
  g_auto (DfuChoice) choice = { 0 };
  g_autoptr (FirmwareImage) image = NULL;
  DfuUpgrade *upgrade;
  DfuReadout *readout;

  choose (&choice, flags);
  if ((flags & DOES_CHANGE_MODE) != 0)
    return DFU_OPERATION (
      dfu_mode_change_new (bus, input.present,
                           (flags & DOES_READ) != 0 ? DFU_MODE_DFU : DFU_MODE_RUNTIME));

  if ((flags & DOES_READ) != 0) {
    readout = dfu_readout_new (bus, input.present, flags & 0xf0);
    dfu_work_set_choice (DFU_WORK (readout), &choice);
    return DFU_OPERATION (readout);
  }

  image = create_image (flags);
  g_assert_nonnull (image);
  upgrade = dfu_upgrade_new (bus, input.present, image);
  dfu_work_set_choice (DFU_WORK (upgrade), &choice);
  dfu_upgrade_set_flags (upgrade,
                         ((flags & READS_BACK) != 0 ? DFU_UPGRADE_READ_BACK : DFU_UPGRADE_DEFAULT) |
                           ((flags & RESTARTS) != 0 ? DFU_UPGRADE_RESTART : DFU_UPGRADE_DEFAULT));
  return DFU_OPERATION (upgrade);
}

/* It ends, and says how; in a text that can be shown whatever the device had put into it. */
static void
run (DfuOperation *operation)
{
  g_autoptr (GError) error = NULL;
  const gboolean is_good = dfu_operation_run (operation, NULL, &error);
  g_autofree char *log = dfu_log_dup_text (dfu_operation_get_log (operation));

  g_assert_cmpint (is_good, ==, error == NULL);
  g_assert_cmpint (dfu_operation_get_progress (operation).phase, ==, DFU_PHASE_DONE);
  g_assert_true (g_utf8_validate (log, -1, NULL));
  for (const char *c = log; *c != '\0'; c++)
    g_assert_true (*c == '\n' || !g_ascii_iscntrl (*c));
}

void
fuzz_target_run (GBytes *bytes)
{
  g_autoptr (UsbBus) bus = engine_seam_new_bus ();
  g_autoptr (GMainContext) context = g_main_context_new ();
  DfuOperation *operation = NULL;
  guint8 flags;

  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  g_main_context_push_thread_default (context);

  memset (&input, 0, sizeof input);
  input.data = g_bytes_get_data (bytes, &input.size);
  engine_seam = (EngineSeam){ open_device, find_device, has_left, 0, NULL };

  flags = take_byte ();
  arrive ();
  operation = create_operation (bus, flags);
  run (operation);
  engine_seam_forget_news (operation);
  g_assert_finalize_object (operation);

  g_clear_object (&input.present);
  g_main_context_pop_thread_default (context);
}
