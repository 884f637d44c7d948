/* setup-rule-installer.c: installs udev's rule, and takes it away, with the helper
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-rule-installer.h"

#ifdef G_OS_UNIX
#include <unistd.h>
#endif

#include "setup-helper.h"
#include "setup-rule-search.h"
#include "setup-rule-text.h"

/* pkexec(1), "Return value". */
#define PKEXEC_DISMISSED 126
#define PKEXEC_FAILED 127

/* The helper returns when udev has looked at all devices; what is left is that we notice. */
#define PATIENCE (3 * G_TIME_SPAN_SECOND)
#define LOOK_INTERVAL 50 /* ms */

typedef struct {
  UsbDevice *device; /* NULL when nothing is waited for */
  gint64 deadline;   /* monotonic */
} Wait;

static void
free_wait (Wait *wait)
{
  g_clear_object (&wait->device);
  g_free (wait);
}

/* Somebody wanted it so, and would lose the use of a device that is not known. */
static gboolean
is_for_all (void)
{
#ifdef G_OS_UNIX
  g_autofree char *text = NULL;

  return g_file_get_contents (SETUP_RULE_FOLDER "/" SETUP_RULE_NAME, &text, NULL, NULL) &&
         setup_rule_text_get_version (text) > 0 && setup_rule_text_covers_all (text);
#else
  return FALSE;
#endif
}

static const char *
get_verb (SetupAction action)
{
  if (action == SETUP_ACTION_REMOVE_RULE)
    return SETUP_HELPER_VERB_REMOVE;

  return action == SETUP_ACTION_INSTALL_RULE_FOR_ALL || is_for_all ()
           ? SETUP_HELPER_VERB_INSTALL_ALL
           : SETUP_HELPER_VERB_INSTALL;
}

/**
 * setup_rule_error_new_for_status:
 * @status: how pkexec ended: a #SetupHelperExit of the helper's, or its own
 *
 * Returns: (transfer full): the error
 */
GError *
setup_rule_error_new_for_status (int status)
{
  switch (status) {
  case PKEXEC_DISMISSED:
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                "The question for a password was dismissed");
  case PKEXEC_FAILED:
    return g_error_new_literal (SETUP_RULE_ERROR, SETUP_RULE_ERROR_NOT_ALLOWED,
                                "polkit refused, or could not ask");
  case SETUP_HELPER_EXIT_NOT_OURS:
    return g_error_new_literal (SETUP_RULE_ERROR, SETUP_RULE_ERROR_NOT_OURS,
                                "A file that is not ours has the name");
  case SETUP_HELPER_EXIT_NEWER:
    return g_error_new_literal (SETUP_RULE_ERROR, SETUP_RULE_ERROR_NEWER,
                                "A newer version wrote the file");
  case SETUP_HELPER_EXIT_READ_ONLY:
    return g_error_new_literal (SETUP_RULE_ERROR, SETUP_RULE_ERROR_READ_ONLY,
                                "The folder for rules is read-only");
  case SETUP_HELPER_EXIT_NO_UDEV:
    return g_error_new_literal (SETUP_RULE_ERROR, SETUP_RULE_ERROR_NO_UDEV,
                                "udevadm failed after the file was changed");
  default:
    return g_error_new (SETUP_RULE_ERROR, SETUP_RULE_ERROR_FAILED,
                        "The helper ended with status %d", status);
  }
}

/* Nothing tells of a permission that is given, so it has to be looked at. */
static gboolean
look_cb (gpointer user_data)
{
  GTask *task = user_data;
  Wait *wait = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;

  if (wait->device != NULL && !usb_device_check_access (wait->device) &&
      g_get_monotonic_time () < wait->deadline)
    return G_SOURCE_CONTINUE;

  g_task_return_boolean (task, TRUE);

  return G_SOURCE_REMOVE;
}

