/* setup-zadig-windows.c: starts Zadig
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-zadig.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>
/* After windows.h, which they need. */
#include <objbase.h>
#include <shellapi.h>

static void
set_error (GError **error, DWORD code)
{
  g_autofree char *reason = g_win32_error_message ((int) code);
  int io_code = code == ERROR_CANCELLED ? G_IO_ERROR_CANCELLED : G_IO_ERROR_FAILED;

  g_set_error (error, G_IO_ERROR, io_code, "Starting Zadig: %s", reason);
}

/**
 * setup_zadig_target_init_for:
 * @self: a target
 * @subject: (nullable): the board that is meant, or %NULL for whatever is connected
 *
 * Asks Windows what needs WinUSB; takes an example where nothing does, and elsewhere than on
 * Windows. Blocks for some milliseconds. Any thread.
 */
void
setup_zadig_target_init_for (SetupZadigTarget *self, UsbDevice *subject)
{
  g_auto (SetupDriverFacts) facts = { 0 };
  SetupDriverDiagnosis diagnosis;

  g_return_if_fail (self != NULL);

  setup_driver_gather (&facts, subject, NULL);
  diagnosis = setup_driver_diagnose (facts.nodes, facts.vendor, facts.product);

  if (diagnosis.node != NULL)
    setup_zadig_target_init (self, diagnosis.node);
  else
    setup_zadig_target_init_example (self);
}

/**
 * setup_zadig_start:
 * @path: where Zadig is
 * @folder: the folder in which it finds its settings, and in which it looks for presets first
 * @error: return location for an error, %G_IO_ERROR_CANCELLED when the person declined
 *
 * Starts Zadig as an administrator, for which Windows asks the person, and does not wait for its
 * end. Blocks until the person has answered: not the main thread. Elsewhere than on Windows this
 * fails.
 *
 * Returns: whether it was started
 */
gboolean
setup_zadig_start (const char *path, const char *folder, GError **error)
{
  g_autofree wchar_t *wide_path = NULL;
  g_autofree wchar_t *wide_folder = NULL;
  SHELLEXECUTEINFOW info = { .cbSize = sizeof info };
  gboolean started;
  HRESULT initialised;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (folder != NULL, FALSE);

  wide_path = (wchar_t *) g_utf8_to_utf16 (path, -1, NULL, NULL, error);
  if (wide_path == NULL)
    return FALSE;

  wide_folder = (wchar_t *) g_utf8_to_utf16 (folder, -1, NULL, NULL, error);
  if (wide_folder == NULL)
    return FALSE;

  info.fMask = SEE_MASK_NOASYNC | SEE_MASK_FLAG_NO_UI;
  info.lpVerb = L"runas";
  info.lpFile = wide_path;
  info.lpDirectory = wide_folder;
  info.nShow = SW_SHOWNORMAL;

  /* The shell may hand this to one of its extensions, which want COM. */
  initialised = CoInitializeEx (NULL, COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE);
  started = ShellExecuteExW (&info);
  if (!started)
    set_error (error, GetLastError ());
  if (SUCCEEDED (initialised))
    CoUninitialize ();

  return started;
}
