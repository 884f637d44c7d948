/* board-pipe.c: a UsbPipe straight to a virtual board, with no bus between
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-pipe.h"

#include <errno.h>

#define N_REQUESTS 7 /* DFU_DETACH to DFU_ABORT */

typedef struct {
  gboolean planned;
  guint skip;
  UsbError code;
} Fault;

struct _BoardPipe {
  GObject parent_instance;

  Board *board;
  gboolean gone;
  guint32 claimed; /* a bit for each interface */
  GQueue in_flight;
  GQueue deadlines; /* of what is in flight, in milliseconds */
  gboolean keeps_time;
  guint64 now_us; /* time that the board has been busy */
  guint most_in_flight;
  guint counts[N_REQUESTS];
  UsbTransfer last[N_REQUESTS];
  Fault faults[N_REQUESTS];
};

static void pipe_iface_init (UsbPipeInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BoardPipe,
                               board_pipe,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (USB_TYPE_PIPE, pipe_iface_init))

static gboolean
check_here (BoardPipe *self, GError **error)
{
  if (self->gone)
    g_set_error_literal (error, USB_ERROR, USB_ERROR_GONE, "The board left");

  return !self->gone;
}

static gboolean
board_pipe_claim (UsbPipe *pipe, guint8 interface, GError **error)
{
  BoardPipe *self = BOARD_PIPE (pipe);

  if (!check_here (self, error))
    return FALSE;

  self->claimed |= 1u << interface;
  return TRUE;
}

static gboolean
board_pipe_release (UsbPipe *pipe, guint8 interface, GError **error)
{
  BoardPipe *self = BOARD_PIPE (pipe);

  self->claimed &= ~(1u << interface);
  return check_here (self, error);
}

static Fault *
find_fault (BoardPipe *self, const UsbTransfer *transfer)
{
  const UsbSetup *setup = &transfer->setup;
  Fault *fault;

  if ((setup->request_type & USB_REQUEST_TYPE_CLASS) == 0 || setup->request >= N_REQUESTS)
    return NULL;

  self->counts[setup->request]++;
  self->last[setup->request] = (UsbTransfer){ .setup = *setup, .timeout = transfer->timeout };
  fault = &self->faults[setup->request];
  if (!fault->planned || fault->skip-- > 0)
    return NULL;

  fault->planned = FALSE;
  return fault;
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

/* Whether a transfer has been given up meanwhile. */
static gboolean
is_late (BoardPipe *self, guint64 deadline)
{
  return self->keeps_time && self->now_us / 1000 > deadline;
}

static void
ask_board (BoardPipe *self, UsbTransfer *transfer, guint64 deadline)
{
  const BoardSetup setup = to_board_setup (&transfer->setup);
  BoardReply reply = { 0 };

  board_control (self->board, &setup, transfer->data, &reply);
  self->now_us += reply.busy_us;
  if (is_late (self, deadline))
    reply.result = BOARD_NO_ANSWER;

  if (reply.departure.leaves) {
    self->gone = TRUE;
    board_bus_reset (self->board);
    fail (transfer, USB_ERROR_GONE);
  } else if (reply.result == BOARD_NO_ANSWER) {
    board_abandon (self->board, &setup);
    fail (transfer, USB_ERROR_TIMED_OUT);
  } else if (reply.result < 0) {
    fail (transfer, USB_ERROR_STALL);
  } else {
    transfer->actual = reply.result;
  }
}

static void
carry_out (BoardPipe *self, UsbTransfer *transfer, guint64 deadline)
{
  Fault *fault = find_fault (self, transfer);

  if (is_late (self, deadline)) {
    fail (transfer, USB_ERROR_TIMED_OUT);
    return;
  }

  if (fault == NULL) {
    ask_board (self, transfer, deadline);
    return;
  }

  if (fault->code == USB_ERROR_TIMED_OUT) {
    const BoardSetup setup = to_board_setup (&transfer->setup);
    BoardReply reply = { 0 };

    board_control (self->board, &setup, transfer->data, &reply);
    board_abandon (self->board, &setup);
  }

  self->gone |= fault->code == USB_ERROR_GONE;
  fail (transfer, fault->code);
}

static gboolean
board_pipe_submit (UsbPipe *pipe, UsbTransfer *transfer, GError **error)
{
  BoardPipe *self = BOARD_PIPE (pipe);

  if (!check_here (self, error))
    return FALSE;

  g_queue_push_tail (&self->in_flight, transfer);
  g_queue_push_tail (&self->deadlines, GSIZE_TO_POINTER (self->now_us / 1000 + transfer->timeout));
  self->most_in_flight = MAX (self->most_in_flight, self->in_flight.length);
  return TRUE;
}

static UsbTransfer *
board_pipe_reap (UsbPipe *pipe)
{
  BoardPipe *self = BOARD_PIPE (pipe);
  UsbTransfer *transfer = g_queue_pop_head (&self->in_flight);
  const guint64 deadline = GPOINTER_TO_SIZE (g_queue_pop_head (&self->deadlines));

  g_assert_nonnull (transfer);

  if (self->gone)
    fail (transfer, USB_ERROR_GONE);
  else
    carry_out (self, transfer, deadline);

  return transfer;
}

static gboolean
board_pipe_reset (UsbPipe *pipe, GError **error)
{
  BoardPipe *self = BOARD_PIPE (pipe);

  if (!check_here (self, error))
    return FALSE;

  self->gone = board_bus_reset (self->board).leaves;
  return TRUE;
}

void
board_pipe_fail (BoardPipe *self, guint8 request, guint skip, UsbError code)
{
  g_assert_cmpuint (request, <, N_REQUESTS);

  self->faults[request] = (Fault){ TRUE, skip, code };
}

void
board_pipe_keep_time (BoardPipe *self)
{
  self->keeps_time = TRUE;
}

guint64
board_pipe_get_time (BoardPipe *self)
{
  return self->now_us / 1000;
}

guint
board_pipe_count (BoardPipe *self, guint8 request)
{
  g_assert_cmpuint (request, <, N_REQUESTS);

  return self->counts[request];
}

const UsbTransfer *
board_pipe_get_last (BoardPipe *self, guint8 request)
{
  g_assert_cmpuint (request, <, N_REQUESTS);

  return &self->last[request];
}

guint
board_pipe_get_most_in_flight (BoardPipe *self)
{
  return self->most_in_flight;
}

static void
pipe_iface_init (UsbPipeInterface *iface)
{
  iface->claim = board_pipe_claim;
  iface->release = board_pipe_release;
  iface->submit = board_pipe_submit;
  iface->reap = board_pipe_reap;
  iface->reset = board_pipe_reset;
}

static void
board_pipe_dispose (GObject *object)
{
  g_assert_cmpuint (BOARD_PIPE (object)->in_flight.length, ==, 0);
  g_assert_cmpuint (BOARD_PIPE (object)->claimed, ==, 0);

  G_OBJECT_CLASS (board_pipe_parent_class)->dispose (object);
}

static void
board_pipe_class_init (BoardPipeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = board_pipe_dispose;
}

static void
board_pipe_init (BoardPipe *self)
{
  g_queue_init (&self->in_flight);
  g_queue_init (&self->deadlines);
}

BoardPipe *
board_pipe_new (Board *board)
{
  BoardPipe *self = g_object_new (BOARD_TYPE_PIPE, NULL);

  self->board = board;
  return self;
}