static void
wait_for_access (GTask *task)
{
  Wait *wait = g_task_get_task_data (task);
  g_autoptr (GSource) source = g_timeout_source_new (LOOK_INTERVAL);

  wait->deadline = g_get_monotonic_time () + PATIENCE;
  if (!look_cb (task))
    return;

  g_source_set_callback (source, look_cb, g_object_ref (task), g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static void
ended_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GSubprocess *process = G_SUBPROCESS (object);
  g_autoptr (GTask) task = user_data;
  g_autofree char *output = NULL;
  GError *error = NULL;
  int status = SETUP_HELPER_EXIT_FAILED;

  /* It may wait for a password that nobody wants to give any more. */
  if (!g_subprocess_communicate_utf8_finish (process, result, NULL, &output, &error)) {
    g_subprocess_force_exit (process);
    g_task_return_error (task, error);
    return;
  }

  if (g_subprocess_get_if_exited (process))
    status = g_subprocess_get_exit_status (process);

  if (status == SETUP_HELPER_EXIT_DONE) {
    wait_for_access (task);
    return;
  }

  g_info ("The helper ended with status %d: %s", status, output);
  g_task_return_error (task, setup_rule_error_new_for_status (status));
}

static gboolean
is_root (void)
{
#ifdef G_OS_UNIX
  return geteuid () == 0;
#else
  return FALSE;
#endif
}

static gboolean
has_helper (void)
{
  return g_file_test (SETUP_HELPER_PATH, G_FILE_TEST_IS_EXECUTABLE);
}

/**
 * setup_rule_installer_is_open_to_root:
 *
 * Returns: whether this is root, who needs nobody's leave to install a rule, and can
 */
gboolean
setup_rule_installer_is_open_to_root (void)
{
  return is_root () && has_helper ();
}

/**
 * setup_rule_installer_is_wanted_by_root:
 *
 * Root may use every board, and so finds nothing to repair for those who may not.
 *
 * Returns: whether this is root, who can install the rule, and it is not there or older
 */
gboolean
setup_rule_installer_is_wanted_by_root (void)
{
#ifdef G_OS_UNIX
  g_auto (SetupRuleFacts) rule = { SETUP_RULE_STATE_ABSENT };

  if (!setup_rule_installer_is_open_to_root ())
    return FALSE;

  setup_rule_search (&rule, "", SETUP_RULE_VENDOR, SETUP_RULE_PRODUCT);

  return rule.state != SETUP_RULE_STATE_SAME && rule.state != SETUP_RULE_STATE_NEWER;
#else
  return FALSE;
#endif
}

/* pkexec refuses to run with a SHELL that /etc/shells does not list, and it needs none. Without
 * @pkexec this is root's own program, which gets as little as pkexec would leave of the
 * environment. */
static GSubprocess *
start_helper (const char *pkexec, SetupAction action, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE);

  if (pkexec == NULL) {
    g_subprocess_launcher_set_environ (launcher, (char *[]){ NULL });
    return g_subprocess_launcher_spawn (launcher, error, SETUP_HELPER_PATH, get_verb (action),
                                        NULL);
  }

  g_subprocess_launcher_unsetenv (launcher, "SHELL");

  return g_subprocess_launcher_spawn (launcher, error, pkexec, SETUP_HELPER_PATH, get_verb (action),
                                      NULL);
}

/**
 * setup_rule_installer_run_async:
 * @action: %SETUP_ACTION_INSTALL_RULE, %SETUP_ACTION_INSTALL_RULE_FOR_ALL or
 *   %SETUP_ACTION_REMOVE_RULE
 * @device: (nullable): the board that the rule is installed for
 * @cancellable: (nullable): a cancellable, honoured while the person is asked
 * @callback: called on the thread-default main context when it is over
 * @user_data: data for @callback
 *
 * Lets polkit ask for a password and run the helper; root is not asked. Then waits for @device to
 * become accessible, for some seconds at most: it ends well when the rule is there, and where that
 * was not all that was missing, the checks tell. Main thread, because of @device.
 */
void
setup_rule_installer_run_async (SetupAction action,
                                UsbDevice *device,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *pkexec = is_root () ? NULL : g_find_program_in_path ("pkexec");
  g_autoptr (GSubprocess) process = NULL;
  GError *error = NULL;
  Wait *wait = g_new0 (Wait, 1);

  g_task_set_source_tag (task, setup_rule_installer_run_async);
  g_task_set_task_data (task, wait, (GDestroyNotify) free_wait);
  if (action != SETUP_ACTION_REMOVE_RULE)
    g_set_object (&wait->device, device);

  if ((pkexec == NULL && !is_root ()) || !has_helper ()) {
    g_task_return_new_error (task, SETUP_RULE_ERROR, SETUP_RULE_ERROR_NO_POLKIT,
                             "pkexec or " SETUP_HELPER_PATH " is missing");
    return;
  }

  process = start_helper (pkexec, action, &error);
  if (process == NULL) {
    g_task_return_error (task, error);
    return;
  }

  g_subprocess_communicate_utf8_async (process, NULL, cancellable, ended_cb,
                                       g_steal_pointer (&task));
}

/**
 * setup_rule_installer_run_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the rule is there, or gone
 */
gboolean
setup_rule_installer_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
