/* board-world.c: one virtual board at one port, as the engine sees it, and what goes wrong there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-world.h"

#include <string.h>

#include "board-descriptors.h"
#include "engine-seam.h"

#define PORT "1-1"
#define OTHER_PORT "1-2"
#define REQUEST_GETSTATUS 3
#define STATE_APP_IDLE 0
#define STATE_BUSY 4
#define BUSY_POLL_TIMEOUT 100 /* ms */

#define WORLD_TYPE_PIPE (world_pipe_get_type ())
G_DECLARE_FINAL_TYPE (WorldPipe, world_pipe, WORLD, PIPE, GObject)

struct _WorldPipe {
  GObject parent_instance;

  UsbDevice *device;
  GQueue in_flight;
  GArray *deadlines; /* of gint64, one for each in flight */
};

static struct {
  Board *board;
  UsbDevice *device; /* (nullable): its present stay */
  guint8 address;
  guint n_pipes;
  guint n_transfers;

  GCancellable *cancellable;
  gint64 cancelled_at;

  gboolean planned;
  guint planned_at;
  BoardWorldFault fault;
  gboolean planned_again;
  guint again_at; /* behind the first fault */
  BoardWorldFault fault_again;
  gboolean has_failed;
  gboolean has_failed_again;
  gboolean abandoned;
  int lasting_state; /* what every status says, or -1 */
  gboolean is_silent;
  BoardWorldReturn planned_return;
  BoardWorldReturn comes_back;
} world;

static void world_pipe_iface_init (UsbPipeInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WorldPipe,
                               world_pipe,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (USB_TYPE_PIPE, world_pipe_iface_init))

static gssize
get_descriptor (guint8 type, guint8 *data, guint16 length)
{
  const BoardSetup setup = {
    .request_type = 0x80, .request = 6, .value = type << 8, .length = length
  };
  BoardReply reply = { 0 };

  board_control (world.board, &setup, data, &reply);
  return reply.result;
}

static void
configure (void)
{
  const BoardSetup setup = { .request = BOARD_REQUEST_SET_CONFIGURATION, .value = 1 };
  BoardReply reply = { 0 };

  board_control (world.board, &setup, NULL, &reply);
}

/* As the bus would enumerate what is there now. */
static void
arrive (void)
{
  const gboolean is_other = world.comes_back == BOARD_WORLD_RETURNS_OTHER;
  const gboolean is_elsewhere = world.comes_back == BOARD_WORLD_RETURNS_ELSEWHERE;
  g_auto (UsbIdentity) identity = { 0 };
  guint8 device[18] = { 0 };
  guint8 configuration[256] = { 0 };
  gssize length;

  board_bus_reset (world.board);
  g_assert_cmpint (get_descriptor (1, device, sizeof device), ==, sizeof device);
  length = get_descriptor (2, configuration, sizeof configuration);
  g_assert_cmpint (length, >, 9);

  identity.port_path = g_strdup (is_elsewhere ? OTHER_PORT : PORT);
  identity.bus_number = 1;
  identity.address = ++world.address;
  identity.vendor_id = is_other ? 0xcafe : (guint16) (device[8] | device[9] << 8);
  identity.product_id = device[10] | device[11] << 8;
  identity.release = device[12] | device[13] << 8;
  identity.descriptors = g_bytes_new (configuration, length);

  configure ();
  world.device = usb_device_new (&identity);
}

static void
leave (const BoardDeparture *departure)
{
  g_clear_object (&world.device);
  if (departure->return_us != BOARD_NEVER && world.comes_back != BOARD_WORLD_RETURNS_NEVER)
    arrive ();
}

static void
unplug (void)
{
  g_clear_object (&world.device);
}

static gboolean
check_here (WorldPipe *self, GError **error)
{
  if (self->device == world.device)
    return TRUE;

  g_set_error_literal (error, USB_ERROR, USB_ERROR_GONE, "The board left");
  return FALSE;
}

