/* dfu-alternates.c: what can be meant of a device, by its numbers and names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-alternates.h"

#include "usb-holder.h"

/* For a name that is read for nothing but to be shown, in milliseconds. */
#define NAME_TIMEOUT 1000

typedef gboolean (*IsListed) (const DfuInterface *interface, const UsbInterface *setting);

static void
free_alternate (gpointer data)
{
  DfuAlternate *self = data;

  g_free (self->name);
  g_free (self);
}

static DfuAlternate *
new_alternate (const UsbInterface *setting)
{
  DfuAlternate *self = g_new0 (DfuAlternate, 1);

  self->interface = setting->number;
  self->number = setting->alternate;
  self->string_index = setting->string_index;

  return self;
}

/* A device may give its interfaces' settings in any order. */
static gboolean
has_interface (GPtrArray *alternates, guint8 interface)
{
  for (guint i = 0; i < alternates->len; i++)
    if (((const DfuAlternate *) alternates->pdata[i])->interface == interface)
      return TRUE;

  return FALSE;
}

static GPtrArray *
list (const DfuInterface *interface, UsbDevice *device, IsListed is_listed, gboolean only_firsts)
{
  const UsbConfiguration *configuration = usb_device_get_configuration (device);
  GPtrArray *alternates = g_ptr_array_new_with_free_func (free_alternate);

  for (guint i = 0; i < configuration->interfaces->len; i++) {
    const UsbInterface *setting = g_ptr_array_index (configuration->interfaces, i);

    if (is_listed (interface, setting) &&
        !(only_firsts && has_interface (alternates, setting->number)))
      g_ptr_array_add (alternates, new_alternate (setting));
  }

  return alternates;
}

/**
 * dfu_alternates_list:
 * @interface: a DFU interface
 * @device: its device
 *
 * Asks the device nothing; any thread.
 *
 * Returns: (transfer full) (element-type DfuAlternate): the alternate settings of @interface,
 *   without their names
 */
GPtrArray *
dfu_alternates_list (const DfuInterface *interface, UsbDevice *device)
{
  g_return_val_if_fail (interface != NULL, NULL);
  g_return_val_if_fail (USB_IS_DEVICE (device), NULL);

  return list (interface, device, dfu_interface_has_alternate, FALSE);
}

/**
 * dfu_alternates_list_all:
 * @interface: a DFU interface
 * @device: its device
 *
 * As dfu_alternates_list(), of a device that may have several DFU interfaces.
 *
 * Returns: (transfer full) (element-type DfuAlternate): the alternate settings of @interface and of
 *   those that speak DFU in the same mode
 */
GPtrArray *
dfu_alternates_list_all (const DfuInterface *interface, UsbDevice *device)
{
  g_return_val_if_fail (interface != NULL, NULL);
  g_return_val_if_fail (USB_IS_DEVICE (device), NULL);

  return list (interface, device, dfu_interface_is_like, FALSE);
}

/**
 * dfu_alternates_list_firsts:
 * @interface: a DFU interface
 * @device: its device
 *
 * As dfu_alternates_list_all(), where it is interfaces that are meant.
 *
 * Returns: (transfer full) (element-type DfuAlternate): the first alternate setting of each
 */
GPtrArray *
dfu_alternates_list_firsts (const DfuInterface *interface, UsbDevice *device)
{
  g_return_val_if_fail (interface != NULL, NULL);
  g_return_val_if_fail (USB_IS_DEVICE (device), NULL);

  return list (interface, device, dfu_interface_is_like, TRUE);
}

/**
 * dfu_alternates_is_first:
 * @alternates: (element-type DfuAlternate): alternate settings of one device
 * @index: which of them
 *
 * Returns: whether it is the first of its interface
 */
gboolean
dfu_alternates_is_first (GPtrArray *alternates, guint index)
{
  const DfuAlternate *alternate;

  g_return_val_if_fail (alternates != NULL && index < alternates->len, FALSE);

  alternate = g_ptr_array_index (alternates, index);
  for (guint i = 0; i < index; i++)
    if (((const DfuAlternate *) alternates->pdata[i])->interface == alternate->interface)
      return FALSE;

  return TRUE;
}

/* Unless that was done already or there is none. */
static void
read_name (DfuAlternate *self, DfuSession *session, GError **error)
{
  if (self->name == NULL && self->string_index != 0)
    self->name = dfu_session_read_string (session, self->string_index, error);
}

/**
 * dfu_alternates_read_names:
 * @alternates: (element-type DfuAlternate): alternate settings of one device
 * @session: a session with that device, with nothing in flight
 * @cancellable: (nullable): ends it after the name that is being read
 * @error: return location for an error
 *
 * Reads the names that are not known yet; one that the device refuses is none. The thread of the
 * session.
 *
 * Returns: whether the device has answered to all that it was asked
 */
