/* setup-machine.c: what kind of computer this is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-machine.h"

#include <string.h>

/* What the firmware of a virtual machine calls it: systemd's virt.c and the makers' manuals name
 * the same fields. */
typedef struct {
  const char *field; /* below /sys/class/dmi/id */
  const char *text;  /* what its content begins with */
  SetupHypervisor hypervisor;
} DmiRow;

static const DmiRow dmi_rows[] = {
  { "product_name", "Google Compute Engine", SETUP_HYPERVISOR_CLOUD },
  { "sys_vendor", "Amazon EC2", SETUP_HYPERVISOR_CLOUD },
  { "sys_vendor", "DigitalOcean", SETUP_HYPERVISOR_CLOUD },
  { "sys_vendor", "Hetzner", SETUP_HYPERVISOR_CLOUD },
  { "sys_vendor", "QEMU", SETUP_HYPERVISOR_QEMU },
  { "product_name", "KVM", SETUP_HYPERVISOR_QEMU },
  { "sys_vendor", "innotek GmbH", SETUP_HYPERVISOR_VIRTUALBOX },
  { "product_name", "VirtualBox", SETUP_HYPERVISOR_VIRTUALBOX },
  { "sys_vendor", "VMware", SETUP_HYPERVISOR_VMWARE },
  { "sys_vendor", "Parallels", SETUP_HYPERVISOR_PARALLELS },
  { "product_name", "Virtual Machine", SETUP_HYPERVISOR_HYPER_V },
};

/* Files that container managers leave, and what they stand for. */
typedef struct {
  const char *path;
  const char *name;
} ContainerRow;

static const ContainerRow container_rows[] = {
  { "/run/.containerenv", "podman" },
  { "/.dockerenv", "docker" },
};

static char *
read_file (const char *root, const char *path)
{
  g_autofree char *full_path = g_strconcat (root, path, NULL);
  char *text = NULL;

  if (!g_file_get_contents (full_path, &text, NULL, NULL))
    return NULL;

  return g_strstrip (text);
}

static gboolean
exists (const char *root, const char *path)
{
  g_autofree char *full_path = g_strconcat (root, path, NULL);

  return g_file_test (full_path, G_FILE_TEST_EXISTS);
}

static gboolean
matches_dmi (const char *root, const DmiRow *row)
{
  g_autofree char *path = g_build_filename ("/sys/class/dmi/id", row->field, NULL);
  g_autofree char *text = read_file (root, path);

  return text != NULL && g_str_has_prefix (text, row->text);
}

/* Whether the processor says that it is not a real one. */
static gboolean
has_hypervisor_flag (const char *root)
{
  g_autofree char *text = read_file (root, "/proc/cpuinfo");

  return text != NULL && g_regex_match_simple ("^flags\\s*:.*\\bhypervisor\\b", text,
                                               G_REGEX_MULTILINE, G_REGEX_MATCH_DEFAULT);
}

static void
find_machine (SetupMachine *self, const char *root)
{
  g_autofree char *release = read_file (root, "/proc/sys/kernel/osrelease");

  /* "5.15.90.1-microsoft-standard-WSL2"; the first generation's is "4.4.0-19041-Microsoft". */
  if (release != NULL && strstr (release, "-Microsoft") != NULL) {
    self->kind = SETUP_MACHINE_WSL_1;
    return;
  }

  if (release != NULL &&
      (strstr (release, "microsoft") != NULL || strstr (release, "WSL2") != NULL)) {
    self->kind = SETUP_MACHINE_WSL_2;
    return;
  }

  for (guint i = 0; i < G_N_ELEMENTS (dmi_rows); i++) {
    if (!matches_dmi (root, &dmi_rows[i]))
      continue;

    self->kind = SETUP_MACHINE_VIRTUAL;
    self->hypervisor = dmi_rows[i].hypervisor;
    return;
  }

  if (has_hypervisor_flag (root) || exists (root, "/sys/hypervisor/type") ||
      exists (root, "/proc/device-tree/hypervisor/compatible"))
    self->kind = SETUP_MACHINE_VIRTUAL;
}

static char *
dup_container (const char *root)
{
  /* Written by systemd where it runs inside. */
  g_autofree char *name = read_file (root, "/run/systemd/container");
  g_autofree char *cgroup = NULL;

  if (name != NULL && *name != '\0')
    return g_steal_pointer (&name);

  for (guint i = 0; i < G_N_ELEMENTS (container_rows); i++)
    if (exists (root, container_rows[i].path))
      return g_strdup (container_rows[i].name);

  cgroup = read_file (root, "/proc/1/cgroup");
  if (cgroup != NULL && strstr (cgroup, "/docker") != NULL)
    return g_strdup ("docker");
  if (cgroup != NULL && strstr (cgroup, "/kubepods") != NULL)
    return g_strdup ("kubernetes");
  if (cgroup != NULL && strstr (cgroup, "/lxc") != NULL)
    return g_strdup ("lxc");

  return NULL;
}

/**
 * setup_machine_gather:
 * @self: (out caller-allocates): the machine
 * @root: what every path begins with
 *
 * Looks around. Blocks on small files.
 */
void
setup_machine_gather (SetupMachine *self, const char *root)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (root != NULL);

  *self = (SetupMachine){ .container = dup_container (root) };
  find_machine (self, root);
}

/**
 * setup_machine_clear:
 * @self: a machine
 *
 * Frees what @self holds.
 */
void
setup_machine_clear (SetupMachine *self)
{
  g_clear_pointer (&self->container, g_free);
}