static gboolean
is_dfu_request (const UsbTransfer *transfer, guint8 request)
{
  return (transfer->setup.request_type & USB_REQUEST_TYPE_CLASS) != 0 &&
         transfer->setup.request == request;
}

static void
fail (UsbTransfer *transfer, UsbError code)
{
  g_set_error (&transfer->error, USB_ERROR, (int) code, "Planned fault %d", code);
}

static BoardSetup
to_board_setup (const UsbSetup *setup)
{
  return (BoardSetup){ setup->request_type, setup->request, setup->value, setup->index,
                       setup->length };
}

static void
give_up (UsbTransfer *transfer, gint64 deadline)
{
  const BoardSetup setup = to_board_setup (&transfer->setup);

  board_abandon (world.board, &setup);
  engine_seam.now = MAX (engine_seam.now, deadline);
  world.abandoned = TRUE;
  fail (transfer, USB_ERROR_TIMED_OUT);
}

/* Whoever has cancelled waits no longer than the grace of a transfer. */
static void
wait_in_vain (UsbTransfer *transfer, gint64 deadline)
{
  const gint64 submitted_at = deadline - transfer->timeout * G_GINT64_CONSTANT (1000);
  const gint64 end =
    MAX (world.cancelled_at, submitted_at) + transfer->grace * G_GINT64_CONSTANT (1000);

  if (!g_cancellable_is_cancelled (transfer->cancellable) || end >= deadline) {
    give_up (transfer, deadline);
    return;
  }

  give_up (transfer, end);
  g_clear_error (&transfer->error);
  g_set_error_literal (&transfer->error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Given up");
}

static void
ask_board (UsbTransfer *transfer, gint64 deadline)
{
  const BoardSetup setup = to_board_setup (&transfer->setup);
  BoardReply reply = { 0 };

  if (world.is_silent) {
    wait_in_vain (transfer, deadline);
    return;
  }

  board_control (world.board, &setup, transfer->data, &reply);
  engine_seam.now += reply.busy_us;

  if (reply.departure.leaves && !reply.departure.keeps_status)
    fail (transfer, USB_ERROR_IO);
  else if (reply.result == BOARD_NO_ANSWER)
    give_up (transfer, deadline);
  else if (reply.result < 0)
    fail (transfer, USB_ERROR_STALL);
  else
    transfer->actual = reply.result;

  if (reply.departure.leaves)
    leave (&reply.departure);
}

static void
say_lasting_state (UsbTransfer *transfer)
{
  const guint8 answer[6] = { 0, BUSY_POLL_TIMEOUT, 0, 0, (guint8) world.lasting_state, 0 };

  if (world.lasting_state < 0 || !is_dfu_request (transfer, REQUEST_GETSTATUS) ||
      transfer->error != NULL)
    return;

  memcpy (transfer->data, answer, MIN (transfer->actual, sizeof answer));
}

static void
shorten (UsbTransfer *transfer, gint64 deadline)
{
  ask_board (transfer, deadline);
  if (transfer->actual > 0)
    transfer->actual -= 1;
}

static void
spoil (UsbTransfer *transfer, gint64 deadline)
{
  ask_board (transfer, deadline);
  if ((transfer->setup.request_type & USB_REQUEST_TYPE_IN) != 0 && transfer->error == NULL)
    memset (transfer->data, 0xa5, transfer->actual);
}

static void
last (UsbTransfer *transfer, gint64 deadline, int state)
{
  world.lasting_state = state;
  ask_board (transfer, deadline);
}

static void
restart (UsbTransfer *transfer)
{
  const BoardDeparture departure = board_press_reset (world.board);

  fail (transfer, USB_ERROR_IO);
  leave (&departure);
}

static void
cancel (void)
{
  world.cancelled_at = engine_seam.now;
  g_cancellable_cancel (world.cancellable);
}

/* What happened gives way to what happens next. */
static void
plan_next (void)
{
  world.has_failed_again = world.has_failed;
  world.has_failed = TRUE;
  world.planned = world.planned_again;
  world.planned_again = FALSE;
  world.planned_at = world.again_at;
  world.fault = world.fault_again;
  world.n_transfers = 0;
}

static void
carry_out_fault (UsbTransfer *transfer, gint64 deadline)
{
  const BoardWorldFault fault = world.fault;

  plan_next ();
  world.comes_back = world.planned_return;

  switch (fault) {
  case BOARD_WORLD_UNPLUG:
    fail (transfer, USB_ERROR_IO);
    unplug ();
    break;
  case BOARD_WORLD_STALL:
    fail (transfer, USB_ERROR_STALL);
    break;
  case BOARD_WORLD_BREAK:
    fail (transfer, USB_ERROR_IO);
    break;
  case BOARD_WORLD_TIME_OUT:
    give_up (transfer, deadline);
    break;
  case BOARD_WORLD_SHORT:
    shorten (transfer, deadline);
    break;
  case BOARD_WORLD_GARBAGE:
    spoil (transfer, deadline);
    break;
  case BOARD_WORLD_WRONG_STATE:
    last (transfer, deadline, STATE_APP_IDLE);
    break;
  case BOARD_WORLD_BUSY:
    last (transfer, deadline, STATE_BUSY);
    break;
  case BOARD_WORLD_LEAVE:
    restart (transfer);
    break;
  case BOARD_WORLD_CANCEL:
    cancel ();
    ask_board (transfer, deadline);
    break;
  case BOARD_WORLD_CANCEL_STALL:
    cancel ();
    fail (transfer, USB_ERROR_STALL);
    break;
  case BOARD_WORLD_CANCEL_SILENT:
    cancel ();
    world.is_silent = TRUE;
    ask_board (transfer, deadline);
    break;
  }
}

static gboolean
world_pipe_claim (UsbPipe *pipe, guint8 interface, GError **error)
{
  return check_here (WORLD_PIPE (pipe), error);
}

static gboolean
world_pipe_submit (UsbPipe *pipe, UsbTransfer *transfer, GError **error)
{
  WorldPipe *self = WORLD_PIPE (pipe);
  const gint64 deadline = engine_seam.now + transfer->timeout * G_GINT64_CONSTANT (1000);

  if (!check_here (self, error))
    return FALSE;

  g_assert_cmpuint (transfer->timeout, >, 0);
  g_array_append_val (self->deadlines, deadline);
  g_queue_push_tail (&self->in_flight, transfer);
  return TRUE;
}

static UsbTransfer *
world_pipe_reap (UsbPipe *pipe)
{
  WorldPipe *self = WORLD_PIPE (pipe);
  UsbTransfer *transfer = g_queue_pop_head (&self->in_flight);
  gboolean is_planned;
  gint64 deadline;

  g_assert_nonnull (transfer);
  deadline = g_array_index (self->deadlines, gint64, 0);
  g_array_remove_index (self->deadlines, 0);
  is_planned = world.planned && world.n_transfers++ == world.planned_at;

  if (!check_here (self, &transfer->error))
    return transfer;

  if (is_planned)
    carry_out_fault (transfer, deadline);
  else
    ask_board (transfer, deadline);
  say_lasting_state (transfer);

  return transfer;
}

static gboolean
world_pipe_reset (UsbPipe *pipe, GError **error)
{
  WorldPipe *self = WORLD_PIPE (pipe);
  BoardDeparture departure;

  if (!check_here (self, error))
    return FALSE;

  departure = board_bus_reset (world.board);
  if (departure.leaves)
    leave (&departure);
  return TRUE;
}

static void
world_pipe_iface_init (UsbPipeInterface *iface)
{
  iface->claim = world_pipe_claim;
  iface->release = world_pipe_claim;
  iface->submit = world_pipe_submit;
  iface->reap = world_pipe_reap;
  iface->reset = world_pipe_reset;
}

static void
world_pipe_finalize (GObject *object)
{
  WorldPipe *self = WORLD_PIPE (object);

  g_assert_cmpuint (self->in_flight.length, ==, 0);
  g_array_unref (self->deadlines);
  g_object_unref (self->device);
  world.n_pipes--;

  G_OBJECT_CLASS (world_pipe_parent_class)->finalize (object);
}

static void
world_pipe_class_init (WorldPipeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = world_pipe_finalize;
}

static void
world_pipe_init (WorldPipe *self)
{
  g_queue_init (&self->in_flight);
  self->deadlines = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static UsbPipe *
open_device (UsbDevice *device, GError **error)
{
  WorldPipe *self = NULL;

  if (device != world.device) {
    g_set_error_literal (error, USB_ERROR, USB_ERROR_GONE, "The board left");
    return NULL;
  }

  self = g_object_new (WORLD_TYPE_PIPE, NULL);
  self->device = g_object_ref (device);
  world.n_pipes++;
  return USB_PIPE (self);
}

static UsbDevice *
find_device (UsbDeviceMatch match, gpointer user_data, guint timeout)
{
  if (world.device == NULL || !match (world.device, user_data))
    return NULL;

  return g_object_ref (world.device);
}

static gboolean
has_left (UsbDevice *device, guint timeout)
{
  return device != world.device;
}

void
board_world_start (Board *board)
{
  const gint64 now = engine_seam.now;

  memset (&world, 0, sizeof world);
  world.board = board;
  world.lasting_state = -1;
  world.cancellable = g_cancellable_new ();
  engine_seam = (EngineSeam){ open_device, find_device, has_left, now, NULL };
  arrive ();
}

void
board_world_stop (void)
{
  g_assert_cmpuint (world.n_pipes, ==, 0);
  g_clear_object (&world.device);
  g_clear_object (&world.cancellable);
  g_clear_pointer (&world.board, board_free);
}

UsbDevice *
board_world_get_device (void)
{
  g_assert_nonnull (world.device);

  return world.device;
}

Board *
board_world_get_board (void)
{
  return world.board;
}

void
board_world_fail (BoardWorldFault fault, guint n)
{
  world.planned = TRUE;
  world.planned_at = n;
  world.n_transfers = 0;
  world.fault = fault;
}

void
board_world_fail_again (BoardWorldFault fault, guint n)
{
  world.planned_again = TRUE;
  world.again_at = n;
  world.fault_again = fault;
}

void
board_world_set_return (BoardWorldReturn comes_back)
{
  world.planned_return = comes_back;
}

BoardWorldReturn
board_world_get_return (void)
{
  return world.comes_back;
}

GCancellable *
board_world_get_cancellable (void)
{
  return world.cancellable;
}

gint64
board_world_get_cancelled_at (void)
{
  return world.cancelled_at;
}

void
board_world_heal (void)
{
  g_cancellable_reset (world.cancellable);
  world.planned = FALSE;
  world.planned_again = FALSE;
  world.cancelled_at = 0;
  world.lasting_state = -1;
  world.is_silent = FALSE;
  world.comes_back = BOARD_WORLD_RETURNS;
}

void
board_world_replug (void)
{
  g_clear_object (&world.device);
  world.abandoned = FALSE;
  world.board->boot_held = TRUE;
  board_power_on (world.board);
  arrive ();
}

guint
board_world_get_n_transfers (void)
{
  return world.n_transfers;
}

gboolean
board_world_is_present (void)
{
  return world.device != NULL && g_str_equal (usb_device_get_port_path (world.device), PORT) &&
         usb_device_get_vendor_id (world.device) != 0xcafe;
}

gboolean
board_world_is_silent (void)
{
  return world.is_silent;
}

gboolean
board_world_was_abandoned (void)
{
  return world.abandoned;
}

gboolean
board_world_has_failed (void)
{
  return world.has_failed;
}

gboolean
board_world_has_failed_again (void)
{
  return world.has_failed_again;
}