gboolean
dfu_alternates_read_names (GPtrArray *alternates,
                           DfuSession *session,
                           GCancellable *cancellable,
                           GError **error)
{
  g_return_val_if_fail (alternates != NULL, FALSE);
  g_return_val_if_fail (DFU_IS_SESSION (session), FALSE);

  for (guint i = 0; i < alternates->len; i++) {
    g_autoptr (GError) local_error = NULL;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;

    read_name (g_ptr_array_index (alternates, i), session, &local_error);
    if (usb_error_is_silence (local_error)) {
      g_propagate_prefixed_error (error, g_steal_pointer (&local_error),
                                  "The names of alternate settings: ");
      return FALSE;
    }
  }

  return TRUE;
}

static gboolean
has_name (GPtrArray *alternates)
{
  for (guint i = 0; i < alternates->len; i++)
    if (((const DfuAlternate *) g_ptr_array_index (alternates, i))->string_index != 0)
      return TRUE;

  return FALSE;
}

/**
 * dfu_alternates_ask:
 * @alternates: (element-type DfuAlternate): alternate settings of @device
 * @device: a device that nobody of this process has open
 * @cancellable: (nullable): as for dfu_alternates_read_names()
 *
 * Opens @device for their names. Opening costs more than all the asking, and most have no name, so
 * that is done only where there is one; without access there is none, and of a device that does
 * not answer there are no more. Blocks; any thread.
 */
void
dfu_alternates_ask (GPtrArray *alternates, UsbDevice *device, GCancellable *cancellable)
{
  g_autoptr (UsbPipe) pipe = NULL;
  g_autoptr (DfuSession) session = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (alternates != NULL);
  g_return_if_fail (USB_IS_DEVICE (device));

  if (!has_name (alternates) || !usb_device_is_accessible (device))
    return;

  pipe = usb_device_open (device, &error);
  if (pipe != NULL)
    session = dfu_session_new (pipe, NAME_TIMEOUT);
  if (pipe == NULL || !dfu_alternates_read_names (alternates, session, cancellable, &error))
    g_debug ("%s", error->message);
}

typedef struct {
  DfuInterface interface;
  UsbDevice *device;
} Question;

static Question *
new_question (const DfuInterface *interface, UsbDevice *device)
{
  Question *self = g_new0 (Question, 1);

  self->interface = *interface;
  self->device = g_object_ref (device);

  return self;
}

static void
free_question (gpointer data)
{
  Question *self = data;

  g_object_unref (self->device);
  g_free (self);
}

/* A program that has claimed it is at work on it. */
static gboolean
is_held (UsbDevice *device, GPtrArray *alternates)
{
  for (guint i = 0; i < alternates->len; i++) {
    const DfuAlternate *alternate = g_ptr_array_index (alternates, i);
    g_auto (UsbHolder) holder = { 0 };

    usb_holder_find (&holder, "", device, alternate->interface);
    if (g_strcmp0 (holder.driver, USB_HOLDER_PROGRAM_DRIVER) == 0)
      return TRUE;
  }

  return FALSE;
}

/* Worker thread. */
static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Question *question = task_data;
  g_autoptr (GPtrArray) alternates =
    dfu_alternates_list_all (&question->interface, question->device);

  if (!is_held (question->device, alternates))
    dfu_alternates_ask (alternates, question->device, cancellable);

  g_task_return_pointer (task, g_steal_pointer (&alternates), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * dfu_alternates_read_all_async:
 * @interface: a DFU interface
 * @device: its device
 * @cancellable: (nullable): ends it after the name that is being read
 * @callback: called on the thread-default main context
 * @user_data: data for @callback
 *
 * As dfu_alternates_list_all(), and asks for the names in another thread. Who else has claimed the
 * device is not disturbed: then there are no names. Where dfu_choice_is_needed(), these are what
 * there is to choose among; of a device that speaks DfuSe only those that
 * dfu_alternates_is_first(), because what it is sent says itself to which memory of an interface it
 * goes.
 */
void
dfu_alternates_read_all_async (const DfuInterface *interface,
                               UsbDevice *device,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (interface != NULL);
  g_return_if_fail (USB_IS_DEVICE (device));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, dfu_alternates_read_all_async);
  g_task_set_task_data (task, new_question (interface, device), free_question);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * dfu_alternates_read_all_finish:
 * @result: what the callback got
 * @error: return location for a %G_IO_ERROR_CANCELLED, the only one
 *
 * Returns: (transfer full) (nullable) (element-type DfuAlternate): the alternate settings
 */
GPtrArray *
dfu_alternates_read_all_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, dfu_alternates_read_all_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
