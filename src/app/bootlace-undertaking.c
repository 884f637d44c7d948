/* bootlace-undertaking.c: what is done with one board besides flashing it, once it was asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-undertaking.h"

#include <glib/gi18n.h>

#include "bootlace-file-picker.h"
#include "bootlace-question.h"
#include "bootlace-settings.h"

struct _BootlaceUndertaking {
  GObject parent_instance;

  GtkWindow *window; /* borrowed: the owner */
  BootlaceJobList *jobs;
  GSettings *settings; /* nullable */

  /* What is asked about. */
  BootlaceBoard *board; /* nullable */
  UsbDevice *stay;      /* of that board, when it was asked */
  BootlaceDeed deed;

  GCancellable *picking; /* nullable: of the dialog that is open */
  GtkWidget *question;   /* weak: the one that is open */
};

G_DEFINE_FINAL_TYPE (BootlaceUndertaking, bootlace_undertaking, G_TYPE_OBJECT)

/* Another board at the same port is not the one that was meant. */
static gboolean
is_possible (BootlaceUndertaking *self)
{
  return bootlace_board_is_free (self->board) &&
         dfu_device_get_usb_device (bootlace_board_get_device (self->board)) == self->stay;
}

static void
close_questions (BootlaceUndertaking *self)
{
  g_cancellable_cancel (self->picking);
  if (self->question != NULL)
    gtk_window_destroy (GTK_WINDOW (self->question));
}

static void
board_cb (BootlaceUndertaking *self)
{
  if (!is_possible (self))
    close_questions (self);
}

static void
forget_board (BootlaceUndertaking *self)
{
  if (self->board == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->board, self);
  g_signal_handlers_disconnect_by_data (bootlace_board_get_device (self->board), self);
  g_clear_object (&self->board);
  g_clear_object (&self->stay);
}

