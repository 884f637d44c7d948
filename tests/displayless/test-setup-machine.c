/* test-setup-machine.c: what kind of computer this is, by the signs that it leaves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-machine.h"
#include "test-tree.h"

typedef struct {
  const char *name;
  const char *path;
  const char *text;
  SetupMachineKind kind;
  SetupHypervisor hypervisor;
  const char *container;
} Case;

#define DMI "/sys/class/dmi/id/"
#define CPU_REAL "processor\t: 0\nflags\t\t: fpu vme sse2\nbugs\t\t: hypervisor\n"
#define CPU_VIRTUAL "processor\t: 0\nflags\t\t: fpu vme hypervisor sse2\n"

static const Case cases[] = {
  { "nothing" },
  { "laptop", DMI "sys_vendor", "LENOVO\n" },
  { "surface", DMI "sys_vendor", "Microsoft Corporation\n" },
  { "debian", "/proc/sys/kernel/osrelease", "6.1.0-13-amd64\n" },
  { "real-processor", "/proc/cpuinfo", CPU_REAL },
  { "processor", "/proc/cpuinfo", CPU_VIRTUAL, SETUP_MACHINE_VIRTUAL },
  { "xen", "/sys/hypervisor/type", "xen\n", SETUP_MACHINE_VIRTUAL },
  { "arm", "/proc/device-tree/hypervisor/compatible", "linux,kvm", SETUP_MACHINE_VIRTUAL },
  { "qemu", DMI "sys_vendor", "QEMU\n", SETUP_MACHINE_VIRTUAL, SETUP_HYPERVISOR_QEMU },
  { "virtualbox", DMI "sys_vendor", "innotek GmbH\n", SETUP_MACHINE_VIRTUAL,
    SETUP_HYPERVISOR_VIRTUALBOX },
  { "vmware", DMI "sys_vendor", "VMware, Inc.\n", SETUP_MACHINE_VIRTUAL, SETUP_HYPERVISOR_VMWARE },
  { "hyper-v", DMI "product_name", "Virtual Machine\n", SETUP_MACHINE_VIRTUAL,
    SETUP_HYPERVISOR_HYPER_V },
  { "cloud", DMI "product_name", "Google Compute Engine\n", SETUP_MACHINE_VIRTUAL,
    SETUP_HYPERVISOR_CLOUD },
  { "wsl-1", "/proc/sys/kernel/osrelease", "4.4.0-19041-Microsoft\n", SETUP_MACHINE_WSL_1 },
  { "wsl-2", "/proc/sys/kernel/osrelease", "5.15.90.1-microsoft-standard-WSL2\n",
    SETUP_MACHINE_WSL_2 },
  { "wsl-own-kernel", "/proc/sys/kernel/osrelease", "6.6.9-mine-WSL2\n", SETUP_MACHINE_WSL_2 },
  { "podman", "/run/.containerenv", "", SETUP_MACHINE_REAL, SETUP_HYPERVISOR_UNKNOWN, "podman" },
  { "docker", "/.dockerenv", "", SETUP_MACHINE_REAL, SETUP_HYPERVISOR_UNKNOWN, "docker" },
  { "docker-by-cgroup", "/proc/1/cgroup", "12:devices:/docker/0123\n", SETUP_MACHINE_REAL,
    SETUP_HYPERVISOR_UNKNOWN, "docker" },
  { "kubernetes", "/proc/1/cgroup", "0::/kubepods/besteffort\n", SETUP_MACHINE_REAL,
    SETUP_HYPERVISOR_UNKNOWN, "kubernetes" },
  { "no-container", "/proc/1/cgroup", "0::/init.scope\n" },
  { "nspawn", "/run/systemd/container", "systemd-nspawn\n", SETUP_MACHINE_REAL,
    SETUP_HYPERVISOR_UNKNOWN, "systemd-nspawn" },
};

static void
test_signs (gconstpointer user_data)
{
  const Case *row = user_data;
  char *root = test_tree_new ();
  g_auto (SetupMachine) machine = { 0 };

  if (row->path != NULL)
    test_tree_write (root, row->path, row->text);

  setup_machine_gather (&machine, root);
  g_assert_cmpint (machine.kind, ==, row->kind);
  g_assert_cmpint (machine.hypervisor, ==, row->hypervisor);
  g_assert_cmpstr (machine.container, ==, row->container);

  test_tree_free (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/setup/machine/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_signs);
  }

  return g_test_run ();
}