static void
take_board (BootlaceUndertaking *self, BootlaceBoard *board, BootlaceDeed deed)
{
  DfuDevice *device = bootlace_board_get_device (board);

  forget_board (self);
  self->board = g_object_ref (board);
  self->stay = g_object_ref (dfu_device_get_usb_device (device));
  self->deed = deed;

  g_signal_connect_object (board, "notify::active", G_CALLBACK (board_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "notify::absent", G_CALLBACK (board_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (device, "notify::usb-device", G_CALLBACK (board_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
run (BootlaceUndertaking *self, BootlaceBoard *board, BootlaceJob *job)
{
  g_auto (DfuChoice) choice = { 0 };

  /* The protection is that of all memories. */
  dfu_choice_init (&choice);
  if (bootlace_job_get_deed (job) != BOOTLACE_DEED_UNPROTECT)
    bootlace_memory_choice_get (bootlace_board_get_memory (board), &choice);
  else
    choice.takes_any = TRUE;

  bootlace_job_list_run (self->jobs, job, &choice);
}

static void
accepted_cb (BootlaceUndertaking *self)
{
  g_autoptr (BootlaceBoard) board = g_object_ref (self->board);
  g_autoptr (BootlaceJob) job = NULL;

  /* It goes by itself, and not while it is being answered. */
  g_clear_weak_pointer (&self->question);
  if (!is_possible (self))
    return;

  job = bootlace_job_new_to_erase (bootlace_job_list_get_bus (self->jobs),
                                   bootlace_board_get_device (board), self->deed);
  forget_board (self);
  run (self, board, job);
}

static char *
describe_board (BootlaceBoard *board)
{
  /* Translators: a board and where it is, like "ESP32-S2 on USB port 1-10" */
  return g_strdup_printf (_ ("%s on %s"), bootlace_board_get_name (board),
                          bootlace_board_get_port (board));
}

static GtkWidget *
create_question (BootlaceUndertaking *self)
{
  const gboolean is_protected = self->deed == BOOTLACE_DEED_UNPROTECT;
  g_autofree char *board = describe_board (self->board);
  g_autofree char *body = NULL;

  /* Translators: a board and where it is, like "STM32 on USB port 1-10" */
  body = g_strdup_printf (is_protected
                            ? _ ("Everything in the flash of %s is erased with it, for good, even "
                                 "if it turns out not to be protected.")
                            : _ ("Everything in the flash of %s is erased, for good."),
                          board);

  return bootlace_question_new (self->window,
                                is_protected ? _ ("Remove the read protection?")
                                             : _ ("Erase this board?"),
                                body,
                                is_protected ? _ ("Remove and Erase") : _ ("Erase Everything"),
                                _ ("Keep It"));
}

static void
ask_whether (BootlaceUndertaking *self)
{
  self->question = create_question (self);
  g_object_add_weak_pointer (G_OBJECT (self->question), (gpointer *) &self->question);
  g_signal_connect_object (self->question, "accepted", G_CALLBACK (accepted_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self->question));
}

static void
pick_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BootlaceUndertaking) self = user_data;
  g_autoptr (GPtrArray) files = bootlace_file_picker_finish (result, NULL);
  g_autoptr (BootlaceBoard) board = NULL;

  g_clear_object (&self->picking);
  if (files == NULL || self->board == NULL || !is_possible (self)) {
    forget_board (self);
    return;
  }

  board = g_object_ref (self->board);
  forget_board (self);
  bootlace_settings_remember_folder (self->settings, files->pdata[0]);
  bootlace_undertaking_read (self, board, files->pdata[0]);
}

/* What a board calls itself may be anything. */
static char *
propose_name (BootlaceBoard *board)
{
  const char *port = dfu_device_get_port_path (bootlace_board_get_device (board));
  g_autofree char *name = g_str_to_ascii (bootlace_board_get_name (board), NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");

  g_strcanon (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-", '-');

  return g_strdup_printf ("%s-%s-%s.bin", name, port, date);
}

static void
ask_where (BootlaceUndertaking *self)
{
  g_autoptr (GFile) folder = bootlace_settings_recall_folder (self->settings);
  g_autofree char *name = propose_name (self->board);

  self->picking = g_cancellable_new ();
  bootlace_file_picker_save_async (self->window, _ ("Read Flash to File"), folder, name,
                                   self->picking, pick_cb, g_object_ref (self));
}

/**
 * bootlace_undertaking_ask:
 * @self: an undertaking
 * @board: a board
 * @deed: what to do with it; %BOOTLACE_DEED_READ, %BOOTLACE_DEED_ERASE or %BOOTLACE_DEED_UNPROTECT
 *
 * Asks what must be asked, and has it done.
 */
void
bootlace_undertaking_ask (BootlaceUndertaking *self, BootlaceBoard *board, BootlaceDeed deed)
{
  g_return_if_fail (BOOTLACE_IS_UNDERTAKING (self));
  g_return_if_fail (BOOTLACE_IS_BOARD (board));

  if (self->picking != NULL || self->question != NULL || !bootlace_board_is_free (board) ||
      !bootlace_board_offers (board, deed))
    return;

  take_board (self, board, deed);
  if (deed == BOOTLACE_DEED_READ)
    ask_where (self);
  else
    ask_whether (self);
}

/**
 * bootlace_undertaking_read:
 * @self: an undertaking
 * @board: a board
 * @file: where to save what is on it
 *
 * Reads it.
 */
void
bootlace_undertaking_read (BootlaceUndertaking *self, BootlaceBoard *board, GFile *file)
{
  g_autoptr (BootlaceJob) job = NULL;

  g_return_if_fail (BOOTLACE_IS_UNDERTAKING (self));
  g_return_if_fail (BOOTLACE_IS_BOARD (board));
  g_return_if_fail (G_IS_FILE (file));

  job = bootlace_job_new_to_read (bootlace_job_list_get_bus (self->jobs),
                                  bootlace_board_get_device (board), file);
  run (self, board, job);
}

/**
 * bootlace_undertaking_close:
 * @self: an undertaking
 *
 * Closes what is open: it must not outlive the window that it would answer to.
 */
void
bootlace_undertaking_close (BootlaceUndertaking *self)
{
  g_return_if_fail (BOOTLACE_IS_UNDERTAKING (self));

  close_questions (self);
}

static void
bootlace_undertaking_dispose (GObject *object)
{
  BootlaceUndertaking *self = BOOTLACE_UNDERTAKING (object);

  forget_board (self);
  g_clear_weak_pointer (&self->question);
  g_clear_object (&self->picking);
  g_clear_object (&self->settings);
  g_clear_object (&self->jobs);

  G_OBJECT_CLASS (bootlace_undertaking_parent_class)->dispose (object);
}

static void
bootlace_undertaking_class_init (BootlaceUndertakingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bootlace_undertaking_dispose;
}

static void
bootlace_undertaking_init (BootlaceUndertaking *self)
{
}

/**
 * bootlace_undertaking_new:
 * @window: the window to ask in; it calls bootlace_undertaking_close() before it goes
 * @jobs: where it is done
 * @settings: (nullable): where the last folder is remembered
 *
 * Returns: (transfer full): an undertaking
 */
BootlaceUndertaking *
bootlace_undertaking_new (GtkWindow *window, BootlaceJobList *jobs, GSettings *settings)
{
  BootlaceUndertaking *self = g_object_new (BOOTLACE_TYPE_UNDERTAKING, NULL);

  self->window = window;
  self->jobs = g_object_ref (jobs);
  g_set_object (&self->settings, settings);

  return self;
}
